"""One request at a time: what is said of it, and when."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from desktop.domain.errors import AppError, KeyringSlow
from desktop.domain.events import Finished, StreamEvent, TextDelta
from desktop.domain.messages import ChatRequest, user_message
from desktop.domain.ports import AnswerSource
from desktop.domain.provider_errors import ServerUnreachable
from desktop.runtime.tasks import TaskOwner
from desktop.runtime.worker import Prepared, RequestWorker
from tests.conftest import Run
from tests.support.qt import first, heard
from tests.support.scripted import ScriptedSource, Step

REQUEST = ChatRequest("a-model", (user_message("What is this?"),))
HELLO = TextDelta("Hello")


class Bench:
    """A worker, and everything that it said."""

    def __init__(self) -> None:
        self.tasks = TaskOwner()
        self.worker = RequestWorker(self.tasks)
        self.said = heard(self.worker.event_received)
        self.errors = heard(self.worker.failed)

    def send(self, *steps: Step) -> ScriptedSource:
        source = ScriptedSource(steps)
        self.worker.send(lambda: _found(source))
        return source

    async def idle(self) -> None:
        """Until the request has ended and said so."""
        while self.worker.is_busy:
            await first(self.worker.event_received)


async def _found(source: AnswerSource) -> Prepared:
    return Prepared(source, REQUEST)


def test_events_come_in_order_and_finished_last(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        source = bench.send(HELLO, TextDelta("!"), Finished("length"))
        await bench.idle()

        assert bench.said == [HELLO, TextDelta("!"), Finished("length")]
        assert source.requests == [REQUEST]
        assert not bench.errors

    run(scenario())


def test_a_stream_that_does_not_say_how_it_ended_was_interrupted(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.send(HELLO)
        await bench.idle()

        assert bench.said == [HELLO, Finished("interrupted")]

    run(scenario())


def test_stopped_before_its_first_step_nobody_is_asked(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        source = bench.send(HELLO)
        bench.worker.stop()
        assert bench.said == [Finished("cancelled")]
        await bench.tasks.aclose()

        assert bench.said == [Finished("cancelled")]
        assert not source.requests
        assert not bench.worker.is_busy

    run(scenario())


def test_stopped_by_whoever_hears_an_event_no_other_follows(run: Run) -> None:
    class Stubborn:
        """Goes on although it is cancelled, as a task does until its next await."""

        closed = False

        async def stream(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
            try:
                for number in range(5):
                    yield TextDelta(str(number))
            finally:
                self.closed = True

    async def scenario() -> None:
        bench, source = Bench(), Stubborn()
        bench.worker.event_received.connect(
            lambda event: bench.worker.stop() if event == TextDelta("1") else None
        )
        bench.worker.send(lambda: _found(source))
        await bench.idle()
        await bench.tasks.aclose()

        assert bench.said == [TextDelta("0"), TextDelta("1"), Finished("cancelled")]
        assert source.closed

    run(scenario())


def test_another_request_can_follow_a_stop_at_once(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.send(HELLO, asyncio.Event(), TextDelta("never"))
        await first(bench.worker.event_received)
        bench.worker.stop()
        bench.send(TextDelta("second"), Finished("stop"))
        await bench.idle()

        assert bench.said == [HELLO, Finished("cancelled"), TextDelta("second"), Finished("stop")]

    run(scenario())


def test_stopping_what_does_not_run_says_nothing(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.worker.stop()

        assert not bench.said

    run(scenario())


def test_an_error_is_told_before_the_end(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        order: list[Any] = []
        bench.worker.failed.connect(order.append)
        bench.worker.event_received.connect(order.append)
        error = ServerUnreachable(host="example.com")
        bench.send(HELLO, error)
        await bench.idle()

        assert order == [HELLO, error, Finished("interrupted")]

    run(scenario())


def test_whoever_should_answer_may_not_be_found(run: Run) -> None:
    async def scenario() -> None:
        bench, error = Bench(), KeyringSlow(seconds=20)

        async def none() -> Prepared:
            raise error

        bench.worker.send(none)
        await bench.idle()

        assert bench.errors == [error]
        assert bench.said == [Finished("interrupted")]

    run(scenario())


def test_an_error_after_a_stop_is_nobody_s_business(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()

        async def fail_when_stopped() -> Prepared:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                raise AppError from None
            raise AssertionError

        bench.worker.send(fail_when_stopped)
        await asyncio.sleep(0)
        bench.worker.stop()
        await bench.tasks.aclose()

        assert bench.said == [Finished("cancelled")]
        assert not bench.errors

    run(scenario())


def test_a_bug_ends_the_answer_and_is_logged(run: Run, caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        bench = Bench()

        async def bug() -> Prepared:
            raise ZeroDivisionError

        bench.worker.send(bug)
        await bench.idle()

        assert bench.said == [Finished("interrupted")]

    run(scenario())

    assert [record.getMessage() for record in caplog.records] == ["task request failed"]
    caplog.clear()


def test_closing_the_app_stops_the_answer(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.send(HELLO, asyncio.Event())
        await first(bench.worker.event_received)
        await bench.tasks.aclose()

        assert bench.said == [HELLO, Finished("cancelled")]

    run(scenario())


def test_an_error_that_is_told_holds_no_frames(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        error = ServerUnreachable(host="example.org")
        error.__cause__ = OSError("its frames hold the request")
        bench.send(error)
        await bench.idle()

        assert bench.errors == [error]
        assert not any((error.__traceback__, error.__cause__, error.__context__))

    run(scenario())
