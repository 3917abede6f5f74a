import asyncio
import os
import socket
import stat
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from desktop.instance.lock import InstanceLock, locked
from desktop.instance.message import MAX_BYTES, REFUSED, TAKEN, Handover, encoded
from desktop.instance.receiver import MOST_CALLERS, Receiver
from tests.conftest import Run
from tests.support.handing import Caller, Starts, starts
from tests.support.qt import first, heard

SAID = Handover(("/shots/a.png",), clipboard=True, token="token")


@pytest.fixture
def near() -> Iterator[Starts]:
    with starts() as begun:
        yield begun


class RunningApp:
    """An app as far as other starts know it: its lock, and its ear."""

    def __init__(self, near: Starts, silence_ms: int) -> None:
        lock = locked(near.place.locks)
        assert lock is not None
        self.lock: InstanceLock = lock
        self.receiver = Receiver(silence_ms)
        self.taken: list[Handover] = heard(self.receiver.handed_over)
        self.receiver.listen(near.place.address)


@asynccontextmanager
async def running(near: Starts, silence_ms: int = 30_000) -> AsyncIterator[RunningApp]:
    app = RunningApp(near, silence_ms)
    try:
        yield app
    finally:
        app.receiver.close()
        app.receiver.deleteLater()
        app.lock.release()


# ── starts ──────────────────────────────────────────────────────────────────────────────────────


def test_a_second_start_hands_over_and_ends(run: Run, near: Starts) -> None:
    async def scenario() -> None:
        async with running(near) as app:
            assert await near.begin("/shots/a.png", "https://example.com/b.png").outcome() == "handed over"
            assert await near.begin().outcome() == "handed over"

            assert app.taken == [Handover(("/shots/a.png", "https://example.com/b.png")), Handover()]

    run(scenario())


def test_of_many_starts_at_once_one_is_the_app_and_has_all(run: Run, near: Starts) -> None:
    async def scenario() -> None:
        begun = [near.begin(f"/shots/{number}.png") for number in range(6)]
        waiting = {asyncio.ensure_future(start.outcome()): start for start in begun}
        done, others = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        assert [each.result() for each in done] == ["first"]
        receiver = Receiver()
        taken: list[Handover] = heard(receiver.handed_over)
        receiver.listen(near.place.address)  # in the stead of the one that has the lock

        assert [await each for each in others] == ["handed over"] * 5
        came = {image for handover in taken for image in handover.images}
        (winner,) = (waiting[each] for each in done)
        assert came == {f"/shots/{number}.png" for number in range(6) if begun[number] is not winner}
        receiver.close()

    run(scenario())


def test_what_a_killed_app_left_is_taken_over(run: Run, near: Starts) -> None:
    async def scenario() -> None:
        killed = near.begin()
        assert await killed.outcome() == "first"
        await killed.kill()
        with socket.socket(socket.AF_UNIX) as left:
            left.bind(near.place.address)
        async with running(near) as app:
            assert await near.begin("/shots/a.png").outcome() == "handed over"
            assert len(app.taken) == 1

    run(scenario())


def test_who_starts_while_the_app_ends_is_the_next_one(run: Run, near: Starts) -> None:
    async def scenario() -> None:
        async with running(near) as app:
            app.receiver.close()
            following = near.begin("/shots/a.png")
            waiting = asyncio.ensure_future(following.outcome())
            # A third one says that the app neither listens nor lets go: by then the second has tried.
            assert await near.begin(patience=0).outcome() == "app_hangs"
            assert not waiting.done()
            app.lock.release()

            assert await waiting == "first"
            assert not app.taken
            await following.end()

    run(scenario())


def test_who_was_not_answered_before_the_end_is_the_next_one(run: Run, near: Starts) -> None:
    async def scenario() -> None:
        async with running(near) as app:
            following = near.begin("/shots/a.png")
            app.receiver._server.newConnection.connect(app.receiver.close)
            await first(app.receiver._server.newConnection)
            app.lock.release()

            assert await following.outcome() == "first"
            assert not app.taken
            await following.end()

    run(scenario())


