"""A name of this machine leads to this machine, whatever resolvers and proxies say."""

import asyncio
import socket
from typing import Any

import pytest

from desktop.domain.provider_errors import NothingListens
from desktop.domain.settings import Network
from desktop.providers.http import client_over
from desktop.providers.routes import open_routes
from tests.support.asking import KEY, ask
from tests.support.server import ScriptedServer, in_turn, whole

NAMES = [
    *("localhost", "LocalHost", "localhost.", "models.localhost", "a.b.localhost."),
    *("127.0.0.1", "127.0.0.1.", "0.0.0.0", "[::ffff:127.0.0.1]"),
]


@pytest.fixture
def lying(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a resolver was asked that knows every name at another machine (TEST-NET-1)."""
    asked: list[str] = []
    honest = socket.getaddrinfo

    def getaddrinfo(host: str, *rest: Any, **more: Any) -> Any:
        try:
            socket.inet_pton(socket.AF_INET6 if ":" in host else socket.AF_INET, host)
        except OSError:
            asked.append(host)
            return honest("192.0.2.1", *rest, **more)
        return honest(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.mark.parametrize("name", NAMES)
def test_no_resolver_is_asked_for_it(name: str, lying: list[str]) -> None:
    async def scenario(port: int) -> bytes:
        async with client_over(await open_routes(Network("none"))) as client:
            return (await client.get(f"http://{name}:{port}/")).content

    with ScriptedServer(in_turn(whole(b"here"))) as server:
        assert asyncio.run(scenario(server.port)) == b"here"
    assert not lying


def test_no_proxy_is_asked_for_it(monkeypatch: pytest.MonkeyPatch, lying: list[str]) -> None:
    async def scenario(url: str, network: Network) -> None:
        async with client_over(await open_routes(network)) as client:
            headers = {"Authorization": f"Bearer {KEY}"}
            assert (await client.get(url, headers=headers)).content == b"here"

    with ScriptedServer(in_turn(whole(b"here"))) as server, ScriptedServer(in_turn(whole(b"no"))) as proxy:
        address = f"http://127.0.0.1:{proxy.port}"
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY"):
            monkeypatch.setenv(name, address)
        for network in (Network(), Network("custom", address), Network("custom", f"socks5://{address[7:]}")):
            asyncio.run(scenario(f"http://models.localhost:{server.port}/", network))
        assert not proxy.connections
        assert len(server.requests) == 3


def test_a_proxy_of_this_machine_is_one_of_this_machine(lying: list[str]) -> None:
    """It is told a password."""

    async def scenario(network: Network) -> None:
        async with client_over(await open_routes(network)) as client:
            assert (await client.get("http://model.test/")).content == b"here"

    with ScriptedServer(in_turn(whole(b"here"))) as proxy:
        asyncio.run(scenario(Network("custom", f"http://localhost:{proxy.port}")))
    assert not lying


def test_where_nothing_listens_that_is_said(lying: list[str]) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        with pytest.raises(NothingListens):
            ask(f"http://localhost:{held.getsockname()[1]}/v1")


def test_a_server_that_listens_to_ipv6_only_is_found(lying: list[str]) -> None:
    async def scenario() -> bytes:
        def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nhere")
            writer.close()

        server = await asyncio.start_server(answer, "::1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server, client_over(await open_routes(Network("none"))) as client:
            return (await client.get(f"http://localhost:{port}/")).content

    assert asyncio.run(scenario()) == b"here"
