"""The provider against a real server on a real socket."""

import asyncio
from contextlib import aclosing

import brotli
import pytest

from desktop.domain.errors import AppError
from desktop.domain.events import AnswerDraft, Finished, StreamEvent, TextDelta, Usage
from desktop.domain.images import ImageInput, Size, digest
from desktop.domain.messages import ChatRequest, user_message
from desktop.domain.provider_errors import (
    ConnectionLost,
    EmptyAnswer,
    NotAnAnswer,
    ServerUnreachable,
    TimedOut,
)
from desktop.domain.refusals import ServerFailed
from desktop.domain.settings import TimeLimits
from tests.support import seed
from tests.support.asking import ONE_IMAGE, PATIENT, TWO_IMAGES, answered, ask, chat_with, collect, refused
from tests.support.server import (
    End,
    Gate,
    Reply,
    Script,
    ScriptedServer,
    compressed,
    events,
    in_turn,
    raw,
    whole,
)

# ── ways in which an answer comes ───────────────────────────────────────────────────────────────

THE_ANSWER = answered(in_turn(events(seed.CURL_STREAM))).text
LENGTH = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"


@pytest.mark.parametrize(
    "reply",
    [
        events(*(seed.CURL_STREAM[i : i + 1] for i in range(len(seed.CURL_STREAM)))),
        raw(LENGTH, seed.CURL_STREAM),
        compressed(seed.CURL_STREAM),
        compressed(seed.CURL_STREAM, "br", brotli.compress),
        events(seed.CURL_STREAM.replace(b"\n", b"\r\n")),
        events(seed.CURL_STREAM, content_type="application/json"),
        events(seed.CURL_STREAM.removesuffix(b"data: [DONE]\n\n")),
        events(seed.CURL_STREAM.removesuffix(b"data: [DONE]\n\n"), End.CUT),
        events(seed.CURL_STREAM, End.RESET),
        events(seed.CURL_STREAM, End.HANG),
    ],
    ids=[
        "bytes",
        "unframed",
        "gzip",
        "brotli",
        "crlf",
        "mislabelled",
        "no-done",
        "cut-after",
        "reset",
        "hang",
    ],
)
def test_the_same_answer_comes_by_every_way(reply: Reply) -> None:
    draft = answered(in_turn(reply))
    assert draft.text == THE_ANSWER
    assert draft.finish == "stop"
    assert draft.usage == Usage(prompt_tokens=1276, completion_tokens=79, total_tokens=1355)


def test_events_come_while_the_server_is_still_talking() -> None:
    gate = Gate()
    first, rest = seed.CURL_STREAM[:700], seed.CURL_STREAM[700:]

    async def scenario(server: ScriptedServer) -> list[StreamEvent]:
        async with chat_with(server.url) as chat, aclosing(chat.stream(ONE_IMAGE)) as stream:
            early = await anext(stream)
            gate.open()
            return [early, *[event async for event in stream]]

    with ScriptedServer(in_turn(events(first, gate, rest))) as server:
        got = asyncio.run(scenario(server))
    assert got[0] == TextDelta("图")
    assert got[-1] == Finished("stop")


def test_a_stream_asked_for_in_one_piece_is_understood_too() -> None:
    assert answered(in_turn(events(seed.CURL_STREAM)), TWO_IMAGES).text == THE_ANSWER


def test_one_piece_instead_of_a_stream_is_understood_too() -> None:
    assert answered(in_turn(whole(seed.CURL_BODY))).finish == "stop"


def test_follow_ups_use_the_same_connection() -> None:
    async def scenario(server: ScriptedServer) -> None:
        async with chat_with(server.url) as chat:
            for _ in range(3):
                await collect(chat, ONE_IMAGE)

    with ScriptedServer(in_turn(events(seed.CURL_STREAM))) as server:
        asyncio.run(scenario(server))
        assert (len(server.requests), server.connections) == (3, 1)


