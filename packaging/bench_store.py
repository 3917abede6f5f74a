"""What the history costs: `python packaging/bench_store.py OUT.json`.

search_vs_like_100k: the first 50 messages that hold a needle, read by `LIKE '%…%'` out of 100 000, by the
same rows out of the app's index; median of needles that at most 1 % of the messages hold.
start_with_10k_conversations: CPU from the start of the app, which shows its list of conversations, until its
window is painted with the first page of them, 10 000 stored by none.
conversation_open_stored_2k_over_100: CPU from choosing a stored conversation until its end is painted, 2 000
messages by 100.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TypeVar

from conversation_corpus import conversation
from dressed import dressed_app
from figure import Figure, write
from filled_store import filled
from line_process import line_process
from PySide6.QtWidgets import QApplication
from store_corpus import Language
from stored_transcript import cost_of_opening

from desktop.domain.conversation import Conversation
from desktop.domain.history import HITS, ConversationId, change_between
from desktop.domain.settings import Settings, to_json
from desktop.paths import APP
from desktop.runtime.loop import qt_loop
from desktop.storage import index
from desktop.storage.database import NAME, connect
from desktop.storage.history import SqliteHistory

MESSAGES, NEEDLES = 100_000, 40
CONVERSATIONS = 10_000
MANY, FEW = 2_000, 100
_ROUNDS, _OPENINGS = 3, 7

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
    figures = [search_figure(MESSAGES, NEEDLES), start_figure(CONVERSATIONS, _OPENINGS)]
    with dressed_app() as app:
        figures.append(opening_figure(app, MANY, FEW, _OPENINGS))
    write(Path(sys.argv[1]), figures)
    return 0


# ── searching ───────────────────────────────────────────────────────────────────────────────────


def search_figure(messages: int, needles: int) -> Figure:
    """What `LIKE` takes for a needle, by what the app's index takes for the same rows."""
    with tempfile.TemporaryDirectory() as folder:
        found = _searched(Path(folder), messages, needles)
    by_like, by_index = (1000 * median(side) for side in zip(*found, strict=True))
    print(f"LIKE {by_like:.1f} ms, index {by_index:.2f} ms", flush=True)
    ratio = median(like / index for like, index in found)
    words = f"LIKE over {messages} messages, the same rows; median of {needles} needles"
    return Figure("search_vs_like_100k", ratio, "ratio", 100, words, "higher")


def _searched(folder: Path, messages: int, needles: int) -> list[tuple[float, float]]:
    """Seconds by LIKE and by the index for each needle; each side has a connection and cache of its own."""
    language = Language("store")
    filled(folder, language.messages(messages)).close()
    with closing(connect(folder / NAME)) as theirs, closing(connect(folder / NAME)) as ours:
        _tell_size(theirs, folder)
        rare = _rare(theirs, language, messages, needles)
        found = [_compared(theirs, ours, needle) for needle in rare]
        _tell_others(ours, rare)
    return found


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


# ── starting ────────────────────────────────────────────────────────────────────────────────────


def start_figure(conversations: int, rounds: int) -> Figure:
    """What a start takes with so many conversations stored, by what it takes with none."""
    with tempfile.TemporaryDirectory() as folder:
        full, empty = Path(folder, "full"), Path(folder, "empty")
        for home, count in ((full, conversations), (empty, 0)):
            _make_home(home, count)
        found = [(_start(full), _start(empty)) for _ in range(rounds + 1)][1:]
    with_all, with_none = (1000 * median(side) for side in zip(*found, strict=True))
    print(
        f"start with {conversations} conversations {with_all:.0f} ms, with none {with_none:.0f} ms",
        flush=True,
    )
    ratio = median(full / empty for full, empty in found)
    return Figure("start_with_10k_conversations", ratio, "ratio", 1.15, "a start with no conversation")


def _make_home(home: Path, conversations: int) -> None:
    """A user's files: the settings, which show the list, and so many conversations of two messages."""
    config, data = home / "config" / APP, home / "data" / APP
    for folder in (config, data):
        folder.mkdir(parents=True)
    (config / "settings.json").write_text(to_json(replace(Settings(), side_list=True)), "utf-8")
    filled(data, Language("start").messages(2 * conversations), together=2).close()


def _start(home: Path) -> float:
    """Seconds of CPU until the window is painted with its list."""
    homes = {"XDG_CONFIG_HOME": str(home / "config"), "XDG_DATA_HOME": str(home / "data")}
    with line_process("started_app", **homes) as process:
        return float(process.read())


# ── opening ─────────────────────────────────────────────────────────────────────────────────────


def opening_figure(app: QApplication, many: int, few: int, rounds: int) -> Figure:
    """What it takes to open a stored conversation of `many` messages, by what one of `few` takes."""
    with tempfile.TemporaryDirectory() as folder, qt_loop(app) as loop:
        found = loop.run_until_complete(_opened(Path(folder), many, few, rounds))
    costs = (1000 * median(side) for side in zip(*found, strict=True))
    for size, cost in zip((many, few), costs, strict=True):
        print(f"{size} stored messages: {cost:.1f} ms of CPU", flush=True)
    ratio = median(one / other for one, other in found)
    words = f"{few} messages, until their end is painted; from the history"
    return Figure("conversation_open_stored_2k_over_100", ratio, "ratio", 1.5, words)


async def _opened(folder: Path, many: int, few: int, rounds: int) -> list[tuple[float, float]]:
    sizes = [ConversationId(many), ConversationId(few)]
    store = SqliteHistory(folder)
    await store.open()
    for size in sizes:
        await store.write(change_between(size, Conversation(), conversation(size), used=1.0))
    await store.aclose()
    long, short = sizes
    costs = [
        (await cost_of_opening(folder, long), await cost_of_opening(folder, short)) for _ in range(rounds + 1)
    ]
    return costs[1:]


if __name__ == "__main__":
    raise SystemExit(main())
