"""The pages of one document as a list with check marks."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.icons import icon
from desktop.ui.theme import SPACE, colors_of
from desktop.ui.thumbnails import Thumbnails

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

_CHECK = 20
_SIDE = 112
"""Of a page's picture, in device-independent px."""


class PageModel(QAbstractListModel):
    """A row for each page.

    Signals:
        chosen_changed: Other pages are checked now.
    """

    chosen_changed = Signal()

    def __init__(self, pngs: Sequence[bytes], chosen: Sequence[int], view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._pngs = pngs
        self._chosen = set(chosen)
        self._nothing = QPixmap(_SIDE, _SIDE)
        self._nothing.fill(Qt.GlobalColor.transparent)
        self._thumbnails = Thumbnails(self)
        self._thumbnails.decoded.connect(view.viewport().update)

    @property
    def chosen(self) -> tuple[int, ...]:
        """The numbers of the checked pages, from 0, in their order."""
        return tuple(sorted(self._chosen))

    def is_chosen(self, page: int) -> bool:
        return page in self._chosen

    def choose(self, pages: Sequence[int]) -> None:
        """Check `pages`, and no others."""
        self._chosen = set(pages)
        self._tell(0, len(self._pngs) - 1)

    def toggle(self, page: int) -> None:
        self._chosen ^= {page}
        self._tell(page, page)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._pngs)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.NoItemFlags
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Role.DisplayRole) -> str | QPixmap | Qt.CheckState | None:
        match role:
            case Role.DisplayRole:
                return self.tr("Page {number}").format(number=index.row() + 1)
            case Role.DecorationRole:
                ratio = self._view.devicePixelRatioF()
                return self._thumbnails.picture(self._pngs[index.row()], _SIDE, ratio) or self._nothing
            case Role.CheckStateRole:
                return Qt.CheckState.Checked if self.is_chosen(index.row()) else Qt.CheckState.Unchecked
            case _:
                return None

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first), self.index(last), [Role.CheckStateRole])
        self.chosen_changed.emit()


class PageList(QListView):
    """Shows the pages `pngs`, of which `chosen` are checked; a click or the space bar checks a page."""

    def __init__(self, pngs: Sequence[bytes], chosen: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = PageModel(pngs, chosen, self)
        self.setModel(self.pages)
        self.setItemDelegate(_Page(self))
        self.setAccessibleName("Pages")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(_SIDE, _SIDE))
        self.setSpacing(SPACE)
        self.setFrameShape(QFrame.Shape.NoFrame)


class _Page(QStyledItemDelegate):
    """Paints the check mark on the page, and lets a click anywhere on it check it."""

    def __init__(self, view: PageList) -> None:
        super().__init__(view)
        self._view = view

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        colors = colors_of(self._view.palette())
        rect: QRect = option.rect
        box = QRect(rect.left() + SPACE, rect.top() + SPACE, _CHECK, _CHECK)
        is_chosen = self._view.pages.is_chosen(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colors.accent if is_chosen else colors.muted)
        painter.setBrush(colors.accent if is_chosen else colors.surface)
        painter.drawRoundedRect(box, SPACE, SPACE)
        if is_chosen:
            icon("check", colors.on_accent).paint(painter, box.adjusted(2, 2, -2, -2))
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        is_click = (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
        )
        is_space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if is_click or is_space:
            self._view.pages.toggle(index.row())
        return is_click or is_space
