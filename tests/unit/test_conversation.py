"""The tree of messages, against a plain model of it."""

from dataclasses import dataclass, replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desktop.domain.conversation import Answer, Conversation, MessageId, Node
from desktop.domain.events import (
    AnswerDraft,
    Finished,
    Notice,
    NoticeRaised,
    ReasoningDelta,
    TextDelta,
    Usage,
    UsageReported,
)
from desktop.domain.messages import Message, TextPart, user_message
from desktop.domain.provider_errors import ConnectionLost

CHOICES = st.integers(0, 10_000)


@dataclass
class Entry:
    """One message of the plain model. `parent` is a place in its list, None for a first question."""

    parent: int | None
    asks: bool
    text: str


class PlainModel:
    """The same tree, written as slowly and plainly as possible."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.leaf: int | None = None

    def add(self, parent: int | None, *, asks: bool, text: str) -> None:
        self.entries.append(Entry(parent, asks, text))
        self.leaf = len(self.entries) - 1

    def path(self, end: int | None) -> list[int]:
        return [] if end is None else [*self.path(self.entries[end].parent), end]

    def children(self, parent: int | None) -> list[int]:
        return [place for place, entry in enumerate(self.entries) if entry.parent == parent]

    def newest_end(self, place: int) -> int:
        children = self.children(place)
        return self.newest_end(children[-1]) if children else place

    def questions(self) -> list[int]:
        return [place for place, entry in enumerate(self.entries) if entry.asks]

    def said(self, end: int) -> list[tuple[str, str]]:
        entries = [self.entries[place] for place in self.path(end)]
        return [("user" if e.asks else "assistant", e.text) for e in entries if e.asks or e.text]


class ConversationMachine(RuleBasedStateMachine):
    """Asks, answers, regenerates and switches branches in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.model = PlainModel()
        self.conversation = Conversation()
        self.before = (self.conversation, self.conversation.nodes, self.conversation.leaf)

    def change(self, conversation: Conversation) -> None:
        self.before = (self.conversation, self.conversation.nodes, self.conversation.leaf)
        self.conversation = conversation

    @rule(text=st.text(max_size=5))
    def ask(self, text: str) -> None:
        self.change(self.conversation.ask(user_message(text)))
        self.model.add(self.model.leaf, asks=True, text=text)

    @precondition(lambda self: self.model.questions())
    @rule(choice=CHOICES)
    def begin_answer(self, choice: int) -> None:
        questions = self.model.questions()
        question = questions[choice % len(questions)]
        self.change(self.conversation.begin_answer(MessageId(question), "qwen3-vl-plus"))
        self.model.add(question, asks=False, text="")

    @precondition(lambda self: len(self.model.questions()) < len(self.model.entries))
    @rule(choice=CHOICES, text=st.text(max_size=5))
    def set_answer(self, choice: int, text: str) -> None:
        answers = [place for place, entry in enumerate(self.model.entries) if not entry.asks]
        place = answers[choice % len(answers)]
        self.change(self.conversation.set_answer(MessageId(place), Answer("qwen3-vl-plus", text)))
        self.model.entries[place].text = text

    @precondition(lambda self: self.model.entries)
    @rule(choice=CHOICES)
    def show(self, choice: int) -> None:
        place = choice % len(self.model.entries)
        self.change(self.conversation.show(MessageId(place)))
        self.model.leaf = self.model.newest_end(place)

    @invariant()
    def shows_the_same_branch(self) -> None:
        assert [node.id for node in self.conversation.path()] == self.model.path(self.model.leaf)

    @invariant()
    def has_the_same_tree(self) -> None:
        for place, entry in enumerate(self.model.entries):
            node = self.conversation[MessageId(place)]
            assert (node.id, node.parent) == (place, entry.parent)
            assert (node.question is not None, node.answer is not None) == (entry.asks, not entry.asks)
            assert ids(self.conversation.children(node.id)) == self.model.children(place)
            assert ids(self.conversation.siblings(node.id)) == self.model.children(entry.parent)
            assert ids(self.conversation.path(node.id)) == self.model.path(place)
            siblings = self.model.children(entry.parent)
            assert self.conversation.places()[node.id] == (siblings.index(place), len(siblings))

    @invariant()
    def says_the_same_in_every_request(self) -> None:
        for place in self.model.questions():
            said = self.conversation.messages(MessageId(place))
            assert [(message.role, message.text) for message in said] == self.model.said(place)

    @invariant()
    def leaves_older_values_alone(self) -> None:
        older, nodes, leaf = self.before
        assert (older.nodes, older.leaf) == (nodes, leaf)


