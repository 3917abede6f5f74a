"""The messages that are shown, and the least that is said when others are."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.conversation import Answer, Conversation, MessageId, Node
from desktop.domain.messages import user_message
from desktop.domain.provider_errors import TimedOut
from desktop.viewmodels.transcript import Entry, TranscriptModel
from tests.support.chatting import Follower
from tests.support.qt import heard
from tests.support.transcripts import conversation_of

TEXTS = ["Question?", "Answer.", "Another?", "Another one.", "And?", "Last."]

TALK = Conversation().ask(user_message("One")).ask(user_message("Two")).ask(user_message("Three"))
TALK = TALK.ask(user_message("Four"))
ONE, TWO, THREE, FOUR = (Entry(node) for node in TALK.nodes)


@pytest.mark.parametrize(
    ("old", "new", "inserted", "changed", "resets"),
    [
        ([], [], [], [], 0),
        ([ONE], [ONE], [], [], 0),
        ([], [ONE], [], [], 1),
        ([ONE], [], [], [], 1),
        ([ONE], [ONE, TWO, THREE], [1, 2], [], 0),
        ([ONE], [ONE, TWO, THREE, FOUR], [], [], 1),
        ([ONE, TWO], [ONE], [], [], 1),
        ([ONE, TWO], [ONE, THREE], [], [1], 0),
        ([ONE, TWO], [THREE, TWO], [], [], 1),
        ([TWO], [ONE, THREE], [], [], 1),
    ],
)
def test_the_least_is_said(
    old: list[Entry], new: list[Entry], inserted: list[int], changed: list[int], resets: int
) -> None:
    model = TranscriptModel()
    model.set_entries(old)
    said = heard(model.inserted), heard(model.changed), heard(model.reset)
    model.set_entries(new)

    assert (said[0], said[1], len(said[2])) == (inserted, changed, resets)


def test_what_was_there_is_not_told_again_of_a_whole_whose_end_it_was() -> None:
    failed = Answer("qwen3-vl-plus", "Half", finish="stop", error=TimedOut(host="a.example", seconds="30"))
    model = TranscriptModel()
    model.set_entries([THREE, Entry(Node(MessageId(3), MessageId(2), answer=failed), 1, 2)])
    said = heard(model.prepended), heard(model.inserted), heard(model.changed), heard(model.reset)

    read_again = replace(failed, error=TimedOut(host="a.example", seconds="30"))
    model.set_entries([ONE, TWO, THREE, Entry(Node(MessageId(3), MessageId(2), answer=read_again), 1, 2)])

    assert said == ([2], [], [], [])


@st.composite
def shown(draw: st.DrawFn) -> list[Entry]:
    """Any part of any conversation: equal ones come from different draws."""
    path = conversation_of(draw(st.sampled_from([TEXTS, TEXTS[:-1], [*TEXTS[:3], "Other"]]))).path()
    begin = draw(st.integers(0, len(path)))
    return [Entry(node) for node in path[begin : draw(st.integers(begin, len(path)))]]


@given(st.lists(shown(), min_size=1))
def test_whoever_follows_shows_what_is_there(steps: list[list[Entry]]) -> None:
    model = TranscriptModel()
    follower = Follower(model)
    for entries in steps:
        model.set_entries(entries)
        assert follower.texts == [entry.node.answer.text if entry.node.answer else "" for entry in entries]
