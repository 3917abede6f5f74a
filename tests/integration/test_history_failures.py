"""When the disk is full, locked or not to be written on: an error that says so, and on it goes afterwards."""

import asyncio
import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.domain.conversation import Answer, Conversation, MessageId
from desktop.domain.history import Piece
from desktop.domain.history_errors import HistoryBusy, HistoryError, HistoryFull, HistoryNotWritable
from desktop.domain.messages import user_message
from desktop.storage.failures import history_error
from desktop.storage.history import SqliteHistory
from tests.support.histories import ID, OTHER, as_kept, asked, in_history, on_disk, opened, picture, whole

IS_ROOT = sys.platform == "linux" and os.geteuid() == 0


# ── locked ──────────────────────────────────────────────────────────────────────────────────────


def test_while_another_program_writes_nothing_is_lost_and_reading_goes_on(tmp_path: Path) -> None:
    async def use(store: SqliteHistory) -> None:
        await store.write(whole(ID, asked()))
        await _be_impatient(store)
        with closing(sqlite3.connect(tmp_path / "history.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(HistoryBusy, match="Another program"):
                await store.write(whole(OTHER, asked("?", "!", picture(1))))
            assert await store.load(ID) == asked()
        assert not _files_of(tmp_path), "of what was not written nothing stays"
        await store.write(whole(OTHER, asked("?", "!", picture(1))))
        assert await store.load(OTHER) == as_kept(asked("?", "!", picture(1)))

    in_history(tmp_path, use)


async def _be_impatient(store: SqliteHistory) -> None:
    await store._do(lambda db: db.execute("PRAGMA busy_timeout = 1"))


def _files_of(folder: Path) -> list[Path]:
    return list(folder.glob("images/*/*"))


def test_what_is_deleted_goes_when_nobody_reads_it_any_more(tmp_path: Path) -> None:
    async def use(store: SqliteHistory) -> None:
        await store.write(whole(ID, asked("a secret")))
        await _be_impatient(store)
        with closing(sqlite3.connect(tmp_path / "history.db", isolation_level=None)) as other:
            other.execute("BEGIN")
            other.execute("SELECT * FROM message").fetchall()
            await store.delete([ID])
            with pytest.raises(HistoryBusy):
                await store.purge()
        await store.purge()
        assert b"a secret" not in on_disk(tmp_path)

    in_history(tmp_path, use)


def test_a_history_that_another_program_holds_opens_as_soon_as_it_lets_go(tmp_path: Path) -> None:
    in_history(tmp_path, lambda store: store.write(whole(ID, asked())))

    async def use() -> None:
        store = SqliteHistory(tmp_path)
        with closing(sqlite3.connect(tmp_path / "history.db", isolation_level=None)) as other:
            other.execute("PRAGMA locking_mode = EXCLUSIVE")
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(HistoryBusy):
                await store.open()
        await store.open()
        assert await store.load(ID) == asked()
        await store.aclose()

    asyncio.run(use())


# ── what the system says ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (errno.ENOSPC, HistoryFull),
        (errno.EDQUOT, HistoryFull),
        (errno.EROFS, HistoryNotWritable),
        (errno.EACCES, HistoryNotWritable),
        (errno.EIO, HistoryError),
    ],
)
def test_each_answer_of_the_system_has_its_sentence(
    tmp_path: Path, code: int, kind: type[HistoryError]
) -> None:
    error = history_error(OSError(code, "its words"), tmp_path)

    assert type(error) is kind
    assert "its words" in error.detail


# ── not to be written on ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("place", ["history", "file/history"])
def test_a_folder_that_cannot_be_made_is_said_and_made_later(tmp_path: Path, place: str) -> None:
    folder = tmp_path / place
    blocking = tmp_path / place.split("/", maxsplit=1)[0]
    blocking.write_text("a file")

    async def use() -> None:
        store = SqliteHistory(folder)
        for ask in (store.open, lambda: store.write(whole(ID, asked())), store.purge):
            with pytest.raises(HistoryNotWritable, match="Nothing can be written in"):
                await ask()
        blocking.unlink()
        await store.open()
        await store.write(whole(ID, asked()))
        assert await store.load(ID) == asked()
        await store.aclose()

    asyncio.run(use())


