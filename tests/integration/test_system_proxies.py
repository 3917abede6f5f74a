"""The system's proxies, which change while the app runs."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import aclosing

import httpx
import pytest

from desktop.domain.provider_errors import ProxyUnreachable
from desktop.providers.desktop_proxy import Excepted
from desktop.providers.proxies import SystemProxies
from desktop.providers.routes import Routes
from tests.support.server import ScriptedServer, in_turn, whole

FAR = httpx.URL("http://model.invalid/v1")


def nobody(host: str, port: int) -> bool:
    return False


class Reader:
    """Reads what a test sets, and counts."""

    def __init__(self, **proxies: str) -> None:
        self.proxies = proxies
        self.reads = 0

    def __call__(self) -> tuple[dict[str, str], Excepted]:
        self.reads += 1
        return self.proxies, nobody


@pytest.fixture
def proxy() -> Iterator[ScriptedServer]:
    with ScriptedServer(in_turn(whole(b"here"))) as server:
        yield server


async def sent(routes: Routes, url: httpx.URL) -> int:
    limits = httpx.Timeout(10.0).as_dict()
    reply = await routes.handle_async_request(httpx.Request("GET", url, extensions={"timeout": limits}))
    await reply.aclose()
    return reply.status_code


def test_they_are_read_once(proxy: ScriptedServer) -> None:
    reader = Reader(http=f"http://127.0.0.1:{proxy.port}")

    async def scenario() -> None:
        async with aclosing(Routes(ssl.create_default_context(), SystemProxies(reader))) as routes:
            for _ in range(3):
                assert await sent(routes, FAR) == 200

    asyncio.run(scenario())
    assert reader.reads == 1


@pytest.mark.parametrize("before", [{}, {"http": "http://127.0.0.1:1"}])
def test_after_a_failure_they_are_read_again(before: dict[str, str], proxy: ScriptedServer) -> None:
    """Somebody has entered the network where there is a proxy, or set it right."""
    reader = Reader(**before)

    async def scenario() -> None:
        async with aclosing(Routes(ssl.create_default_context(), SystemProxies(reader))) as routes:
            with pytest.raises((httpx.ConnectError, ProxyUnreachable)):
                await sent(routes, FAR)
            reader.proxies = {"http": f"http://127.0.0.1:{proxy.port}"}
            assert await sent(routes, FAR) == 200

    asyncio.run(scenario())


def test_a_server_of_this_machine_that_is_off_says_nothing_about_them(proxy: ScriptedServer) -> None:
    reader = Reader(http=f"http://127.0.0.1:{proxy.port}")

    async def scenario() -> None:
        async with aclosing(Routes(ssl.create_default_context(), SystemProxies(reader))) as routes:
            await sent(routes, FAR)
            with pytest.raises(httpx.ConnectError):
                await sent(routes, httpx.URL("http://127.0.0.1:1/v1"))
            await sent(routes, FAR)

    asyncio.run(scenario())
    assert reader.reads == 1
