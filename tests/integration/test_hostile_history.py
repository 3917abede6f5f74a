"""A history as a stranger might have left it: nothing in it acts, hangs, or leads out of its folder."""

import asyncio
import os
import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop.domain.history_errors import HistoryError, HistoryLost, HistoryRecovered
from desktop.domain.images import KeptImage
from desktop.storage import database, loading, recovery
from desktop.storage.history import SqliteHistory
from desktop.storage.image_files import ImageFiles
from tests.support.histories import ID, asked, in_history, kept, opened, picture, rows, whole

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
HOSTILE = [
    "CREATE TRIGGER t AFTER INSERT ON message BEGIN DELETE FROM conversation; END",
    "CREATE VIEW v AS SELECT load_extension('evil.so')",
    "CREATE TABLE theirs(a DEFAULT (hex(randomblob(9))))",
    "CREATE INDEX heavy ON message(hex(zeroblob(900000000)))",
    "ALTER TABLE message ADD COLUMN heavy AS (hex(zeroblob(100000000)))",
    "ALTER TABLE draft ADD COLUMN theirs CHECK (length(zeroblob(100000000)) > 0)",
    "CREATE VIRTUAL TABLE theirs USING fts5(a)",
    "CREATE TABLE grams_theirs(a)",
    f"CREATE VIEW endless AS {ENDLESS} SELECT x FROM n",
]


async def fill(store: SqliteHistory) -> None:
    await store.write(whole(ID, asked("what", "this", picture(1))))


