"""When the disk is full, locked or not to be written on: an error that says so, and on it goes afterwards."""

import asyncio
import errno
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from desktop.domain.history_errors import HistoryBusy, HistoryError, HistoryFull, HistoryNotWritable
from desktop.storage.failures import history_error
from desktop.storage.history import SqliteHistory
from tests.support.background import running
from tests.support.histories import ID, OTHER, as_kept, asked, in_history, on_disk, picture, whole
from tests.support.scripts import CHECKOUT
from tests.support.small_disk import small_disk
from tests.support.waiting import PATIENCE

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


# ── full ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.real
@pytest.mark.parametrize("scenario", ["read_only_for_a_while", "full_for_a_while", "full_at_first"])
def test_what_a_small_disk_refuses_is_said_and_written_once_it_can_be(scenario: str, tmp_path: Path) -> None:
    with small_disk(tmp_path, os.environ, "2m") as disk:
        command = [*disk.inside, sys.executable, "-m", "tests.support.on_small_disk", scenario, str(tmp_path)]
        streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        with running(command, os.environ, cwd=CHECKOUT, **streams) as program:
            assert program.stdin is not None
            assert program.stdout is not None
            for wish in program.stdout:
                disk.set_read_only(is_so=wish == b"ro\n")
                program.stdin.write(b"done\n")
                program.stdin.flush()
            assert program.wait(PATIENCE) == 0


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
