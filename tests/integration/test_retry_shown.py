"""A retry is told to whoever shows the conversation, and forgotten with the next event."""

import asyncio

from desktop.domain.events import Finished, RetryScheduled, TextDelta
from desktop.domain.messages import user_message
from desktop.domain.provider_errors import ConnectionLost
from tests.conftest import Run
from tests.support.chatting import ChatBench
from tests.support.qt import first, heard
from tests.support.talking import unkept_talk

LOST = ConnectionLost(host="a.example")
QUESTION = user_message("What?")


async def waiting() -> tuple[ChatBench, asyncio.Event]:
    """A chat whose answer waits to be asked for again, and what lets it come."""
    bench, gate = ChatBench(), asyncio.Event()
    bench.backend.answer_with(RetryScheduled(LOST, 4.0), gate, TextDelta("So."), Finished("stop"))
    bench.chat.send(QUESTION)
    await first(bench.chat.transcript.changed)
    return bench, gate


def test_it_is_shown_until_something_comes(run: Run) -> None:
    async def scenario() -> None:
        bench, gate = await waiting()
        retry = bench.chat.transcript[1].retry
        assert retry is not None
        assert retry.error is LOST
        gate.set()
        await bench.idle()
        assert bench.chat.transcript[1].retry is None
        assert bench.shown() == "So."
        assert bench.ended[0].error is None
        assert not bench.ended[0].notices

    run(scenario())


def test_it_is_still_known_when_the_conversation_is_shown_again(run: Run) -> None:
    async def scenario() -> None:
        bench, gate = await waiting()
        behind = bench.chat.talk
        bench.chat.open(unkept_talk(bench.backend, bench.tasks))
        bench.chat.open(behind)
        assert bench.chat.transcript[1].retry is not None
        gate.set()
        await bench.idle()

    run(scenario())


def test_stop_ends_the_wait_at_once(run: Run) -> None:
    async def scenario() -> None:
        bench, _gate = await waiting()
        changes = heard(bench.chat.transcript.changed)
        bench.chat.stop()
        assert not bench.chat.is_busy
        assert changes == [1]
        assert bench.chat.transcript[1].retry is None
        assert bench.ended[0].finish == "cancelled"
        await bench.tasks.aclose()

    run(scenario())


def test_what_is_kept_of_it_holds_no_frames(run: Run) -> None:
    async def scenario() -> None:
        bench = ChatBench()
        error = ConnectionLost(host="a.example")
        error.__cause__ = OSError("its frames hold the request")
        bench.backend.answer_with(RetryScheduled(error, 4.0), Finished("stop"))
        bench.chat.send(QUESTION)
        await bench.idle()
        assert not any((error.__traceback__, error.__cause__, error.__context__))

    run(scenario())