def tamper(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / "history.db", isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def problem_of(folder: Path) -> HistoryError | None:
    """What opening the history tells; its first page can be read in any case."""

    async def look() -> HistoryError | None:
        async with opened(folder) as store:
            problem = (await store.open()).problem
            await store.page(None, 9)
            return problem

    return asyncio.run(look())


# ── schemas ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("statement", HOSTILE)
def test_what_is_not_ours_in_the_schema_is_left_behind(tmp_path: Path, statement: str) -> None:
    in_history(tmp_path, fill)
    with closing(sqlite3.connect(tmp_path / "history.db")) as db:
        db.execute("DELETE FROM message") if "heavy ON" in statement else None
        db.commit()
    tamper(tmp_path, statement)

    assert isinstance(problem_of(tmp_path), HistoryRecovered | HistoryLost)
    assert problem_of(tmp_path) is None, "told once"
    assert (
        rows(tmp_path, "SELECT name FROM sqlite_schema WHERE sql LIKE '%heavy%' OR name LIKE '%theirs'") == []
    )


def test_a_view_in_the_place_of_a_table_is_not_read(tmp_path: Path) -> None:
    in_history(tmp_path, fill)
    view = f"CREATE VIEW part AS {ENDLESS} SELECT x AS rowid, 1 AS message, x AS place FROM n"
    tamper(tmp_path, "DROP TABLE part", view)

    assert isinstance(problem_of(tmp_path), HistoryRecovered)
    assert rows(tmp_path, "SELECT count(*) FROM part") == [(0,)]


def test_another_programs_database_is_not_written_into(tmp_path: Path) -> None:
    tamper(tmp_path, "CREATE TABLE bookmark(url)", "INSERT INTO bookmark VALUES ('theirs')")

    assert isinstance(problem_of(tmp_path), HistoryLost)
    with closing(sqlite3.connect(tmp_path / "history.db.broken-1")) as db:
        assert db.execute("SELECT name FROM sqlite_schema").fetchall() == [("bookmark",)]


def test_a_schema_that_is_no_text_is_damage(tmp_path: Path) -> None:
    in_history(tmp_path, fill)
    path = tmp_path / "history.db"
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE draft(", b"CREATE TABLE dr\xff\xfet("))

    assert isinstance(problem_of(tmp_path), HistoryRecovered)


def test_no_value_is_larger_than_any_of_ours(tmp_path: Path) -> None:
    with closing(database.connect(tmp_path / "history.db")) as db:
        with pytest.raises(sqlite3.DataError):
            db.execute("SELECT zeroblob(?)", (database.LARGEST_VALUE + 1,)).fetchone()
        assert db.execute("PRAGMA trusted_schema").fetchone() == (0,)


# ── pages and rows ──────────────────────────────────────────────────────────────────────────────


def test_pages_that_lead_in_a_circle_give_no_end_of_rows(tmp_path: Path) -> None:
    """A page of children that names the same child a hundred times; SQLite itself follows it each time."""
    path = tmp_path / "circle.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA page_size = 512")
        db.execute("CREATE TABLE piece(id INTEGER PRIMARY KEY, message, text, reasoning)")
        db.executemany("INSERT INTO piece VALUES (NULL, 1, ?, '')", [("x" * 100,)] * 40)
        db.commit()
        (root,) = db.execute("SELECT rootpage FROM sqlite_schema").fetchone()
    data = bytearray(path.read_bytes())
    start = (root - 1) * 512
    assert data[start] == 5, "an interior page of a table"
    (count,) = struct.unpack_from(">H", data, start + 3)
    cells = [struct.unpack_from(">H", data, start + 12 + 2 * number)[0] for number in range(count)]
    for cell in cells:
        data[start + cell : start + cell + 4] = data[start + cells[0] : start + cells[0] + 4]
    path.write_bytes(data)

    with closing(sqlite3.connect(path)) as db:
        found = [row[0] for row in recovery.walk(db, "piece", ["text"], "SELECT 0 LIMIT 0")]
    assert 0 < len(found) <= 40


def test_more_rows_than_any_conversation_has_are_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_history(tmp_path, fill)
    monkeypatch.setattr(loading, "MOST_ROWS", 1)

    async def load(store: SqliteHistory) -> None:
        with pytest.raises(HistoryRecovered):
            await store.load(ID)

    in_history(tmp_path, load)


def test_a_tree_of_a_hundred_thousand_parents_is_read(tmp_path: Path) -> None:
    in_history(tmp_path, fill)
    with closing(sqlite3.connect(tmp_path / "history.db")) as db:
        (conversation,) = db.execute("SELECT id FROM conversation").fetchone()
        db.executemany(
            "INSERT INTO message(conversation, number, parent, is_question, finish, text)"
            " VALUES (?, ?, ?, ?, ?, 'a')",
            [(conversation, n, n - 1, n % 2 == 0, None if n % 2 == 0 else "stop") for n in range(2, 100_002)],
        )
        db.execute("UPDATE conversation SET leaf = 100001")
        db.commit()

    async def load(store: SqliteHistory) -> None:
        tree = await store.load(ID)
        assert len(tree.path()) == 100_002

    in_history(tmp_path, load)


# ── files ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("ending", ["", "-wal", "-shm", "-journal"])
def test_a_fifo_in_the_place_of_a_file_is_waited_for_by_nobody(tmp_path: Path, ending: str) -> None:
    if ending:
        in_history(tmp_path, fill)
    os.mkfifo(tmp_path / f"history.db{ending}")

    with pytest.raises(HistoryError, match="saved"):
        problem_of(tmp_path)


def test_links_beside_the_database_stop_nothing(tmp_path: Path) -> None:
    (tmp_path / "history.db.notes").symlink_to("nowhere")
    (tmp_path / "history.db.device").symlink_to("/dev/zero")

    assert problem_of(tmp_path) is None


Plant = Callable[[Path, Path], None]


def _fifo(place: Path, _: Path) -> None:
    os.mkfifo(place)


def _device(place: Path, _: Path) -> None:
    place.symlink_to("/dev/zero")


def _folder(place: Path, _: Path) -> None:
    place.mkdir()


def _circle(place: Path, _: Path) -> None:
    place.symlink_to(place.name)


def _other(place: Path, other: Path) -> None:
    place.symlink_to(other)


def _huge(place: Path, _: Path) -> None:
    place.touch()
    os.truncate(place, 1 << 34)


@pytest.mark.parametrize("plant", [_fifo, _device, _folder, _other, _huge])
def test_what_stands_in_the_place_of_an_image_is_not_taken_for_it(tmp_path: Path, plant: Plant) -> None:
    files, image, other = ImageFiles(tmp_path), picture(1), tmp_path / "mine.png"
    other.write_bytes(b"mine")
    named = kept(image)
    files.keep(image, named)
    for path in list(files.all()):
        path.unlink()
        plant(path, other)

    assert files.read(named) is None
    assert files.thumbnail(named.digest) == b""
    assert other.read_bytes() == b"mine"


def test_an_image_is_put_in_the_place_of_a_link_not_through_it(tmp_path: Path) -> None:
    files, image, other = ImageFiles(tmp_path), picture(1), tmp_path / "mine.png"
    other.write_bytes(b"x" * len(image.data))
    named = kept(image)
    files.keep(image, named)
    for path in list(files.all()):
        path.unlink()
        path.symlink_to(other)

    files.keep(image, named)

    assert files.read(named) == image.data
    assert other.read_bytes() == b"x" * len(image.data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg/>",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 321, 1),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 0, 1),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 1 << 31, 1 << 31),
    ],
)
def test_a_thumbnail_that_is_no_small_png_is_none(tmp_path: Path, data: bytes) -> None:
    files, image = ImageFiles(tmp_path), picture(1)
    named: KeptImage = kept(image)
    files.keep(image, named)
    for path in tmp_path.glob("thumbnails/*/*"):
        path.write_bytes(data)

    assert files.thumbnail(named.digest) == b""
