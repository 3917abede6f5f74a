"""An answer, from the wait for its first word to its end."""

from math import floor
from time import monotonic

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.domain.conversation import Answer
from desktop.domain.models import READER_MODEL
from desktop.ui.theme import SPACE
from desktop.ui.transcript.body import MarkdownText
from desktop.ui.transcript.ending import AnswerEnding, has_ending
from desktop.ui.transcript.footer import AnswerFooter
from desktop.ui.transcript.reasoning import ReasoningView
from desktop.ui.transcript.text import ReadingText
from desktop.ui.wording import notice
from desktop.viewmodels.transcript import Entry

_TICK_MS = 1000


class AnswerView(QWidget):
    """Shows one answer and follows it while it streams.

    Signals:
        link_activated: The address of a link that was clicked.
        regenerate_requested: Another answer is wanted.
        sibling_requested: The answer before (−1) or after (+1) is wanted.
        next_step_requested: The `NextStep` of its error was pressed.
        text_made: A `ReadingText` came to it.
    """

    link_activated = Signal(str)
    regenerate_requested = Signal()
    sibling_requested = Signal(int)
    next_step_requested = Signal(object)
    text_made = Signal(object)

    def __init__(self, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        assert entry.node.answer is not None
        self.setAccessibleName("Answer")
        self._answer: Answer = entry.node.answer
        self._text_size = 0
        self._reasoning_size = 0
        self._began = monotonic()
        self._thinking_seconds = 0
        # Most answers have neither; what is not shown is not made.
        self._reasoning: ReasoningView | None = None
        self._notices: QLabel | None = None
        self._ending: AnswerEnding | None = None
        self._text = MarkdownText()
        self._text.setAccessibleName("Answer")
        self._text.link_activated.connect(self.link_activated)
        self._text.hide()
        self._footer = AnswerFooter()
        self._clock = QTimer(self, interval=_TICK_MS)
        self._column = QVBoxLayout(self)
        self._place()
        self._bind()
        self._clock.start()
        self.show_entry(entry)

    @property
    def text(self) -> ReadingText:
        return self._text

    def append_text(self, text: str) -> None:
        if not self._text_size:
            self._text.show()
        self._text_size += len(text)
        self._text.append(text)
        if self._text_size == len(text):
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
        if reasoning := answer.reasoning[self._reasoning_size :]:
            self.append_reasoning(reasoning)
        if text := answer.text[self._text_size :]:
            self.append_text(text)
        if answer.notices:
            self._show_notices("\n".join(notice(said) for said in answer.notices))
        if answer.is_streaming:
            self._show_progress()
        else:
            self._show_end(entry)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _place(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2 * SPACE)
        self._column.addWidget(self._text)
        self._column.addWidget(self._footer)

    def _bind(self) -> None:
        self._clock.timeout.connect(self._show_progress)
        self._footer.copy_requested.connect(self._on_footer_copy_requested)
        self._footer.regenerate_requested.connect(self.regenerate_requested)
        self._footer.sibling_requested.connect(self.sibling_requested)

    def _new_reasoning(self) -> ReasoningView:
        reasoning = ReasoningView(self)
        reasoning.text_made.connect(self.text_made)
        self._column.insertWidget(0, reasoning)
        return reasoning

    def _show_notices(self, words: str) -> None:
        if self._notices is None:
            self._notices = QLabel(self)
            self._notices.setTextFormat(Qt.TextFormat.PlainText)
            self._notices.setWordWrap(True)
            self._notices.setProperty("role", "muted")
            self._column.insertWidget(self._column.indexOf(self._text), self._notices)
        self._notices.setText(words)

    def _show_ending(self) -> None:
        if self._ending is None and has_ending(self._answer):
            self._ending = AnswerEnding(self)
            self._ending.text_made.connect(self.text_made)
            self._ending.next_step_requested.connect(self.next_step_requested)
            self._column.insertWidget(self._column.indexOf(self._footer), self._ending)
        if self._ending is not None:
            self._ending.show_answer(self._answer)

    def _show_progress(self) -> None:
        seconds = floor(monotonic() - self._began)
        shown = QLocale().toString(seconds)
        if self._text_size:
            self._thinking_seconds = self._thinking_seconds or seconds
            self._show_thought(self._thinking_seconds)
            words = self.tr("Answering… {seconds} s")
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

    def _on_footer_copy_requested(self) -> None:
        """A model's Markdown as it is; the reader's without marks, which are not in the image."""
        is_read = self._answer.model == READER_MODEL
        QGuiApplication.clipboard().setText(self._text.plain_text() if is_read else self._answer.text)
