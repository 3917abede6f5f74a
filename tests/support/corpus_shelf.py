"""The corpus as a whole, made once in a process and in the same way every time."""

import functools
from collections.abc import Callable, Iterator, Mapping

from tests.support import (
    corpus_bitmap,
    corpus_broken,
    corpus_frames,
    corpus_jpeg,
    corpus_modern,
    corpus_png,
    corpus_psd,
    corpus_tiff,
)
from tests.support.corpus import Entry

MAKERS: Mapping[str, Callable[[], Iterator[Entry]]] = {
    "png": corpus_png.entries,
    "jpeg": corpus_jpeg.entries,
    "frames": corpus_frames.entries,
    "tiff": corpus_tiff.entries,
    "bitmap": corpus_bitmap.entries,
    "psd": corpus_psd.entries,
    "modern": corpus_modern.entries,
    "broken": corpus_broken.entries,
}
"""What makes the entries of each part."""


@functools.cache
def part(name: str) -> tuple[Entry, ...]:
    """The entries of one of `MAKERS`."""
    return tuple(MAKERS[name]())


def corpus() -> list[Entry]:
    """All entries."""
    return [entry for name in MAKERS for entry in part(name)]
