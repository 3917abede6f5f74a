"""How an answer ended when it did not end well: in words, with the next steps as buttons."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.conversation import Answer
from desktop.domain.errors import AppError, NextStep, Turn
from desktop.domain.models import READER_MODEL
from desktop.domain.provider_errors import AnswerTooLong
from desktop.ui.detail_text import DetailText
from desktop.ui.flow import FlowLayout
from desktop.ui.plain_label import PlainLabel
from desktop.ui.theme import SPACE
from desktop.ui.wording import sentence, step_words

_CUT_SHORT = ("interrupted", "cancelled", "length")
"""How an answer ends that could have gone on."""
_LEAST_LETTERS = 24
"""Of average width: with less room beside the buttons, the words stand above them."""


def has_ending(answer: Answer) -> bool:
    """Whether there is something to say of how `answer` ended."""
    return answer.error is not None or answer.finish not in ("stop", "tool_calls", None) or _is_blank(answer)


def _is_blank(answer: Answer) -> bool:
    """Whether it ended well, and there is nothing to see of it."""
    return answer.finish == "stop" and not (answer.text or answer.notices or answer.lines)


def is_cut_short(answer: Answer) -> bool:
    """Whether `answer` ended before its end."""
    return answer.error is not None or answer.finish in _CUT_SHORT


def can_continue(answer: Answer) -> bool:
    """Whether a model can go on with what there is of `answer`.

    The reader reads an image as a whole, and what was too long to take is too long to be sent along.
    """
    has_end = answer.model == READER_MODEL or isinstance(answer.error, AnswerTooLong)
    return is_cut_short(answer) and bool(answer.text) and not has_end


class AnswerEnding(QFrame):
    """A quiet line for an answer that was stopped, a banner for one that failed.

    The banner is coloured only where it is the user who has to act before the question can succeed.

    Signals:
        next_step_requested: The `NextStep` whose button was pressed.
        continue_requested: The answer is to go on where it was cut short.
        regenerate_requested: Another answer is wanted.
        resized: It wants to be higher or lower than before.
    """

    next_step_requested = Signal(object)
    continue_requested = Signal()
    regenerate_requested = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step: NextStep | None = None
        self._words = PlainLabel()
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._details = QPushButton(self.tr("Details"))
        self._details.setAccessibleName("Details")
        self._details.setCheckable(True)
        self._details.toggled.connect(self._on_details_toggled)
        self._button = QPushButton()
        self._button.clicked.connect(self._on_button_clicked)
        self._continue = QPushButton(self.tr("Continue"))
        self._continue.setAccessibleName("Continue")
        self._continue.clicked.connect(self.continue_requested)
        self._again = QPushButton(self.tr("Answer again"))
        self._again.setAccessibleName("Answer again")
        self._again.clicked.connect(self.regenerate_requested)
        self._retry = QPushButton(step_words(NextStep.RETRY))
        self._retry.clicked.connect(self._on_retry_clicked)
        self._detail = ""
        self._text: DetailText | None = None
        self._buttons = FlowLayout(2 * SPACE)
        for button in (self._details, self._button, self._continue, self._again, self._retry):
            self._buttons.addWidget(button)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(2 * SPACE)
        self._line.addWidget(self._words, 1)
        self._line.addLayout(self._buttons)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(2 * SPACE)
        self._column.addLayout(self._line)
        self.hide()

    def show_answer(self, answer: Answer) -> None:
        """Say how `answer` ended; nothing if it ended well."""
        self._step = answer.error.next_step if answer.error is not None else None
        if answer.error is not None:
            self._show_error(answer.error, is_partial=bool(answer.text))
        elif words := self._quiet_words(answer):
            self._show(words, role="", tone="", margin=0)
        else:
            self.hide()
            return
        self._continue.setVisible(can_continue(answer))
        is_wanting = is_cut_short(answer) or _is_blank(answer)
        self._again.setVisible(is_wanting and self._step is None)
        # Its own next step may make it work, and so may nothing at all.
        may_work = answer.error is not None and answer.error.retryable
        self._retry.setVisible(may_work and self._step not in (None, NextStep.RETRY))

    def heightForWidth(self, width: int) -> int:
        self._fit(width)
        return super().heightForWidth(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit(event.size().width())
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        is_taken = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self.resized.emit()
        return is_taken

    def _show_error(self, error: AppError, *, is_partial: bool) -> None:
        words = sentence(error)
        if is_partial:
            words = self.tr("Cut off: {reason}").format(reason=words)
        self._detail = error.detail
        self._show(words, role="banner", tone="" if error.turn is Turn.USER else "quiet", margin=3 * SPACE)
        self._details.setVisible(bool(error.detail))
        if error.next_step is not None:
            self._button.setText(step_words(error.next_step))
            self._button.show()

    def _quiet_words(self, answer: Answer) -> str:
        match answer.finish:
            case "cancelled":
                return self.tr("Stopped")
            case "interrupted":
                return self.tr("Cut short before its end.")
            case "length":
                return self.tr("Cut off: the answer reached the limit of its length.")
            case "content_filter":
                return self.tr("Cut off: the service's content filter stepped in.")
            case "stop" if _is_blank(answer):
                return self.tr("The model ended without saying anything.")
            case "stop" | "tool_calls" | None:
                return ""

    def _show(self, words: str, *, role: str, tone: str, margin: int) -> None:
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self._words.setProperty("role", "" if role else "muted")
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        for widget in (self, self._words):
            self.style().unpolish(widget)
            self.style().polish(widget)
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._details.hide()
        self._button.hide()
        self.show()

    def _fit(self, width: int) -> None:
        """The buttons stand beside the words if they leave them enough room, else below."""
        margins = self._column.contentsMargins()
        room = width - margins.left() - margins.right() - self._line.spacing()
        is_beside = room - self._buttons.sizeHint().width() >= self._least_room()
        direction = QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom
        if direction != self._line.direction():
            self._line.setDirection(direction)

    def _least_room(self) -> int:
        """For the words beside the buttons: of one line, or of as many as are no narrower than one reads."""
        metrics = self._words.fontMetrics()
        longest_word = self._words.minimumSizeHint().width()
        line = metrics.horizontalAdvance(self._words.text())
        return min(line, max(longest_word, _LEAST_LETTERS * metrics.averageCharWidth()))

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

    def _on_retry_clicked(self) -> None:
        self.next_step_requested.emit(NextStep.RETRY)

    def _on_button_clicked(self) -> None:
        self.next_step_requested.emit(self._step)
