"""A server that sends a question on: the key is seen by no other server, whatever the redirect looks like."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from desktop.connection import Connection
from desktop.domain.provider_errors import ProviderError, Redirected
from desktop.domain.settings import Endpoint, Network, Settings
from tests.support import seed
from tests.support.asking import ONE_IMAGE
from tests.support.drawer import Drawer
from tests.support.server import Reply, ScriptedServer, by_path, events, raw, whole
from tests.support.tls import tls_context

KEY = "sk-marker-0123456789abcdef"
STATUSES = (300, 301, 302, 303, 304, 305, 306, 307, 308, 399)
ANSWERS = by_path({"/models": whole({"data": [{"id": "a-model"}]}), "/completions": events(seed.CURL_STREAM)})

# {port}: of the other server. {home}: of the one that is asked.
PLACES = {
    "another port": "http://127.0.0.1:{port}/v1/models",
    "another host": "http://localhost:{port}/v1/models",
    "another spelling of the host": "http://0.0.0.0:{port}/v1/models",
    "another scheme": "https://127.0.0.1:{port}/v1/models",
    "of its own scheme": "//127.0.0.1:{port}/v1/models",
    "with more slashes": "///127.0.0.1:{port}/v1/models",
    "with backslashes": "\\\\127.0.0.1:{port}\\v1",
    "with the own host as its user": "http://127.0.0.1:{home}@127.0.0.1:{port}/v1/models",
    "of its own scheme, with a user": "//127.0.0.1:{home}@localhost:{port}/v1",
    "with a tab within": "ht\ttp://127.0.0.1:{port}/v1/models",
    "in capitals": "HTTP://127.0.0.1:{port}/v1/models",
    "with a blank before it": " http://127.0.0.1:{port}/v1/models",
    "of several": "http://127.0.0.1:{port}/v1/models, /here",
}


@pytest.fixture
def other() -> Iterator[ScriptedServer]:
    with ScriptedServer(ANSWERS) as server:
        yield server


def refused(home: str, network: Network | None = None) -> list[ProviderError]:
    """What comes of a question and of the list of models, where neither is answered."""

    async def scenario() -> list[ProviderError]:
        made = Connection({}, secrets=Drawer(keys={home.split("/")[2]: KEY}))
        way = network or Network("none")
        settings = Settings(Endpoint("custom", base_url=home), model="a-model", network=way)
        errors = []
        try:
            for work in (made.models(settings), _asked(made, settings)):
                with pytest.raises(ProviderError) as error:
                    await work
                errors.append(error.value)
        finally:
            await made.aclose()
        return errors

    return asyncio.run(scenario())


async def _asked(made: Connection, settings: Settings) -> None:
    async for _ in (await made.source("a-model", settings)).stream(ONE_IMAGE):
        pass


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_no_redirect_takes_a_key_to_another_server(place: str, other: ScriptedServer) -> None:
    def moved(status: int) -> Reply:
        location = place.format(port=other.port, home=home.port)
        return whole(b"moved", status=status, headers={"Location": location})

    with ScriptedServer(ANSWERS) as home:
        for status in STATUSES:
            home.script = lambda _, status=status: moved(status)  # type: ignore[misc]
            for error in refused(home.url):
                assert KEY not in f"{error!r} {vars(error)}"
        assert {request.headers["authorization"] for request in home.requests} == {f"Bearer {KEY}"}
    assert not other.connections


@pytest.mark.parametrize(
    "head",
    [
        "Location: /v1\r\nLocation: http://127.0.0.1:{port}/v1/models",
        "Location: http://127.0.0.1:{port}/v1/models\r\nLocation: /v1",
        "Location: /v1\r\n http://127.0.0.1:{port}/v1/models",
        "Location: /v1%0d%0aHost: 127.0.0.1:{port}",
        "Location: /v1\rHost: 127.0.0.1:{port}",
        "Refresh: 0; url=http://127.0.0.1:{port}/v1/models",
        "Content-Location: http://127.0.0.1:{port}/v1/models",
        'Link: <http://127.0.0.1:{port}/v1/models>; rel="preload"',
        "Alt-Svc: h2=127.0.0.1:{port}",
    ],
)
@pytest.mark.parametrize("status", [302, 308])
def test_nor_does_what_only_looks_like_one(status: int, head: str, other: ScriptedServer) -> None:
    said = f"HTTP/1.1 {status} Moved\r\n{head.format(port=other.port)}\r\nContent-Length: 0\r\n\r\n"
    with ScriptedServer(lambda _: raw(said.encode())) as home:
        refused(home.url)
        for request in home.requests:
            assert request.headers["host"] == f"127.0.0.1:{home.port}"
    assert not other.connections


def test_an_encrypted_server_cannot_have_the_key_sent_in_the_clear(
    other: ScriptedServer, tmp_path: Path
) -> None:
    """Not even to itself: at its own name and port."""
    authority, file = trustme.CA(), tmp_path / "company.pem"
    authority.cert_pem.write_to_path(str(file))
    network = Network("none", authorities_file=str(file))
    with ScriptedServer(ANSWERS, tls=tls_context(authority)) as home:
        for target in (home.url.replace("https", "http"), other.url):
            home.script = lambda _, target=target: whole(  # type: ignore[misc]
                b"", status=308, headers={"Location": target}
            )
            before = home.connections
            for error in refused(home.url, network):
                assert isinstance(error, Redirected)
            assert home.connections - before <= 2, "one for each"
    assert not other.connections
