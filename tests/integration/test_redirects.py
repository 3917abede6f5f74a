"""Servers that send questions on."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import trustme

from desktop.domain.provider_errors import NotAnAnswer, Redirected
from desktop.domain.settings import Network
from desktop.providers.http import Upload, body_of, client_over
from desktop.providers.routes import REDIRECTS, followed, open_routes
from tests.support import seed
from tests.support.asking import KEY, ask
from tests.support.server import Received, Reply, ScriptedServer, events, in_turn, whole
from tests.support.tls import tls_context

ANSWER = events(seed.CURL_STREAM)
BODY = bytes(range(256)) * 1000


def to(place: str, status: int = 308) -> Reply:
    return whole(b"moved", status=status, headers={"Location": place})


@pytest.fixture
def elsewhere() -> Iterator[ScriptedServer]:
    with ScriptedServer(in_turn(ANSWER)) as server:
        yield server


@pytest.mark.parametrize("status", [307, 308])
def test_a_question_is_asked_again_where_its_server_has_moved(status: int) -> None:
    with ScriptedServer(in_turn(to("/v2/chat/completions", status), ANSWER)) as server:
        assert ask(server.url).finish == "stop"
        first, second = server.requests
    assert second.target == "/v2/chat/completions"
    assert second.body == first.body
    assert second.headers == first.headers
    assert second.headers["authorization"] == f"Bearer {KEY}"


def got(url: str, method: str = "GET", body: bytes = b"", network: Network | None = None) -> bytes:
    async def scenario() -> bytes:
        async with client_over(await open_routes(network or Network("none"))) as client:
            request = client.build_request(method, url)
            if body:
                upload = Upload(body)
                request.stream = upload
                request.headers.update(upload.headers)
            async with body_of(await client.send(request, stream=True)) as pieces:
                return b"".join([piece async for piece in pieces])

    return asyncio.run(scenario())


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_what_is_only_read_follows_every_redirect_at_home(status: int) -> None:
    with ScriptedServer(in_turn(to("models/", status), whole(b"here"))) as server:
        assert got(f"{server.url}/models") == b"here"
        assert [request.target for request in server.requests] == ["/v1/models", "/v1/models/"]


def test_a_large_body_is_sent_whole_both_times() -> None:
    with ScriptedServer(in_turn(to("/new", 307), whole(b"here"))) as server:
        assert got(server.url, "POST", BODY) == b"here"
        assert [request.body for request in server.requests] == [BODY, BODY]


@pytest.mark.parametrize(
    ("place", "target", "is_home"),
    [
        ("http://model.test/v1", "https://model.test/v1", True),
        ("http://model.test:80/v1", "https://model.test:443/v1", True),
        ("http://model.test:8443/v1", "https://model.test:8443/v1", True),
        ("http://model.test/v1", "https://model.test:8443/v1", False),
        ("http://model.test:8080/v1", "https://model.test/v1", False),
        ("https://model.test/v1", "http://model.test/v1", False),
        ("https://model.test/v1", "https://models.test/v1", False),
    ],
)
def test_https_in_the_place_of_http_is_at_home_at_the_same_or_the_usual_ports(
    place: str, target: str, is_home: bool
) -> None:
    request = httpx.Request("POST", place, headers={"Authorization": f"Bearer {KEY}"})
    reply = httpx.Response(308, headers={"Location": target})
    if not is_home:
        with pytest.raises(Redirected):
            followed(request, reply)
        return
    moved = followed(request, reply)
    assert moved.url == httpx.URL(target)
    assert moved.headers["Host"] == moved.url.netloc.decode()
    assert moved.headers["Authorization"] == f"Bearer {KEY}"


def test_a_key_goes_to_no_other_port_of_the_same_name_though_it_speaks_https(tmp_path: Path) -> None:
    authority, file = trustme.CA(), tmp_path / "company.pem"
    authority.cert_pem.write_to_path(str(file))
    with ScriptedServer(in_turn(whole(b"here")), tls=tls_context(authority)) as secure:
        target = f"https://127.0.0.1:{secure.port}/v1"
        with ScriptedServer(in_turn(to(target))) as plain, pytest.raises(Redirected):
            got(plain.url, "POST", BODY, Network("none", authorities_file=str(file)))
        assert not secure.connections


@pytest.mark.parametrize("status", [301, 302, 303])
def test_a_question_is_not_turned_into_another(status: int) -> None:
    with ScriptedServer(in_turn(to("/v2", status), ANSWER)) as server:
        with pytest.raises(Redirected) as error:
            ask(server.url)
        assert len(server.requests) == 1
        assert error.value.facts == {
            "host": f"127.0.0.1:{server.port}",
            "target": f"http://127.0.0.1:{server.port}/v2",
        }


@pytest.mark.parametrize(
    ("place", "target"),
    [
        ("http://localhost:{port}/v1", "http://localhost:{port}/v1"),
        ("http://127.0.0.1:{port}/v1", "http://127.0.0.1:{port}/v1"),
        ("//127.0.0.1:{port}/v1?key=secret#here", "http://127.0.0.1:{port}/v1"),
        ("http://me:secret@127.0.0.1:{port}/v1", "http://127.0.0.1:{port}/v1"),
        ("https://localhost:{port}/v1", "https://localhost:{port}/v1"),
        ("ftp://127.0.0.1:{port}/v1", "ftp://127.0.0.1:{port}/v1"),
        ("file:///etc/passwd", "file:/etc/passwd"),
        ("http://me:secret@127.0.0.1:port/", "http://127.0.0.1:port/"),
        ("http://127.0.0.1:{port}/" + "x" * 500, None),
    ],
)
@pytest.mark.parametrize("status", [302, 308])
def test_a_key_goes_to_no_other_server(
    place: str, target: str | None, status: int, elsewhere: ScriptedServer
) -> None:
    script = in_turn(to(place.format(port=elsewhere.port), status))
    with ScriptedServer(script) as server, pytest.raises(Redirected) as error:
        ask(server.url)
    assert not elsewhere.connections
    shown = str(error.value.facts["target"])
    assert len(shown) <= 200
    assert "secret" not in f"{error.value} {error.value.detail}"
    if target is not None:
        assert shown == target.format(port=elsewhere.port)


def test_round_and_round_comes_to_an_end() -> None:
    def script(request: Received) -> Reply:
        return to(request.target + "x")

    with ScriptedServer(script) as server:
        with pytest.raises(NotAnAnswer) as error:
            ask(server.url)
        assert len(server.requests) == REDIRECTS + 1
        assert error.value.detail == f"more than {REDIRECTS} redirects"


def test_a_redirect_that_names_no_place_is_an_answer() -> None:
    with ScriptedServer(in_turn(whole(b"where?", status=307))) as server:
        assert got(server.url) == b"where?"


def test_behind_a_proxy_it_is_the_same() -> None:
    with ScriptedServer(in_turn(to("/there"), to("http://other.invalid/"))) as proxy:
        network = Network("custom", f"127.0.0.1:{proxy.port}")
        with pytest.raises(Redirected, match=r"other\.invalid"):
            got("http://model.invalid/here", network=network)
        assert [request.target for request in proxy.requests] == [
            "http://model.invalid/here",
            "http://model.invalid/there",
        ]
