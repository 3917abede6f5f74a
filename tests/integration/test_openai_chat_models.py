"""Lists of models, the cheap question behind "Test", and the key."""

import asyncio
import logging
import traceback

import pytest

from desktop.domain.errors import AppError
from desktop.domain.provider_errors import ConnectionLost, NotAnAnswer
from desktop.domain.refusals import KeyMissing, KeyRejected
from tests.support import seed
from tests.support.asking import KEY, ONE_IMAGE, ask, chat_with, collect
from tests.support.server import (
    Script,
    ScriptedServer,
    by_path,
    events,
    in_turn,
    raw,
    whole,
)

# ── models and the cheap question ───────────────────────────────────────────────────────────────


def listed(script: Script) -> tuple[str, ...]:
    async def scenario(server: ScriptedServer) -> tuple[str, ...]:
        async with chat_with(server.url) as chat:
            return await chat.models()

    with ScriptedServer(script) as server:
        return asyncio.run(scenario(server))


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        ({"object": "list", "data": [{"id": "a", "object": "model"}, {"id": "b"}]}, ("a", "b")),
        ([{"id": "a"}], ("a",)),
        ({"data": []}, ()),
        ({"data": [{"id": 7}, None, {"name": "x"}, {"id": "a"}]}, ("a",)),
    ],
)
def test_models_are_listed(body: object, ids: tuple[str, ...]) -> None:
    assert listed(by_path({"/v1/models": whole(body)})) == ids


@pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b"7", b"[" * 100_000, b'{"data": {}}'])
def test_what_is_no_list_of_models_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(NotAnAnswer):
        listed(in_turn(whole(body)))


def test_a_list_that_breaks_off_is_a_lost_connection() -> None:
    with pytest.raises(ConnectionLost):
        listed(in_turn(raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", b'{"data": [')))


def checked(server: ScriptedServer, model: str = "m", key: str | None = KEY) -> int | None:
    async def scenario() -> int | None:
        async with chat_with(server.url, key) as chat:
            return await chat.check(model)

    return asyncio.run(scenario())


def test_a_check_counts_the_models_where_a_server_lists_them() -> None:
    with ScriptedServer(in_turn(whole({"data": [{"id": "a"}, {"id": "b"}]}))) as server:
        assert checked(server) == 2
        assert [request.target for request in server.requests] == ["/v1/models"]


@pytest.mark.parametrize("status", [400, 404, 405])
def test_a_check_asks_for_one_token_where_a_server_lists_nothing(status: int) -> None:
    replies = {
        "/models": whole({"error": "GET is not supported"}, status=status),
        "/chat/completions": events(seed.CURL_STREAM),
    }
    with ScriptedServer(by_path(replies)) as server:
        assert checked(server, "qwen-vl-plus") is None
        assert server.requests[-1].json["max_tokens"] == 1
        assert server.requests[-1].json["model"] == "qwen-vl-plus"


@pytest.mark.parametrize(("key", "kind"), [(KEY, KeyRejected), (None, KeyMissing), ("", KeyMissing)])
def test_a_check_tells_what_is_wrong_with_the_key(key: str | None, kind: type[AppError]) -> None:
    with ScriptedServer(in_turn(whole(seed.ERROR_BODY, status=401))) as server:
        with pytest.raises(kind):
            checked(server, key=key)
        assert ("authorization" in server.requests[0].headers) is bool(key)


def test_a_check_without_a_model_ends_with_the_list() -> None:
    with ScriptedServer(by_path({})) as server:
        with pytest.raises(NotAnAnswer):
            checked(server, model="")
        assert len(server.requests) == 1


# ── the key ─────────────────────────────────────────────────────────────────────────────────────


def test_a_key_is_sent_clean() -> None:
    with ScriptedServer(in_turn(events(seed.CURL_STREAM))) as server:
        ask(server.url, key=f"“Bearer {KEY}”\n")
        assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


def test_the_key_is_in_no_log_no_error_and_no_repr(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    echo = {"error": {"message": f"Incorrect API key provided: {KEY}", "code": "invalid_api_key"}}

    async def scenario(server: ScriptedServer) -> tuple[str, AppError]:
        async with chat_with(server.url) as chat:
            try:
                await collect(chat, ONE_IMAGE)
            except AppError as error:
                return repr(chat), error
        raise AssertionError("not refused")

    with ScriptedServer(in_turn(whole(echo, status=401))) as server:
        shown, error = asyncio.run(scenario(server))
        assert KEY in server.requests[0].headers["authorization"]
    trace = "".join(traceback.format_exception(error))
    assert "send_request_headers" in caplog.text, "httpcore's own log was listened to"
    assert KEY not in shown + trace + error.detail + repr(error.facts) + caplog.text
