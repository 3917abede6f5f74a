"""A stream may be left anywhere: nothing of it is left to the garbage collector, on Qt's loop too."""

import asyncio
import gc
import sys
from collections.abc import Callable, Coroutine
from contextlib import aclosing, suppress
from typing import Any

import brotli
import pytest
from PySide6.QtWidgets import QApplication

from desktop.domain.events import AnswerDraft, TextDelta
from desktop.domain.provider_errors import NotAnAnswer
from desktop.domain.refusals import ServerFailed
from desktop.runtime.loop import qt_loop
from tests.support import seed
from tests.support.asking import ONE_IMAGE, chat_with, collect
from tests.support.server import End, Gate, Reply, ScriptedServer, compressed, events, in_turn, raw

Run = Callable[[Coroutine[Any, Any, Any]], Any]

SOME = seed.CURL_STREAM[:700]
ENDLESS_ERROR = raw(b"HTTP/1.1 500 No\r\nContent-Length: 100000000\r\n\r\n", b"x" * 70_000, End.HANG)


@pytest.fixture
def run(qapp: QApplication) -> Run:
    def run(scenario: Coroutine[Any, Any, Any]) -> Any:
        with qt_loop(qapp) as loop:
            result = loop.run_until_complete(scenario)
        del loop
        # Its timers are QObjects: a server's thread must not be the one that collects them.
        gc.collect()
        return result

    return run


def watch(found: list[str]) -> None:
    """Collect, instead of closing, generators that reach the garbage collector half way from now on."""
    sys.set_asyncgen_hooks(finalizer=lambda generator: found.append(repr(generator)))


async def leave(server: ScriptedServer, events_wanted: int, found: list[str]) -> None:
    watch(found)
    with suppress(NotAnAnswer, ServerFailed):
        await ask(server, events_wanted)


async def ask(server: ScriptedServer, events_wanted: int) -> None:
    async with chat_with(server.url) as chat, aclosing(chat.stream(ONE_IMAGE)) as stream:
        for _ in range(events_wanted):
            if await anext(stream, None) is None:
                break


@pytest.mark.parametrize("events_wanted", [0, 1, 3, 1_000])
@pytest.mark.parametrize(
    "reply",
    [
        events(seed.CURL_STREAM),
        events(seed.CURL_STREAM, End.HANG),
        compressed(seed.CURL_STREAM),
        compressed(seed.CURL_STREAM, "br", brotli.compress),
        events(b"<html>", b"<p>" * 1_000, End.HANG),
        ENDLESS_ERROR,
    ],
    ids=["whole", "open", "gzip", "brotli", "html", "error"],
)
def test_no_generator_is_left_half_way(run: Run, reply: Reply, events_wanted: int) -> None:
    abandoned: list[str] = []
    with ScriptedServer(in_turn(reply)) as server:
        run(leave(server, events_wanted, abandoned))
    assert abandoned == []


def test_closing_the_stream_hangs_up(run: Run) -> None:
    async def scenario(server: ScriptedServer) -> None:
        async with chat_with(server.url) as chat:
            async with aclosing(chat.stream(ONE_IMAGE)) as stream:
                assert await anext(stream) == TextDelta("图")
            assert await asyncio.to_thread(server.hung_up.wait, 10)

    with ScriptedServer(in_turn(events(SOME, End.HANG))) as server:
        run(scenario(server))


def test_cancelling_the_task_hangs_up(run: Run) -> None:
    silence = Gate()
    abandoned: list[str] = []

    async def scenario(server: ScriptedServer) -> None:
        watch(abandoned)
        async with chat_with(server.url) as chat:
            asking = asyncio.create_task(collect(chat, ONE_IMAGE))
            assert await asyncio.to_thread(silence.reached.wait, 10)
            asking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asking
            assert await asyncio.to_thread(server.hung_up.wait, 10)

    with ScriptedServer(in_turn(events(SOME, silence))) as server:
        run(scenario(server))
    assert abandoned == []


def test_the_whole_answer_comes_on_qts_loop_too(run: Run) -> None:
    async def scenario(server: ScriptedServer) -> AnswerDraft:
        async with chat_with(server.url) as chat:
            return await collect(chat, ONE_IMAGE)

    pieces = [seed.CURL_STREAM[i : i + 7] for i in range(0, len(seed.CURL_STREAM), 7)]
    with ScriptedServer(in_turn(events(*pieces))) as server:
        draft = run(scenario(server))
    assert draft.finish == "stop"
    assert draft.text.endswith("友谊时刻。")
