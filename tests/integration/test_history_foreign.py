"""What another program wrote into the history: it is set aside, and harms nothing else."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.domain.conversation import Answer, MessageId
from desktop.domain.errors import AppError
from desktop.domain.history_errors import HistoryError, HistoryRecovered
from desktop.domain.images import KeptImage, Size
from desktop.storage.history import SqliteHistory
from desktop.storage.image_files import ImageFiles
from tests.support.histories import ID, OTHER, asked, in_history, picture, rows, whole

UNSOUND = [
    # ── the tree ──
    "UPDATE message SET parent = 1 WHERE number = 0",
    "UPDATE message SET parent = number",
    "UPDATE message SET number = 7 WHERE number = 1",
    "UPDATE message SET number = -7 WHERE number = 0",
    "UPDATE message SET number = -7, parent = NULL WHERE number = 1; UPDATE conversation SET leaf = -7",
    "UPDATE message SET number = 'x' WHERE number = 1",
    "UPDATE message SET number = 1.5 WHERE number = 1",
    "UPDATE conversation SET leaf = 99",
    "UPDATE conversation SET leaf = -1",
    "UPDATE conversation SET leaf = 'x'",
    # ── kinds of values ──
    "UPDATE conversation SET used = 'x'",
    "UPDATE conversation SET used = 9e999",
    "UPDATE conversation SET title = x'ff00ff'",
    "UPDATE message SET made = 'x'",
    "UPDATE message SET seconds = 9e999",
    "UPDATE message SET finish = NULL, text = x'ff' WHERE NOT is_question",
    "INSERT INTO draft VALUES (1, x'ff')",
    # ── images ──
    "UPDATE image SET digest = '../../../history'",
    "UPDATE image SET digest = x'0011'",
    "UPDATE image SET media_type = 'text/html'",
    "UPDATE image SET width = 'x', height = -4",
    "UPDATE part SET image = NULL WHERE image IS NOT NULL",
    # ── what acts by itself ──
    "CREATE TRIGGER t BEFORE DELETE ON message BEGIN SELECT RAISE(IGNORE); END",
    "CREATE VIEW v AS SELECT text FROM message",
]


async def fill(store: SqliteHistory) -> None:
    await store.write(whole(ID, asked("what", "this", picture(1))))


def tamper(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "history.db")) as db:
        db.executescript(statement)


async def look(store: SqliteHistory) -> None:
    """As a window does: a way up that leads in a circle would never end."""
    for each in await store.page(None, 9):
        end, tree = await store.load_end(each.id, 60), await store.load(each.id)
        assert [node.id for node in end.nodes] == [node.id for node in tree.path()]
    await store.search("what", 50)


@pytest.mark.parametrize("statement", UNSOUND)
def test_what_is_unsound_is_told_once_and_mended(tmp_path: Path, statement: str) -> None:
    async def use() -> list[HistoryError]:
        store = SqliteHistory(tmp_path)
        told = [(await store.open()).problem]
        try:
            await look(store)
        except HistoryError as error:
            told.append(error)
        await look(store)
        await store.delete([ID])
        await store.purge()
        await store.aclose()
        return [error for error in told if error is not None]

    in_history(tmp_path, fill)
    tamper(tmp_path, statement)

    (problem,) = asyncio.run(use())

    assert isinstance(problem, HistoryRecovered)
    assert rows(tmp_path, "SELECT id FROM conversation") == []
    assert [path.name for path in tmp_path.glob("history.db*")] == ["history.db"]


@pytest.mark.parametrize("column", ["error", "notices", "lines", "usage"])
@pytest.mark.parametrize(
    "stored",
    [
        "[" * 100_000,
        '["AppError",{},5]',
        '[["NO_TEXT_FOUND",5]]',
        '[[0,["a"],5,"x"]]',
        '{"total_tokens":"x"}',
        "5",
    ],
)
def test_a_value_that_makes_no_sense_is_left_out(tmp_path: Path, column: str, stored: str) -> None:
    async def check(store: SqliteHistory) -> None:
        answer = (await store.load(ID))[MessageId(1)].answer
        assert answer is not None
        assert type(answer.error) in (type(None), AppError)
        assert answer == Answer("qwen3-vl-plus", text="this", finish="stop", error=answer.error)

    in_history(tmp_path, fill)
    with closing(sqlite3.connect(tmp_path / "history.db")) as db:
        db.execute(f"UPDATE message SET {column} = ? WHERE NOT is_question", (stored,))
        db.commit()
    in_history(tmp_path, check)


# ── other files ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("digest", ["../mine", "{folder}/mine"])
def test_no_name_in_the_history_leads_out_of_it(tmp_path: Path, digest: str) -> None:
    folder = tmp_path / "history"
    files = ImageFiles(folder)
    digest = digest.format(folder=tmp_path)
    (folder / "images").mkdir(parents=True)
    (tmp_path / "mine.png").write_bytes(b"mine")

    files.remove(digest)

    assert (tmp_path / "mine.png").exists()
    assert files.thumbnail(digest) == b""
    assert files.read(KeptImage("", "image/png", digest, 4, Size(1, 1), "")) is None


def test_what_is_not_ours_beside_the_images_stays_and_stops_no_deletion(tmp_path: Path) -> None:
    async def use(store: SqliteHistory) -> None:
        await store.delete([ID])
        await store.purge()

    in_history(tmp_path, fill)
    (tmp_path / "images" / "ab" / "a folder").mkdir(parents=True)
    (tmp_path / "images" / "ab" / "holiday.jpg").write_bytes(b"mine")
    in_history(tmp_path, use)

    assert rows(tmp_path, "SELECT id FROM conversation") == []
    assert [path.name for path in tmp_path.glob("images/*/*") if path.is_file()] == ["holiday.jpg"]


# ── the index ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM gram_table",
        "UPDATE gram_table SET missing = 'x'",
        "UPDATE gram_table SET stale = x'00'",
        "UPDATE {index}_config SET v = 0 WHERE k = 'version'",
        "DELETE FROM {index}_data",
    ],
)
def test_an_unsound_index_is_made_anew(tmp_path: Path, statement: str) -> None:
    async def use() -> list[HistoryError]:
        store, told = SqliteHistory(tmp_path), []
        await store.open()
        for _ in range(3):
            try:
                await store.write(whole(OTHER, asked("what", "that")))
                assert {hit.summary.id for hit in await store.search("what", 50)} == {ID, OTHER}
            except HistoryError as error:
                told.append(error)
        await store.aclose()
        return told

    in_history(tmp_path, fill)
    for (index,) in rows(tmp_path, "SELECT name FROM gram_table"):
        tamper(tmp_path, statement.format(index=index))

    (problem,) = asyncio.run(use())

    assert isinstance(problem, HistoryRecovered)
