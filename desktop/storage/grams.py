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

_IDEOGRAPHIC = "\u2e80"
"""From here on, Unicode has scripts whose characters are syllables or words, and pictures."""

_PIECE = 4096
"""Characters that are looked at without letting another thread run: under a millisecond."""

_ASKED = 36
"""Characters of a needle that are asked of the index; a longer one is as rare."""

TOKENIZER = "ascii tokenchars '{}'".format(
    "".join(chr(code) for code in range(2, 128) if not chr(code).isalnum()).replace("'", "''")
)
"""FTS5's, for which every character but the separator belongs to a token."""


def tokens(text: str) -> str:
    """The grams of a text, each once, as FTS5 is told them. The same text gives the same tokens."""
    found: set[str] = set()
    for piece in _overlapping(text):
        found.update(_grams(_sayable(piece.casefold())))
    return _SEPARATOR.join(sorted(found))


def query(needle: str) -> str:
    """What every text matches in FTS5's language that holds `needle`, which is not empty."""
    folded = _sayable(needle.casefold())[:_ASKED]
    return " AND ".join('"{}"'.format(gram.replace('"', '""')) for gram in _covering(folded))


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


def _covering(text: str) -> Iterator[str]:
    """The fewest grams that hold every character of `text`: each begins where the last ended, or before."""
    end = 0
    while end < len(text):
        gram = _longest(text, end)
        yield gram
        end = max(end + 1, min(end, len(text) - len(gram)) + len(gram))


def _longest(text: str, begin: int) -> str:
    """The longest gram there is that begins at `begin`, or before if `text` ends too soon."""
    triple, pair = (text[min(begin, max(0, len(text) - size)) :][:size] for size in (3, 2))
    return triple if len(triple) > len(pair) and _is_alphabetic(triple) else pair


def _is_alphabetic(triple: Iterable[str]) -> bool:
    return max(triple) < _IDEOGRAPHIC
