"""Sockets that notice when the network is gone, on whatever way they lead."""

import asyncio
import importlib.util
import socket
import sys
from collections.abc import Iterator

import httpx
import pytest

from desktop.domain.settings import Network
from desktop.providers.http import body_of, client_over
from desktop.providers.routes import open_routes
from desktop.providers.sockets import keepalive_options
from tests.support.server import ScriptedServer, in_turn, whole
from tests.support.socks import SocksProxy

WANTED = {
    "SO_KEEPALIVE": (socket.SOL_SOCKET, 1),
    "TCP_KEEPIDLE": (socket.IPPROTO_TCP, 15),
    "TCP_KEEPALIVE": (socket.IPPROTO_TCP, 15),
    "TCP_KEEPINTVL": (socket.IPPROTO_TCP, 5),
    "TCP_KEEPCNT": (socket.IPPROTO_TCP, 3),
    "TCP_USER_TIMEOUT": (socket.IPPROTO_TCP, 30_000),
    "TCP_NODELAY": (socket.IPPROTO_TCP, 1),
}
KNOWN = {name: wanted for name, wanted in WANTED.items() if hasattr(socket, name)}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer(in_turn(whole(b"here"))) as server:
        yield server


def options_of_socket(network: Network, url: str) -> dict[str, tuple[int, int]]:
    """What the system says of the socket over which `url` was asked for."""

    async def scenario() -> dict[str, tuple[int, int]]:
        async with client_over(await open_routes(network)) as client:
            reply = await client.send(client.build_request("GET", url), stream=True)
            async with body_of(reply):
                return _options(reply)

    return asyncio.run(scenario())


def _options(reply: httpx.Response) -> dict[str, tuple[int, int]]:
    connection = reply.extensions["network_stream"].get_extra_info("socket")
    names = ((name, level, getattr(socket, name)) for name, (level, _) in KNOWN.items())
    return {name: (level, connection.getsockopt(level, option)) for name, level, option in names}


def test_directly(server: ScriptedServer) -> None:
    assert options_of_socket(Network("none"), server.url) == KNOWN


def test_to_a_proxy(server: ScriptedServer) -> None:
    network = Network("custom", f"127.0.0.1:{server.port}")
    assert options_of_socket(network, "http://model.invalid/") == KNOWN


def test_to_a_socks_proxy(server: ScriptedServer) -> None:
    with SocksProxy(server.port) as proxy:
        network = Network("custom", f"socks5://{proxy.address}")
        assert options_of_socket(network, "http://model.invalid/") == KNOWN


def test_stopping_before_tls_is_spoken_hangs_up() -> None:
    async def scenario() -> None:
        greeted, gone = asyncio.Event(), asyncio.Event()

        async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(1)
            greeted.set()
            while await reader.read(4096):
                pass
            gone.set()
            writer.close()

        silent = await asyncio.start_server(listen, "127.0.0.1")
        port = silent.sockets[0].getsockname()[1]
        async with silent, client_over(await open_routes(Network("none"))) as client:
            asking = asyncio.create_task(client.get(f"https://127.0.0.1:{port}/"))
            await greeted.wait()
            asking.cancel()
            await asyncio.wait_for(gone.wait(), 10)
            assert asking.cancelled()

    asyncio.run(scenario())


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_every_system_has_some(platform: str) -> None:
    assert (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1) in keepalive_options(platform)


def test_a_module_that_is_not_there_is_not_looked_for_again() -> None:
    assert "sniffio" in sys.modules or importlib.util.find_spec("sniffio") is not None
