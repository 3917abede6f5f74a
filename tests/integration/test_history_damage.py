"""A damaged history is set aside, and what can be read of it is there."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.conversation import Answer, Conversation, MessageId
from desktop.domain.history import ConversationId, Draft, Opened, Piece
from desktop.domain.history_errors import HistoryError, HistoryLost, HistoryRecovered
from desktop.domain.messages import ImagePart, LinkPart
from desktop.storage import recovery
from desktop.storage.history import SqliteHistory
from tests.support.histories import (
    ID,
    Damage,
    as_kept,
    asked,
    in_history,
    kept,
    picture,
    rows,
    whole,
)

PAGE = 4096
MANY = 60


def tree(number: int) -> Conversation:
    """One that fills a page or two."""
    return asked(f"question {number} 磁盘", f"answer {number} " * 100, picture(number % 3))


async def fill(store: SqliteHistory) -> None:
    for number in range(1, MANY + 1):
        await store.write(whole(ConversationId(number * 1_000_000), tree(number), float(number)))
    await store.keep_draft(Draft("a draft", (ImagePart(picture(9)), LinkPart("https://a/b"))))


async def first_look(folder: Path) -> tuple[Opened, dict[int, Conversation]]:
    store = SqliteHistory(folder)
    found = await store.open()
    shown = await store.page(None, 1000)
    trees = {summary.id // 1_000_000: await store.load(summary.id) for summary in shown}
    for number, each in trees.items():
        assert each.title in (f"question {number} 磁盘", "")
        found_by = each.title or f"answer {number} answer"
        assert number * 1_000_000 in [hit.summary.id for hit in await store.search(found_by, 99)]
    await store.write(whole(ID, asked("goes on")))
    await store.aclose()
    return found, trees


def page_of(folder: Path, holding: str) -> int:
    """The last page of the file in which a text stands."""
    return (folder / "history.db").read_bytes().rindex(holding.encode()) // PAGE


def overwrite(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


# ── what is left ────────────────────────────────────────────────────────────────────────────────


def break_a_page_of_messages(folder: Path) -> None:
    overwrite(folder / "history.db", page_of(folder, "answer 30 ") * PAGE, b"\xee" * PAGE)


def break_two_pages_of_messages(folder: Path) -> None:
    break_a_page_of_messages(folder)
    overwrite(folder / "history.db", page_of(folder, "answer 12 ") * PAGE, b"\0" * PAGE)


def cut_off_the_end(folder: Path) -> None:
    path = folder / "history.db"
    path.write_bytes(path.read_bytes()[: page_of(folder, "answer 40 ") * PAGE])


def break_the_magic(folder: Path) -> None:
    overwrite(folder / "history.db", 0, b"not a database at all")


def rename_a_column(folder: Path) -> None:
    schema = (folder / "history.db").read_bytes()
    (folder / "history.db").write_bytes(schema.replace(b"  usage TEXT,", b"  usa_e TEXT,"))


DAMAGES = [
    rename_a_column,
    break_a_page_of_messages,
    break_two_pages_of_messages,
    cut_off_the_end,
    break_the_magic,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_can_be_read_is_there_after_damage(tmp_path: Path, damage: Damage) -> None:
    in_history(tmp_path, fill)
    damage(tmp_path)
    (tmp_path / "history.db-wal").touch()  # as after a crash
    damaged = (tmp_path / "history.db").read_bytes()

    found, trees = asyncio.run(first_look(tmp_path))

    assert isinstance(found.problem, HistoryRecovered)
    assert found.problem.facts == {"aside": "history.db.broken-1", "conversations": len(trees)}
    assert len(trees) >= MANY // 2
    whole_ones = [number for number, each in trees.items() if each == as_kept(tree(number))]
    assert len(whole_ones) >= MANY // 2
    assert (tmp_path / "history.db.broken-1").read_bytes() == damaged
    assert rows(tmp_path, "PRAGMA integrity_check") == [("ok",)]


def test_the_draft_is_recovered_too(tmp_path: Path) -> None:
    in_history(tmp_path, fill)
    break_a_page_of_messages(tmp_path)
    (tmp_path / "history.db-wal").touch()

    found, _ = asyncio.run(first_look(tmp_path))

    assert found.draft == Draft("a draft", (ImagePart(kept(picture(9))), LinkPart("https://a/b")))


def _nonsense(path: Path) -> None:
    path.write_bytes(b"nonsense" * 1000)


def _nothing_but_a_header(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


@pytest.mark.parametrize("damage", [_nonsense, _nothing_but_a_header])
def test_of_what_cannot_be_read_the_user_is_told(tmp_path: Path, damage: Damage) -> None:
    in_history(tmp_path, fill)
    damage(tmp_path / "history.db")

    found, trees = asyncio.run(first_look(tmp_path))

    assert isinstance(found.problem, HistoryLost)
    assert str(found.problem).endswith("It was set aside as history.db.broken-1.")
    assert trees == {}


def test_each_damaged_one_is_set_aside_under_a_name_of_its_own(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        _nonsense(tmp_path / "history.db")
        found, _ = asyncio.run(first_look(tmp_path))
        assert found.problem is not None
        assert found.problem.facts["aside"] == f"history.db.broken-{number}"


@settings(max_examples=30)
@given(st.integers(0, 1 << 20), st.binary(min_size=1, max_size=3000))
def test_whatever_is_overwritten_the_history_opens(
    tmp_path_factory: pytest.TempPathFactory, at: int, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("history")
    (folder / "history.db").write_bytes(_filled(tmp_path_factory))
    path = folder / "history.db"
    # Behind the header, which may say that it is to be left alone.
    overwrite(path, 100 + at % (path.stat().st_size - 100), data)
    (folder / "history.db-wal").touch()

    async def use() -> None:
        store = SqliteHistory(folder)
        await store.open()
        try:
            await _use(store)
        except HistoryError:
            await _use(store)
        await store.aclose()

    asyncio.run(use())


async def _use(store: SqliteHistory) -> None:
    for summary in await store.page(None, 1000):
        await store.load(summary.id)
    await store.write(whole(ID, asked("goes on")))


_bytes: dict[str, bytes] = {}


def _filled(factory: pytest.TempPathFactory) -> bytes:
    if not _bytes:
        folder = factory.mktemp("filled")
        in_history(folder, fill)
        _bytes["filled"] = (folder / "history.db").read_bytes()
    return _bytes["filled"]


# ── damage that is met later ────────────────────────────────────────────────────────────────────


def test_damage_that_is_met_in_use_is_told_and_the_next_call_works(tmp_path: Path) -> None:
    in_history(tmp_path, fill)
    break_a_page_of_messages(tmp_path)

    async def use() -> None:
        store = SqliteHistory(tmp_path)
        assert (await store.open()).problem is None, "no crash: nothing was checked"
        streaming = asked().begin_answer(MessageId(0), "m")
        await store.write(whole(ID, streaming))
        with pytest.raises(HistoryRecovered):
            await _load_all(store)
        await store.grow([Piece(ID, MessageId(2), "still streaming")])
        answer = (await store.load(ID))[MessageId(2)].answer
        assert answer == Answer("m", text="still streaming")
        assert len(await store.page(None, 1000)) > MANY // 2
        await store.aclose()

    asyncio.run(use())


async def _ask_often(store: SqliteHistory) -> None:
    for _ in range(9):
        await store.page(None, 1)


async def _load_all(store: SqliteHistory) -> None:
    for number in range(1, MANY + 1):
        await store.load(ConversationId(number * 1_000_000))


def test_damage_that_nobody_asked_about_is_told_by_the_next_call(tmp_path: Path) -> None:
    """After a crash what was deleted is purged behind everybody's back."""

    async def delete(store: SqliteHistory) -> None:
        await fill(store)
        await store.delete([ConversationId(30_000_000)])
        shutil.copytree(tmp_path / "running", tmp_path / "crashed")

    async def check() -> None:
        store = SqliteHistory(tmp_path / "crashed")
        assert (await store.open()).problem is None
        with pytest.raises(HistoryRecovered):
            await _ask_often(store)
        assert await store.page(None, 1)
        await store.aclose()

    in_history(tmp_path / "running", delete)
    with closing(sqlite3.connect(tmp_path / "crashed" / "history.db")) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    break_a_page_of_messages(tmp_path / "crashed")
    asyncio.run(check())


