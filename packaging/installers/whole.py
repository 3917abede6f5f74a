"""Files that are there whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """A path to write `target` at; the file comes to its place when the block ends without an error.

    Its name is the same, since tools look at names. What a killed build left is cleared away by the next.
    """
    unfinished = target.parent / f".unfinished-{target.name}"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    try:
        yield unfinished / target.name
        (unfinished / target.name).replace(target)
    finally:
        shutil.rmtree(unfinished)