def test_a_history_that_was_never_opened_lets_go_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")

    async def use() -> None:
        store = SqliteHistory(tmp_path / "file")
        with pytest.raises(HistoryNotWritable):
            await store.open()
        await store.aclose()
        await store.aclose()

    asyncio.run(use())


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


def _unmount(folder: Path) -> None:
    subprocess.run(["umount", folder], check=True)


@pytest.mark.real
@pytest.mark.skipif(not IS_ROOT, reason="only root may mount")
def test_a_disk_that_becomes_readable_only_is_said_and_written_on_later(tmp_path: Path) -> None:
    _mount("-t", "tmpfs", "-o", "size=8m", "none", str(tmp_path))
    try:
        in_history(tmp_path, lambda store: store.write(whole(ID, asked())))
        _mount("-o", "remount,ro", str(tmp_path))

        async def use() -> None:
            store = SqliteHistory(tmp_path)
            with pytest.raises(HistoryNotWritable):
                await store.open()
            _mount("-o", "remount,rw", str(tmp_path))
            await store.open()
            await store.write(whole(OTHER, asked()))
            assert len(await store.page(None, 9)) == 2
            await store.aclose()

        asyncio.run(use())
    finally:
        _unmount(tmp_path)


# ── full ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """One of 2 MB."""
    _mount("-t", "tmpfs", "-o", "size=2m", "none", str(tmp_path))
    yield tmp_path
    _unmount(tmp_path)


LONG = Conversation().ask(user_message("?")).begin_answer(MessageId(0), "m")


@pytest.mark.real
@pytest.mark.skipif(not IS_ROOT, reason="only root may mount")
def test_a_full_disk_is_said_and_everything_is_written_once_there_is_space(small_disk: Path) -> None:
    folder, ballast = small_disk / "history", small_disk / "ballast"

    async def use() -> None:
        async with opened(folder) as store:
            await store.write(whole(ID, LONG))
            ballast.write_bytes(bytes(_left_on(small_disk) - 150_000))
            grown = await _grow_until_full(store)
            with pytest.raises(HistoryFull, match="The disk is full"):
                await store.write(whole(OTHER, asked("x" * 200_000, "!", picture(1))))
            answer = (await store.load(ID))[MessageId(1)].answer
            assert answer == Answer("m", text=grown), "what was written is still there, and can be read"
            ballast.unlink()
            await store.write(whole(OTHER, asked("x" * 200_000, "!", picture(1))))
            await store.grow([Piece(ID, MessageId(1), "the end")])
        async with opened(folder) as store:
            answer = (await store.load(ID))[MessageId(1)].answer
            assert answer == Answer("m", text=f"{grown}the end", finish="interrupted")

    asyncio.run(use())


async def _grow_until_full(store: SqliteHistory) -> str:
    """What had been written before."""
    grown = ""
    while len(grown) < 2_000_000:
        piece = f"{len(grown)} ".ljust(5000)
        try:
            await store.grow([Piece(ID, MessageId(1), piece)])
        except HistoryFull:
            return grown
        grown += piece
    raise AssertionError("the disk was never full")


@pytest.mark.real
@pytest.mark.skipif(not IS_ROOT, reason="only root may mount")
def test_a_history_opens_once_there_is_space(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(_left_on(small_disk)))

    async def use() -> None:
        store = SqliteHistory(small_disk / "history")
        with pytest.raises(HistoryFull):
            await store.open()
        ballast.unlink()
        await store.open()
        await store.write(whole(ID, asked()))
        await store.aclose()

    asyncio.run(use())


def _left_on(folder: Path) -> int:
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize


def test_a_database_that_may_not_grow_is_full_and_grows_on_when_it_may(tmp_path: Path) -> None:
    async def use(store: SqliteHistory) -> None:
        await store.write(whole(ID, asked()))
        await store._do(lambda db: db.execute("PRAGMA max_page_count = 40").fetchall())
        for _ in range(2):
            with pytest.raises(HistoryFull):
                await store.write(whole(OTHER, asked("x" * 200_000)))
        assert await store.load(ID) == asked()
        await store._do(lambda db: db.execute("PRAGMA max_page_count = 4000").fetchall())
        await store.write(whole(OTHER, asked("x" * 200_000)))
        assert len(await store.page(None, 9)) == 2

    in_history(tmp_path, use)