@pytest.mark.parametrize("value", ["x'ff61'", "CAST(x'ff61' AS TEXT)"])
def test_a_text_that_is_none_is_read_as_far_as_it_is_one(tmp_path: Path, value: str) -> None:
    async def check(store: SqliteHistory) -> None:
        with pytest.raises(HistoryRecovered):
            await store.load(ID)
        answer = (await store.load(ID))[MessageId(1)].answer
        assert answer is not None
        assert answer.text == "\ufffda"

    in_history(tmp_path, lambda store: store.write(whole(ID, asked())))
    with closing(sqlite3.connect(tmp_path / "history.db")) as db:
        db.execute(f"UPDATE message SET text = {value} WHERE number = 1")
        db.commit()
    in_history(tmp_path, check)


# ── walking around damage ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("scale", [1, 1 << 40])
@pytest.mark.parametrize("broken", [[], [0], [3], [5, 6, 11], [0, 15]])
def test_rows_on_both_sides_of_broken_pages_are_read(tmp_path: Path, broken: list[int], scale: int) -> None:
    path = tmp_path / "any.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, text TEXT, key INTEGER UNIQUE)")
        values = [(n * scale, "x" * 800, n) for n in range(80)]
        db.executemany("INSERT INTO t VALUES (?, ?, ?)", values)
        db.commit()
    leaves = _leaves(path)
    for each in broken:
        overwrite(path, leaves[each] * PAGE, b"\xee" * PAGE)

    with closing(sqlite3.connect(path)) as db:
        found = {row[0] // scale for row in recovery.walk(db, "t", ["text"], "SELECT id FROM t ORDER BY key")}

    lost = {number for each in broken for number in range(each * 5, each * 5 + 5)}
    assert found == set(range(80)) - lost


def _leaves(path: Path) -> list[int]:
    """The pages that hold rows, in order."""
    data = path.read_bytes()
    pages = range(1, len(data) // PAGE)
    return [number for number in pages if data[number * PAGE] == 0x0D]
