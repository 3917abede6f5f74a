"""What is kept of conversations, and what is told of those that are not open."""

import time
from dataclasses import dataclass, field
from typing import NewType

from desktop.domain.conversation import Conversation, MessageId, Node
from desktop.domain.history_errors import HistoryError
from desktop.domain.messages import ImagePart, LinkPart
from desktop.domain.visible import on_one_line

ConversationId = NewType("ConversationId", int)
"""Unique for good: a deleted conversation's is never given again. Later ones are higher."""

PAGE = 100
"""Conversations that are fetched at once for a list."""

END = 60
"""Messages of a long conversation that are read first: more than any window shows at once."""

HITS = 50
"""Hits that are shown of a search."""


def new_conversation_id(last: ConversationId | None = None) -> ConversationId:
    """An id made of the time in microseconds, so that it fits a double too; higher than `last`."""
    return ConversationId(max(time.time_ns() // 1000, (last or 0) + 1))


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation as a list shows it.

    `title` is the user's own, or the first words of its first question. `used` is when something was
    asked or answered last, in seconds since the epoch. `is_kept`: it is in the history, or on its way there.
    `is_cut_off`: its last answer ended before its end, because the app did.
    """

    id: ConversationId
    title: str
    used: float
    is_pinned: bool = False
    is_kept: bool = True
    is_cut_off: bool = False

    def __post_init__(self) -> None:
        # Out of a file that anybody may have written, or from the clipboard.
        object.__setattr__(self, "title", on_one_line(self.title))


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be written of a conversation: `nodes` are new, or other values than before.

    `title` is what its first question makes of it (the user's own stays), `used` as in `Summary`.
    """

    id: ConversationId
    nodes: tuple[Node, ...]
    leaf: MessageId | None
    title: str
    used: float


def change_between(
    conversation_id: ConversationId, old: Conversation, new: Conversation, used: float
) -> Change:
    """What of `new` was not in `old`, told by identity: values that did not change are the same objects."""
    nodes = tuple(node for node in new.nodes if node.id >= len(old.nodes) or node is not old.nodes[node.id])
    return Change(conversation_id, nodes, new.leaf, new.title, used)


@dataclass(frozen=True, slots=True)
class End:
    """The last messages of the path that is shown of a conversation, the last one at the end.

    `places`: of each of `nodes`, which of its siblings it is, from 0, and of how many.
    """

    nodes: tuple[Node, ...]
    places: tuple[tuple[int, int], ...]

    @property
    def has_more(self) -> bool:
        """Whether there are messages before them."""
        return bool(self.nodes) and self.nodes[0].parent is not None


@dataclass(frozen=True, slots=True)
class Piece:
    """By what a streaming answer grew since the last piece that was written."""

    conversation: ConversationId
    message: MessageId
    text: str = ""
    reasoning: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A question that was not sent yet: images that are here, images in the history, links, text."""

    text: str = ""
    parts: tuple[ImagePart | LinkPart, ...] = ()
    """Images and links, in their order."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What the history found when it was opened.

    `problem`: what the user must be told though it was opened (it had been damaged, say). `cut_off`: the
    conversations whose answers the last run of the app did not bring to their end, newest first.
    """

    problem: HistoryError | None = None
    cut_off: tuple[ConversationId, ...] = ()
    draft: Draft = field(default_factory=Draft)


@dataclass(frozen=True, slots=True)
class HistorySize:
    """How many conversations are kept, and how many bytes all files of the history take."""

    conversations: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One message, or one title (`message` is None), that holds what was searched for.

    `excerpt` is a line of its text around the first place, `marks` are begin and end of the places within
    that line, in code points.
    """

    summary: Summary
    message: MessageId | None
    excerpt: str
    marks: tuple[tuple[int, int], ...]
    is_question: bool = False
