"""Where an exception came from, without what it says: messages, values and source lines may hold anything."""

import errno
import sys
from collections.abc import Iterator
from pathlib import PurePath
from traceback import walk_tb
from types import FrameType, TracebackType

OUTERMOST, INNERMOST = 5, 30
"""Frames of one exception that are told: a recursion has a thousand between them."""

MOST_LINKS = 8
"""Exceptions of one chain, and members of a group, that are told."""


def one_line(text: str, limit: int = 300) -> str:
    """The first `limit` characters of `text`, those that are not printed plainly escaped."""
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text[:limit])


def place_of(file: str) -> str:
    """A source file as imports find it, `httpx/_client.py`; of any other its last part only."""
    path = PurePath(file)
    roots = (PurePath(root) for root in sys.path if root)
    above = [root for root in roots if path.is_relative_to(root)]
    nearest = max(above, key=lambda root: len(root.parts), default=path.parent)
    return one_line(path.relative_to(nearest).as_posix())


def chain_of(error: BaseException) -> list[str]:
    """A line for each exception of the chain and for each of its frames, the latest exception first."""
    lines: list[str] = []
    for number, (link, each) in enumerate(_links(error)):
        lines.append(f"{link if number else ''}{_kind(each)}")
        lines.extend(f"  {frame}" for frame in frames_of(each.__traceback__))
    return lines


def frames_of(traceback: TracebackType | None) -> list[str]:
    """ "file:line function" of each frame, the innermost last; of very many the first and the last."""
    frames = list(walk_tb(traceback))
    left_out = len(frames) - OUTERMOST - INNERMOST
    if left_out <= 0:
        return [*map(_told, frames)]
    return [*map(_told, frames[:OUTERMOST]), f"… {left_out} more", *map(_told, frames[-INNERMOST:])]


def _told(found: tuple[FrameType, int]) -> str:
    frame, line = found
    return f"{place_of(frame.f_code.co_filename)}:{line} {one_line(frame.f_code.co_name)}"


def _links(error: BaseException) -> Iterator[tuple[str, BaseException]]:
    """The exceptions that led to `error`, and how; each once."""
    waiting, seen = [("", error)], {id(error)}
    while waiting and len(seen) <= MOST_LINKS:
        link, each = waiting.pop(0)
        yield link, each
        for follows, other in _causes(each):
            if id(other) not in seen:
                seen.add(id(other))
                waiting.append((follows, other))


def _causes(error: BaseException) -> Iterator[tuple[str, BaseException]]:
    if error.__cause__ is not None:
        yield "because of ", error.__cause__
    elif error.__context__ is not None and not error.__suppress_context__:
        yield "while handling ", error.__context__
    if isinstance(error, BaseExceptionGroup):
        yield from (("with ", member) for member in error.exceptions[:MOST_LINKS])


def _kind(error: BaseException) -> str:
    """The class's full name, and the system's or the database's code."""
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    return one_line(name) + (f" [{code}]" if (code := _code(error)) else "")


def _code(error: BaseException) -> str:
    if isinstance(error, OSError):
        return errno.errorcode.get(error.errno or 0, "")
    return getattr(error, "sqlite_errorname", "") or ""