def test_an_app_that_hangs_is_told_from_one_that_starts(run: Run, near: Starts) -> None:
    async def scenario() -> None:
        first_one = near.begin()
        assert await first_one.outcome() == "first"

        assert await near.begin(patience=0.3).outcome() == "app_hangs"
        await first_one.end()
        assert await near.begin().outcome() == "first"

    run(scenario())


def test_more_than_a_message_may_hold_is_said(run: Run, near: Starts) -> None:
    async def scenario() -> None:
        fits = "data:image/png;base64," + "A" * 100_000
        async with running(near) as app:
            assert await near.begin(*[fits] * 6).outcome() == "handover_too_long"
            assert await near.begin(*[fits] * 5).outcome() == "handed over"
            assert [len(handover.images) for handover in app.taken] == [5]

    run(scenario())


# ── other callers ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "words",
    [b"\n", b"hello\n", b'{"viewfinder": 2}\n', b"A" * (MAX_BYTES + 1), b"[" * MAX_BYTES + b"\n"],
    ids=["empty", "text", "another version", "too long", "deep"],
)
def test_what_is_no_message_is_refused(run: Run, near: Starts, words: bytes) -> None:
    async def scenario() -> None:
        async with running(near) as app:
            caller = Caller(near.place)
            await caller.say(words)

            assert await caller.answer() in (REFUSED, b"")
            assert await near.begin("/shots/a.png").outcome() == "handed over"
            assert len(app.taken) == 1

    run(scenario())


def test_a_message_comes_in_pieces_and_what_follows_is_not_heard(run: Run, near: Starts) -> None:
    async def scenario() -> None:
        async with running(near) as app:
            caller, line = Caller(near.place), encoded(SAID)
            for place in range(0, len(line), 7):
                await caller.say(line[place : place + 7])
            await caller.say(line)

            assert await caller.answer() in (TAKEN, b"")
            assert app.taken == [SAID]

    run(scenario())


def test_who_says_nothing_or_half_is_hung_up_on(run: Run, near: Starts) -> None:
    async def scenario() -> None:
        async with running(near, silence_ms=1) as app:
            silent, half = Caller(near.place), Caller(near.place)
            await half.say(encoded(SAID)[:20])

            assert await silent.answer() == b""
            assert await half.answer() == b""
            assert not app.taken

    run(scenario())


def test_who_leaves_early_or_hears_no_answer_does_no_harm(run: Run, near: Starts) -> None:
    async def scenario() -> None:
        async with running(near) as app:
            leaves, is_deaf = Caller(near.place), Caller(near.place)
            leaves.leave()
            await is_deaf.say(encoded(SAID))
            is_deaf.leave()

            assert await near.begin().outcome() == "handed over"
            assert Handover() in app.taken

    run(scenario())


def test_only_so_many_are_heard_at_a_time(run: Run, near: Starts) -> None:
    async def scenario() -> None:
        async with AsyncExitStack() as stack:
            app = await stack.enter_async_context(running(near))
            silent = []
            for _ in range(MOST_CALLERS):
                came = first(app.receiver._server.newConnection)
                silent.append(Caller(near.place))
                await came
            assert await Caller(near.place).answer() == b""
            waiting = near.begin("/shots/a.png")
            for caller in silent:
                caller.leave()

            assert await waiting.outcome() == "handed over"
            assert len(app.taken) == 1

    run(scenario())


def test_only_the_user_can_open_the_socket(run: Run, near: Starts) -> None:
    async def scenario() -> None:
        async with running(near):
            found = os.lstat(near.place.address)
            assert stat.S_ISSOCK(found.st_mode)
            assert stat.S_IMODE(found.st_mode) & 0o077 == 0
            assert stat.S_IMODE(os.lstat(Path(near.place.address).parent).st_mode) == 0o700
        with pytest.raises(FileNotFoundError):
            os.lstat(near.place.address)

    run(scenario())


def test_an_address_where_nothing_can_listen_is_said_in_the_log(
    run: Run, near: Starts, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        receiver = Receiver()
        receiver.listen(str(tmp_path / "gone" / "socket"))
        receiver.close()

    run(scenario())
    assert [record.name for record in caplog.records] == ["desktop.instance.receiver"]
    caplog.clear()
