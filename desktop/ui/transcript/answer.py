"""An answer, from the wait for its first word to its end."""

from collections.abc import Mapping, Sequence
from math import floor
from time import monotonic

from PySide6.QtCore import QLocale, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.domain.conversation import Answer
from desktop.domain.models import READER_MODEL
from desktop.markdown.plain import plain_text
from desktop.markdown.stream import MarkdownStream, parse
from desktop.markdown.text import normalised
from desktop.ui.plain_label import PlainLabel
from desktop.ui.transcript.copying import Copier, Form
from desktop.ui.transcript.ending import AnswerEnding, has_ending
from desktop.ui.transcript.footer import AnswerFooter
from desktop.ui.transcript.message import MessageView
from desktop.ui.transcript.reasoning import Reasoning
from desktop.ui.transcript.retrying import RetryLine
from desktop.ui.transcript.text import MessageText, markdown_text
from desktop.ui.wording import notice
from desktop.viewmodels.transcript import Entry, Retry

_TICK_MS = 1000
_THOUGHTS = -1
"""The number of their text: it stands above the answer's own."""


class AnswerView(MessageView):
    """Shows one answer and follows it while it streams.

    Signals:
        regenerate_requested: Another answer is wanted.
        sibling_requested: The answer before (−1) or after (+1) is wanted.
        next_step_requested: The `NextStep` of its error was pressed.
        continue_requested: The answer is to go on where it was cut short.
    """

    regenerate_requested = Signal()
    sibling_requested = Signal(int)
    next_step_requested = Signal(object)
    continue_requested = Signal()

    def __init__(self, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        assert entry.node.answer is not None
        self.setAccessibleName("Answer")
        self._answer: Answer = entry.node.answer
        self._text_size = 0
        self._reasoning_size = 0
        self._began = monotonic() - self._answer.seconds
        self._thinking_seconds = floor(self._answer.thinking_seconds)
        # Most answers have none of these; what is not shown is not made.
        self._reasoning: Reasoning | None = None
        self._notices: PlainLabel | None = None
        self._retry: RetryLine | None = None
        self._ending: AnswerEnding | None = None
        self._text = markdown_text(self)
        self._text.setAccessibleName("Answer")
        self._text.resized.connect(self.flow)
        self._footer = AnswerFooter(self)
        self._copier = Copier(self)
        self._clock = QTimer(self, interval=_TICK_MS)
        self._bind()
        if self._answer.is_streaming:
            self._clock.start()
        self.show_entry(entry)

    @property
    def text(self) -> MessageText:
        return self._text

    def texts(self) -> Mapping[int, MessageText]:
        thoughts = self._reasoning.thoughts if self._reasoning is not None else None
        return {0: self._text} if thoughts is None else {_THOUGHTS: thoughts, 0: self._text}

    def parts(self) -> Sequence[QWidget]:
        thoughts = () if self._reasoning is None else (self._reasoning, self._reasoning.thoughts)
        text = self._text if self._text_size else None
        ending = None if self._ending is None or self._ending.isHidden() else self._ending
        every = (*thoughts, self._notices, text, self._retry, ending, self._footer)
        return [part for part in every if part is not None]

    def append_text(self, text: str) -> None:
        is_first = not self._text_size
        self._text_size += len(text)
        self._text.append(text)
        if is_first:
            self._show_progress()

    def append_reasoning(self, text: str) -> None:
        self._reasoning_size += len(text)
        if self._reasoning is None:
            self._reasoning = self._new_reasoning()
            self._show_progress()
        self._reasoning.append(text)

    def show_entry(self, entry: Entry) -> None:
        """Catch up with `entry`, another value of the same answer."""
        assert entry.node.answer is not None
        answer = self._answer = entry.node.answer
        if answer.is_streaming and not self._clock.isActive():
            self._resume()
        if reasoning := answer.reasoning[self._reasoning_size :]:
            self.append_reasoning(reasoning)
        if text := answer.text[self._text_size :]:
            self.append_text(text)
        if answer.notices:
            self._show_notices("\n".join(notice(said) for said in answer.notices))
        self._show_retry(entry.retry)
        if answer.is_streaming:
            self._show_progress()
        else:
            self._show_end(entry)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _bind(self) -> None:
        self._clock.timeout.connect(self._show_progress)
        self._footer.copy_requested.connect(self._copy)
        self._footer.regenerate_requested.connect(self.regenerate_requested)
        self._footer.sibling_requested.connect(self.sibling_requested)

    def _new_reasoning(self) -> Reasoning:
        reasoning = Reasoning(self)
        reasoning.show()
        reasoning.resized.connect(self.arrange)
        self.arrange()
        return reasoning

    def _show_notices(self, words: str) -> None:
        if self._notices is None:
            self._notices = PlainLabel(parent=self)
            self._notices.setWordWrap(True)
            self._notices.setProperty("role", "muted")
            self._notices.show()
        self._notices.setText(words)
        self.arrange()

    def _show_retry(self, retry: Retry | None) -> None:
        if self._retry is not None and retry is not None:
            self._retry.show_retry(retry)
        elif retry is not None:
            self._retry = RetryLine(retry, self)
            self._retry.retold.connect(self.arrange)
            self._retry.show()
            self.arrange()
        elif self._retry is not None:
            self._retry.hide()
            self._retry.deleteLater()
            self._retry = None
            self.arrange()

    def _show_ending(self) -> None:
        if self._ending is None and has_ending(self._answer):
            self._ending = AnswerEnding(self)
            self._ending.next_step_requested.connect(self.next_step_requested)
            self._ending.continue_requested.connect(self.continue_requested)
            self._ending.regenerate_requested.connect(self.regenerate_requested)
            self._ending.resized.connect(self.arrange)
        if self._ending is not None:
            self._ending.show_answer(self._answer)
            self.arrange()

    def _resume(self) -> None:
        """It had ended, and goes on."""
        self._began = monotonic() - self._answer.seconds
        self._thinking_seconds = floor(self._answer.thinking_seconds)
        self._clock.start()
        self._text.resume(MarkdownStream(), self._answer.text[: self._text_size])
        if self._ending is not None:
            self._ending.hide()
            self._ending.deleteLater()
            self._ending = None
            self.arrange()

    def _show_progress(self) -> None:
        seconds = floor(monotonic() - self._began)
        shown = QLocale().toString(seconds)
        if self._text_size:
            self._thinking_seconds = self._thinking_seconds or seconds
            self._show_thought(self._thinking_seconds)
            words = self.tr("Answering… {seconds} s")
        elif self._retry is not None:
            words = ""  # it says what goes on
        elif self._reasoning is not None:
            self._reasoning.show_thinking(seconds)
            words = self.tr("Waiting for the answer…")
        elif self._answer.model == READER_MODEL:
            words = self.tr("Reading… {seconds} s")
        else:
            words = self.tr("Waiting for the first word… {seconds} s")
        self._footer.show_progress(words.format(seconds=shown))

    def _show_end(self, entry: Entry) -> None:
        self._clock.stop()
        self._text.finish()
        self._show_thought(self._answer.thinking_seconds)
        self._show_ending()
        self._footer.show_answer(self._answer, entry.place, entry.siblings)

    def _show_thought(self, seconds: float) -> None:
        if self._reasoning is not None:
            self._reasoning.show_thought(seconds)

    def _copy(self, form: Form | None) -> None:
        """In this form; None: a model's Markdown as it is, the reader's without marks, which no image has."""
        answer = self._answer
        if answer.model == READER_MODEL and form is None:
            QGuiApplication.clipboard().setText(plain_text(self._text.blocks))
        elif form in (None, Form.MARKDOWN):
            QGuiApplication.clipboard().setText(normalised(answer.text))
        else:
            self._copier.copy(lambda: [parse(answer.text)], len(answer.text), form)
