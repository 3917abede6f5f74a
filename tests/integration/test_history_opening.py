"""How a history is opened that another version, another umask or a crash left."""

import asyncio
import os
import shutil
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

from desktop.domain.conversation import Conversation, MessageId
from desktop.domain.history import Draft, Piece, Summary
from desktop.domain.history_errors import HistoryTooNew
from desktop.domain.messages import user_message
from desktop.storage import cut_off, deletion, loading
from desktop.storage.database import connect
from desktop.storage.history import SqliteHistory
from desktop.storage.migrations import STEPS, VERSION, migrate, version
from tests.support.histories import ID, OTHER, as_kept, asked, in_history, opened, picture, rows, whole

STREAMING = Conversation().ask(user_message("磁盘?")).begin_answer(MessageId(0), "m")


async def fill(store: SqliteHistory) -> None:
    await store.write(whole(ID, asked("What is 磁盘?", "a disk", picture(1))))
    await store.write(whole(OTHER, STREAMING, 2.0))
    await store.grow([Piece(OTHER, MessageId(1), "a 磁盘")])


# ── earlier versions ────────────────────────────────────────────────────────────────────────────

CONTENT = """
INSERT INTO conversation(id, title, used, leaf) VALUES (1, 'first', 1.0, 1), (2, 'second', 2.0, 1);
INSERT INTO message(conversation, number, parent, is_question, finish, text) VALUES
  (1, 0, NULL, 1, NULL, 'What is 磁盘?'), (1, 1, 0, 0, 'stop', 'a disk'),
  (2, 0, NULL, 1, NULL, 'And this?'), (2, 1, 0, 0, NULL, '');
INSERT INTO piece(message, text, reasoning) VALUES (4, 'cut off', '');
"""
"""As any version could have written it."""


