"""What of a text goes into the search index, and what of a needle is asked of it.

The index knows short strings ("grams") and the texts that hold them. A text has all its single characters and
all pairs. Of Chinese, Japanese and Korean a pair says much; of what is written in letters it says little, so
there come all strings of four, and the last three, so that any three are the begin of a gram.

Grams may promise too much, never too little: whoever asks the index compares texts afterwards.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

_SEPARATOR = "\x01"
_STAND_IN = "\x02"
"""For what cannot be said to SQLite within a token."""

_LETTERS = re.compile("[\0-\u2e7f]{3,}")
"""Where pairs say little: from U+2E80 on, Unicode has characters that are syllables, words or pictures."""

_LONGEST = 4

_PIECE = 4096
"""Characters that are looked at at once: no step of it keeps other threads waiting for more than 2 ms."""

_ASKED = 3
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
    folded = _sayable(needle.casefold())
    return " AND ".join(map(_asked, _spread(list(dict.fromkeys(_longest(folded))))))


def _overlapping(text: str) -> Iterator[str]:
    """The text in pieces that share as much as each gram is whole in one of them."""
    for begin in range(0, max(1, len(text)), _PIECE):
        yield text[begin : begin + _PIECE + _LONGEST - 1]


def _sayable(text: str) -> str:
    """What SQLite can be told: no NUL, no separator, no half of a surrogate pair."""
    told = text.replace("\0", _STAND_IN).replace(_SEPARATOR, _STAND_IN)
    return told.encode("utf-8", "replace").decode("utf-8")


def _grams(text: str) -> Iterator[str]:
    yield from set(text)
    yield from map("".join, set(pairwise(text)))
    for run in _LETTERS.findall(text):
        yield run[1 - _LONGEST :]
        yield from map("".join, set(zip(run, run[1:], run[2:], run[3:], strict=False)))


def _longest(text: str) -> Iterator[str]:
    """The grams of `text` that are part of no other, or begin one."""
    if len(text) == 1:
        yield text
    pairs = dict.fromkeys(range(len(text) - 1))
    for run in _LETTERS.finditer(text):
        for begin in range(run.start(), max(run.start(), run.end() - _LONGEST) + 1):
            yield text[begin : min(begin + _LONGEST, run.end())]
        for begin in range(run.start(), run.end() - 1):
            del pairs[begin]
    for begin in pairs:
        yield text[begin : begin + 2]


def _spread(grams: list[str]) -> list[str]:
    """As many of `grams` as are asked for, from the first to the last."""
    last = min(len(grams), _ASKED) - 1
    return [grams[(len(grams) - 1) * index // max(1, last)] for index in range(last + 1)]


def _asked(gram: str) -> str:
    quoted = '"{}"'.format(gram.replace('"', '""'))
    return f"{quoted} *" if len(gram) == _LONGEST - 1 else quoted
