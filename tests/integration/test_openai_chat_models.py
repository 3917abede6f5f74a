"""Lists of models, the cheap question behind "Test", and the key."""

import asyncio
import logging
import traceback

import pytest

from desktop.domain.errors import AppError
from desktop.domain.models import Listed
from desktop.domain.profiles import PROFILES
from desktop.domain.provider_errors import ConnectionLost, NotAnAnswer, ProviderError
from desktop.domain.refusals import KeyMissing, KeyRejected
from desktop.domain.settings import ProviderKind
from desktop.providers.http import client_over
from desktop.providers.model_lists import LARGEST_LIST
from desktop.providers.openai_chat import OpenAIChat
from desktop.providers.routes import open_routes
from tests.support import seed
from tests.support.asking import KEY, ONE_IMAGE, ask, chat_with, collect
from tests.support.server import (
    End,
    Script,
    ScriptedServer,
    by_path,
    events,
    in_turn,
    raw,
    whole,
)

# ── models and the cheap question ───────────────────────────────────────────────────────────────


def listed(server: ScriptedServer, kind: ProviderKind = "custom") -> tuple[Listed, ...]:
    async def scenario() -> tuple[Listed, ...]:
        async with client_over(await open_routes()) as client:
            chat = OpenAIChat(client=client, base_url=server.url, key=KEY, profile=PROFILES[kind])
            return await chat.models()

    return asyncio.run(scenario())


def listed_ids(script: Script) -> tuple[str, ...]:
    with ScriptedServer(script) as server:
        return tuple(model.id for model in listed(server))


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        ({"object": "list", "data": [{"id": "a", "object": "model"}, {"id": "b"}]}, ("a", "b")),
        ([{"id": "a"}], ("a",)),
        ({"data": []}, ()),
        ({"data": [{"id": 7}, None, {"title": "x"}, {"id": "a"}]}, ("a",)),
        ({"models": [{"name": "a"}, {"model": "b"}]}, ("a", "b")),
    ],
)
def test_models_are_listed(body: object, ids: tuple[str, ...]) -> None:
    assert listed_ids(by_path({"/v1/models": whole(body)})) == ids


@pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b"7", b"[" * 100_000, b'{"data": {}}'])
def test_what_is_no_list_of_models_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(NotAnAnswer):
        listed_ids(in_turn(whole(body)))


def test_a_list_that_breaks_off_is_a_lost_connection() -> None:
    with pytest.raises(ConnectionLost):
        listed_ids(in_turn(raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", b'{"data": [')))


def test_what_ollama_tells_of_a_model_is_asked_for_at_its_own_place() -> None:
    replies = {
        "/v1/models": whole({"data": [{"id": "llava:7b"}]}),
        "/api/tags": whole({"models": [{"name": "llava:7b"}]}),
        "/api/show": whole({"capabilities": ["completion", "vision"], "modelfile": "…"}),
    }
    with ScriptedServer(by_path(replies)) as server:
        assert listed(server, "ollama") == (Listed("llava:7b", sees=True, thinking="none"),)
        assert [each.target for each in server.requests] == ["/v1/models", "/api/tags", "/api/show"]
        assert (server.requests[-1].method, server.requests[-1].json) == ("POST", {"model": "llava:7b"})
        assert {each.headers["authorization"] for each in server.requests} == {f"Bearer {KEY}"}


def test_dashscopes_own_list_stands_in_for_the_other() -> None:
    replies = {"/api/v1/models": whole({"output": {"models": [{"model": "qwen-vl-max"}]}})}
    with ScriptedServer(by_path(replies)) as server:
        assert listed(server, "dashscope") == (Listed("qwen-vl-max"),)
        assert server.requests[-1].target == "/api/v1/models?page_no=1&page_size=100"


def test_a_list_is_no_longer_than_what_can_be_kept() -> None:
    endless = raw(b"HTTP/1.1 200 OK\r\n\r\n", b'{"data": [', b" " * (LARGEST_LIST + 1), End.CUT)
    with pytest.raises(ProviderError):
        listed_ids(in_turn(endless))


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
