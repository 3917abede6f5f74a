"""The handle on the child process, against a child that behaves as badly as the test asks."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from desktop.worker.process import WorkerDied, WorkerFailed, WorkerProcess, WorkerSilent
from desktop.worker.wire import Frame
from tests.support.processes import has_ended

Run = Callable[[Coroutine[Any, Any, None]], None]

SCRIPTED = (sys.executable, str(Path(__file__).parents[1] / "support" / "scripted_worker.py"))


@asynccontextmanager
async def worker(*, real: bool = False, **limits: Any) -> AsyncIterator[WorkerProcess]:
    process = WorkerProcess(() if real else SCRIPTED, **limits)
    try:
        yield process
    finally:
        await process.aclose()


async def answer(process: WorkerProcess, verb: str, payload: bytes = b"", **facts: Any) -> list[Frame]:
    async with aclosing(process.request(verb, facts, payload)) as frames:
        return [frame async for frame in frames]


def test_answers_come_as_they_were_sent() -> None:
    async def scenario() -> None:
        async with worker() as process:
            payload = os.urandom(3_000_000)
            (frame,) = await answer(process, "echo", payload, name="截图.png")
            assert frame == Frame("echo", {"name": "截图.png"}, payload)

    asyncio.run(scenario())


def test_one_child_answers_one_request_after_another() -> None:
    async def scenario() -> None:
        async with worker() as process:
            first, second = await asyncio.gather(
                answer(process, "count", to=50), answer(process, "count", to=3)
            )
            pid = process.pid
            assert ([f.facts["number"] for f in first], len(second)) == (list(range(50)), 3)
            await answer(process, "count", to=1)
            assert process.pid == pid

    asyncio.run(scenario())


def test_closing_an_answer_half_way_kills_the_child() -> None:
    async def scenario() -> None:
        async with worker() as process:
            async with aclosing(process.request("first, then silence")) as frames:
                assert (await anext(frames)).kind == "first"
                pid = process.pid
            assert pid is not None
            assert process.pid is None
            assert await has_ended(pid)
            assert len(await answer(process, "count", to=2)) == 2

    asyncio.run(scenario())


def test_cancelling_kills_the_child() -> None:
    async def scenario() -> None:
        async with worker() as process:
            heard = asyncio.Event()
            task = asyncio.create_task(listen(process, heard))
            await heard.wait()
            pid = process.pid
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert pid is not None
            assert await has_ended(pid)
            assert len(await answer(process, "count", to=2)) == 2

    asyncio.run(scenario())


@pytest.mark.parametrize("verb", ["die", "first, then die", "babble"])
def test_a_child_that_dies_or_babbles_is_replaced(verb: str) -> None:
    async def scenario() -> None:
        async with worker() as process:
            with pytest.raises(WorkerDied):
                await answer(process, verb)
            assert len(await answer(process, "count", to=2)) == 2

    asyncio.run(scenario())


def test_a_child_killed_while_it_waits_is_replaced() -> None:
    async def scenario() -> None:
        async with worker() as process:
            await answer(process, "count", to=1)
            assert process.pid is not None
            os.kill(process.pid, signal.SIGKILL)
            assert await has_ended(process.pid)
            assert len(await answer(process, "count", to=2)) == 2

    asyncio.run(scenario())


def test_a_silent_child_is_killed() -> None:
    async def scenario() -> None:
        async with worker(silence=0.3) as process:
            with pytest.raises(WorkerSilent, match=r"silent for 0\.3 s") as caught:
                await answer(process, "first, then silence")
            assert caught.value.seconds == 0.3
            assert process.pid is None

    asyncio.run(scenario())


def test_a_stopped_child_that_takes_no_request_is_killed() -> None:
    async def scenario() -> None:
        async with worker() as process:
            await answer(process, "count", to=1)
            assert process.pid is not None
            os.kill(process.pid, signal.SIGSTOP)
            process._silence = 0.2
            with pytest.raises(WorkerSilent):
                await answer(process, "echo", bytes(1_000_000))
            process._silence = None
            assert len(await answer(process, "count", to=2)) == 2

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("verb", "seconds"), [("inspect", 60), ("pages", 60), ("prepare", 60), ("read", 300)]
)
def test_each_verb_may_be_silent_for_as_long_as_it_may_take(verb: str, seconds: float) -> None:
    assert WorkerProcess()._limit(verb) == seconds


def test_a_death_costs_only_the_request_that_was_being_answered() -> None:
    async def scenario() -> None:
        async with worker() as process:
            requests = [answer(process, verb, to=2) for verb in ("count", "die", "count", "die", "count")]
            ends = await asyncio.gather(*requests, return_exceptions=True)
            assert [len(end) if isinstance(end, list) else type(end) for end in ends] == [
                2,
                WorkerDied,
                2,
                WorkerDied,
                2,
            ]

    asyncio.run(scenario())


def test_an_idle_child_leaves_and_another_one_comes() -> None:
    async def scenario() -> None:
        async with worker(idle=0.0) as process:
            await answer(process, "count", to=1)
            pid = process.pid
            assert pid is not None
            assert await has_ended(pid)
            assert len(await answer(process, "count", to=2)) == 2
            assert process.pid != pid

    asyncio.run(scenario())


def test_a_flood_on_stderr_blocks_nothing() -> None:
    async def scenario() -> None:
        async with worker() as process:
            assert await answer(process, "flood stderr") == []

    asyncio.run(scenario())


def test_no_secret_reaches_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHSCOPE_API_KEY", "sk-secret")
    monkeypatch.setenv("MY_COMPANYS_TOKEN", "secret")

    async def scenario() -> None:
        async with worker() as process:
            (frame,) = await answer(process, "environment")
            assert "secret" not in str(frame.facts)
            assert frame.facts["PATH"] == os.environ["PATH"]

    asyncio.run(scenario())


def test_a_folder_of_the_same_name_does_not_stand_in_for_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "desktop").mkdir()
    (tmp_path / "desktop" / "__init__.py").write_text("raise SystemExit('not the package')")
    monkeypatch.chdir(tmp_path)

    async def scenario() -> None:
        async with worker(real=True) as process:
            await process.start("inspect")
            assert process.pid is not None

    asyncio.run(scenario())


def test_a_program_that_does_not_exist_is_a_dead_worker() -> None:
    async def scenario() -> None:
        with pytest.raises(WorkerDied):
            await answer(WorkerProcess(["/nonexistent/program"]), "echo")

    asyncio.run(scenario())


def test_closing_ends_a_request_that_is_under_way() -> None:
    async def scenario() -> None:
        async with worker() as process:
            heard = asyncio.Event()
            consumer = asyncio.create_task(listen(process, heard))
            await heard.wait()
            await process.aclose()
            with pytest.raises(WorkerDied):
                await consumer

    asyncio.run(scenario())


async def listen(process: WorkerProcess, heard: asyncio.Event) -> None:
    """Ask for an answer that begins and never ends; say when it has begun."""
    async with aclosing(process.request("first, then silence")) as frames:
        async for _ in frames:
            heard.set()


def test_the_real_child_survives_an_exception_in_a_verb() -> None:
    async def scenario() -> None:
        async with worker(real=True) as process:
            with pytest.raises(WorkerFailed, match="unknown verb"):
                await answer(process, "no such verb")
            pid = process.pid
            await process.start("inspect")
            assert process.pid == pid

    asyncio.run(scenario())


def test_the_real_child_does_not_mind_an_interrupt() -> None:
    async def scenario() -> None:
        async with worker(real=True) as process:
            await process.start("inspect")
            pid = process.pid
            assert pid is not None
            os.kill(pid, signal.SIGINT)
            await process.start("inspect")
            assert process.pid == pid

    asyncio.run(scenario())


def test_it_works_on_the_windows_loop(run: Run) -> None:
    async def scenario() -> None:
        async with worker() as process:
            (frame,) = await answer(process, "echo", b"x" * 300_000)
            assert len(frame.payload) == 300_000
            async with aclosing(process.request("first, then silence")) as frames:
                await anext(frames)
                pid = process.pid
            assert pid is not None
            assert await has_ended(pid)
            with pytest.raises(WorkerDied):
                await answer(process, "die")
            assert len(await answer(process, "count", to=3)) == 3

    run(scenario())


def user(code: str, *options: str) -> "subprocess.Popen[str]":
    """Another program that uses a worker: it runs `code` with one at hand."""
    lines = "\n        ".join(code.splitlines())
    whole = f"""
