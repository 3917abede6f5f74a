"""Sentences of the window: plain words, whose facts stay in their places in any direction of writing."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import NextStep
from desktop.domain.events import Notice, NoticeRaised
from desktop.domain.image_errors import BrokenImage, TooManyImages
from desktop.domain.refusals import RequestRejected
from desktop.ui.wording import notice, sentence, step_words

_OPENS, _ENDS = ("LRE", "RLE", "LRO", "RLO", "LRI", "RLI", "FSI"), ("PDF", "PDI")


def test_words_from_the_right_stay_between_those_from_the_left() -> None:
    said = sentence(RequestRejected(host="a.example", status=400, reason="שגיאה 400"))
    assert said == "a.example did not accept the request: \u2068שגיאה 400\u2069"
    assert sentence(BrokenImage(name="a\u202egnp.exe")) == "“agnp.exe” is damaged or cut short."
    many = sentence(TooManyImages(names=("صورة.png", "b.png"), limit=1))
    assert many == "A question takes at most 1 images. Left out: \u2068صورة.png\u2069, b.png."
    told = notice(NoticeRaised(Notice.IMAGE_NOT_READ, {"image": "א"}))
    assert told == "Image \u2068א\u2069 could not be read."


def test_other_words_are_left_alone() -> None:
    assert sentence(BrokenImage(name="图.png é 1")) == "“图.png é 1” is damaged or cut short."


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_no_words_reach_beyond_themselves(words: str) -> None:
    depth = 0
    for char in sentence(BrokenImage(name=words)):
        kind = unicodedata.bidirectional(char)
        depth += (kind in _OPENS) - (kind in _ENDS)
        assert depth in (0, 1)
    assert depth == 0


def test_every_step_has_words_of_its_own() -> None:
    assert len({step_words(step) for step in NextStep}) == len(NextStep)
