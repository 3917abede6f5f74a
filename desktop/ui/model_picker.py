"""The model picker: a button that says which model answers, and a list to type into."""

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import AppError
from desktop.domain.models import READER_MODEL, Model
from desktop.ui.geometry import beside
from desktop.ui.icons import icon
from desktop.ui.model_words import facts_of, group_name, model_name
from desktop.ui.spoken import SpokenRows
from desktop.ui.theme import RADIUS, SPACE, colors_of
from desktop.ui.wording import sentence
from desktop.viewmodels.picker import PickerRole, PickerViewModel

Index = QModelIndex | QPersistentModelIndex

_POPUP_DIGITS, _POPUP_LINES = 56, 22
"""Size of the list in the font's own measure: some 440 x 460 px in text of the usual size."""


class ModelPicker(QToolButton):
    """Says which model answers and whose it is; opens the list.

    Signals:
        refresh_requested: The server is to be asked for its models.
    """

    refresh_requested = Signal()

    def __init__(self, picker: PickerViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "model")
        self.setAccessibleName("Model")
        self.setToolTip(self.tr("Choose the model that answers"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the words
        self._popup = _Popup(picker, self)
        self._popup.refresh_requested.connect(self.refresh_requested)
        self.clicked.connect(self.open)
        self._dress()

    def show_model(self, model_id: str, provider: str) -> None:
        words = model_name(model_id)
        self._popup.set_current(model_id)
        self.setText(words if model_id == READER_MODEL else f"{words} · {provider}")
        self.setAccessibleDescription(self.text())

    def open(self) -> None:
        """Open the list under the button, or above it where there is no room below, ready to type."""
        button = QRect(self.mapToGlobal(self.rect().topLeft()), self.size())
        self._popup.open_beside(button, self.screen().availableGeometry())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        self.setIcon(icon("chevron-down", colors_of(self.palette()).muted))


class _Popup(QFrame):
    """The list, with a line to type into; Enter takes the marked row, Shift+Enter the name as it is typed.

    Signals:
        refresh_requested: The server is to be asked for its models.
    """

    refresh_requested = Signal()

    def __init__(self, picker: PickerViewModel, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._picker = picker
        self._current = READER_MODEL
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setProperty("role", "popup")
        self.setAccessibleName("Models")
        self._line = QLineEdit(self)
        self._line.setAccessibleName("Filter models")
        self._line.setPlaceholderText(self.tr("Type to filter, or any model's name"))
        self._line.setClearButtonEnabled(True)
        self._line.installEventFilter(self)
        self._list = QListView(self)
        self._list.setAccessibleName("Model list")
        self._rows = SpokenRows(picker.filtered, _words, self)
        self._list.setModel(self._rows)
        self._list.setItemDelegate(_Row(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._status = QLabel(self)
        self._status.setProperty("role", "muted")
        self._status.setWordWrap(True)
        self._refresh = QToolButton(self)
        self._refresh.setText(self.tr("Refresh"))
        self._refresh.setAccessibleName("Refresh models")
        self._refresh.setToolTip(self.tr("Ask the server for its models"))
        self._place()
        self._bind()

    def set_current(self, model_id: str) -> None:
        """`model_id` is the one that answers; it is marked while nothing is typed."""
        self._current = model_id

    def open_beside(self, button: QRect, screen: QRect) -> None:
        self._line.clear()
        self._show_matches("")
        metrics = self.fontMetrics()
        wanted = QSize(_POPUP_DIGITS * metrics.horizontalAdvance("0"), _POPUP_LINES * metrics.lineSpacing())
        self.setGeometry(beside(button.adjusted(0, -SPACE, 0, SPACE), wanted, screen))
        self.show()
        self._list.scrollTo(self._list.currentIndex(), QListView.ScrollHint.PositionAtCenter)
        self._line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self._status, 1)
        foot.addWidget(self._refresh)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(self._line)
        column.addWidget(self._list, 1)
        column.addLayout(foot)

    def _bind(self) -> None:
        self._line.textChanged.connect(self._show_matches)
        self._rows.modelReset.connect(self._mark)
        self._list.clicked.connect(self._choose_row)
        self._refresh.clicked.connect(self.refresh_requested)
        self._picker.refreshing_changed.connect(self._on_picker_refreshing_changed)
        self._picker.refresh_failed.connect(self._on_picker_refresh_failed)

    def _take_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if key in steps:
            self._step(steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(as_typed=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def _step(self, step: int) -> None:
        rows = self._rows.rowCount()
        if rows:
            row = min(max(self._list.currentIndex().row() + step, 0), rows - 1)
            self._list.setCurrentIndex(self._rows.index(row, 0))

    def _take(self, *, as_typed: bool) -> None:
        index, typed = self._list.currentIndex(), self._line.text().strip()
        if index.isValid() and not (as_typed and typed):
            self._choose_row(index)
        elif typed:
            self._choose(typed)
        else:
            self.hide()

    def _choose_row(self, index: Index) -> None:
        self._choose(index.data(PickerRole.MODEL).id)

    def _choose(self, model_id: str) -> None:
        self.hide()
        self._picker.choose(model_id)

    def _show_matches(self, text: str) -> None:
        self._picker.filter(text)
        is_known = self._mark()
        typed = text.strip()
        if not typed or is_known:
            self._status.clear()
        elif self._rows.rowCount():
            self._status.setText(self.tr("Shift+Enter uses “{name}” as it is typed").format(name=typed))
        else:
            self._status.setText(self.tr("Enter uses “{name}” as it is typed").format(name=typed))

    def _mark(self) -> bool:
        """Mark the row that is named exactly, or else the first match; tell whether one is named so.

        While nothing is typed the model that answers is marked, so that Enter changes nothing.
        """
        typed = self._line.text().strip()
        names = [self._rows.index(row, 0).data() for row in range(self._rows.rowCount())]
        named = typed or self._current
        is_known = named in names
        row = names.index(named) if is_known else (0 if typed else -1)
        self._list.setCurrentIndex(self._rows.index(row, 0))
        return is_known

    def _on_picker_refreshing_changed(self, is_refreshing: bool) -> None:
        self._refresh.setEnabled(not is_refreshing)
        self._status.setText(self.tr("Asking the server…") if is_refreshing else self._status.text())
        if not is_refreshing and self._status.text() == self.tr("Asking the server…"):
            self._status.setText(self.tr("Up to date"))

    def _on_picker_refresh_failed(self, error: AppError) -> None:
        self._status.setText(sentence(error))


class _Row(QStyledItemDelegate):
    """Paints a model: its name, its group, and what is known of it in a second line."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, 2 * self._view.fontMetrics().lineSpacing() + 3 * SPACE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colors = colors_of(self._view.palette())
        model: Model = index.data(PickerRole.MODEL)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.selection)
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        inner = rect.adjusted(2 * SPACE, SPACE, -2 * SPACE, -SPACE)
        half = inner.height() // 2
        top = QRect(inner.left(), inner.top(), inner.width(), half)
        bottom = QRect(inner.left(), inner.top() + half, inner.width(), half)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        metrics = self._view.fontMetrics()
        group = group_name(model)
        room = top.width() - metrics.horizontalAdvance(group) - 2 * SPACE
        painter.setPen(colors.text)
        painter.drawText(
            top, left, metrics.elidedText(model_name(model.id), Qt.TextElideMode.ElideMiddle, room)
        )
        painter.setPen(colors.muted)
        painter.drawText(top, right, group)
        words = facts_of(model, index.data(PickerRole.PRICE))
        facts = metrics.elidedText(words, Qt.TextElideMode.ElideRight, bottom.width())
        painter.drawText(bottom, left, facts)
        painter.restore()


def _words(index: Index) -> str:
    """What the row at `index` says."""
    model: Model = index.data(PickerRole.MODEL)
    facts = facts_of(model, index.data(PickerRole.PRICE))
    return ", ".join(filter(None, [model_name(model.id), group_name(model), facts]))
