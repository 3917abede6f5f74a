"""A line of a text around the first place of what was searched for, and where in it the places are.

A text holds a needle if it does once both are folded (`str.casefold`). Folding makes several characters of
some ("ß" becomes "ss"), and takes each for itself: so a place in the folded text is found again in the text.
"""

import unicodedata
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple, Self

_LENGTH, _LEAD = 90, 30
"""Characters of an excerpt, and how many of them stand before the first place."""

_LOOKED_AT = 8 * _LENGTH
"""Characters of the text around the place that are looked at; beyond are blanks, or the line is full."""

_WORD = 12
"""So many characters a cut moves to fall between words."""

_MORE = "…"
_ZWJ = "\u200d"
_MODIFIERS = frozenset(map(chr, (*range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080))))
"""Skin tones, and the letters of a flag's name."""

_INDICATORS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))


class Excerpt(NamedTuple):
    """`marks` are begin and end of the needle's places in `line`, in code points; there is at least one."""

    line: str
    marks: tuple[tuple[int, int], ...]


def excerpt(text: str, needle: str) -> Excerpt:
    """The line of `text`, which holds `needle`, around the first place. White space becomes one blank.

    Both ends of `needle` are no white space. A character of which only a part was found, as folded it is
    several, is marked whole; of a needle that is longer than a line its begin is marked.
    """
    folded = needle.casefold()
    first = _place_of(text, text.casefold().index(folded))
    begin, end = max(0, first - _LOOKED_AT), first + len(folded) + _LOOKED_AT
    places = [(first + a, first + b) for a, b in _places(text[first:end], folded)]
    return _Line.of(text, begin, end).around(places)


def _place_of(text: str, folded_place: int) -> int:
    """The character of `text` in which the character `folded_place` of the folded text lies."""
    if text.isascii():
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


def _places(text: str, folded_needle: str) -> list[tuple[int, int]]:
    """Begin and end of the places in `text`, first to last; none overlaps the one before."""
    ends = list(accumulate(len(character.casefold()) for character in text))
    folded, found, at = text.casefold(), [], 0
    while (at := folded.find(folded_needle, at)) >= 0:
        last = at + len(folded_needle) - 1
        found.append((bisect_right(ends, at), bisect_right(ends, last) + 1))
        at = last + 1
    return found


# ── the line ────────────────────────────────────────────────────────────────────────────────────


class _Line(NamedTuple):
    """A part of a text, its white space collapsed; each character knows its index in the text."""

    characters: str
    origins: list[int]
    is_begin: bool
    is_end: bool
    """Whether nothing of the text, or only blanks, stands before or after the part."""

    @classmethod
    def of(cls, text: str, begin: int, end: int) -> Self:
        """Of the characters from `begin` to before `end` of `text`."""
        kept, origins, is_blank = [], [], True
        for origin, character in enumerate(text[begin:end], begin):
            if not (is_blank and character.isspace()):
                is_blank = character.isspace()
                kept.append(" " if is_blank else character)
                origins.append(origin)
        return cls("".join(kept), origins, not begin, end >= len(text))

    def around(self, places: list[tuple[int, int]]) -> Excerpt:
        """So much of it as an excerpt has room for, around the first of `places`, which count in the text."""
        marks = [(bisect_right(self.origins, a) - 1, bisect_right(self.origins, b - 1)) for a, b in places]
        begin, end = self._bounds(*marks[0])
        lead = "" if self.is_begin and begin == 0 else _MORE
        tail = "" if self.is_end and not self.characters[end:].strip() else _MORE
        seen = [(a, b) for a, b in marks if b <= end] or [(marks[0][0], end)]
        shift = len(lead) - begin
        line = f"{lead}{self.characters[begin:end].rstrip()}{tail}"
        return Excerpt(line, tuple((a + shift, b + shift) for a, b in seen))

    def _bounds(self, first: int, last: int) -> tuple[int, int]:
        """Begin and end of what is shown around the place from `first` to before `last`."""
        size = len(self.characters)
        begin = max(0, min(first - _LEAD, size - _LENGTH)) if last - first <= _LENGTH - _LEAD else first
        end = min(size, begin + _LENGTH)
        return self._begin_near(begin, first), self._end_near(end, last)

    def _begin_near(self, begin: int, limit: int) -> int:
        """Where a word begins after `begin`, up to `limit`; else where no character is torn."""
        blank = self.characters.find(" ", max(0, begin - 1), min(limit, begin + _WORD))
        if begin and blank >= 0:
            return blank + 1
        while begin > 0 and _is_one(self.characters[begin - 1], self.characters[begin]):
            begin -= 1
        return begin

    def _end_near(self, end: int, limit: int) -> int:
        """Where a word ends before `end`, from `limit` on; else where no character is torn."""
        size = len(self.characters)
        blank = self.characters.rfind(" ", max(limit, end - _WORD), end + 1)
        if end < size and blank >= 0:
            return blank
        while end < size and _is_one(self.characters[end - 1], self.characters[end]):
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
