"""A key goes to its own server, and a proxy's password to the proxy: over real sockets, by every way."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from desktop.connection import Connection
from desktop.domain.proxies import secret_name
from desktop.domain.settings import Endpoint, Network, Settings
from tests.support import seed
from tests.support.asking import ONE_IMAGE
from tests.support.drawer import Drawer
from tests.support.server import Received, Reply, ScriptedServer, by_path, events, whole
from tests.support.tls import tls_context
from tests.support.tunnel import Tunnel

KEY, OTHER, PASSWORD = "sk-here-0123456789abcdef", "sk-there-0123456789abcdef", "geheim-0123456789"
ANSWERS = by_path(
    {
        "/models": whole({"data": [{"id": "a-model"}]}),
        "/completions": events(seed.CURL_STREAM),
        "/api/tags": whole({"models": [{"model": "a-model"}]}),
        "/api/show": whole({"capabilities": ["completion", "vision"]}),
    }
)


def running(made: Connection, work: Callable[[Connection], Awaitable[object]]) -> None:
    async def whole_life() -> None:
        try:
            await work(made)
        finally:
            await made.aclose()

    asyncio.run(whole_life())


def at(server: ScriptedServer) -> Endpoint:
    return Endpoint("ollama", base_url=server.url)


async def asked(made: Connection, settings: Settings) -> None:
    async for _ in (await made.source("a-model", settings)).stream(ONE_IMAGE):
        pass


def keys_of(server: ScriptedServer) -> set[str | None]:
    return {request.headers.get("authorization") for request in server.requests}


@pytest.mark.parametrize("keys", [(KEY, OTHER), (KEY, None), (None, OTHER)])
def test_two_servers_of_one_machine_each_get_their_own(keys: tuple[str | None, str | None]) -> None:
    async def all_ways(made: Connection) -> None:
        settings = Settings(at(here), others=(at(there),), model="a-model")
        for each in (settings, settings.at(at(there))):
            await asyncio.gather(asked(made, each), made.models(each), made.check(each, None))

    with ScriptedServer(ANSWERS) as here, ScriptedServer(ANSWERS) as there:
        kept = zip((here, there), keys, strict=True)
        drawer = Drawer(keys={f"127.0.0.1:{each.port}": key for each, key in kept if key})
        running(Connection({}, secrets=drawer), all_ways)
        for server, key in zip((here, there), keys, strict=True):
            assert keys_of(server) == {f"Bearer {key}" if key else None}
            # What Ollama tells of its models elsewhere is asked for with the same key.
            assert {"/api/tags", "/api/show"} <= {request.target for request in server.requests}


def test_a_key_of_the_environment_goes_to_no_server_that_is_not_its_services() -> None:
    environ = {"OPENAI_API_KEY": KEY, "DASHSCOPE_API_KEY": KEY, "OPENROUTER_API_KEY": KEY}

    async def listed(made: Connection) -> None:
        await made.models(Settings(Endpoint("custom", base_url=server.url)))

    with ScriptedServer(ANSWERS) as server:
        running(Connection(environ, secrets=Drawer()), listed)
        assert keys_of(server) == {None}
        # Who names a server together with a key on the command line means it.
        running(Connection(environ, secrets=Drawer(), openai_variable=True), listed)
        assert keys_of(server) == {None, f"Bearer {KEY}"}


def test_a_proxy_sees_neither_the_key_nor_the_question_and_the_server_no_password(tmp_path: Path) -> None:
    authority, file = trustme.CA(), tmp_path / "company.pem"
    authority.cert_pem.write_to_path(str(file))
    with (
        ScriptedServer(ANSWERS, tls=tls_context(authority, "model.test")) as server,
        Tunnel(server.port) as proxy,
    ):
        network = Network("custom", f"http://{proxy.address}", "me", str(file))
        settings = Settings(Endpoint("custom", base_url="https://model.test/v1"), network=network)
        drawer = Drawer(keys={"model.test": KEY, secret_name(network): PASSWORD})
        running(Connection({}, secrets=drawer), lambda made: asked(made, settings))
        (request,) = server.requests
        assert request.headers["authorization"] == f"Bearer {KEY}"
        assert "proxy-authorization" not in request.headers
        (head,) = proxy.heads
        assert head.startswith("CONNECT model.test:443 ")
        assert "proxy-authorization: basic " in head.lower()
        assert KEY not in head
        assert KEY.encode() not in proxy.passed


def test_a_password_goes_to_no_other_proxy(tmp_path: Path) -> None:
    def script(request: Received) -> Reply:
        return ANSWERS(replace(request, target=request.target.removeprefix("http://model.test")))

    async def listed(made: Connection) -> None:
        for each in (first, other, first):
            network = Network("custom", f"http://127.0.0.1:{each.port}", "me")
            await made.models(Settings(Endpoint("custom", base_url="http://model.test/v1"), network=network))

    with ScriptedServer(script) as first, ScriptedServer(script) as other:
        name = secret_name(Network("custom", f"http://127.0.0.1:{first.port}", "me"))
        running(Connection({}, secrets=Drawer(keys={name: PASSWORD})), listed)
        (unknown,) = {request.headers["proxy-authorization"] for request in other.requests}
        (known,) = {request.headers["proxy-authorization"] for request in first.requests}
        assert unknown == "Basic bWU6"  # "me:"
        assert known != unknown
