"""The line that is shown of a text that was found."""

import re
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.storage.excerpt import excerpt

_FAMILY = "👨‍👩‍👧"


def _marked(text: str, needle: str) -> list[str]:
    line, marks = excerpt(text, needle)
    return [line[begin:end] for begin, end in marks]


def test_a_short_text_is_shown_whole_as_one_line() -> None:
    assert excerpt("  The disk\n\n\tis full. \n", "DISK") == ("The disk is full.", ((4, 8),))


def test_all_places_are_marked() -> None:
    assert excerpt("aaaaa b A", "aa") == ("aaaaa b A", ((0, 2), (2, 4)))


@pytest.mark.parametrize(
    ("text", "needle", "marked"),
    [
        ("Die STRASSE, die Straße", "straße", ["STRASSE", "Straße"]),
        ("ßß", "s", ["ß", "ß"]),
        ("aßb", "sb", ["ßb"]),
        ("ßßßß", "sss", ["ßß", "ßß"]),
        ("İstanbul", "i", ["İ"]),
        ("İİ istanbul", "istan", ["istan"]),
        ("o\ufb03ce", "FFI", ["\ufb03"]),
        ("a  \n b a b", "a  \n b", ["a b"]),
        ("错误码：错误", "错误", ["错误", "错误"]),
    ],
)
def test_a_place_is_marked_where_it_is_before_folding(text: str, needle: str, marked: list[str]) -> None:
    assert _marked(text, needle) == marked


def test_words_stay_whole_where_a_line_is_cut() -> None:
    line, ((begin, end),) = excerpt("one word " * 30 + "needle" + " and others" * 30, "needle")
    assert line[begin:end] == "needle"
    assert re.fullmatch(r"…((one|word) )+needle( (and|others))+…", line)


def test_of_a_needle_that_is_longer_than_a_line_its_begin_is_marked() -> None:
    line, ((begin, end),) = excerpt("x" * 200 + "y" * 200, "y" * 150)
    assert line[begin:end] == "y" * 90


@pytest.mark.parametrize(
    "whole", [_FAMILY, "e\u0301\u0302", "👍🏽", "🇨🇳", "❤️", "🏴\U000e0067\U000e0062\U000e007f"]
)
@pytest.mark.parametrize("shift", range(8))
def test_no_character_is_torn(whole: str, shift: int) -> None:
    line, _ = excerpt(whole * 60 + "x" * shift + "needle" + "x" * shift + whole * 60, "needle")
    before, after = line.strip("…").split("x" * shift + "needle" + "x" * shift)
    assert before.replace(whole, "") == after.replace(whole, "") == ""
    assert before
    assert after


def test_a_place_far_in_a_long_text_is_found() -> None:
    text = "ß" * 500_000 + "needle" + "ﬁ" * 1_000
    assert _marked(text, "needle") == ["needle"]


TABLE = "Sum:\n\n| tea | 0.20 | |\n|:---|---:|---|\n| milk | | 1 × 0.20 | |\n"


@pytest.mark.parametrize(
    ("text", "needle", "line"),
    [
        (TABLE, "tea", "Sum: | tea | 0.20 | milk | 1 × 0.20 |"),
        (TABLE, "milk |", "Sum: | tea | 0.20 | | |:---|---:|---| | milk | | 1 × 0.20 | |"),
        ("|---|\n| -5 | --x | ---", "5", "| -5 | --x | ---"),
        ("if (a || b | c) --a", "b", "if (a || b | c) --a"),
    ],
)
def test_cells_are_told_apart_by_one_bar(text: str, needle: str, line: str) -> None:
    assert excerpt(text, needle).line == line


CELLS = st.text("aA|-: \n", max_size=100)


@given(before=CELLS, needle=st.text("a-", min_size=1, max_size=3), after=CELLS)
def test_of_a_table_no_place_is_lost_and_nothing_else_that_can_be_read(
    before: str, needle: str, after: str
) -> None:
    text = before + needle + after
    line, marks = excerpt(text, needle)
    assert [match.span() for match in re.finditer(needle, line.casefold())] == list(marks)
    if len(text) < 90:
        assert line.count("A") == text.count("A")
        assert line.count("a") == text.count("a")


@given(
    text=st.text("aBßİﬁ的错🙂\u0301\u200d \n", max_size=300), at=st.integers(0, 300), size=st.integers(1, 20)
)
def test_every_mark_holds_the_needle(text: str, at: int, size: int) -> None:
    needle = text.casefold()[at : at + size].strip()
    assume(needle)
    line, marks = excerpt(text, needle)
    assert line.strip("…") in " ".join(text.split())
    assert len(line) <= 90 + 2 + len(text) * ("\u200d" in text or "\u0301" in text)
    assert marks
    assert all(before[1] <= after[0] for before, after in pairwise(marks))
    for begin, end in marks:
        assert " ".join(needle.split()) in line[begin:end].casefold()


@given(text=st.text("aAb的 ", max_size=200), needle=st.text("ab的", min_size=1, max_size=3))
def test_as_many_places_are_marked_as_there_are(text: str, needle: str) -> None:
    assume(needle in text.casefold())
    line, marks = excerpt(text, needle)
    assert [match.span() for match in re.finditer(needle, line.casefold())] == list(marks)
