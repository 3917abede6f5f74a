"""The conversation that is shown, and the request that makes it grow."""

import time
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop.domain.conversation import Answer, Conversation, MessageId
from desktop.domain.errors import AppError
from desktop.domain.events import (
    AnswerDraft,
    Finished,
    FinishReason,
    NoticeRaised,
    ReasoningDelta,
    StreamEvent,
    TextDelta,
)
from desktop.domain.messages import Message
from desktop.domain.models import READER_MODEL, Catalog
from desktop.domain.ports import Backend
from desktop.domain.request import chat_request
from desktop.domain.settings import Settings
from desktop.runtime.worker import RequestWorker
from desktop.viewmodels.frames import Frames
from desktop.viewmodels.transcript import Entry, Growth, TranscriptModel


class ChatViewModel(QObject):
    """One conversation: ask, stop, ask again, and look at the other answers.

    Signals:
        busy_changed: Whether an answer is on its way.
        conversation_changed: The `Conversation` is another value now.
        answer_finished: The `Answer` that just ended, whole or not.
    """

    busy_changed = Signal(bool)
    conversation_changed = Signal(object)
    answer_finished = Signal(object)

    def __init__(self, backend: Backend, worker: RequestWorker, settings: Settings, catalog: Catalog) -> None:
        super().__init__()
        self.transcript = TranscriptModel(self)
        self._backend = backend
        self._worker = worker
        self._settings = settings
        self._catalog = catalog
        self._model = READER_MODEL
        self._conversation = Conversation()
        self._answering: _Answering | None = None
        self._frames = Frames(self)
        self._frames.due.connect(self._flush)
        worker.event_received.connect(self._on_worker_event_received)
        worker.failed.connect(self._on_worker_failed)

    # ── what a pane shows ───────────────────────────────────────────────────────────────────────

    @property
    def conversation(self) -> Conversation:
        return self._conversation

    @property
    def is_busy(self) -> bool:
        return self._answering is not None

    # ── what a user does ────────────────────────────────────────────────────────────────────────

    def configure(self, settings: Settings, catalog: Catalog, model: str) -> None:
        """Use these for the next request; one that runs goes on as it was asked."""
        self._settings, self._catalog, self._model = settings, catalog, model

    def send(self, question: Message) -> None:
        """Ask `question` under what is shown."""
        if not self.is_busy:
            self._conversation = self._conversation.ask(question)
            self._answer(self._conversation.nodes[-1].id)

    def stop(self) -> None:
        """Hang up at once; what came stays."""
        self._worker.stop()

    def regenerate(self, index: int) -> None:
        """Ask again for the answer at `index`; the old one stays beside the new."""
        node = self._conversation.path()[index]
        if node.parent is not None and not self.is_busy:
            self._answer(node.parent)

    def show_sibling(self, index: int, step: int) -> None:
        """Show the answer before (−1) or after (+1) the one at `index`."""
        if self.is_busy:
            return
        node = self._conversation.path()[index]
        siblings = self._conversation.siblings(node.id)
        place = siblings.index(node) + step
        if 0 <= place < len(siblings):
            self._set_conversation(self._conversation.show(siblings[place].id))

    def open(self, conversation: Conversation) -> None:
        """Show another conversation. An answer that still streams is stopped and kept."""
        self.stop()
        self._set_conversation(conversation)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _answer(self, question: MessageId) -> None:
        settings = self._settings
        model = self._catalog.find(self._model)
        request = chat_request(model, self._conversation.messages(question), settings)
        conversation = self._conversation.begin_answer(question, request.model)
        self._answering = _Answering(conversation.nodes[-1].id, request.model)
        self._set_conversation(conversation)
        self.busy_changed.emit(True)
        self._worker.send(lambda: self._backend.source(request.model, settings), request)

    def _on_worker_event_received(self, event: StreamEvent) -> None:
        if self._answering is None:
            return
        if isinstance(event, Finished):
            self._end(event.reason)
            return
        self._answering.receive(event)
        self._frames.ask()

    def _on_worker_failed(self, error: AppError) -> None:
        if self._answering is not None:
            self._answering.error = error

    def _flush(self) -> None:
        if self._answering is not None:
            self.transcript.announce(self._answering.fold())

    def _end(self, reason: FinishReason) -> None:
        answering = self._answering
        assert answering is not None
        self._frames.stop()
        self._flush()
        self._answering = None
        answer = answering.answer(reason)
        self._set_conversation(self._conversation.set_answer(answering.id, answer))
        self.busy_changed.emit(False)
        self.answer_finished.emit(answer)

    def _set_conversation(self, conversation: Conversation) -> None:
        self._conversation = conversation
        places = conversation.places()
        self.transcript.set_entries(
            [Entry(node, *places[node.id]) for node in conversation.path()],
            self._answering.draft if self._answering else None,
        )
        self.conversation_changed.emit(conversation)


class _Answering:
    """The answer that is on its way: what was received but not shown, what is shown, and the clock."""

    def __init__(self, message_id: MessageId, model: str) -> None:
        self.id = message_id
        self.draft = AnswerDraft()
        self.error: AppError | None = None
        self._model = model
        self._unshown: list[StreamEvent] = []
        self._began = time.monotonic()
        self._thinking_seconds = 0.0
        self._first_seconds = 0.0

    def receive(self, event: StreamEvent) -> None:
        self._unshown.append(event)
        if isinstance(event, ReasoningDelta | TextDelta):
            seconds = time.monotonic() - self._began
            self._first_seconds = self._first_seconds or seconds
            if isinstance(event, ReasoningDelta):
                self._thinking_seconds = seconds

    def fold(self) -> Growth:
        """Make what was received part of what is shown."""
        events, self._unshown = self._unshown, []
        text = "".join(event.text for event in events if isinstance(event, TextDelta))
        reasoning = "".join(event.text for event in events if isinstance(event, ReasoningDelta))
        # One piece a frame: to join the deltas of 1 MB in the end takes 10 ms.
        others = (event for event in events if not isinstance(event, TextDelta | ReasoningDelta))
        for event in (TextDelta(text), ReasoningDelta(reasoning), *others):
            self.draft.apply(event)
        return Growth(text, reasoning, notice=any(isinstance(event, NoticeRaised) for event in events))

    def answer(self, reason: FinishReason) -> Answer:
        return replace(
            Answer(self._model).with_draft(self.draft),
            finish=reason,
            error=self.error,
            seconds=time.monotonic() - self._began,
            thinking_seconds=self._thinking_seconds,
            first_seconds=self._first_seconds,
        )
