"""Which bytes of a file remain when its metadata goes: spans of the original, and bytes put in between.

The worker tells the app the pieces and the app, which has the file, joins them: megabytes need not
travel back through the pipe.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias


class Malformed(ValueError):
    """The bytes begin like a format and do not go on like it."""


class Span(NamedTuple):
    """Bytes of the original from `start` up to, but without, `stop`."""

    start: int
    stop: int


Piece: TypeAlias = Span | bytes


def merged(pieces: Iterable[Piece]) -> list[Piece]:
    """The same bytes in as few pieces as possible; spans come in their order."""
    done: list[Piece] = []
    for piece in pieces:
        last = done[-1] if done else b""
        if isinstance(piece, Span) and isinstance(last, Span) and last.stop == piece.start:
            done[-1] = Span(last.start, piece.stop)
        else:
            done.append(piece)
    return done


def joined(data: bytes, pieces: Sequence[Piece]) -> bytes:
    """The remaining bytes; `data` itself when that is all of it."""
    if list(pieces) == [Span(0, len(data))]:
        return data
    view = memoryview(data)
    return b"".join(view[slice(*piece)] if isinstance(piece, Span) else piece for piece in pieces)


def length(pieces: Iterable[Piece]) -> int:
    """How many bytes remain."""
    return sum(piece.stop - piece.start if isinstance(piece, Span) else len(piece) for piece in pieces)


def shifted(pieces: Iterable[Piece], by: int) -> list[Piece]:
    """As pieces of a file in which the original begins at `by`."""
    return [Span(piece.start + by, piece.stop + by) if isinstance(piece, Span) else piece for piece in pieces]


def to_json(pieces: Iterable[Piece]) -> list[list[int] | str]:
    """As facts of a frame: a span as its two numbers, bytes as the text of the same code points."""
    return [list(piece) if isinstance(piece, Span) else piece.decode("latin-1") for piece in pieces]


def from_json(facts: Iterable[list[int] | str]) -> list[Piece]:
    return [fact.encode("latin-1") if isinstance(fact, str) else Span(*fact) for fact in facts]
