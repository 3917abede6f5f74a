"""What strangers say reaches a terminal as words; a program that reads JSON gets it exactly."""

import io
import json
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.events import Notice, NoticeRaised, ReasoningDelta, RetryScheduled, TextDelta
from desktop.domain.image_errors import BrokenImage
from desktop.domain.provider_errors import ProviderError
from desktop.domain.visible import HIDDEN, visible
from desktop.terminal import JsonPrinter, TextPrinter

NASTY = (
    "\x1b[2J \x1b]0;title\x07 \x1bP$q\x1b\\ \x9b31m \x9d8;;http://a\x9c \x7f\r"
    " \u2028\u202e \u2066\u200b\U000e0041"
)
WORDS = st.text(st.one_of(st.characters(), st.sampled_from(NASTY)))


def said(events: Iterable[TextDelta | ReasoningDelta]) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    printer = TextPrinter(out, err)
    for event in events:
        printer.event(event)
    printer.end_text()
    return out.getvalue(), err.getvalue()


@given(WORDS, st.lists(st.integers(min_value=0, max_value=40)))
def test_however_an_answer_is_cut_the_terminal_is_not_moved(text: str, cuts: list[int]) -> None:
    places = [0, *sorted(cuts), max([len(text), *cuts])]
    pieces = [text[begin:end] for begin, end in pairwise(places)]

    for kind, stream in ((TextDelta, 0), (ReasoningDelta, 1)):
        shown = said(map(kind, pieces))[stream]
        assert shown.removesuffix("\n") == visible(text).removesuffix("\n")
        assert HIDDEN.search(shown) is None


@pytest.mark.parametrize("as_json", [False, True])
def test_nothing_that_is_said_beside_the_answer_is_acted_on(as_json: bool) -> None:
    out, err = io.StringIO(), io.StringIO()
    printer = JsonPrinter(out) if as_json else TextPrinter(out, err)

    printer.event(NoticeRaised(Notice.IMAGES_LEFT_OUT, {"limit": "1", "names": NASTY}))
    printer.event(RetryScheduled(BrokenImage(name=NASTY), 1.0))
    printer.error(ProviderError(detail=NASTY + "\n" + NASTY, host=NASTY))

    assert HIDDEN.search(out.getvalue() + err.getvalue()) is None


@given(WORDS)
def test_json_holds_the_exact_text_and_is_safe_to_look_at(text: str) -> None:
    out = io.StringIO()
    JsonPrinter(out).event(TextDelta(text))
    line = out.getvalue()

    assert json.loads(line) == {"type": "text", "text": text}
    assert line.count("\n") == 1
    assert HIDDEN.search(line) is None
