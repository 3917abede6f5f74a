"""A folder of conversations that somebody else has had a hand in: rows, pages, and what lies beside them."""

import asyncio
import json
import random
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from desktop.domain.history import ConversationId
from desktop.domain.history_errors import HistoryError, HistoryTooNew
from desktop.storage.history import SqliteHistory
from tests.support.fuzz.engine import Target
from tests.support.fuzz.texts import hostile_text
from tests.support.fuzz.values import any_value, dumped
from tests.support.histories import asked, in_history, picture, whole

_CONVERSATIONS = 12
_NUMBERS = (0, -1, 1, 1.5, 1 << 62, -(1 << 63), 9e999, None)
_WORDS = (
    "x'ff00'",
    "zeroblob(70000)",
    "CAST(x'ff61' AS TEXT)",
    "''",
    "char(0)",
    "random()",
    "printf('%.70000c', 'x')",
)
_FILES = ("link", "folder", "garbage", "empty", "gone", "fifo")


class Histories(Target):
    """It opens, lists, loads and searches what is sound, and says of the rest that it is not."""

    name = "histories"
    peak_mb = 64
    tries = 0
    some = 25
    many = 500

    def __enter__(self) -> Self:
        self._place = Path(tempfile.mkdtemp(prefix="fuzz-history-"))
        in_history(self._place / "sound", _fill)
        with closing(sqlite3.connect(self._place / "sound" / "history.db")) as db:
            self._columns = list(db.execute(_COLUMNS))
        (self._place / "mine.txt").write_text("mine")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._place)

    def make(self, chance: random.Random) -> bytes:
        damages = [[chance.choice(("row", "row", "row", "bytes", "file")), chance.getrandbits(60)]]
        return json.dumps(damages * chance.choice((1, 1, 2, 5))).encode()

    def check(self, data: bytes) -> str:
        folder = self._place / "history"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self._place / "sound", folder)
        for number, (kind, seed) in enumerate(json.loads(data)):
            self._damage(folder, kind, random.Random(seed + number))
        told = asyncio.run(_used(folder))
        assert sorted(path.name for path in self._place.iterdir()) == ["history", "mine.txt", "sound"]
        assert (self._place / "mine.txt").read_text() == "mine"
        return told

    def _damage(self, folder: Path, kind: str, chance: random.Random) -> None:
        match kind:
            case "row":
                table, column = chance.choice(self._columns)
                _overwrite_value(folder, table, column, chance)
            case "bytes":
                _overwrite_bytes(folder / "history.db", chance)
            case _:
                _tamper(folder, chance, self._place / "mine.txt")


# ── inside ──────────────────────────────────────────────────────────────────────────────────────

_COLUMNS = """
SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c
WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND m.name NOT LIKE 'sqlite%'
"""


async def _fill(store: SqliteHistory) -> None:
    for number in range(1, _CONVERSATIONS + 1):
        tree = asked(f"question {number} 磁盘", f"answer **{number}** " * 60, picture(number % 3))
        await store.write(whole(ConversationId(number), tree, float(number)))


def _overwrite_value(folder: Path, table: str, column: str, chance: random.Random) -> None:
    value: Any = chance.choice(
        (chance.choice(_NUMBERS), hostile_text(chance), dumped(chance, any_value(chance)))
    )
    text = value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
    said, values = ("?", (text,)) if chance.random() < 0.7 else (chance.choice(_WORDS), ())
    some = chance.choice(("1", "rowid % 3 = 0", "rowid = (SELECT max(rowid) FROM {table})")).format(
        table=table
    )
    with closing(sqlite3.connect(folder / "history.db")) as db, suppress(sqlite3.Error):
        db.execute(f'UPDATE OR IGNORE "{table}" SET "{column}" = {said} WHERE {some}', values)
        db.commit()


def _overwrite_bytes(path: Path, chance: random.Random) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        for _ in range(chance.choice((1, 5, 50))):
            file.seek(chance.choice((chance.randrange(size), chance.randrange(min(size, 4096)))))
            file.write(chance.choice((chance.randbytes(4), b"\0" * 4096, b"\xff", chance.randbytes(2_000))))


def _tamper(folder: Path, chance: random.Random, mine: Path) -> None:
    path = chance.choice([each for each in folder.rglob("*") if each.is_file() and each.suffix != ".db"])
    path.unlink()
    match chance.choice(_FILES):
        case "link":
            path.symlink_to(mine)
        case "folder":
            path.mkdir()
        case "garbage":
            path.write_bytes(chance.randbytes(3_000))
        case "empty":
            path.touch()
        case "fifo":
            path.parent.joinpath("holiday.jpg").write_bytes(b"mine")
        case _:
            shutil.rmtree(path.parent)


async def _used(folder: Path) -> str:
    """What the app does with it at its start, and the last that it says of damage."""
    store = SqliteHistory(folder)
    try:
        told = (await store.open()).problem
    except HistoryTooNew:
        await store.aclose()
        return "too new"
    try:
        for use in (_look, _look, _look, _go_on):
            try:
                await use(store)
            except HistoryError as error:
                told = error
    finally:
        await store.aclose()
    return type(told).__name__ if told else "sound"


async def _go_on(store: SqliteHistory) -> None:
    await store.write(whole(ConversationId(999), asked("goes on")))


async def _look(store: SqliteHistory) -> None:
    for each in await store.page(None, 99):
        end, tree = await store.load_end(each.id, 60), await store.load(each.id)
        assert [node.id for node in end.nodes] == [node.id for node in tree.path()]
    await store.search("question", 50)
