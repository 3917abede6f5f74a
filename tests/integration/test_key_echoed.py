"""Servers and proxies that repeat what they were sent, wherever they can."""

import asyncio
import base64
import logging
from urllib.parse import quote

import pytest

from desktop.domain.provider_errors import ProviderError, ProxyRefused
from desktop.domain.settings import Network
from desktop.providers.http import client_over
from desktop.providers.masking import PART
from desktop.providers.openai_chat import OpenAIChat
from desktop.providers.routes import open_routes
from tests.support.asking import KEY, ask
from tests.support.blunt_server import BluntServer
from tests.support.server import Reply, ScriptedServer, events, in_turn, raw, whole

PASSWORD = "correct-horse-battery"
BASIC = base64.b64encode(f"me:{PASSWORD}".encode()).decode()

SAID = {
    "a place to go to": whole(b"", status=308, headers={"Location": f"https://other.test/{KEY}?k={KEY}"}),
    "a place that is none": whole(b"", status=302, headers={"Location": f"http://[{KEY}/"}),
    "no head of an answer": raw(f"Authorization: Bearer {KEY}\r\n\r\n".encode()),
    "a head with a strange line": raw(f"HTTP/1.1 200 OK\r\n{KEY}\r\n\r\n".encode()),
    "a request id": whole(b"no", status=400, headers={"X-Request-Id": KEY}),
    "encoded": whole(quote(f"Bearer {KEY}").encode(), status=401),
    "base64": whole({"error": base64.b64encode(KEY.encode()).decode()}, status=500),
    "shortened": whole({"error": {"message": f"Wrong key {KEY[:20]}…"}}, status=401),
    "cut in two": whole({"error": {"message": "x" * 1_990 + KEY}}, status=400),
    "within a stream": events(b'data: {"error":{"message":"' + KEY.encode() + b'"}}\n\n'),
    "in the place of a stream": events(b"data: " + KEY.encode() + b"\n\n"),
    "a page": whole(f"<title>{KEY}</title>".encode(), status=404, content_type="text/html"),
}


def is_free_of(secret: str, error: BaseException) -> bool:
    """Whether none of what an error can show holds a part of `secret`."""
    shown = f"{error} {error!r} {vars(error)}"
    return not any(secret[n : n + PART] in shown for n in range(len(secret) - PART + 1))


@pytest.mark.parametrize("reply", SAID.values(), ids=SAID)
def test_a_key_that_a_server_repeats_stands_in_no_error_and_no_log(
    reply: Reply, caplog: pytest.LogCaptureFixture
) -> None:
    with ScriptedServer(in_turn(reply)) as server, pytest.raises(ProviderError) as caught:
        ask(server.url)
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert is_free_of(KEY, caught.value)
    assert is_free_of(base64.b64encode(KEY.encode()).decode(), caught.value)


def test_a_key_that_a_server_repeats_at_its_list_of_models_neither() -> None:
    async def listed(url: str) -> None:
        async with client_over(await open_routes(Network("none"))) as client:
            await OpenAIChat(client=client, base_url=url, key=KEY).models()

    for reply in SAID.values():
        with ScriptedServer(in_turn(reply)) as server, pytest.raises(ProviderError) as caught:
            asyncio.run(listed(server.url))
        assert is_free_of(KEY, caught.value)


@pytest.mark.parametrize("said", [PASSWORD, BASIC, f"Basic {BASIC}"])
def test_a_password_that_a_proxy_repeats_stands_in_no_error(said: str) -> None:
    async def asked(port: int) -> None:
        network = Network("custom", f"http://127.0.0.1:{port}", "me")
        async with client_over(await open_routes(network, password)) as client:
            await client.get("https://model.test/")

    async def password() -> str:
        return PASSWORD

    answer = f"HTTP/1.1 403 {said}\r\n\r\n".encode()
    with BluntServer(answer) as proxy, pytest.raises(ProxyRefused) as caught:
        asyncio.run(asked(proxy.port))
    assert is_free_of(PASSWORD, caught.value)
    assert is_free_of(BASIC, caught.value)
    assert caught.value.detail.startswith("403 ")
