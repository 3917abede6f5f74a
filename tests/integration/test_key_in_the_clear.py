"""No key leaves this machine unencrypted unless its user allowed that, host by host: over real sockets."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace

import pytest

from desktop.connection import Connection
from desktop.domain.dashscope import other_homes
from desktop.domain.endpoints import base_url, is_readable_on_the_way
from desktop.domain.profiles import PROFILES
from desktop.domain.provider_errors import KeyInTheClear
from desktop.domain.settings import Endpoint, Network, ProviderKind, Settings
from tests.support import seed
from tests.support.asking import ONE_IMAGE
from tests.support.drawer import Drawer
from tests.support.server import ScriptedServer, by_path, events, whole

KEY = "sk-marker-0123456789abcdef"
HOST = "model.test:8000"
ANSWERS = by_path({"/models": whole({"data": [{"id": "a-model"}]}), "/completions": events(seed.CURL_STREAM)})


async def asked(made: Connection, settings: Settings) -> None:
    async for _ in (await made.source("a-model", settings)).stream(ONE_IMAGE):
        pass


Way = Callable[[Connection, Settings], Awaitable[object]]
WAYS: dict[str, Way] = {
    "a question": asked,
    "the list of models": lambda made, settings: made.models(settings),
    "a test": lambda made, settings: made.check(settings, None),
    "a test of a pasted key": lambda made, settings: made.check(settings, KEY),
}
every_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


@pytest.fixture
def network() -> Iterator[ScriptedServer]:
    """A network in which every name is known: a proxy that is all servers."""
    with ScriptedServer(ANSWERS) as proxy:
        yield proxy


def settings_for(network: ScriptedServer, host: str = HOST, *, allowed: tuple[str, ...] = ()) -> Settings:
    way_out = Network("custom", f"http://127.0.0.1:{network.port}")
    endpoint = Endpoint("custom", base_url=f"http://{host}/v1")
    return Settings(endpoint, model="a-model", network=way_out, key_over_http=allowed)


def run(way: Way, settings: Settings, keys: dict[str, str]) -> None:
    async def scenario() -> None:
        made = Connection({}, secrets=Drawer(keys=keys))
        try:
            await way(made, settings)
        finally:
            await made.aclose()

    asyncio.run(scenario())


@every_way
@pytest.mark.parametrize("allowed", [(), ("model.test",), ("model.test:8001", "test", "MODEL.TEST:8000")])
def test_nothing_at_all_is_sent_where_nobody_allowed_it(
    way: Way, allowed: tuple[str, ...], network: ScriptedServer
) -> None:
    with pytest.raises(KeyInTheClear) as error:
        run(way, settings_for(network, allowed=allowed), {HOST: KEY})
    assert error.value.facts == {"host": HOST}
    assert KEY not in f"{error.value!r} {vars(error.value)}"
    assert not network.connections


@every_way
def test_where_it_was_allowed_the_key_goes_along(way: Way, network: ScriptedServer) -> None:
    run(way, settings_for(network, allowed=(HOST,)), {HOST: KEY})
    assert {request.headers["authorization"] for request in network.requests} == {f"Bearer {KEY}"}


def test_without_a_key_a_server_of_the_own_network_is_asked_as_ever(network: ScriptedServer) -> None:
    run(asked, settings_for(network), {})
    (request,) = network.requests
    assert "authorization" not in request.headers


def test_the_key_of_an_https_server_stays_when_its_address_is_edited_to_http(network: ScriptedServer) -> None:
    """Both are filed under one name."""
    for host in ("model.test", "model.test:8443"):
        with pytest.raises(KeyInTheClear):
            run(WAYS["a test"], settings_for(network, host), {host: KEY})
    assert not network.connections


def test_a_key_of_the_environment_is_held_back_as_well(network: ScriptedServer) -> None:
    async def scenario() -> None:
        environ = {"OPENAI_API_KEY": KEY, "DASHSCOPE_API_KEY": KEY}
        made = Connection(environ, secrets=Drawer(), environment_first=True, openai_variable=True)
        for host in (HOST, "api.openai.com", "dashscope.aliyuncs.com"):
            with pytest.raises(KeyInTheClear):
                await made.models(settings_for(network, host))
        await made.aclose()

    asyncio.run(scenario())
    assert not network.connections


def test_this_machine_needs_no_leave() -> None:
    with ScriptedServer(ANSWERS) as server:
        for name in ("127.0.0.1", "localhost", "0.0.0.0"):  # servers print the last as their own
            host = f"{name}:{server.port}"
            endpoint = Endpoint("custom", base_url=f"http://{host}/v1")
            run(WAYS["a test"], Settings(endpoint, model="a-model"), {host: KEY})
        assert {request.headers["authorization"] for request in server.requests} == {f"Bearer {KEY}"}


def test_no_server_that_is_known_is_asked_in_the_clear() -> None:
    """So that only an address of the user's own can want leave."""
    kinds: list[ProviderKind] = [kind for kind in PROFILES if kind != "custom"]
    homes = other_homes(Endpoint(), KEY)
    for endpoint in (*map(Endpoint, kinds), *homes, replace(Endpoint(), region="ap-southeast-1")):
        assert not is_readable_on_the_way(base_url(endpoint))
