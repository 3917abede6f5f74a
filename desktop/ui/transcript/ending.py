"""How an answer ended when it did not end well: in words, with the next step as a button."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.conversation import Answer
from desktop.domain.errors import AppError, NextStep
from desktop.ui.detail_text import DetailText
from desktop.ui.theme import SPACE
from desktop.ui.wording import sentence, step_words


def has_ending(answer: Answer) -> bool:
    """Whether there is something to say of how `answer` ended."""
    return answer.error is not None or answer.finish not in ("stop", "tool_calls", None)


class AnswerEnding(QFrame):
    """A quiet line for an answer that was stopped, a banner for one that failed.

    Signals:
        next_step_requested: The `NextStep` whose button was pressed.
        resized: It wants to be higher or lower than before.
    """

    next_step_requested = Signal(object)
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step: NextStep | None = None
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._details = QPushButton(self.tr("Details"))
        self._details.setAccessibleName("Details")
        self._details.setCheckable(True)
        self._details.toggled.connect(self._on_details_toggled)
        self._button = QPushButton()
        self._button.clicked.connect(self._on_button_clicked)
        self._detail = ""
        self._text: DetailText | None = None
        self._line = QHBoxLayout()
        self._line.setSpacing(2 * SPACE)
        self._line.addWidget(self._words, 1)
        self._line.addWidget(self._details)
        self._line.addWidget(self._button)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(2 * SPACE)
        self._column.addLayout(self._line)
        self.hide()

    def show_answer(self, answer: Answer) -> None:
        """Say how `answer` ended; nothing if it ended well."""
        if answer.error is not None:
            self._show_error(answer.error, is_partial=bool(answer.text))
        elif words := self._quiet_words(answer):
            self._show(words, role="", margin=0)
        else:
            self.hide()

    def event(self, event: QEvent) -> bool:
        is_taken = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self.resized.emit()
        return is_taken

    def _show_error(self, error: AppError, *, is_partial: bool) -> None:
        words = sentence(error)
        if is_partial:
            words = self.tr("Cut off: {reason}").format(reason=words)
        self._step = error.next_step
        self._detail = error.detail
        self._show(words, role="banner", margin=3 * SPACE)
        self._details.setVisible(bool(error.detail))
        if error.next_step is not None:
            self._button.setText(step_words(error.next_step))
            self._button.show()

    def _quiet_words(self, answer: Answer) -> str:
        match answer.finish:
            case "cancelled":
                return self.tr("Stopped")
            case "interrupted":
                return self.tr("Cut off: the stream ended before the answer did.")
            case "length":
                return self.tr("Cut off: the answer reached the limit of its length.")
            case "content_filter":
                return self.tr("Cut off: the service's content filter stepped in.")
            case "stop" | "tool_calls" | None:
                return ""

    def _show(self, words: str, *, role: str, margin: int) -> None:
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self._words.setProperty("role", "" if role else "muted")
        self.setProperty("role", role)
        self.setProperty("tone", "danger")
        for widget in (self, self._words):
            self.style().unpolish(widget)
            self.style().polish(widget)
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._details.hide()
        self._button.hide()
        self.show()

    def _on_details_toggled(self, is_open: bool) -> None:
        if self._text is None:
            self._text = self._new_text()
        self._text.setVisible(is_open)

    def _new_text(self) -> DetailText:
        text = DetailText(self)
        text.setAccessibleName("Details")
        text.setPlainText(self._detail)
        self._column.addWidget(text)
        return text

    def _on_button_clicked(self) -> None:
        self.next_step_requested.emit(self._step)
