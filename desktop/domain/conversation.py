"""A conversation is a tree of messages with parent ids; one branch of it is shown at a time.

Values only: each change gives a new `Conversation`, and the old one stays what it was.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import NewType

from desktop.domain.errors import AppError
from desktop.domain.events import AnswerDraft, FinishReason, LineRead, NoticeRaised, Usage
from desktop.domain.messages import Message, TextPart
from desktop.domain.visible import visible

MessageId = NewType("MessageId", int)

TITLE_LENGTH = 60
"""Longest title in characters; a view elides earlier."""

_TITLE_SOURCE = 1000
"""So many characters of a question are looked at for its first words."""

_SHORTEST_WRITING = 0.5
"""Seconds: of what took less, no speed can be told."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said and how it ended. `finish` is None while it is still streaming.

    `provider` is the host of the server that answers (empty: this device, or not known). `seconds` run from
    the request to the end, `thinking_seconds` to the first word of the answer, and `first_seconds` to the
    first word of all, thought or said; 0 if there was none, or nobody looked.
    """

    model: str
    provider: str = field(default="", kw_only=True)
    text: str = ""
    reasoning: str = ""
    notices: tuple[NoticeRaised, ...] = ()
    lines: tuple[LineRead, ...] = field(default=(), repr=False)
    usage: Usage | None = None
    finish: FinishReason | None = None
    error: AppError | None = None
    seconds: float = 0.0
    thinking_seconds: float = 0.0
    first_seconds: float = 0.0

    @property
    def tokens_per_second(self) -> float | None:
        """How fast the model wrote, thoughts included, by the server's count and from its first word on.

        None if that is not known, or was over too soon to tell: a server may send all at once.
        """
        tokens = self.usage.completion_tokens if self.usage is not None else None
        writing = self.seconds - self.first_seconds
        if not tokens or not self.first_seconds or writing < _SHORTEST_WRITING:
            return None
        return tokens / writing

    @property
    def is_streaming(self) -> bool:
        return self.finish is None

    def with_draft(self, draft: AnswerDraft) -> "Answer":
        return replace(
            self,
            text=draft.text,
            reasoning=draft.reasoning,
            notices=tuple(draft.notices),
            lines=tuple(draft.lines),
            usage=draft.usage,
        )


@dataclass(frozen=True, slots=True)
class Node:
    """One message of the tree: a question (`answer` is None) or an answer.

    `made` is when, in seconds since the epoch; 0 if nobody looked.
    """

    id: MessageId
    parent: MessageId | None
    question: Message | None = None
    answer: Answer | None = None
    made: float = 0.0


@dataclass(frozen=True, slots=True)
class Conversation:
    """`nodes` in the order they were made, `leaf` the end of the branch that is shown."""

    nodes: tuple[Node, ...] = ()
    leaf: MessageId | None = None

    def __getitem__(self, message_id: MessageId) -> Node:
        # An id is the place in `nodes`: nodes are only ever added.
        return self.nodes[message_id]

    def ask(self, question: Message, made: float = 0.0) -> "Conversation":
        """Add a question under the leaf and make it the leaf."""
        return self._add(Node(self._next_id, self.leaf, question=question, made=made))

    def begin_answer(
        self, question: MessageId, model: str, provider: str = "", made: float = 0.0
    ) -> "Conversation":
        """Add a streaming answer under `question`, beside any older ones, and make it the leaf."""
        answer = Answer(model, provider=provider)
        return self._add(Node(self._next_id, question, answer=answer, made=made))

    def resume_answer(
        self, message_id: MessageId, model: str, provider: str = "", made: float = 0.0
    ) -> "Conversation":
        """Let the answer that was cut off stream on from its last word, and make it the leaf.

        One after which something was said stays as it was, and what goes on stands beside it.
        """
        node = self.nodes[message_id]
        assert node.answer is not None
        answer = replace(node.answer, model=model, provider=provider, finish=None, error=None)
        if self.children(message_id):
            return self._add(Node(self._next_id, node.parent, answer=answer, made=made))
        return replace(self.set_answer(message_id, answer), leaf=message_id)

    def set_answer(self, message_id: MessageId, answer: Answer) -> "Conversation":
        node = replace(self.nodes[message_id], answer=answer)
        return replace(self, nodes=(*self.nodes[:message_id], node, *self.nodes[message_id + 1 :]))

    def show(self, message_id: MessageId) -> "Conversation":
        """Show the branch through `message_id`, down to its newest end."""
        # Of several children the last one made stays in the mapping.
        newest = {node.parent: node.id for node in self.nodes}
        leaf = message_id
        while leaf in newest:
            leaf = newest[leaf]
        return replace(self, leaf=leaf)

    def path(self, end: MessageId | None = None) -> tuple[Node, ...]:
        """From the first question to `end` (default: the leaf)."""
        return tuple(self._up_from(self.leaf if end is None else end))[::-1]

    def children(self, message_id: MessageId | None) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.parent == message_id)

    def siblings(self, message_id: MessageId) -> tuple[Node, ...]:
        """All answers to the same question (or questions at the same place), oldest first."""
        return self.children(self.nodes[message_id].parent)

    def places(self) -> dict[MessageId, tuple[int, int]]:
        """Of every message, which of its siblings it is, from 0, and of how many; in one walk for all."""
        siblings: dict[MessageId | None, list[MessageId]] = {}
        for node in self.nodes:
            siblings.setdefault(node.parent, []).append(node.id)
        return {each: (i, len(ids)) for ids in siblings.values() for i, each in enumerate(ids)}

    def messages(self, end: MessageId) -> tuple[Message, ...]:
        """What was said up to `end`; answers without a word are left out."""
        return tuple(message for node in self.path(end) if (message := _said(node)) is not None)

    @property
    def title(self) -> str:
        """The first words of the user's, or else the name of the first image; empty if there is neither."""
        texts = (question.text[:_TITLE_SOURCE] for question in self._questions())
        names = (image.name for question in self._questions() for image in question.images)
        found = (title for words in chain(texts, names) if (title := " ".join(visible(words).split())))
        return next(found, "")[:TITLE_LENGTH]

    def _questions(self) -> Iterator[Message]:
        return (node.question for node in self.nodes if node.question is not None)

    @property
    def _next_id(self) -> MessageId:
        return MessageId(len(self.nodes))

    def _add(self, node: Node) -> "Conversation":
        return Conversation((*self.nodes, node), node.id)

    def _up_from(self, message_id: MessageId | None) -> Iterator[Node]:
        while message_id is not None:
            node = self.nodes[message_id]
            yield node
            message_id = node.parent


def _said(node: Node) -> Message | None:
    if node.question is not None:
        return node.question
    if node.answer is not None and node.answer.text:
        return Message("assistant", (TextPart(node.answer.text),))
    return None
