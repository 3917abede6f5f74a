"""One open conversation, and the request that makes it grow, whether anybody looks or not."""

import time
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop.domain.conversation import Conversation, MessageId, Node
from desktop.domain.endpoints import provider_host
from desktop.domain.errors import AppError, NextStep
from desktop.domain.events import AnswerDraft, Finished, FinishReason, StreamEvent
from desktop.domain.history import ConversationId, End, Piece, Summary
from desktop.domain.image_rules import image_limits
from desktop.domain.manner import Manner, inherited
from desktop.domain.messages import Message
from desktop.domain.models import READER_MODEL
from desktop.domain.request import continued
from desktop.runtime.tasks import TaskOwner
from desktop.runtime.worker import RequestWorker
from desktop.viewmodels.answering import Answering
from desktop.viewmodels.asking import Asked, Asking
from desktop.viewmodels.frames import Frames
from desktop.viewmodels.keeping import Keeper
from desktop.viewmodels.outgoing import Outgoing
from desktop.viewmodels.transcript import Entry, Retry


class Talk(QObject):
    """One conversation in memory: ask, stop, ask again, go on, and choose among the answers.

    `used` is when something was asked or answered last, in seconds since the epoch. `own_title` is the
    user's own, or empty. `is_kept`: it is written to the history as it grows. As long as only its end is read
    from there, that can be looked at, and nothing can be done with it.

    Signals:
        busy_changed: Whether an answer is on its way.
        changed: The `Conversation` is another value now.
        told: This `Talk`, after any of the two above.
        grown: By what `Growth` the streaming answer grew; at most once a frame.
        answer_finished: The `Answer` that just ended, whole or not.
    """

    busy_changed = Signal(bool)
    changed = Signal(object)
    told = Signal(object)
    grown = Signal(object)
    answer_finished = Signal(object)

    def __init__(
        self,
        conversation_id: ConversationId,
        conversation: Conversation,
        outgoing: Outgoing,
        keeper: Keeper,
        tasks: TaskOwner,
        *,
        used: float = 0.0,
        is_kept: bool = True,
        end: End | None = None,
    ) -> None:
        super().__init__()
        self.id = conversation_id
        self.used = used
        self.own_title = ""
        self.is_pinned = False
        self.is_kept = is_kept
        self.worker = RequestWorker(tasks, self)
        self._conversation = conversation
        self._known_end = end
        """Until all of it is read."""
        self._outgoing = outgoing
        self._keeper = keeper
        self._answering: Answering | None = None
        self._frames = Frames(self)
        self._frames.due.connect(self._flush)
        self.worker.event_received.connect(self._on_worker_event_received)
        self.worker.failed.connect(self._on_worker_failed)

    # ── what is shown of it ─────────────────────────────────────────────────────────────────────

    @property
    def conversation(self) -> Conversation:
        return self._conversation

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked in it yet."""
        return self.is_whole and not self._conversation.nodes

    @property
    def is_whole(self) -> bool:
        """Whether all of it is read."""
        return self._known_end is None

    @property
    def is_busy(self) -> bool:
        return self._answering is not None

    @property
    def is_ready(self) -> bool:
        """Whether something can be asked in it."""
        return self.is_whole and not self.is_busy

    @property
    def draft(self) -> AnswerDraft | None:
        """The answer that is on its way, as far as it was told."""
        return self._answering.draft if self._answering is not None else None

    @property
    def retry(self) -> Retry | None:
        """What the answer that is on its way waits for, if not for the server."""
        return self._answering.retry if self._answering is not None else None

    def entries(self) -> list[Entry]:
        """The branch that is shown, or the end of it."""
        if (end := self._known_end) is not None:
            return [Entry(node, *place) for node, place in zip(end.nodes, end.places, strict=True)]
        path = _timed(self._conversation.path(), self._answering)
        if len(path) == len(self._conversation.nodes):
            return [Entry(node) for node in path]
        places = self._conversation.places()
        return [Entry(node, *places[node.id]) for node in path]

    def summary(self) -> Summary:
        """What a list shows of it."""
        last = _last(self._conversation, self._known_end)
        answer = last.answer if last is not None else None
        return Summary(
            self.id,
            self.own_title or self._conversation.title,
            self.used,
            is_pinned=self.is_pinned,
            is_kept=self.is_kept,
            is_cut_off=answer is not None and answer.finish == "interrupted",
        )

    def complete(self, conversation: Conversation) -> None:
        """All of it is read now: it is `conversation`."""
        self._known_end, self._conversation = None, conversation
        if self.own_title == conversation.title:
            self.own_title = ""
        self.changed.emit(conversation)

    # ── what a user does ────────────────────────────────────────────────────────────────────────

    def send(self, question: Message, asking: Asking) -> None:
        """Ask `question` under what is shown."""
        if self.is_ready:
            self._conversation = self._conversation.ask(question, time.time())
            self._answer(self._conversation.nodes[-1].id, asking)

    def stop(self) -> None:
        """Hang up at once; what came stays."""
        self.worker.stop()

    def cut_off(self) -> None:
        """The same where nobody asked for it: the app ends."""
        self.worker.stop("interrupted")

    def regenerate(self, message_id: MessageId, asking: Asking) -> None:
        """Ask again for the answer `message_id`; the old one stays beside the new.

        Of a question that stands last the answer was lost: it is asked again too.
        """
        if not self.is_ready:
            return
        node = self._conversation[message_id]
        question = message_id if node.answer is None else node.parent
        if question is not None and (node.answer is not None or question == self._conversation.leaf):
            self._answer(question, asking)

    def take_step(self, message_id: MessageId, step: NextStep, asking: Asking) -> None:
        """Ask again for the answer `message_id`, which failed, and do it as `step` says.

        All that was done before so that the server takes it is done again.
        """
        node = self._conversation[message_id]
        if not self.is_ready or node.answer is None or node.parent is None:
            return
        manner = Manner.of(node.answer)
        if step is NextStep.ASK_ALONE:
            manner = replace(manner, is_alone=True)
        elif step is NextStep.SHRINK_IMAGES:
            limits = image_limits(asking.settings.endpoint, asking.model)
            manner = manner.smaller(manner.said(self._conversation, node.parent), limits)
        self._answer(node.parent, asking, manner)

    def resume(self, message_id: MessageId, asking: Asking) -> None:
        """Let the answer that was cut off go on from its last word, by the model that wrote it."""
        answer = self._conversation[message_id].answer if self.is_ready else None
        if answer is None or not answer.text or answer.model == READER_MODEL:
            return
        manner = Manner.of(answer)
        said = continued(manner.said(self._conversation, message_id))
        asked = Asked(answer.model, said, asking, manner, answer.notices)
        provider = _host(asking, answer.model)
        conversation = self._conversation.resume_answer(message_id, answer.model, provider, time.time())
        leaf = conversation.leaf
        assert leaf is not None
        self._begin(conversation, leaf, asked)

    def show(self, message_id: MessageId) -> None:
        """Show the branch through `message_id`."""
        if self.is_ready:
            self._set_conversation(self._conversation.show(message_id))
            self.told.emit(self)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _answer(self, question: MessageId, asking: Asking, manner: Manner | None = None) -> None:
        provider = _host(asking, asking.model)
        manner = manner or inherited(self._conversation, question, provider)
        asked = Asked(asking.model, manner.said(self._conversation, question), asking, manner)
        conversation = self._conversation.begin_answer(question, asking.model, provider, time.time())
        self._begin(conversation, conversation.nodes[-1].id, asked)

    def _begin(self, conversation: Conversation, message_id: MessageId, asked: Asked) -> None:
        """Ask for the words of the answer `message_id` of `conversation`."""
        begun = conversation[message_id].answer
        assert begun is not None
        self._answering = Answering(message_id, begun)
        self.used = time.time()
        self._set_conversation(conversation)
        self.busy_changed.emit(True)
        self.told.emit(self)
        self.worker.send(lambda: self._outgoing.prepared(self.id, asked))

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
        if self._answering is None:
            return
        growth = self._answering.fold()
        if self.is_kept:
            self._keeper.grow(Piece(self.id, self._answering.id, growth.text, growth.reasoning))
        self.grown.emit(growth)

    def _end(self, reason: FinishReason) -> None:
        answering = self._answering
        assert answering is not None
        self._frames.stop()
        self._flush()
        self._answering = None
        self.used = time.time()
        answer = answering.answer(reason)
        self._set_conversation(self._conversation.set_answer(answering.id, answer))
        self.busy_changed.emit(False)
        self.told.emit(self)
        self.answer_finished.emit(answer)

    def _set_conversation(self, conversation: Conversation) -> None:
        self._conversation = conversation
        if self.is_kept:
            self._keeper.keep(self.id, conversation, self.used)
        self.changed.emit(conversation)


def _last(conversation: Conversation, end: End | None) -> Node | None:
    if end is not None:
        return end.nodes[-1]
    return None if conversation.leaf is None else conversation[conversation.leaf]


def _timed(path: Sequence[Node], answering: Answering | None) -> Sequence[Node]:
    """`path` with the seconds that the answer at its end, if it streams, has taken so far."""
    if answering is None or path[-1].answer is None:
        return path
    answer = replace(path[-1].answer, seconds=answering.seconds)
    return (*path[:-1], replace(path[-1], answer=answer))


def _host(asking: Asking, model: str) -> str:
    return "" if model == READER_MODEL else provider_host(asking.settings.endpoint)