import asyncio, sys
from contextlib import aclosing
from desktop.worker.process import WorkerProcess

async def main():
    worker = WorkerProcess(sys.argv[1:])
    try:
        {lines}
    finally:
        await worker.aclose()

asyncio.run(main())
"""
    pipe = subprocess.PIPE
    command = [sys.executable, *options, "-c", whole, *SCRIPTED]
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True)


def test_nothing_complains_when_a_program_ends_that_used_one() -> None:
    code = """
async with aclosing(worker.request("count", {"to": 3})) as frames:
    print([frame.facts["number"] async for frame in frames])
async with aclosing(worker.request("first, then silence")) as frames:
    await anext(frames)
worker._idle = 0
async with aclosing(worker.request("first")) as frames:
    async for _ in frames: pass
while worker.pid is not None:
    await asyncio.sleep(0)
"""
    with user(code, "-X", "dev", "-W", "error") as process:
        assert process.communicate() == ("[0, 1, 2]\n", "")
        assert process.returncode == 0


def test_a_killed_program_leaves_no_child() -> None:
    code = """
async with aclosing(worker.request("first, then count, then first", {"to": 1 << 40})) as frames:
    await anext(frames)
    print(worker.pid, flush=True)
    async for _ in frames: pass
"""

    async def scenario() -> None:
        with user(code) as process:
            assert process.stdout is not None
            pid = int(process.stdout.readline())
            process.kill()
            assert await has_ended(pid)
            process.communicate()

    asyncio.run(scenario())
