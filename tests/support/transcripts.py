"""A conversation that a test drives by hand, and the model through which a view follows it."""

import time
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from desktop.domain.conversation import Answer, Conversation, MessageId, Node
from desktop.domain.errors import AppError
from desktop.domain.events import AnswerDraft, Notice, NoticeRaised, ReasoningDelta, TextDelta
from desktop.domain.images import ImageInput
from desktop.domain.messages import user_message
from desktop.viewmodels.transcript import Entry, Growth, Retry, TranscriptModel


def conversation_of(texts: Iterable[str]) -> Conversation:
    """Questions and answers in turn."""
    nodes = []
    for number, text in enumerate(texts):
        here, above = MessageId(number), MessageId(number - 1) if number else None
        if number % 2:
            nodes.append(Node(here, above, answer=Answer("qwen3-vl-plus", text, finish="stop")))
        else:
            nodes.append(Node(here, above, question=user_message(text)))
    return Conversation(tuple(nodes), MessageId(len(nodes) - 1) if nodes else None)


class Talk:
    """Asks and answers; each step tells the model what the app's view model would."""

    def __init__(self) -> None:
        self.model = TranscriptModel()
        self.conversation = Conversation()
        self._draft: AnswerDraft | None = None

    def ask(self, text: str = "What is it?", images: tuple[ImageInput, ...] = ()) -> "Talk":
        self.conversation = self.conversation.ask(user_message(text, images))
        self._tell()
        return self

    def begin(self, model: str = "qwen3-vl-plus", question: MessageId | None = None) -> "Talk":
        assert self.conversation.leaf is not None
        self._draft = AnswerDraft()
        self.conversation = self.conversation.begin_answer(
            self.conversation.leaf if question is None else question, model
        )
        self._tell()
        return self

    def stream(self, *texts: str) -> "Talk":
        for text in texts:
            self._require().apply(TextDelta(text))
            self.model.announce(Growth(text=text))
        return self

    def think(self, *texts: str) -> "Talk":
        for text in texts:
            self._require().apply(ReasoningDelta(text))
            self.model.announce(Growth(reasoning=text))
        return self

    def notice(self, notice: Notice, **facts: str) -> "Talk":
        self._require().apply(NoticeRaised(notice, facts))
        self.model.announce(Growth(notice=True))
        return self

    def retry(self, error: AppError, seconds: float) -> "Talk":
        """The answer that streams waits to be asked for again."""
        self.model.announce(Growth(retry=Retry(error, time.monotonic() + seconds)))
        return self

    def finish(self, **changes: Any) -> "Talk":
        """End the answer that streams; `changes` are fields of `Answer`."""
        leaf = self.conversation.leaf
        assert leaf is not None
        answer = self.conversation[leaf].answer
        assert answer is not None
        answer = replace(answer.with_draft(self._require()), **({"finish": "stop"} | changes))
        self.conversation = self.conversation.set_answer(leaf, answer)
        self._draft = None
        self._tell()
        return self

    def answer(self, text: str, **changes: Any) -> "Talk":
        """A whole answer to the last question."""
        return self.begin().stream(text).finish(**changes)

    def resume(self, message: MessageId | None = None) -> "Talk":
        """An answer that was cut short, the last one if none is named, goes on."""
        message = self.conversation.leaf if message is None else message
        assert message is not None
        answer = self.conversation[message].answer
        assert answer is not None
        self._draft = AnswerDraft()
        self._draft.apply(TextDelta(answer.text))
        self._draft.apply(ReasoningDelta(answer.reasoning))
        self.conversation = self.conversation.resume_answer(message, answer.model)
        self._tell()
        return self

    def show(self, conversation: Conversation) -> None:
        self.conversation = conversation
        self._tell()

    def _require(self) -> AnswerDraft:
        assert self._draft is not None, "no answer has begun"
        return self._draft

    def _tell(self) -> None:
        self.model.set_entries(list(self._entries()), self._draft)

    def _entries(self) -> Iterable[Entry]:
        for node in self.conversation.path():
            siblings = self.conversation.siblings(node.id)
            yield Entry(node, siblings.index(node), len(siblings))
