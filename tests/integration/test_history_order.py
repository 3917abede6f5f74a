"""Who asks first is served first, on one thread, and whoever stops waiting leaves nothing half done."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest

from desktop.domain.conversation import Conversation, MessageId
from desktop.domain.history import ConversationId, Piece
from desktop.domain.history_errors import HistoryError
from desktop.domain.messages import user_message
from desktop.storage.history import SqliteHistory
from desktop.storage.thread import DatabaseThread, Slices
from tests.support.histories import ID, OTHER, asked, in_history, whole

LONG = Conversation().ask(user_message("?")).begin_answer(MessageId(0), "m")


def test_what_is_asked_for_is_done_in_that_order(tmp_path: Path) -> None:
    async def use(store: SqliteHistory) -> None:
        await store.write(whole(ID, LONG))
        grown = [store.grow([Piece(ID, MessageId(1), f"{number} ")]) for number in range(50)]
        *_, tree = await asyncio.gather(*grown, store.load(ID))
        answer = tree[MessageId(1)].answer if isinstance(tree, Conversation) else None
        assert answer is not None
        assert answer.text == "".join(f"{number} " for number in range(50))

    in_history(tmp_path, use)


def test_all_is_done_on_a_thread_of_its_own(tmp_path: Path) -> None:
    async def use(store: SqliteHistory) -> None:
        names = {await store._do(lambda _: threading.current_thread().name) for _ in range(9)}
        assert names == {"history_0"}

    in_history(tmp_path, use)

    for thread in threading.enumerate():
        if thread.name == "history_0":
            thread.join()  # or this test does not end


def test_who_stops_waiting_leaves_nothing_half_done(tmp_path: Path) -> None:
    async def use(store: SqliteHistory) -> None:
        begun, go_on = threading.Event(), threading.Event()

        def block(_: sqlite3.Connection) -> None:
            begun.set()
            go_on.wait()

        blocked = asyncio.ensure_future(store._do(block))
        await asyncio.to_thread(begun.wait)
        writes = [store.write(whole(ConversationId(number), asked())) for number in range(1, 9)]
        waiting = [asyncio.ensure_future(write) for write in writes]
        await asyncio.sleep(0)
        for task in (blocked, *waiting[::2]):
            task.cancel()
        await asyncio.gather(blocked, *waiting[::2], return_exceptions=True)
        go_on.set()
        await asyncio.gather(*waiting[1::2])
        assert not await store._do(lambda db: db.in_transaction)
        assert [summary.id for summary in await store.page(None, 9)] == [8, 6, 4, 2]

    in_history(tmp_path, use)


def test_a_write_that_nobody_waits_for_any_more_is_whole(tmp_path: Path) -> None:
    async def use(store: SqliteHistory) -> None:
        for number in range(1, 30):
            task = asyncio.ensure_future(store.write(whole(ConversationId(number), asked())))
            for _ in range(number % 4):
                await asyncio.sleep(0)
            task.cancel()
        for summary in await store.page(None, 99):
            assert await store.load(summary.id) == asked()
        assert not await store._do(lambda db: db.in_transaction)

    in_history(tmp_path, use)


def test_what_is_asked_for_after_the_end_is_refused(tmp_path: Path) -> None:
    async def use() -> None:
        store = SqliteHistory(tmp_path)
        await store.open()
        early, end = asyncio.ensure_future(store.page(None, 9)), asyncio.ensure_future(store.aclose())
        await asyncio.sleep(0)
        for ask in (lambda: store.page(None, 9), store.purge, store.open):
            with pytest.raises(HistoryError):
                await ask()
        await end
        assert await early == ()

    asyncio.run(use())

    assert [path.name for path in tmp_path.iterdir()] == ["history.db"], "nobody has it open"


def test_long_work_lets_others_go_first() -> None:
    order: list[str] = []

    async def use() -> None:
        thread = DatabaseThread()
        begun = threading.Event()

        def slices() -> Slices:
            begun.wait()
            for number in range(3):
                order.append(f"slice {number}")
                yield

        long = asyncio.wrap_future(thread.begin(slices()))
        short = asyncio.ensure_future(thread.run(lambda: order.append("short")))
        await asyncio.sleep(0)
        begun.set()
        await asyncio.gather(long, short)
        thread.end()

    asyncio.run(use())

    assert order == ["slice 0", "short", "slice 1", "slice 2"]


def test_purging_goes_on_though_nobody_waits_for_it(tmp_path: Path) -> None:
    async def use(store: SqliteHistory) -> None:
        await store.write(whole(ID, asked("a secret")))
        await store.write(whole(OTHER, asked()))
        await store.delete([ID])
        task = asyncio.ensure_future(store.purge())
        await asyncio.sleep(0)
        task.cancel()
        await store.purge()
        assert b"a secret" not in (tmp_path / "history.db").read_bytes()
        assert len(await store.page(None, 9)) == 1

    in_history(tmp_path, use)
