"""From what the recogniser sees in each frame of a line to its text.

Its training labels flatten typography: who typed them wrote " for “ and - for –, and left blanks out beside
Chinese. So the plainer of two look-alikes usually wins, but where the other one is really there, it keeps
a share of the probability that it never has otherwise. The thresholds below lie between the two: measured
on 1 182 rendered lines in ten fonts, 12 to 24 px high, a half of them compressed as JPEG.
"""

import math
import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise, zip_longest
from typing import Any, NamedTuple, TypeAlias
from unicodedata import east_asian_width

import numpy as np
from numpy.typing import NDArray

Frames: TypeAlias = NDArray[np.float32]
"""frames × characters: how probable each is, 0…1. A frame is 8 px wide where the line is 48 px high."""

NOTHING = 0
"""The index of “no new character here”."""

RARER = {
    "-": {"–": 0.1},
    ":": {"：": 0.2},
    ",": {"，": 0.35},
    "(": {"（": 0.15},
    ")": {"）": 0.2},
    "?": {"？": 0.05},
    "!": {"！": 0.05},
    ";": {"；": 0.05},
    "~": {" ": 0.025},
}
"""What a character may be instead, and from which share on it is."""


class Pair(NamedTuple):
    """Marks that come in pairs; `least`, each share at least, and their geometric mean."""

    plain: str
    rarer: str
    least: float
    together: float


PAIRS = (Pair('""', "“”", 0.003, 0.02), Pair("()", "（）", 0.05, 0.2))

BLANK = 0.05
"""The least share of a blank between two letters or digits; without one it stays below 0.001."""

BLANK_AT_IDEOGRAPH, BLANK_AT_MARK = 0.005, 0.05
"""The same beside a Chinese character, and between one and a narrow mark."""

IN_ITS_WORD = 0.001
"""The least share of what the rest of a word asks for."""

HEXADECIMAL = re.compile(r"\b(?=[a-flO]*\d[a-flO]*\d)[0-9a-flO]{6,}\b")

MISFITS = (
    ("0", "O", re.compile(r"\bINF0\b|\bT[0O]D0\b")),
    ("0", "O", re.compile(r"\b(?=[A-Z0]*[G-Z])[A-Z]+(?:0[A-Z]+)+\b")),
    ("0", "O", re.compile(r"\b0(?!x)[a-z]{3,}\b")),
    ("O", "0", HEXADECIMAL),
    ("l", "1", HEXADECIMAL),
    *((small, small.upper(), re.compile(rf"\b{small}[A-Z]{{2,}}\b")) for small in "cosvwxz"),
)
"""Look-alikes in words that hold the one and want the other: INF0 and T0D0 (what ends in O in logs and
notes), ERR0R, 0rder, le34b3f1, wARN; but not CPU0, C0DE, 0xff, macOS."""


class Glyph(NamedTuple):
    """A character, the frame in which it begins, and in how many frames on end it is the likeliest."""

    character: str
    frame: int
    width: int


