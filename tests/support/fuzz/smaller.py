"""Inputs made smaller: pieces are left out as long as the rest does the same."""

from collections.abc import Callable

_MOST_BYTES = 3_000_000
"""Looked at in all."""


def smaller(data: bytes, does: Callable[[bytes], bool], tries: int) -> bytes:
    """A part of `data` for which `does` still holds, found in at most `tries` calls of it."""
    size, tries = len(data) // 2, min(tries, _MOST_BYTES // (len(data) + 1))
    while size and tries > 0:
        at = 0
        while at < len(data) and tries > 0:
            shorter = data[:at] + data[at + size :]
            tries -= 1
            if does(shorter):
                data = shorter
            else:
                at += size
        size //= 2
    return data
