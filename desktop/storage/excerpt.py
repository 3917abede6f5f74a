"""A line of a text around the first place of what was searched for, and where in it the places are.

A text holds a needle if it does once both are folded (`str.casefold`). Folding makes several characters of
some ("ß" becomes "ss"), and takes each for itself: so a place in the folded text is found again in the text.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

_LENGTH, _LEAD = 90, 30
"""Characters of an excerpt, and how many of them stand before the first place."""

_LOOKED_AT = 150
"""Characters of the text on each side of the place that are looked at, as some are white space."""

_WORD = 12
"""So many characters a cut moves to fall between words."""

_MORE = "…"
_BLANKS = re.compile(r"\s{2,}|[^\S ]")
"""White space that is not one blank already."""

_EMPTY_CELLS = re.compile(r"\|(?:\s*:?-{2,}:?\s*\||\s+\|)+")
"""Of a table: cells with nothing in them, the line below its head, and where a row ends and one begins."""

_ZWJ = "\u200d"
_MODIFIERS = frozenset(map(chr, (*range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080))))
"""Skin tones, and the letters of a flag's name."""

_INDICATORS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))

Span = tuple[int, int]


class Excerpt(NamedTuple):
    """`marks` are begin and end of the needle's places in `line`, in code points; there is at least one."""

    line: str
    marks: tuple[Span, ...]


def excerpt(text: str, needle: str) -> Excerpt:
    """The line of `text`, which holds `needle`, around the first place. White space becomes one blank.

    So do empty cells of a table one bar, unless bars are what is searched for. Both ends of `needle`
    are no white space. A character of which only a part was found, as folded it is several, is marked
    whole; of a needle that is longer than a line its begin is marked.
    """
    folded, folded_text = needle.casefold(), text.casefold()
    first = _place_of(text, folded_text, folded_text.index(folded))
    begin, end = max(0, first - _LOOKED_AT), first + len(folded) + _LOOKED_AT
    places = [(first + a, first + b) for a, b in _places(text[first:end], folded)]
    line, marks = _collapsed(text, begin, end, places, has_bars="|" in needle)
    return _cut(line, marks, is_begin=begin == 0, is_end=end >= len(text))


def _place_of(text: str, folded_text: str, folded_place: int) -> int:
    """The character of `text` in which the character `folded_place` of the folded text lies."""
    if len(folded_text) == len(text):
        return folded_place
    low, high, before = 0, len(text), 0
    while high - low > 1:
        middle = (low + high) // 2
        length = len(text[low:middle].casefold())
        if before + length <= folded_place:
            low, before = middle, before + length
        else:
            high = middle
    return low


def _places(text: str, folded_needle: str) -> list[Span]:
    """Begin and end of the places in `text`, first to last; none overlaps the one before."""
    folded = text.casefold()
    ends: Sequence[int] = range(1, len(text) + 1)
    if len(folded) > len(text):
        ends = list(accumulate(len(character.casefold()) for character in text))
    found, at = [], 0
    while (at := folded.find(folded_needle, at)) >= 0:
        begin, end = bisect_right(ends, at), bisect_right(ends, at + len(folded_needle) - 1) + 1
        found.append((begin, end))
        at = ends[end - 1]
    return found


def _collapsed(
    text: str, begin: int, end: int, places: list[Span], *, has_bars: bool
) -> tuple[str, list[Span]]:
    """A part of `text` with each white space as one blank, and where the places, which count in `text`, are.

    No place begins or ends with white space. `has_bars`: they are in the places, and stay as they are.
    """
    calm = _in_one_line if has_bars else _without_empty_cells
    line = calm(text[begin : places[0][0]]).lstrip()
    marks = []
    for (first, last), (after, _) in pairwise([*places, (end, end)]):
        at = len(line)
        line += _in_one_line(text[first:last])
        marks.append((at, len(line)))
        line += calm(text[last:after])
    return line, marks


def _in_one_line(part: str) -> str:
    return _BLANKS.sub(" ", part)


def _without_empty_cells(part: str) -> str:
    return _in_one_line(_EMPTY_CELLS.sub("|", part))


# ── cutting ─────────────────────────────────────────────────────────────────────────────────────


def _cut(line: str, marks: list[Span], *, is_begin: bool, is_end: bool) -> Excerpt:
    """So much of `line` as there is room for, around the first mark; whether it has the text's own ends."""
    begin, end = _bounds(line, *marks[0])
    kept = line[begin:end].rstrip()
    end = begin + len(kept)
    lead = "" if is_begin and begin == 0 else _MORE
    tail = "" if is_end and not line[end:].strip() else _MORE
    whole = [(a, b) for a, b in marks if b <= end] or [(marks[0][0], end)]
    shift = len(lead) - begin
    return Excerpt(f"{lead}{kept}{tail}", tuple((a + shift, b + shift) for a, b in whole))


def _bounds(line: str, first: int, last: int) -> Span:
    """Begin and end of what is shown around the place from `first` to before `last`."""
    begin = max(0, min(first - _LEAD, len(line) - _LENGTH)) if last - first <= _LENGTH - _LEAD else first
    end = min(len(line), begin + _LENGTH)
    return _begin_near(line, begin, first), _end_near(line, end, last)


def _begin_near(line: str, begin: int, limit: int) -> int:
    """Where a word begins after `begin`, up to `limit`; else where no character is torn."""
    blank = line.find(" ", max(0, begin - 1), min(limit, begin + _WORD))
    if begin and blank >= 0:
        return blank + 1
    while begin > 0 and _is_one(line[begin - 1], line[begin]):
        begin -= 1
    return begin


def _end_near(line: str, end: int, limit: int) -> int:
    """Where a word ends before `end`, from `limit` on; else where no character is torn."""
    blank = line.rfind(" ", max(limit, end - _WORD), end + 1)
    if end < len(line) and blank >= 0:
        return blank
    while end < len(line) and _is_one(line[end - 1], line[end]):
        end += 1
    return end


def _is_one(before: str, after: str) -> bool:
    """Whether a reader sees the two as one character, or may (two regional indicators are a flag)."""
    return (
        _ZWJ in {before, after}
        or unicodedata.category(after).startswith("M")
        or after in _MODIFIERS
        or (before in _INDICATORS and after in _INDICATORS)
    )