def ids(nodes: tuple[Node, ...]) -> list[int]:
    return [node.id for node in nodes]


TestConversationMachine = ConversationMachine.TestCase
TestConversationMachine.settings = settings(max_examples=60, stateful_step_count=25)


def test_regenerating_keeps_the_old_answer_as_a_sibling() -> None:
    asked = Conversation().ask(user_message("What is this?"))
    first = asked.begin_answer(MessageId(0), "a")
    second = first.begin_answer(MessageId(0), "b")

    assert ids(second.siblings(MessageId(2))) == [1, 2]
    assert ids(second.path()) == [0, 2]
    assert ids(second.show(MessageId(1)).path()) == [0, 1]


def test_a_follow_up_carries_what_was_said_on_its_branch_only() -> None:
    conversation = Conversation().ask(user_message("one")).begin_answer(MessageId(0), "a")
    conversation = conversation.set_answer(MessageId(1), Answer("a", "first"))
    conversation = conversation.begin_answer(MessageId(0), "b").set_answer(
        MessageId(2), Answer("b", "second")
    )
    conversation = conversation.show(MessageId(1)).ask(user_message("two"))

    assert conversation.leaf == 3
    assert [message.text for message in conversation.messages(MessageId(3))] == ["one", "first", "two"]


def test_an_answer_without_a_word_is_not_sent() -> None:
    failed = replace(Answer("a"), error=ConnectionLost(host="h"), finish="interrupted")
    conversation = Conversation().ask(user_message("one")).begin_answer(MessageId(0), "a")
    conversation = conversation.set_answer(MessageId(1), failed).ask(user_message("two"))

    assert conversation.messages(MessageId(2)) == (user_message("one"), user_message("two"))


def test_what_came_of_a_cut_answer_is_sent() -> None:
    cut = Answer("a", "half an ans", finish="cancelled")
    conversation = Conversation().ask(user_message("one")).begin_answer(MessageId(0), "a")
    conversation = conversation.set_answer(MessageId(1), cut).ask(user_message("go on"))

    assert conversation.messages(MessageId(2))[1] == Message("assistant", (TextPart("half an ans"),))


def test_a_long_conversation_is_no_problem() -> None:
    conversation = Conversation()
    for turn in range(400):
        conversation = conversation.ask(user_message("?")).begin_answer(MessageId(2 * turn), "a")

    assert len(conversation.show(MessageId(0)).path()) == 800


def test_an_empty_conversation_shows_nothing() -> None:
    assert Conversation().path() == ()
    assert Conversation().children(None) == ()


def test_an_answer_streams_until_it_has_a_reason_to_end() -> None:
    answer = Answer("a")

    assert answer.is_streaming
    assert not replace(answer, finish="stop").is_streaming


def test_an_answer_takes_over_what_a_draft_holds() -> None:
    draft = AnswerDraft()
    for event in (
        ReasoningDelta("hm"),
        TextDelta("Hel"),
        TextDelta("lo"),
        NoticeRaised(Notice.NO_TEXT_FOUND),
        UsageReported(Usage(total_tokens=3)),
        Finished("stop"),
    ):
        draft.apply(event)

    answer = Answer("a").with_draft(draft)

    assert (answer.text, answer.reasoning) == ("Hello", "hm")
    assert answer.notices == (NoticeRaised(Notice.NO_TEXT_FOUND),)
    assert answer.usage == Usage(total_tokens=3)
    assert answer.is_streaming, "how it ended is not the draft's to say: an error may follow"
