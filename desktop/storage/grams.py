"""What of a text goes into the search index, and what of a needle is asked of it.

The index knows short strings ("grams") and the texts that hold them. A text has all its single characters and
pairs; triples too where all three are of an alphabet: there, pairs say little. Of Chinese, Japanese and
Korean a pair says more than a triple of letters, and triples would only make the index larger.

Grams may promise too much, never too little: whoever asks the index compares texts afterwards.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

_SEPARATOR = "\x01"
_STAND_IN = "\x02"
"""For what cannot be said to SQLite within a token."""

_TRIPLE = 3

_IDEOGRAPHIC = "\u2e80"
"""From here on, Unicode has scripts whose characters are syllables or words, and pictures."""

_PIECE = 4096
"""Characters that are looked at at once: no step of it keeps other threads waiting for more than 2 ms."""

_ASKED = 6
"""So many grams of a needle are asked for: more take longer than the texts that fewer promise in vain."""

TOKENIZER = "ascii tokenchars '{}'".format(
    "".join(chr(code) for code in range(2, 128) if not chr(code).isalnum()).replace("'", "''")
)
"""FTS5's, for which every character but the separator belongs to a token."""


def tokens(text: str) -> str:
    """The grams of a text, as FTS5 is told them: each at least once."""
    return _SEPARATOR.join(
        _SEPARATOR.join(_grams(_sayable(piece.casefold()))) for piece in _overlapping(text)
    )


def query(needle: str) -> str:
    """What every text matches in FTS5's language that holds `needle`, which is not empty."""
    asked = _spread(list(dict.fromkeys(_longest(_sayable(needle.casefold())))))
    return " AND ".join('"{}"'.format(gram.replace('"', '""')) for gram in asked)


def _overlapping(text: str) -> Iterator[str]:
    """The text in pieces that share two characters, so that each triple is whole in one of them."""
    for begin in range(0, max(1, len(text)), _PIECE):
        yield text[begin : begin + _PIECE + 2]


def _sayable(text: str) -> str:
    """What SQLite can be told: no NUL, no separator, no half of a surrogate pair."""
    told = text.replace("\0", _STAND_IN).replace(_SEPARATOR, _STAND_IN)
    return told.encode("utf-8", "replace").decode("utf-8")


def _grams(text: str) -> Iterator[str]:
    yield from set(text)
    yield from map("".join, set(pairwise(text)))
    triples = set(zip(text, text[1:], text[2:], strict=False))
    yield from map("".join, triples if text.isascii() else filter(_is_alphabetic, triples))


def _longest(text: str) -> Iterator[str]:
    """The grams of `text` that are part of no other."""
    if len(text) == 1:
        yield text
    for begin in range(len(text) - 1):
        triple = text[begin : begin + _TRIPLE]
        if len(triple) == _TRIPLE and _is_alphabetic(triple):
            yield triple
        elif begin == 0 or not _is_alphabetic(text[begin - 1 : begin + 2]):
            yield triple[:2]


def _spread(grams: list[str]) -> list[str]:
    """As many of `grams` as are asked for, from the first to the last."""
    last = min(len(grams), _ASKED) - 1
    return [grams[(len(grams) - 1) * index // max(1, last)] for index in range(last + 1)]


def _is_alphabetic(triple: Iterable[str]) -> bool:
    return max(triple) < _IDEOGRAPHIC