class Decoder:
    """Takes the place of rapidocr's `CTCLabelDecode`, which takes the likeliest character everywhere."""

    def __init__(self, characters: Sequence[str]) -> None:
        self._characters = characters
        self._index = {character: index for index, character in enumerate(characters)}

    def __call__(
        self, lines: NDArray[np.float32], *_: object, **__: object
    ) -> tuple[list[tuple[str, float]], list[Any]]:
        """Texts with confidences 0…1, and no places of words."""
        return [self._decoded(line) for line in lines], []

    def _decoded(self, frames: Frames) -> tuple[str, float]:
        likeliest = list(self._likeliest(frames))
        if not likeliest:
            return "", 0.0
        glyphs = list(self._typographic(frames, list(self._spaced(frames, likeliest))))
        text = "".join(_underscores(self._in_words(frames, glyphs)))
        return text, float(np.mean([frames[glyph.frame].max() for glyph in likeliest]))

    def _likeliest(self, frames: Frames) -> Iterator[Glyph]:
        best = frames.argmax(axis=1)
        begins = [0, *(np.flatnonzero(np.diff(best)) + 1), len(best)]
        for begin, end in pairwise(begins):
            if best[begin] != NOTHING:
                yield Glyph(self._characters[best[begin]], int(begin), int(end - begin))

    def _spaced(self, frames: Frames, glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
        blank = frames[:, self._index[" "]]
        for glyph, following in pairwise(glyphs):
            yield glyph
            between = blank[glyph.frame + 1 : following.frame]
            if len(between) and between.max() >= _least_blank(glyph.character, following.character):
                yield Glyph(" ", glyph.frame + 1 + int(between.argmax()), 1)
        yield glyphs[-1]

    def _typographic(self, frames: Frames, glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
        """Wide marks stand in Chinese, and have their blank in themselves."""
        chinese = any(_is_ideograph(glyph.character) for glyph in glyphs)
        paired = self._paired(frames, glyphs)
        for place, (glyph, following) in enumerate(zip_longest(glyphs, glyphs[1:])):
            rarer = paired.get(place) or self._rarer(frames, glyph)
            wide = east_asian_width(rarer) in "FW"
            keep = wide and (not chinese or (following is not None and following.character == " "))
            yield glyph if keep else glyph._replace(character=rarer)

    def _paired(self, frames: Frames, glyphs: Sequence[Glyph]) -> dict[int, str]:
        """Marks by their places, as both of a pair want them."""
        text = "".join(glyph.character for glyph in glyphs)
        found: dict[int, str] = {}
        for pair in PAIRS:
            for ends in _ends(text, pair):
                shares = [max(self._share(frames, glyphs[end], mark) for mark in pair.rarer) for end in ends]
                rarer = min(shares) >= pair.least and math.prod(shares) >= pair.together**2
                found |= zip(ends, pair.rarer if rarer else [text[end] for end in ends], strict=True)
        return found

    def _rarer(self, frames: Frames, glyph: Glyph) -> str:
        least = RARER.get(glyph.character, {})
        found = {c: self._share(frames, glyph, c) for c in least}
        return max((c for c in least if found[c] >= least[c]), key=found.__getitem__, default=glyph.character)

    def _share(self, frames: Frames, glyph: Glyph, character: str) -> float:
        return float(frames[glyph.frame, self._index[character]])

    def _in_words(self, frames: Frames, glyphs: Sequence[Glyph]) -> list[Glyph]:
        text = "".join(glyph.character for glyph in glyphs)
        changed = list(glyphs)
        for place, wanted in _misfits(text):
            if self._share(frames, glyphs[place], wanted) >= IN_ITS_WORD:
                changed[place] = glyphs[place]._replace(character=wanted)
        return changed


def _ends(text: str, pair: Pair) -> Iterator[tuple[int, int]]:
    """Where pairs begin and end, the plain and the rarer ones; none lies within another."""
    opening, closing = (re.escape(a + b) for a, b in zip(pair.plain, pair.rarer, strict=True))
    if pair.plain[0] == pair.plain[1]:
        opening = closing = opening + closing
    for match in re.finditer(f"[{opening}][^{opening}{closing}]*[{closing}]", text):
        yield match.start(), match.end() - 1


def _least_blank(left: str, right: str) -> float:
    """More than 1 where only the network itself may see a blank."""
    if " " in (left, right):
        return 2.0
    marks = [c for c in (left, right) if not c.isalnum()]
    ideographs = _is_ideograph(left) or _is_ideograph(right)
    if not marks:
        return BLANK_AT_IDEOGRAPH if ideographs else BLANK
    narrow = all(east_asian_width(mark) not in "FWA" for mark in marks)
    return BLANK_AT_MARK if ideographs and narrow else 2.0


def _is_ideograph(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _misfits(text: str) -> Iterator[tuple[int, str]]:
    """Places of characters that do not fit their word, and what would."""
    for seen, wanted, words in MISFITS:
        for word in words.finditer(text):
            yield from ((place, wanted) for place in range(*word.span()) if text[place] == seen)


def _underscores(glyphs: Sequence[Glyph]) -> Iterator[str]:
    """Two underscores touch: the network sees one, of twice the width."""
    pitch = (glyphs[-1].frame - glyphs[0].frame) / max(1, len(glyphs) - 1)
    for character, run in groupby(glyphs, key=lambda glyph: glyph.character):
        same = list(run)
        if character == "_" and len(same) == 1 and pitch:
            yield "_" * max(1, round(same[0].width / pitch))
        else:
            yield character * len(same)
