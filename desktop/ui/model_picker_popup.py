"""The list of all models, with a line to type into."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from desktop.domain.errors import NextStep
from desktop.domain.visible import on_one_line
from desktop.ui.geometry import beside
from desktop.ui.model_picker_list import ModelListView
from desktop.ui.model_words import server_words
from desktop.ui.plain_label import PlainLabel
from desktop.ui.theme import SPACE
from desktop.ui.wording import step_words
from desktop.viewmodels.picker import PickerViewModel

Index = QModelIndex | QPersistentModelIndex

_POPUP_DIGITS, _POPUP_LINES = 56, 22
"""Size of the list in the font's own measure: some 440 x 460 px in text of the usual size."""
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class ModelPopup(QFrame):
    """Enter takes the marked model, Shift+Enter the name as it is typed at the server asked next.

    Signals:
        refresh_requested: All servers are to be asked for their models.
        unencrypted_requested: The host to which a key is perhaps to be sent unencrypted.
    """

    refresh_requested = Signal()
    unencrypted_requested = Signal(str)

    def __init__(self, picker: PickerViewModel, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._picker = picker
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setProperty("role", "popup")
        self.setAccessibleName("Models")
        self._line = QLineEdit(self)
        self._line.setAccessibleName("Filter models")
        self._line.setPlaceholderText(self.tr("Type to filter, or any model's name"))
        self._line.setClearButtonEnabled(True)
        self._line.installEventFilter(self)
        self._list = ModelListView(picker.rows, self)
        self._status = PlainLabel(parent=self)
        self._status.setProperty("role", "muted")
        self._status.setWordWrap(True)
        self._unencrypted = QToolButton(self)
        self._unencrypted.setText(step_words(NextStep.SEND_UNENCRYPTED))
        self._unencrypted.setAccessibleName("Send unencrypted")
        self._refresh = QToolButton(self)
        self._refresh.setText(self.tr("Refresh"))
        self._refresh.setAccessibleName("Refresh models")
        self._refresh.setToolTip(self.tr("Ask all servers for their models"))
        self._place()
        self._bind()

    def open_beside(self, button: QRect, screen: QRect) -> None:
        self._line.clear()
        self._show_matches("")
        self._show_refused()
        metrics = self.fontMetrics()
        wanted = QSize(_POPUP_DIGITS * metrics.horizontalAdvance("0"), _POPUP_LINES * metrics.lineSpacing())
        self.setGeometry(beside(button.adjusted(0, -SPACE, 0, SPACE), wanted, screen))
        self.show()
        self._list.show_marked()
        self._line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event)
        return super().eventFilter(watched, event)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _place(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self._status, 1)
        foot.addWidget(self._unencrypted)
        foot.addWidget(self._refresh)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(self._line)
        column.addWidget(self._list, 1)
        column.addLayout(foot)

    def _bind(self) -> None:
        self._line.textChanged.connect(self._show_matches)
        self._list.clicked.connect(self._choose_row)
        self._list.changed.connect(self._on_list_changed)
        self._refresh.clicked.connect(self.refresh_requested)
        self._unencrypted.clicked.connect(self._on_unencrypted_clicked)
        self._picker.groups_changed.connect(self._show_refused)
        self._picker.asking_changed.connect(self._on_picker_asking_changed)
        self._picker.model_chosen.connect(self.hide)

    def _take_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in _STEPS:
            self._step(_STEPS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(as_typed=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def _step(self, steps: int) -> None:
        self._list.step(steps)
        # The keys go to the line: of the list a screen reader says nothing by itself.
        if words := self._list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole):
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._line, words))

    def _take(self, *, as_typed: bool) -> None:
        index, typed = self._list.currentIndex(), self._line.text().strip()
        if index.isValid() and not (as_typed and typed):
            self._choose_row(index)
        elif typed:
            self._picker.choose_typed()
        else:
            self.hide()

    def _choose_row(self, index: Index) -> None:
        self._picker.choose(index.row())

    def _show_matches(self, text: str) -> None:
        self._picker.filter(text)
        self._list.mark(self._picker.row_to_mark)
        self._show_status()

    def _on_list_changed(self) -> None:
        # A mark stays where it is; where there was nothing to mark there may be something now.
        if not self._list.currentIndex().isValid():
            self._list.mark(self._picker.row_to_mark)
        self._show_status()

    def _show_status(self) -> None:
        typed = self._line.text().strip()
        if not typed or self._picker.is_known:
            words = ""
        elif self._list.currentIndex().isValid():
            words = self.tr("Shift+Enter uses “{name}” as it is typed, at {server}")
        else:
            words = self.tr("Enter uses “{name}” as it is typed, at {server}")
        self._status.setText(
            words.format(name=on_one_line(typed), server=server_words(self._picker.endpoint))
        )

    def _show_refused(self) -> None:
        self._unencrypted.setVisible(bool(self._picker.refused_host))

    def _on_unencrypted_clicked(self) -> None:
        self.hide()
        self.unencrypted_requested.emit(self._picker.refused_host)

    def _on_picker_asking_changed(self, is_asking: bool) -> None:
        self._refresh.setEnabled(not is_asking)
