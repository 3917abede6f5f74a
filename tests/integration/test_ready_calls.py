"""Calls that are due at once on Qt's loop: in order, together, and not for ever."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from desktop.runtime.loop import qt_loop
from tests.conftest import Run


def test_calls_run_in_the_order_in_which_they_were_made(run: Run) -> None:
    async def scenario() -> None:
        loop, ended, seen = asyncio.get_running_loop(), asyncio.Event(), list[int]()
        for number in range(100):
            loop.call_soon(seen.append, number)
        loop.call_soon(ended.set)
        await ended.wait()
        assert seen == list(range(100))

    run(scenario())


def test_a_call_that_another_one_cancels_does_not_run(run: Run) -> None:
    async def scenario() -> None:
        loop, seen = asyncio.get_running_loop(), list[str]()
        later: list[asyncio.Handle] = []
        loop.call_soon(lambda: later.pop().cancel())
        later.append(loop.call_soon(seen.append, "too late"))
        await asyncio.sleep(0.01)
        assert not seen

    run(scenario())


def test_threads_call_while_the_loop_is_at_work(run: Run) -> None:
    """None of their calls is missed, whatever the loop is at when it is made."""

    async def scenario() -> None:
        loop, seen, ended = asyncio.get_running_loop(), set[int](), asyncio.Event()

        def note(number: int) -> None:
            seen.add(number)
            if len(seen) == 4000:
                ended.set()

        def call(start: int) -> None:
            for number in range(start, start + 1000):
                loop.call_soon_threadsafe(note, number)

        threads = [threading.Thread(target=call, args=(start,)) for start in range(0, 4000, 1000)]
        for thread in threads:
            thread.start()
        await asyncio.wait_for(ended.wait(), 20)
        for thread in threads:
            thread.join()

    run(scenario())


def test_the_loop_s_own_thread_may_call_as_another_one_does(run: Run) -> None:
    """As the end of a future in a thread does that ends before anybody waits for it."""

    async def scenario() -> None:
        loop, seen = asyncio.get_running_loop(), list[str]()
        loop.call_soon_threadsafe(seen.append, "later")
        seen.append("first")
        with ThreadPoolExecutor(1) as pool:
            for _ in range(200):
                done = pool.submit(int)
                done.result()
                await asyncio.wait_for(asyncio.wrap_future(done), 20)
        assert seen == ["first", "later"]

    run(scenario())


def test_qt_has_its_turn_while_calls_call_each_other(run: Run) -> None:
    async def scenario() -> None:
        loop, fired = asyncio.get_running_loop(), asyncio.Event()

        def spin() -> None:
            if not fired.is_set():
                loop.call_soon(spin)

        QTimer.singleShot(1, fired.set)
        spin()
        await asyncio.wait_for(fired.wait(), 20)

    run(scenario())


def test_calls_go_on_while_one_of_them_waits_in_a_loop_of_qt(run: Run) -> None:
    """As a menu or a drag of Qt's own does."""

    async def scenario() -> None:
        loop, inner, ended = asyncio.get_running_loop(), QEventLoop(), asyncio.Event()
        loop.call_soon(inner.exec)
        loop.call_soon(inner.quit)
        loop.call_soon(ended.set)
        await asyncio.wait_for(ended.wait(), 20)

    run(scenario())


def test_no_task_is_lost_when_another_one_has_qt_send_its_events(run: Run) -> None:
    async def scenario() -> None:
        asked, ended, seen = asyncio.Event(), asyncio.Event(), list[str]()

        async def other() -> None:
            await asked.wait()
            seen.append("woken")
            ended.set()

        task = asyncio.create_task(other())
        await asyncio.sleep(0)
        with ThreadPoolExecutor(1) as pool:
            asked.set()
            # A call of another thread is an event that is posted, and is sent within this step.
            pool.submit(asyncio.get_running_loop().call_soon_threadsafe, lambda: None).result()
            QCoreApplication.sendPostedEvents()
        await ended.wait()
        await task
        assert seen == ["woken"]

    run(scenario())


def test_an_error_in_a_call_keeps_no_other_from_running(run: Run) -> None:
    async def scenario() -> None:
        loop, ended, told = asyncio.get_running_loop(), asyncio.Event(), list[object]()
        loop.set_exception_handler(lambda _loop, context: told.append(context["exception"]))
        loop.call_soon(lambda: 1 / 0)
        loop.call_soon(ended.set)
        await ended.wait()
        loop.set_exception_handler(None)
        assert isinstance(told[0], ZeroDivisionError)

    run(scenario())


def test_nothing_is_called_once_the_loop_is_closed(qapp: QCoreApplication) -> None:
    seen: list[int] = []
    with qt_loop(qapp) as loop:
        loop.run_until_complete(asyncio.sleep(0))
        loop.call_soon(seen.append, 1)

    with pytest.raises(RuntimeError):
        loop.call_soon_threadsafe(seen.append, 2)
    with qt_loop(qapp) as next_loop:
        next_loop.run_until_complete(asyncio.sleep(0.01))
    assert not seen
