"""Servers that mean no good: what they send costs little memory, and lets the window live."""

import asyncio
import gzip
import json
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

import brotli
import pytest

from desktop.domain.provider_errors import EmptyAnswer, NotAnAnswer
from desktop.domain.refusals import RequestRejected
from desktop.providers.openai_chat import OpenAIChat
from tests.support.asking import ONE_IMAGE, ask, chat_with, collect
from tests.support.server import Reply, ScriptedServer, compressed, events, in_turn, raw, whole
from tests.support.torrents import TORRENTS
from tests.support.waiting import PATIENCE

WORD = b'data: {"choices":[{"delta":{"content":"a"},"index":0}]}\n\n'
END = b'data: {"choices":[{"delta":{},"finish_reason":"stop","index":0}]}\n\ndata: [DONE]\n\n'
MEGABYTE = 1_000_000
BLANKS = b" " * (200 * MEGABYTE)
BOMBS = {
    "gzip": gzip.compress(BLANKS),
    "br": brotli.compress(BLANKS, quality=5),
    "gzip, gzip": gzip.compress(gzip.compress(BLANKS)),
}
ALL_BOMBS = pytest.mark.parametrize(("encoding", "bomb"), BOMBS.items(), ids=BOMBS)


@contextmanager
def little_memory(megabytes: int) -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < megabytes * MEGABYTE
    finally:
        tracemalloc.stop()


@ALL_BOMBS
def test_a_refusal_that_holds_far_more_than_it_weighs(encoding: str, bomb: bytes) -> None:
    reply = whole(bomb, status=400, headers={"Content-Encoding": encoding})
    with ScriptedServer(in_turn(reply)) as server, little_memory(5), pytest.raises(RequestRejected):
        ask(server.url)


@ALL_BOMBS
def test_a_list_of_models_that_does(encoding: str, bomb: bytes) -> None:
    async def listed(url: str) -> None:
        async with chat_with(url) as chat:
            await chat.models()

    reply = whole(bomb, headers={"Content-Encoding": encoding})
    with ScriptedServer(in_turn(reply)) as server, little_memory(40), pytest.raises(NotAnAnswer):
        asyncio.run(listed(server.url))


def test_a_stream_that_does_ends_with_the_first_event_that_is_too_large() -> None:
    reply = compressed(b"data: " + b"x" * (100 * MEGABYTE))
    with ScriptedServer(in_turn(reply)) as server, little_memory(40), pytest.raises(NotAnAnswer):
        ask(server.url)


def test_a_body_that_is_packed_over_and_over_is_no_answer() -> None:
    reply = events(WORD, END, headers={"Content-Encoding": ", ".join(["gzip"] * 500)})
    with ScriptedServer(in_turn(reply)) as server, pytest.raises(NotAnAnswer):
        ask(server.url)


# ── turns of others ─────────────────────────────────────────────────────────────────────────────


@asynccontextmanager
async def counted_turns() -> AsyncIterator[Callable[[], int]]:
    """How often another task had its turn meanwhile."""
    turns = 0

    async def restless() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    task = asyncio.create_task(restless())
    try:
        yield lambda: turns
    finally:
        task.cancel()


def turns_during(reply: Reply, what: Callable[[OpenAIChat], Awaitable[object]]) -> int:
    async def scenario(url: str) -> int:
        async with chat_with(url) as chat, counted_turns() as turns:
            before = turns()
            await what(chat)
            return turns() - before

    with ScriptedServer(in_turn(reply)) as server:
        return asyncio.run(scenario(server.url))


async def answer(chat: OpenAIChat) -> None:
    draft = await collect(chat, ONE_IMAGE)
    assert (draft.text[:1], draft.finish) == ("a", "stop")


def in_tiny_chunks(body: bytes, content_type: str) -> Reply:
    """All in one write."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    chunks = b"".join(b"1\r\n%c\r\n" % byte for byte in body)
    return raw(head + chunks + b"0\r\n\r\n")


def test_thousands_of_tiny_chunks_in_one_read_leave_turns_to_others() -> None:
    body = WORD * 500 + END
    assert turns_during(in_tiny_chunks(body, "text/event-stream"), answer) > len(body) / 64


def test_so_does_a_list_of_models_in_tiny_chunks() -> None:
    body = json.dumps({"data": [{"id": f"model-{n}"} for n in range(1_000)]}).encode()
    reply = in_tiny_chunks(body, "application/json")
    assert turns_during(reply, lambda chat: chat.models()) > len(body) / 64


@pytest.mark.parametrize("filling", [WORD, b"data: {}\n\n", b":\n\n", b"\n", b"data: {}\r\r"])
def test_thousands_of_events_in_one_chunk_leave_turns_to_others(filling: bytes) -> None:
    body = filling * (400_000 // len(filling))
    assert turns_during(events(body + WORD + END), answer) > len(body) / 4_096


def test_so_do_thousands_that_are_packed() -> None:
    body = b":\n\n" * 1_000_000
    assert turns_during(compressed(body + WORD + END), answer) > len(body) / 65_536


def test_what_follows_a_packed_body_is_not_kept() -> None:
    body = gzip.compress(WORD + END.removesuffix(b"data: [DONE]\n\n"))
    reply = events(body, *[b"x" * 65_536] * 500, headers={"Content-Encoding": "gzip"})
    with ScriptedServer(in_turn(reply)) as server, little_memory(5):
        assert ask(server.url).text == "a"


def test_a_server_that_goes_on_behind_the_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.providers.openai_chat._LAST_WORDS_SECONDS", 0.0)
    _, reply = TORRENTS["words behind the end"].reply(0)
    with ScriptedServer(lambda _: reply) as server:
        draft = ask(server.url)
        assert server.hung_up.wait(PATIENCE)
    assert (draft.text, draft.finish) == ("So: ", "stop")


def test_a_stream_of_blanks_is_empty_in_the_end() -> None:
    with ScriptedServer(in_turn(compressed(b" " * MEGABYTE))) as server, pytest.raises(EmptyAnswer):
        ask(server.url)