def test_an_image_of_many_megabytes_arrives_whole() -> None:
    data = bytes(range(256)) * 40_000
    image = ImageInput("big.png", "image/png", data, Size(9, 9), digest(data))
    with ScriptedServer(in_turn(whole(seed.CURL_BODY))) as server:
        ask(server.url, ChatRequest("m", (user_message("?", (image,)),)))
        url = server.requests[0].json["messages"][0]["content"][1]["image_url"]["url"]
    assert url.startswith("data:image/png;base64,AAECAwQF")
    assert len(url) == len("data:image/png;base64,") + 4 * -(-len(data) // 3)


# ── ends ────────────────────────────────────────────────────────────────────────────────────────


def test_stopping_hangs_up() -> None:
    async def scenario(server: ScriptedServer) -> None:
        async with chat_with(server.url) as chat:
            async with aclosing(chat.stream(ONE_IMAGE)) as stream:
                assert await anext(stream) == TextDelta("图")
            assert await asyncio.to_thread(server.hung_up.wait, 10)

    with ScriptedServer(in_turn(events(seed.CURL_STREAM[:700], End.HANG))) as server:
        asyncio.run(scenario(server))


@pytest.mark.parametrize("before", [b"", b": thinking\n\n"])
def test_cancelling_while_the_server_is_silent_hangs_up(before: bytes) -> None:
    gate = Gate()

    async def scenario(server: ScriptedServer) -> None:
        async with chat_with(server.url) as chat:
            asking = asyncio.create_task(collect(chat, ONE_IMAGE))
            assert await asyncio.to_thread(gate.reached.wait, 10)
            asking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asking
            assert await asyncio.to_thread(server.hung_up.wait, 10)

    with ScriptedServer(in_turn(events(before, gate))) as server:
        asyncio.run(scenario(server))


def partial(script: Script, limits: TimeLimits = PATIENT) -> tuple[str, AppError]:
    """What came before the error, and the error."""

    draft = AnswerDraft()

    async def scenario(server: ScriptedServer) -> None:
        async with chat_with(server.url, limits=limits) as chat, aclosing(chat.stream(ONE_IMAGE)) as stream:
            async for event in stream:
                draft.apply(event)

    with ScriptedServer(script) as server, pytest.raises(AppError) as error:
        asyncio.run(scenario(server))
    return draft.text, error.value


@pytest.mark.parametrize("end", [End.CUT, End.RESET])
def test_a_lost_connection_leaves_what_came(end: End) -> None:
    gate = Gate()
    gate.open()
    text, error = partial(in_turn(events(seed.CURL_STREAM[:2000], gate, end)))
    assert isinstance(error, ConnectionLost)
    assert end is End.RESET or (THE_ANSWER.startswith(text) and text)


def test_a_silent_server_is_given_up_after_the_limit() -> None:
    text, error = partial(
        in_turn(events(seed.CURL_STREAM[:2000], End.HANG)), TimeLimits(idle=0.6, thinking=0.6)
    )
    assert text
    assert isinstance(error, TimedOut)
    assert error.facts["seconds"] == 1


def test_an_end_without_a_reason_counts_as_interrupted() -> None:
    draft = answered(in_turn(raw(LENGTH, seed.CURL_STREAM[:2000])))
    assert draft.finish == "interrupted"
    assert THE_ANSWER.startswith(draft.text)


def test_an_error_inside_a_stream_comes_after_the_text() -> None:
    moderated = (
        b'data: {"error":{"code":"data_inspection_failed","message":"Output may be inappropriate."}}\n\n'
    )
    text, error = partial(in_turn(events(seed.CURL_STREAM[:2000].rpartition(b"data:")[0] + moderated)))
    assert text
    assert error.kind == "content_refused"


def test_nobody_there_is_said() -> None:
    with ScriptedServer(in_turn(whole(b""))) as server:
        url = server.url
    with pytest.raises(ServerUnreachable, match=r"Nothing answers at 127\.0\.0\.1:\d+"):
        ask(url)


@pytest.mark.parametrize(
    "reply",
    [
        whole(b"<!DOCTYPE html><title>Hotel &amp; Spa</title>", content_type="text/html"),
        whole(b'{"hello": "world"}'),
        whole(b"[" * 100_000),
        whole(b"1" * 5_000),
        whole(b"It works!", content_type="text/plain"),
        whole(b"", status=301, headers={"Location": "https://elsewhere.example/"}),
        whole(b"<html>Not here</html>", status=404, content_type="text/html"),
        events(b"\x1f\x8bnot gzip at all", headers={"Content-Encoding": "gzip"}),
    ],
)
def test_what_is_no_answer_gets_a_sentence(reply: Reply) -> None:
    error = refused(in_turn(reply), NotAnAnswer)
    assert "127.0.0.1" in str(error)


@pytest.mark.parametrize(
    "reply",
    [whole(b""), whole(b" \n", content_type="text/plain"), whole(b"", status=204), events(b": hi\n\n")],
)
def test_nothing_at_all_is_told_as_that(reply: Reply) -> None:
    assert "nothing at all" in str(refused(in_turn(reply), EmptyAnswer))


def test_a_redirect_is_told_and_not_followed() -> None:
    with ScriptedServer(in_turn(whole(seed.CURL_BODY))) as elsewhere:
        moved = whole(b"", status=307, headers={"Location": elsewhere.url})
        error = refused(in_turn(moved), NotAnAnswer)
        assert elsewhere.url in str(error)
        assert not elsewhere.requests


def test_an_error_that_breaks_off_is_still_judged_by_its_status() -> None:
    head = b"HTTP/1.1 503 No\r\nContent-Length: 4000\r\n\r\n"
    assert refused(in_turn(raw(head, b"Out of ")), ServerFailed).detail == "Out of"


def test_an_endless_error_is_read_only_in_part() -> None:
    head = b"HTTP/1.1 500 No\r\nContent-Length: 100000000\r\n\r\n"
    error = refused(in_turn(raw(head, b"x" * 70_000, End.HANG)), ServerFailed)
    assert len(error.detail) == 2_000
