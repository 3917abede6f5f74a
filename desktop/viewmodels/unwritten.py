"""What memory has of conversations and the disk does not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from desktop.domain.conversation import Conversation, MessageId
from desktop.domain.history import Change, ConversationId, Draft, Piece, change_between

_Growing = tuple[ConversationId, MessageId]


@dataclass(slots=True)
class _Kept:
    """A conversation as it is, and as it was written last."""

    wanted: Conversation
    written: Conversation | None
    used: float


class Unwritten:
    """Values replace each other here until they are written: only what holds then is worth writing."""

    def __init__(self) -> None:
        self._conversations: dict[ConversationId, _Kept] = {}
        self._grown: dict[_Growing, list[Piece]] = {}
        self._taken: dict[_Growing, list[Piece]] = {}
        """By what answers grew that still stream, and what the disk has, or is about to."""
        self.draft: Draft | None = None

    def __bool__(self) -> bool:
        """Whether a conversation or the draft is to be written; growth waits for its checkpoint."""
        return self.draft is not None or any(not self.has(each) for each in self._conversations)

    # ── conversations ───────────────────────────────────────────────────────────────────────────

    def note_read(self, conversation_id: ConversationId, conversation: Conversation, used: float) -> None:
        """It came from the disk."""
        self._conversations[conversation_id] = _Kept(conversation, conversation, used)

    def keep(self, conversation_id: ConversationId, conversation: Conversation, used: float) -> None:
        """It is another value now."""
        kept = self._conversations.get(conversation_id)
        written = kept.written if kept is not None else None
        self._conversations[conversation_id] = _Kept(conversation, written, used)
        self._drop_grown(conversation_id, conversation)

    def forget(self, conversations: Iterable[ConversationId]) -> None:
        for each in conversations:
            self._conversations.pop(each, None)
            for growth in (self._grown, self._taken):
                for key in [key for key in growth if key[0] == each]:
                    del growth[key]

    def forget_all(self) -> None:
        self._conversations.clear()
        self._grown.clear()
        self._taken.clear()
        self.draft = None

    def has(self, conversation_id: ConversationId) -> bool:
        """Whether the disk has all of it, or nobody wants it there."""
        kept = self._conversations.get(conversation_id)
        return kept is None or kept.written is kept.wanted

    def changes(self) -> Iterator[tuple[Change, Conversation]]:
        """What is to be written of each conversation, and the value that is on the disk then."""
        for conversation_id in list(self._conversations):
            kept = self._conversations.get(conversation_id)
            if kept is not None and kept.written is not kept.wanted:
                old = kept.written or Conversation()
                yield change_between(conversation_id, old, kept.wanted, kept.used), kept.wanted

    def note_written(self, conversation_id: ConversationId, conversation: Conversation) -> None:
        """The disk has it so; it may have been deleted or have grown meanwhile."""
        if (kept := self._conversations.get(conversation_id)) is not None:
            kept.written = conversation

    def distrust(self) -> None:
        """The disk may have lost what was written: all of it is to be written again."""
        for kept in self._conversations.values():
            kept.written = None
        taken, self._taken = self._taken, {}
        for key, pieces in taken.items():
            self._grown[key] = [*pieces, *self._grown.get(key, [])]

    # ── growth ──────────────────────────────────────────────────────────────────────────────────

    def grow(self, piece: Piece) -> None:
        self._grown.setdefault((piece.conversation, piece.message), []).append(piece)

    @property
    def has_grown(self) -> bool:
        return bool(self._grown)

    def take_grown(self) -> list[Piece]:
        """By what answers grew since it was taken last, a piece each."""
        grown, self._grown = self._grown, {}
        taken = {key: _joined(pieces) for key, pieces in grown.items()}
        for key, piece in taken.items():
            self._taken.setdefault(key, []).append(piece)
        return list(taken.values())

    def give_back(self, pieces: Iterable[Piece]) -> None:
        """They could not be written; an answer that has ended meanwhile needs them no more."""
        for piece in pieces:
            key = (piece.conversation, piece.message)
            taken = self._taken.get(key, [])
            if taken and taken[-1] is piece:
                taken.pop()
                self._grown[key] = [piece, *self._grown.get(key, [])]

    def _drop_grown(self, conversation_id: ConversationId, conversation: Conversation) -> None:
        """The whole answer is written when it has ended: its pieces are not needed any more."""
        for growth in (self._grown, self._taken):
            for key in [key for key in growth if key[0] == conversation_id]:
                answer = conversation[key[1]].answer
                if answer is not None and not answer.is_streaming:
                    del growth[key]


def _joined(pieces: list[Piece]) -> Piece:
    text = "".join([piece.text for piece in pieces])
    return replace(pieces[0], text=text, reasoning="".join([piece.reasoning for piece in pieces]))
