"""What the history costs: `python packaging/bench_store.py OUT.json`.

search_vs_like_100k: the first 50 messages that hold a needle, read by `LIKE '%…%'` out of 100 000, by the
same rows out of the app's index; median of needles that at most 1 % of the messages hold.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TypeVar

from figure import Figure, write
from filled_store import filled
from store_corpus import Language

from desktop.domain.history import HITS
from desktop.storage import index
from desktop.storage.database import NAME, connect

MESSAGES, NEEDLES, _ROUNDS = 100_000, 40, 3

_RARE = 0.01
"""Of all messages, so many at most hold a needle."""

_FREQUENT = ("the", "e", "=", "limit", "return a", "一", "thethe", "ererer", "a limit=1")
"""Needles whose search is told but no figure: they, or their parts, are everywhere."""

_LIKE = r"""
SELECT conversation, number, is_question, text
FROM message JOIN conversation ON conversation.id = conversation
WHERE deleted = 0 AND text LIKE ? ESCAPE '\' ORDER BY message.id DESC LIMIT ?
"""

T = TypeVar("T")


def main() -> int:
    """Measure, and write the figures to the path that is given."""
    with tempfile.TemporaryDirectory() as folder:
        search = search_figure(Path(folder), MESSAGES, NEEDLES)
    write(Path(sys.argv[1]), [search])
    return 0


# ── searching ───────────────────────────────────────────────────────────────────────────────────


def search_figure(folder: Path, messages: int, needles: int) -> Figure:
    """What `LIKE` takes for a needle, by what the app's index takes for the same rows.

    Each side has a connection, and so a cache, of its own.
    """
    language = Language("store")
    filled(folder, language.messages(messages)).close()
    with closing(connect(folder / NAME)) as theirs, closing(connect(folder / NAME)) as ours:
        _tell_size(theirs, folder)
        rare = _rare(theirs, language, messages, needles)
        found = [_compared(theirs, ours, needle) for needle in rare]
        _tell_others(ours, rare)
    by_like, by_index = (1000 * median(side) for side in zip(*found, strict=True))
    print(f"LIKE {by_like:.1f} ms, index {by_index:.2f} ms", flush=True)
    ratio = median(like / index for like, index in found)
    words = f"LIKE over {messages} messages, the same rows; median of {needles} needles"
    return Figure("search_vs_like_100k", ratio, "ratio", 100, words, "higher")


def _rare(db: sqlite3.Connection, language: Language, messages: int, count: int) -> list[str]:
    """Needles that some messages hold, but at most 1 % of them."""
    most, found = int(_RARE * messages), list[str]()
    while len(found) < count:
        for needle in language.needles(count):
            if 0 < len(_by_like(db, needle, most + 1)) <= most:
                found.append(needle)
    return found[:count]


def _compared(theirs: sqlite3.Connection, ours: sqlite3.Connection, needle: str) -> tuple[float, float]:
    """Seconds by LIKE and by the index; both find the same."""
    by_like, rows = _usual(lambda: _by_like(theirs, needle, HITS))
    by_index, matches = _usual(lambda: list(islice(index.matching(ours, needle), HITS)))
    assert rows == matches, f"other rows for {needle!r}"
    return by_like, by_index


def _by_like(db: sqlite3.Connection, needle: str, count: int) -> list[tuple[object, ...]]:
    pattern = needle.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return db.execute(_LIKE, (f"%{pattern}%", count)).fetchall()


def _tell_size(db: sqlite3.Connection, folder: Path) -> None:
    text = db.execute("SELECT sum(length(CAST(text AS BLOB))) FROM message").fetchone()[0]
    ratio = (folder / NAME).stat().st_size / text
    print(f"{text / 1e6:.1f} MB of text make a file {ratio:.2f} times as large, index included", flush=True)


def _tell_others(db: sqlite3.Connection, rare: list[str]) -> None:
    """What a search takes with its excerpts and titles, as the user waits for it."""
    times = [_timed(partial(index.search, db, needle, HITS))[0] for needle in rare]
    print(f"with excerpts: {1000 * median(times):.1f} ms, at most {1000 * max(times):.1f} ms", flush=True)
    for needle in _FREQUENT:
        seconds, hits = _timed(partial(index.search, db, needle, HITS))
        print(f"{needle!r}: {len(hits)} hits in {1000 * seconds:.1f} ms", flush=True)


def _usual(act: Callable[[], T]) -> tuple[float, T]:
    """Median of seconds of CPU, and what came of it the last time."""
    times = [_timed(act) for _ in range(_ROUNDS)]
    return median(seconds for seconds, _ in times), times[-1][1]


def _timed(act: Callable[[], T]) -> tuple[float, T]:
    """Seconds of CPU, and what came of it."""
    began = time.process_time()
    found = act()
    return time.process_time() - began, found


if __name__ == "__main__":
    raise SystemExit(main())
