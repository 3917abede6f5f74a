"""What strangers wrote shows, and does nothing else."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.visible import on_one_line, visible

EVERYTHING = "".join(map(chr, range(0x110000)))

HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from("\x1b[]P\\\x07\r\n\t\x7f\x9b\x9d\u202e\u2066\u2028\ud800"))
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("photo\u202egnp.exe", "photognp.exe"),
        ("a\x1b]0;title\x07b\x9b2J", "a]0;titleb2J"),
        ("one\u2028two\r\n\tthree", "one\ntwo\n\tthree"),
        ("hid\U000e0068\U000e0069den, pass\u200bword, so\u00adft", "hidden, password, soft"),
        ("half \ud83d", "half \N{REPLACEMENT CHARACTER}"),
        ("\ufffe\u7200\u6d00", "\u7200\u6d00"),
        ("👩‍👩‍👧 ❤️ می‌خواهم שלום 图　片", "👩‍👩‍👧 ❤️ می‌خواهم שלום 图　片"),
    ],
)
def test_what_is_written_stays_and_what_acts_goes(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_name_stays_on_its_line() -> None:
    assert on_one_line("a \r\n\t b\u2028c\x85d\x0be") == "a b c d e"


def test_of_all_characters_none_is_left_that_acts_turns_or_tags() -> None:
    left = visible(EVERYTHING)

    assert {char for char in left if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}} == {"\n", "\t"}
    turning = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert not {char for char in left if unicodedata.bidirectional(char) in turning}
    assert not {char for char in left if 0xE0000 <= ord(char) <= 0xE0FFF}


def test_every_letter_mark_number_and_sign_that_shows_is_left() -> None:
    blank = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
    shown = [
        char
        for char in EVERYTHING
        if unicodedata.category(char)[0] in "LMNPS" and char not in blank and ord(char) < 0xE0000
    ]

    assert visible("".join(shown)) == "".join(shown)


@given(HOSTILE, st.integers(min_value=0))
def test_cut_anywhere_the_parts_give_the_same(text: str, cut: int) -> None:
    cut %= len(text) + 1

    assert visible(text[:cut]) + visible(text[cut:]) == visible(text)


@given(HOSTILE)
def test_what_is_shown_is_shown_as_it_is(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    line = on_one_line(text)
    assert on_one_line(line) == line
    assert len(line.splitlines()) <= 1