@pytest.fixture(params=range(1, VERSION))
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with a history of each earlier version."""
    with closing(connect(tmp_path / "history.db")) as db:
        migrate(db, STEPS[:1])
        db.executescript(CONTENT)
        migrate(db, STEPS[: request.param])
    return tmp_path


def test_every_earlier_version_is_brought_to_the_present_one(earlier: Path) -> None:
    async def check(store: SqliteHistory) -> None:
        first, second = await store.load(ID), await store.load(OTHER)
        assert [node.answer.text for node in (first.nodes[1], second.nodes[1]) if node.answer] == [
            "a disk",
            "cut off",
        ]
        assert first.title == "What is 磁盘?"
        assert [hit.summary.id for hit in await store.search("磁盘", 9)] == [ID]
        assert [hit.summary.id for hit in await store.search("cut off", 9)] == [OTHER]
        await store.keep_draft(Draft("a draft"))

    in_history(earlier, check)

    assert rows(earlier, "PRAGMA user_version") == [(VERSION,)]
    assert rows(earlier, "PRAGMA integrity_check") == [("ok",)]


def test_a_copy_is_kept_until_the_next_good_start(earlier: Path) -> None:
    before = version_of(earlier / "history.db")

    in_history(earlier, _nothing)
    copy = earlier / f"history.db.before-{VERSION}"
    assert version_of(copy) == before
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600 or sys.platform == "win32"
    in_history(earlier, _nothing)
    assert [path.name for path in earlier.iterdir()] == ["history.db"]


def test_a_migration_that_fails_leaves_the_version_before(earlier: Path) -> None:
    def break_off(db: sqlite3.Connection) -> None:
        db.execute("DROP TABLE message")
        raise sqlite3.OperationalError

    with closing(connect(earlier / "history.db")) as db:
        before = version(db)
        with pytest.raises(sqlite3.OperationalError):
            migrate(db, (*STEPS[:before], break_off))
        assert version(db) == before
        assert db.execute("SELECT count(*) FROM message").fetchone() == (4,)


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return version(db)


async def _nothing(store: SqliteHistory) -> None:
    pass


def test_a_new_history_needs_no_copy(tmp_path: Path) -> None:
    in_history(tmp_path, _nothing)

    assert [path.name for path in tmp_path.iterdir()] == ["history.db"]


# ── later versions ──────────────────────────────────────────────────────────────────────────────


def test_what_a_newer_version_wrote_is_not_touched(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "history.db")) as db:
        migrate(db, (*STEPS, lambda _: None))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    asyncio.run(_is_refused(tmp_path))

    assert (
        {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        == before
        == {"history.db": before["history.db"]}
    )


def test_what_a_newer_version_left_open_is_refused_too(tmp_path: Path) -> None:
    """The number of its version is in the log only."""
    in_history(tmp_path / "running", fill)
    with closing(connect(tmp_path / "running" / "history.db")) as db:
        migrate(db, (*STEPS, lambda _: None))
        shutil.copytree(tmp_path / "running", tmp_path / "crashed")

    asyncio.run(_is_refused(tmp_path / "crashed"))


async def _is_refused(folder: Path) -> None:
    store = SqliteHistory(folder)
    for ask in (store.open, lambda: store.page(None, 9), store.open):
        with pytest.raises(HistoryTooNew, match="newer version"):
            await ask()
    await store.aclose()


# ── what a start costs ──────────────────────────────────────────────────────────────────────────


def test_neither_a_start_nor_a_page_looks_at_everything(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "history.db")) as db:
        migrate(db)
        asked_for: list[str] = []
        db.set_trace_callback(asked_for.append)
        cut_off.end_answers(db)
        deletion.going(db)
        loading.page(db, None, 100)
        loading.page(db, Summary(ID, "title", 1.0), 100)
        db.set_trace_callback(None)
        plans = [row[3] for each in asked_for for row in db.execute(f"EXPLAIN QUERY PLAN {each}")]

    assert len(asked_for) == 4
    assert not [step for step in plans if "TEMP B-TREE" in step]
    assert not [step for step in plans if step.startswith("SCAN") and "USING" not in step]


# ── after a crash ───────────────────────────────────────────────────────────────────────────────


def test_a_crash_loses_nothing_that_was_written(tmp_path: Path) -> None:
    crashed = tmp_path / "crashed"

    async def crash(store: SqliteHistory) -> None:
        await fill(store)
        shutil.copytree(tmp_path / "running", crashed)

    async def check() -> None:
        async with opened(crashed) as store:
            assert (await store.open()).cut_off == (OTHER,)
            assert await store.load(ID) == as_kept(asked("What is 磁盘?", "a disk", picture(1)))
            answer = (await store.load(OTHER))[MessageId(1)].answer
            assert answer is not None
            assert answer.text == "a 磁盘"

    in_history(tmp_path / "running", crash)
    asyncio.run(check())


def test_a_recovery_that_was_cut_short_is_finished(tmp_path: Path) -> None:
    in_history(tmp_path, fill)
    (tmp_path / "history.db").rename(tmp_path / "history.db.recovered")
    (tmp_path / "history.db-wal").write_bytes(b"of the damaged one")

    async def check(store: SqliteHistory) -> None:
        assert len(await store.page(None, 9)) == 2

    in_history(tmp_path, check)


def test_a_recovery_that_was_cut_short_before_its_end_is_begun_again(tmp_path: Path) -> None:
    in_history(tmp_path, fill)
    (tmp_path / "history.db.recovered").write_bytes(b"half of it")
    in_history(tmp_path, _nothing)

    assert [path.name for path in tmp_path.glob("history.db*")] == ["history.db"]


# ── for its user alone ──────────────────────────────────────────────────────────────────────────


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such modes")
@pytest.mark.parametrize("umask", [0o000, 0o177, 0o777])
def test_files_and_folders_are_their_users_alone(tmp_path: Path, umask: int) -> None:
    async def use(store: SqliteHistory) -> None:
        await fill(store)
        await store.keep_draft(Draft("draft"))
        assert (tmp_path / "history" / "history.db-shm").exists()
        assert _modes(tmp_path / "history") == {0o700, 0o600}

    before = os.umask(umask)
    try:
        in_history(tmp_path / "history", use)
    finally:
        os.umask(before)

    assert _modes(tmp_path / "history") == {0o700, 0o600}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such modes")
def test_modes_that_were_laxer_are_tightened(tmp_path: Path) -> None:
    in_history(tmp_path, fill)
    aside = tmp_path / "history.db.broken-1"
    aside.touch()
    for path in (tmp_path, tmp_path / "history.db", aside):
        path.chmod(0o777)
    in_history(tmp_path, _nothing)

    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700
    assert not stat.S_IMODE((tmp_path / "history.db").stat().st_mode) & 0o077
    assert not stat.S_IMODE(aside.stat().st_mode) & 0o077


def _modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}
