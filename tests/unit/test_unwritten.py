"""What is to be written, against a plain model of what a disk would have of it."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from desktop.domain.conversation import Answer, Conversation, MessageId
from desktop.domain.history import ConversationId, Piece
from desktop.domain.messages import user_message
from desktop.viewmodels.unwritten import Unwritten

IDS = st.sampled_from([ConversationId(1), ConversationId(2)])
WORDS = st.text("ab文", min_size=1, max_size=3)


class Disk(RuleBasedStateMachine):
    """A disk that fails now and then; what it has is put together of what `Unwritten` hands out."""

    def __init__(self) -> None:
        super().__init__()
        self.unwritten = Unwritten()
        self.wanted: dict[ConversationId, Conversation] = {}
        self.said: dict[ConversationId, str] = {}
        self.nodes: dict[ConversationId, dict[MessageId, object]] = {}
        self.pieces: dict[ConversationId, str] = {}

    @rule(conversation_id=IDS, word=WORDS)
    def ask(self, conversation_id: ConversationId, word: str) -> None:
        self.end(conversation_id)
        conversation = self.wanted.get(conversation_id, Conversation()).ask(user_message(word))
        self.keep(conversation_id, conversation.begin_answer(conversation.nodes[-1].id, "a-model"))
        self.said[conversation_id] = ""

    @rule(conversation_id=IDS, word=WORDS)
    def grow(self, conversation_id: ConversationId, word: str) -> None:
        if conversation_id in self.said:
            self.said[conversation_id] += word
            last = self.wanted[conversation_id].nodes[-1].id
            self.unwritten.grow(Piece(conversation_id, last, word, word.upper()))

    @rule(conversation_id=IDS)
    def end(self, conversation_id: ConversationId) -> None:
        if (text := self.said.pop(conversation_id, None)) is not None:
            conversation = self.wanted[conversation_id]
            answer = Answer("a-model", text=text, finish="stop")
            self.keep(conversation_id, conversation.set_answer(conversation.nodes[-1].id, answer))

    @rule(conversation_id=IDS)
    def forget(self, conversation_id: ConversationId) -> None:
        self.unwritten.forget([conversation_id])
        for values in (self.wanted, self.said, self.nodes, self.pieces):
            values.pop(conversation_id, None)

    @rule(fails_after=st.integers(0, 4))
    def write(self, fails_after: int) -> None:
        for number, (change, conversation) in enumerate(self.unwritten.changes()):
            if number == fails_after:
                return
            nodes = self.nodes.setdefault(change.id, {})
            for node in change.nodes:
                nodes[node.id] = node
                self.pieces.pop(change.id, None)
            self.unwritten.note_written(change.id, conversation)
        pieces = self.unwritten.take_grown()
        if fails_after > 2:
            self.unwritten.give_back(pieces)
            return
        for piece in pieces:
            self.pieces[piece.conversation] = self.pieces.get(piece.conversation, "") + piece.text

    @rule()
    def lose(self) -> None:
        self.nodes.clear()
        self.pieces.clear()
        self.unwritten.distrust()

    def keep(self, conversation_id: ConversationId, conversation: Conversation) -> None:
        self.wanted[conversation_id] = conversation
        self.unwritten.keep(conversation_id, conversation, 1.0)

    @invariant()
    def what_is_not_told_to_be_unwritten_is_on_the_disk(self) -> None:
        for conversation_id, conversation in self.wanted.items():
            if self.unwritten.has(conversation_id):
                assert tuple(self.nodes[conversation_id].values()) == conversation.nodes
        if not self.unwritten and not self.unwritten.has_grown:
            for conversation_id, said in self.said.items():
                assert self.pieces.get(conversation_id, "") == said


TestDisk = Disk.TestCase
TestDisk.settings = settings(deadline=None, max_examples=60)
