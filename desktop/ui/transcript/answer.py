"""An answer, from the wait for its first word to its end."""

from math import floor
from time import monotonic

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.domain.conversation import Answer
from desktop.domain.models import READER_MODEL
from desktop.ui.theme import SPACE
from desktop.ui.transcript.body import MarkdownText, PlainText
from desktop.ui.transcript.ending import AnswerEnding
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
    """

    link_activated = Signal(str)
    regenerate_requested = Signal()
    sibling_requested = Signal(int)
    next_step_requested = Signal(object)

    def __init__(self, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        assert entry.node.answer is not None
        self.setAccessibleName(self.tr("Answer"))
        self._answer: Answer = entry.node.answer
        self._text_size = 0
        self._reasoning_size = 0
        self._began = monotonic()
        self._thinking_seconds = 0
        self._reasoning = ReasoningView()
        self._notices = QLabel()
        self._notices.setTextFormat(Qt.TextFormat.PlainText)
        self._notices.setWordWrap(True)
        self._notices.setProperty("role", "muted")
        self._text = PlainText() if self._answer.model == READER_MODEL else MarkdownText()
        self._text.setAccessibleName(self.tr("Answer"))
        self._ending = AnswerEnding()
        self._footer = AnswerFooter()
        self._clock = QTimer(self, interval=_TICK_MS)
        self._place()
        self._bind()
        self._clock.start()
        self.show_entry(entry)

    @property
    def text(self) -> ReadingText:
        return self._text

    @property
    def texts(self) -> list[ReadingText]:
        """Everything in it that can be selected."""
        return [self._reasoning.text, self._text, self._ending.detail]

    def append_text(self, text: str) -> None:
        if not self._text_size:
            self._text.show()
        self._text_size += len(text)
        self._text.append(text)
        if self._text_size == len(text):
            self._show_progress()

    def append_reasoning(self, text: str) -> None:
        self._reasoning_size += len(text)
        self._reasoning.append(text)
        if self._reasoning.isHidden():
            self._reasoning.show()
            self._show_progress()

    def show_entry(self, entry: Entry) -> None:
        """Catch up with `entry`, another value of the same answer."""
        assert entry.node.answer is not None
        answer = self._answer = entry.node.answer
        if reasoning := answer.reasoning[self._reasoning_size :]:
            self.append_reasoning(reasoning)
        if text := answer.text[self._text_size :]:
            self.append_text(text)
        self._notices.setText("\n".join(notice(said) for said in answer.notices))
        self._notices.setVisible(bool(answer.notices))
        if answer.is_streaming:
            self._show_progress()
        else:
            self._show_end(entry)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _place(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * SPACE)
        for widget in (self._reasoning, self._notices, self._text, self._ending, self._footer):
            column.addWidget(widget)
        for hidden in (self._reasoning, self._text):
            hidden.hide()

    def _bind(self) -> None:
        self._clock.timeout.connect(self._show_progress)
        for text in self.texts:
            text.link_activated.connect(self.link_activated)
        self._footer.copy_requested.connect(self._on_footer_copy_requested)
        self._footer.regenerate_requested.connect(self.regenerate_requested)
        self._footer.sibling_requested.connect(self.sibling_requested)
        self._ending.next_step_requested.connect(self.next_step_requested)

    def _show_progress(self) -> None:
        seconds = floor(monotonic() - self._began)
        shown = QLocale().toString(seconds)
        if self._text_size:
            self._thinking_seconds = self._thinking_seconds or seconds
            self._reasoning.show_thought(self._thinking_seconds)
            words = self.tr("Answering… {seconds} s")
        elif self._reasoning_size:
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
        self._reasoning.show_thought(self._answer.thinking_seconds)
        self._ending.show_answer(self._answer)
        self._footer.show_answer(self._answer, entry.place, entry.siblings)

    def _on_footer_copy_requested(self) -> None:
        QGuiApplication.clipboard().setText(self._answer.text)
