"""The messages that are shown, and the least that is said when others are."""

import pytest

from desktop.domain.conversation import Conversation
from desktop.domain.messages import user_message
from desktop.viewmodels.transcript import Entry, TranscriptModel
from tests.support.qt import heard

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
