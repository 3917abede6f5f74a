"""Clients for the network settings of the moment."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trustme

from desktop.clients import Clients
from desktop.domain.errors import KeyringLocked
from desktop.domain.events import AnswerDraft
from desktop.domain.provider_errors import AuthoritiesUnusable, InvalidProxy, ProxyWantsPassword
from desktop.domain.settings import Network
from desktop.providers.openai_chat import OpenAIChat
from tests.support import seed
from tests.support.asking import ONE_IMAGE, PATIENT, collect
from tests.support.drawer import Drawer
from tests.support.server import Gate, Received, Reply, ScriptedServer, events, in_turn, whole
from tests.support.tls import tls_context

FAR = "http://model.invalid/v1"
DIRECT = Network("none")
ANSWER = events(seed.CURL_STREAM)


@asynccontextmanager
async def clients_with(drawer: Drawer) -> AsyncIterator[Clients]:
    clients = Clients(drawer)
    try:
        yield clients
    finally:
        await clients.aclose()


async def ask(clients: Clients, network: Network, url: str) -> AnswerDraft:
    client = await clients.client(network)
    return await collect(OpenAIChat(client=client, base_url=url, key="key", limits=PATIENT), ONE_IMAGE)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer(in_turn(ANSWER)) as server:
        yield server


# ── one for all, until the settings change ──────────────────────────────────────────────────────


def test_the_same_settings_share_a_client_and_its_connections(server: ScriptedServer) -> None:
    async def scenario() -> None:
        async with clients_with(Drawer()) as clients:
            assert await clients.client(DIRECT) is await clients.client(Network("none"))
            assert await clients.routes(DIRECT) is await clients.routes(DIRECT)
            for _ in range(2):
                assert (await ask(clients, DIRECT, server.url)).finish == "stop"

    asyncio.run(scenario())
    assert server.connections == 1


def test_calls_at_once_open_one_client() -> None:
    async def scenario() -> None:
        async with clients_with(Drawer()) as clients:
            found = await asyncio.gather(*(clients.client(DIRECT) for _ in range(5)))
            assert len(set(map(id, found))) == 1

    asyncio.run(scenario())


def test_an_answer_goes_on_over_the_client_that_was_left() -> None:
    begun, _, rest = seed.CURL_STREAM.partition(b"\n\n")
    gate = Gate()
    with ScriptedServer(in_turn(events(begun + b"\n\n", gate, rest))) as server:

        async def scenario() -> None:
            async with clients_with(Drawer()) as clients:
                asked = asyncio.create_task(ask(clients, DIRECT, server.url))
                await asyncio.to_thread(gate.reached.wait)
                other = Network("custom", f"127.0.0.1:{server.port}")
                client = await clients.client(other)
                assert not server.hung_up.is_set()
                gate.open()
                assert (await asked).finish == "stop"
                assert client is await clients.client(other)

        asyncio.run(scenario())


def test_what_was_left_is_closed_with_its_last_answer(server: ScriptedServer) -> None:
    async def scenario() -> None:
        async with clients_with(Drawer()) as clients:
            await ask(clients, DIRECT, server.url)
            left = await clients.client(DIRECT)
            await clients.client(Network())
            # Whoever still holds it can ask, over a connection that is not kept.
            for _ in range(2):
                await collect(
                    OpenAIChat(client=left, base_url=server.url, key=None, limits=PATIENT), ONE_IMAGE
                )

    asyncio.run(scenario())
    assert server.connections == 3


def test_a_way_that_is_first_taken_when_left_is_closed_too() -> None:
    with ScriptedServer(in_turn(ANSWER)) as proxy:

        async def scenario() -> None:
            async with clients_with(Drawer()) as clients:
                left = await clients.client(Network("custom", f"127.0.0.1:{proxy.port}"))
                await clients.client(DIRECT)
                for _ in range(2):
                    chat = OpenAIChat(client=left, base_url=FAR, key=None, limits=PATIENT)
                    assert (await collect(chat, ONE_IMAGE)).finish == "stop"

        asyncio.run(scenario())
        assert proxy.connections == 2


def test_nothing_has_to_be_open_to_be_closed() -> None:
    asyncio.run(Clients(Drawer()).aclose())


# ── the user's own proxy ────────────────────────────────────────────────────────────────────────


def guarded(request: Received) -> Reply:
    """A proxy that lets in whoever says `me:geheim`."""
    let_in = request.headers.get("proxy-authorization") == "Basic bWU6Z2VoZWlt"
    return ANSWER if let_in else whole(b"", status=407)


def test_the_password_is_kept_and_sent() -> None:
    with ScriptedServer(guarded) as proxy:
        network = Network("custom", f"http://127.0.0.1:{proxy.port}", "me")
        drawer = Drawer()

        async def scenario() -> None:
            async with clients_with(drawer) as clients:
                with pytest.raises(ProxyWantsPassword, match=rf"127\.0\.0\.1:{proxy.port}"):
                    await ask(clients, network, FAR)
                assert not await clients.has_proxy_password(network)
                await clients.keep_proxy_password(network, "geheim")
                assert await clients.has_proxy_password(network)
                assert (await ask(clients, network, FAR)).finish == "stop"
                await clients.keep_proxy_password(network, "")
                with pytest.raises(ProxyWantsPassword):
                    await ask(clients, network, FAR)

        asyncio.run(scenario())
        assert not drawer.keys


def test_a_password_that_cannot_be_had_fails_what_needs_it_only(server: ScriptedServer) -> None:
    network = Network("custom", f"127.0.0.1:{server.port}", "me")

    async def scenario() -> None:
        async with clients_with(Drawer(KeyringLocked())) as clients:
            assert (await ask(clients, network, server.url)).finish == "stop"
            with pytest.raises(KeyringLocked):
                await ask(clients, network, FAR)

    asyncio.run(scenario())


def test_a_proxy_that_is_none_fails_what_needs_it_only(server: ScriptedServer) -> None:
    network = Network("custom", "ftp://127.0.0.1:1", "me")

    async def scenario() -> None:
        async with clients_with(Drawer()) as clients:
            assert (await ask(clients, network, server.url)).finish == "stop"
            with pytest.raises(InvalidProxy):
                await ask(clients, network, FAR)
            with pytest.raises(InvalidProxy):
                await clients.keep_proxy_password(network, "geheim")

    asyncio.run(scenario())


# ── the user's own authorities ──────────────────────────────────────────────────────────────────


def test_a_file_that_was_mended_is_read_again(tmp_path: Path, server: ScriptedServer) -> None:
    authority, file = trustme.CA(), tmp_path / "company.pem"
    network = Network("none", authorities_file=str(file))

    async def scenario(secure: ScriptedServer) -> None:
        async with clients_with(Drawer()) as clients:
            assert (await ask(clients, network, server.url)).finish == "stop"
            with pytest.raises(AuthoritiesUnusable, match=r"company\.pem"):
                await ask(clients, network, secure.url)
            authority.cert_pem.write_to_path(str(file))
            assert (await ask(clients, network, secure.url)).finish == "stop"
            # And now nothing is opened anew.
            assert await clients.client(network) is await clients.client(network)

    with ScriptedServer(in_turn(ANSWER), tls=tls_context(authority)) as secure:
        asyncio.run(scenario(secure))
