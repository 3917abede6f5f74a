"""What a long text that grows is made of: each step costs what is new, and gives what the whole gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.markdown.blocks import Paragraph, Run
from desktop.ui.transcript.characters import Positions
from desktop.ui.transcript.look import extent
from desktop.ui.transcript.prose import ProseBox
from desktop.ui.transcript.waiting import WaitingText
from tests.support.painted import look

TEXTS = st.text(alphabet="ab\n中é👩🎉")
WIDTH = 400.0


@given(TEXTS, TEXTS, TEXTS)
def test_positions_of_a_text_that_changed_are_those_of_a_new_one(kept: str, old: str, new: str) -> None:
    grown, fresh = Positions(kept + new, Positions(kept + old), len(kept)), Positions(kept + new)
    assert grown.end == fresh.end
    assert [*map(grown.of, range(len(kept + new) + 1))] == [*map(fresh.of, range(len(kept + new) + 1))]
    assert [*map(grown.offset, range(grown.end + 1))] == [*map(fresh.offset, range(grown.end + 1))]


@given(st.lists(st.one_of(TEXTS, st.integers(1, 9))))
def test_what_waits_is_taken_in_order(steps: list[str | int]) -> None:
    waiting, text = WaitingText(), ""
    for step in steps:
        if isinstance(step, str):
            waiting.put(step)
            text += step
        else:
            assert waiting.take(step) == text[:step]
            text = text[step:]
        assert len(waiting) == len(text)
        assert waiting.extent == pytest.approx(extent(text))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("endless", ["\u0301", "\u200d", "\U0001f468\u200d", "\u202e"])
def test_what_takes_no_room_is_laid_out_in_pieces_all_the_same(endless: str) -> None:
    box, text = ProseBox(Paragraph((Run("a"),)), look()), "a"
    box.set_width(WIDTH)
    box.lay_out()
    for _ in range(20):
        kept, text = len(text), text + endless * 1_000
        box.show(Paragraph((Run(text),)), kept)
        while not box.lay_out():
            pass
    assert all(piece.end - piece.begin <= 5_000 for piece in box._pieces)
    assert box._pieces[-1].end == Positions(text).end
