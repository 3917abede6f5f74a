"""A button that asks for a second press where it stands."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.flow import FlowLayout
from desktop.ui.plain_label import PlainLabel
from desktop.ui.settings.field import quiet_button
from desktop.ui.theme import SPACE


class Confirming(QWidget):
    """The button `words`; once pressed, `question` with a button `answer` and one to cancel.

    Signals:
        confirmed: It was pressed, and then `answer` too.
    """

    confirmed = Signal()

    def __init__(self, words: str, question: str, answer: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._button = quiet_button(words)
        self._question = PlainLabel(question)
        self._question.setWordWrap(True)
        self._answer = quiet_button(answer)
        self._answer.setProperty("role", "danger")
        # Heard without what stands above it.
        self._answer.setAccessibleDescription(question)
        self._cancel = quiet_button(self.tr("Cancel"))
        self._place()
        self._button.clicked.connect(self._ask)
        self._answer.clicked.connect(self._on_answer_clicked)
        self._cancel.clicked.connect(self._on_cancel_clicked)
        self.revert()

    def revert(self) -> None:
        """Ask no more."""
        self._show(is_asking=False)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _place(self) -> None:
        line = FlowLayout(2 * SPACE)
        for button in (self._button, self._answer, self._cancel):
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._question)
        column.addLayout(line)

    def _show(self, *, is_asking: bool) -> None:
        self._button.setVisible(not is_asking)
        for widget in (self._question, self._answer, self._cancel):
            widget.setVisible(is_asking)

    def _ask(self) -> None:
        self._show(is_asking=True)
        self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_answer_clicked(self) -> None:
        self._on_cancel_clicked()
        self.confirmed.emit()

    def _on_cancel_clicked(self) -> None:
        self.revert()
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Esc takes the question back before it closes the window around it.
        if event.key() == Qt.Key.Key_Escape and not self._cancel.isHidden():
            self._on_cancel_clicked()
        else:
            super().keyPressEvent(event)
