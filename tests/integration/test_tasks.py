"""Every task has an owner that looks at its end."""

import asyncio
import logging

import pytest

from desktop.runtime.tasks import TaskOwner


def test_a_failure_is_logged_under_the_task_s_name(caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        raise ValueError("no such thing")

    async def scenario() -> None:
        task = TaskOwner().start(fail(), "look for it")
        await asyncio.wait([task])

    asyncio.run(scenario())

    (record,) = caplog.records
    assert (record.levelno, record.getMessage()) == (logging.ERROR, "task look for it failed")
    assert record.exc_info is not None
    assert isinstance(record.exc_info[1], ValueError)


def test_closing_ends_all_and_waits_for_what_they_clean_up() -> None:
    ended = []

    async def work(number: int) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            ended.append(number)

    async def scenario() -> None:
        tasks = TaskOwner()
        for number in range(3):
            tasks.start(work(number), f"work {number}")
        await asyncio.sleep(0)
        await tasks.aclose()

    asyncio.run(scenario())

    assert sorted(ended) == [0, 1, 2]


def test_closing_also_ends_what_the_ending_tasks_start() -> None:
    async def scenario() -> set[asyncio.Task[None]]:
        tasks = TaskOwner()

        async def wait() -> None:
            await asyncio.Event().wait()

        async def start_another_at_the_end() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                tasks.start(wait(), "another")

        tasks.start(start_another_at_the_end(), "first")
        await asyncio.sleep(0)
        await tasks.aclose()
        return asyncio.all_tasks() - {asyncio.current_task()}

    assert not asyncio.run(scenario())


def test_a_task_that_was_cancelled_is_no_failure(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        task = TaskOwner().start(asyncio.Event().wait(), "wait")
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(scenario())

    assert not caplog.records
