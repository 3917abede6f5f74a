"""A needle is found wherever whole characters fold to what it folds to, and there only."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.markdown import search
from desktop.markdown.search import FoldedText, find

_TELLING = (
    "aAeEéÉsSßẞiIıİﬁfﬀﬃσςΣｗWｓ（(…. \u3000\u00a0\u0301\u0327\u0345\u0308ΐᾳαιカガｶﾞ\u3099가각ᄀ中㎏½❤\ufe0f🚀"
)
texts = st.text(st.sampled_from(_TELLING), max_size=24) | st.text(max_size=24)


def fold(text: str) -> str:
    return unicodedata.normalize("NFKD", text).casefold()


def is_boundary(text: str, offset: int) -> bool:
    if offset == len(text):
        return True
    return unicodedata.combining(unicodedata.normalize("NFKD", text[offset])[0]) == 0


def found_slowly(text: str, needle: str) -> list[tuple[int, int]]:
    """The definition: try every stretch."""
    found: list[tuple[int, int]] = []
    begin = 0
    while needle and begin < len(text):
        ends = (
            end
            for end in range(begin + 1, len(text) + 1)
            if fold(text[begin:end]) == fold(needle) and is_boundary(text, begin) and is_boundary(text, end)
        )
        end = next(ends, None)
        if end is not None:
            found.append((begin, end))
        begin = begin + 1 if end is None else end
    return found


@given(texts, texts.map(lambda needle: needle[:3]))
def test_it_finds_what_trying_every_stretch_finds(text: str, needle: str) -> None:
    assert find(text, needle) == found_slowly(text, needle)


@given(texts, st.integers(0, 24), st.integers(1, 4), st.integers(1, 5))
def test_parts_of_the_text_itself_are_found(text: str, begin: int, length: int, chunk: int) -> None:
    needle = text[begin : begin + length]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "_CHUNK", chunk)
        assert find(text, needle) == found_slowly(text, needle)


@pytest.mark.parametrize(
    ("text", "needle", "found"),
    [
        ("a needle and a Needle", "NEEDLE", ["needle", "Needle"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("Straße, STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("ß", "s", []),
        ("İstanbul", "i\u0307stan", ["İstan"]),
        ("ｗｏｒｄ （full）", "Word (", ["ｗｏｒｄ （"]),
        ("ｶﾞス カス", "ガ", ["ｶﾞ"]),
        ("caf\u00e9 cafe\u0301 cafe", "cafe", ["cafe"]),
        ("caf\u00e9 cafe\u0301 cafe", "cafe\u0301", ["caf\u00e9", "cafe\u0301"]),
        ("ὈΔΥΣΣΕΎΣ", "ς", ["Σ", "Σ", "Σ"]),
        ("见下文……完", "完", ["完"]),
        ("数据，数据", "数据", ["数据", "数据"]),
        ("a\u00a0b\u3000c", "a b c", ["a\u00a0b\u3000c"]),
        ("👩‍💻 x 👩‍💻", "👩‍💻", ["👩‍💻", "👩‍💻"]),
        ("text", "", []),
        ("", "x", []),
    ],
)
def test_what_counts_as_the_same(text: str, needle: str, found: list[str]) -> None:
    assert [text[begin:end] for begin, end in find(text, needle)] == found


def test_a_text_can_be_searched_again() -> None:
    text = FoldedText("Été…, l'été")

    assert [text.find(needle) for needle in ("é", "été", "xyz", "")] == [
        [(0, 1), (2, 3), (8, 9), (10, 11)],
        [(0, 3), (8, 11)],
        [],
        [],
    ]


def test_places_are_right_far_into_a_long_text() -> None:
    text = "数…据e\u0301 " * 5000 + "Needle"

    assert find(text, "needle") == [(len(text) - 6, len(text))]
    assert len(find(text, "据é")) == 5000
