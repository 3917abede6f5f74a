"""The attached images and links in a row."""

from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QMenu, QSizePolicy, QWidget

from desktop.ui.attachment_card import AttachmentCard, Index, attachment_at, cross_of
from desktop.ui.attachment_words import CardAction, action_words, actions_of, all_words
from desktop.ui.spoken import SpokenRows
from desktop.ui.theme import RADIUS, SPACE, colors_of
from desktop.viewmodels.attachments import AttachmentList
from desktop.viewmodels.composer import Attachment

_EDGES = 4 * SPACE
"""Above and below the cards, the scroll bar included."""
_CENTERED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
_MENU_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AttachmentStrip(QListView):
    """A horizontal list of what is attached.

    Delete removes, dragging or Ctrl+arrow reorders, Enter and the menu key open a menu.

    Signals:
        removal_requested: The row of what is to be removed.
        fetch_requested: The row of the link whose image is wanted.
        pages_requested: The row of the document of which other pages are wanted.
    """

    removal_requested = Signal(int)
    fetch_requested = Signal(int)
    pages_requested = Signal(int)

    def __init__(self, rows: AttachmentList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._pressed: tuple[int, CardAction] | None = None
        self._wanted = 0
        self._expected = ""
        self._is_needed = False
        self._card = AttachmentCard(self)
        self.setModel(SpokenRows(rows, lambda index: ", ".join(_words(index)), self, tip=_tip))
        self.setItemDelegate(self._card)
        self.setAccessibleName("Attachments")
        self.setAccessibleDescription(
            self.tr("Enter opens what can be done, Delete removes, Ctrl and an arrow key move")
        )
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setSpacing(SPACE)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        for changed in (rows.rowsInserted, rows.rowsRemoved, rows.dataChanged, rows.modelReset):
            changed.connect(self._fit)
        self._fit()

    def set_needed(self, *, is_needed: bool) -> None:
        """Whether there are cards, or will be."""
        self._is_needed = is_needed
        self.setVisible(is_needed or bool(self._expected))

    def expect(self, words: str) -> None:
        """Say `words` where what is dragged over the window will land; empty: nothing is, any more.

        The room for it is made now, so that it need not be made at the drop.
        """
        self._expected = words
        self.set_needed(is_needed=self._is_needed)
        self.viewport().update()

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._wanted)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._card.least_height() + _EDGES)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if row >= 0 and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove(row)
        elif row >= 0 and is_control and event.key() == Qt.Key.Key_Left:
            self._move(row, row - 1)
        elif row >= 0 and is_control and event.key() == Qt.Key.Key_Right:
            self._move(row, row + 1)
        elif row >= 0 and event.key() in _MENU_KEYS:
            self._open_menu(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if is_by_key else self.indexAt(event.pos())
        if index.isValid():
            self._open_menu(index, None if is_by_key else event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._target_of(event)
        if self._pressed is None:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            super().mouseReleaseEvent(event)
        elif pressed == self._target_of(event):
            self._take(*pressed)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        is_on_target = self._target_at(event.position().toPoint()) is not None
        shape = Qt.CursorShape.PointingHandCursor if is_on_target else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._expected:
            super().paintEvent(event)
            return
        colors = colors_of(self.palette())
        room = self.viewport().rect().adjusted(SPACE, SPACE, -SPACE, -SPACE)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colors.accent, 2, Qt.PenStyle.DashLine))
        painter.setBrush(colors.window)
        painter.drawRoundedRect(room, RADIUS, RADIUS)
        painter.drawText(room, int(_CENTERED), self._expected)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _target_of(self, event: QMouseEvent) -> tuple[int, CardAction] | None:
        is_left = event.button() == Qt.MouseButton.LeftButton
        return self._target_at(event.position().toPoint()) if is_left else None

    def _target_at(self, place: QPoint) -> tuple[int, CardAction] | None:
        """The row, and what a click at `place` does there; None where it only marks."""
        index = self.indexAt(place)
        if not index.isValid():
            return None
        rect, attachment = self.visualRect(index), attachment_at(index)
        if cross_of(rect).contains(place):
            return index.row(), CardAction.REMOVE
        if self._card.action_at(rect, attachment).contains(place):
            return index.row(), actions_of(attachment)[0]
        return None

    def _open_menu(self, index: QModelIndex, place: QPoint | None = None) -> None:
        """Opened beside the loop; it is gone when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in actions_of(attachment_at(index)):
            menu.addAction(action_words(action), partial(self._take, index.row(), action))
        self.setCurrentIndex(index)
        menu.popup(place or self.viewport().mapToGlobal(self.visualRect(index).center()))

    def _take(self, row: int, action: CardAction) -> None:
        match action:
            case CardAction.REMOVE:
                self._remove(row)
            case CardAction.FETCH:
                self.fetch_requested.emit(row)
            case CardAction.CHOOSE_PAGES:
                self.pages_requested.emit(row)

    def _remove(self, row: int) -> None:
        self.removal_requested.emit(row)
        self._select(min(row, self._rows.rowCount() - 1))

    def _move(self, row: int, to: int) -> None:
        if 0 <= to < self._rows.rowCount():
            self._rows.move(row, to if to < row else to + 1)
            self._select(to)

    def _select(self, row: int) -> None:
        if row >= 0:
            self.setCurrentIndex(self.model().index(row, 0))

    def _attachments(self) -> list[Attachment]:
        indexes = (self._rows.index(row) for row in range(self._rows.rowCount()))
        return [attachment_at(index) for index in indexes]

    def _fit(self) -> None:
        attachments = self._attachments()
        self._wanted = self._card.wanted_height(attachments) + _EDGES
        if self.maximumHeight() != self._wanted:
            self.setMaximumHeight(self._wanted)
            self.updateGeometry()
        if self._card.fit(attachments, min(self.height(), self._wanted) - _EDGES):
            self.scheduleDelayedItemsLayout()


def _words(index: Index) -> list[str]:
    return all_words(attachment_at(index))


def _tip(index: Index) -> str:
    return "\n".join(_words(index))
