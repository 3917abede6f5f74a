"""Images fetched over real TLS from servers on loopback that stand for public ones."""

import asyncio
import gzip
import ssl
from collections.abc import Iterator, Mapping, Sequence
from ipaddress import ip_address
from typing import Any

import pytest
import trustme

from desktop.domain import image_errors
from desktop.domain.images import ImageBytes
from desktop.domain.public import IPAddress, is_public
from desktop.providers import fetch as fetch_module
from desktop.providers.fetch import HttpsFetcher, alternating, resolved
from desktop.providers.proxies import NoProxies
from desktop.providers.routes import Routes
from tests.conftest import Run
from tests.support.fetching import PNG, SERVED, Bench, image, redirect
from tests.support.server import End, Gate, Reply, Script, ScriptedServer, events, raw, whole
from tests.support.socks import SocksProxy


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def bench(authority: trustme.CA, no_bypass: None) -> Iterator[Bench]:
    serving, trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("images.example", "other.example", SERVED).configure_cert(serving)
    authority.configure_trust(trust)
    with ScriptedServer(lambda _: image(), tls=serving) as server:
        yield Bench(server, trust)


@pytest.fixture
def no_bypass(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)


def at(replies: Mapping[str, Reply]) -> Script:
    return lambda request: replies[request.target]


# ── what is fetched ─────────────────────────────────────────────────────────────────────────────


def test_an_image_is_fetched_by_its_name(bench: Bench) -> None:
    assert bench.fetch(bench.url("/pictures/%E5%9B%BE.png?size=2")) == ImageBytes("图.png", PNG)
    assert bench.server.requests[0].target == "/pictures/%E5%9B%BE.png?size=2"


def test_an_address_without_a_name_is_one_too(bench: Bench) -> None:
    assert bench.fetch(bench.url(host=SERVED)).data == PNG


def test_nothing_of_the_user_goes_along(bench: Bench) -> None:
    bench.server.script = at(
        {"/a.png": redirect("/b.png", headers={"Set-Cookie": "a=b"}), "/b.png": image(), "/c.png": image()}
    )
    bench.fetch(bench.url("/a.png#fragment").replace("https://", "https://user:secret@"))
    bench.fetch(bench.url("/c.png"))

    for request in bench.server.requests:
        assert (request.method, request.body) == ("GET", b"")
        assert set(request.headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}
        assert request.headers["host"] == f"images.example:{bench.server.port}"
        assert request.headers["accept-encoding"] == "identity"
    assert [request.target for request in bench.server.requests] == ["/a.png", "/b.png", "/c.png"]


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (PNG, "application/octet-stream"),
        (PNG, "text/html"),
        (PNG, ""),
        (b"\0\0\2\0 a TGA says nothing of itself", "image/x-tga"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
    ],
)
def test_what_may_be_an_image_is_left_to_the_decoder(bench: Bench, data: bytes, content_type: str) -> None:
    bench.server.script = lambda _: image(data, content_type)

    assert bench.fetch().data == data


def test_a_body_of_unknown_length_is_read_to_its_end(bench: Bench) -> None:
    bench.server.script = lambda _: events(PNG[:10], PNG[10:50], PNG[50:], content_type="image/png")

    assert bench.fetch().data == PNG


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(bench: Bench, status: int) -> None:
    there = bench.url("/c.png", "other.example")
    bench.server.script = at(
        {"/a.png": redirect("b.png", status), "/b.png": redirect(there, status), "/c.png": image()}
    )

    assert bench.fetch() == ImageBytes("a.png", PNG)
    assert bench.names.asked == ["images.example", "images.example", "other.example"]


# ── where a link may lead ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "answer", [["10.0.0.1"], [SERVED, "192.168.1.1"], ["::1", SERVED], ["::ffff:10.0.0.1"], ["fe80::1"]]
)
def test_every_address_of_a_name_must_be_public(bench: Bench, answer: list[str]) -> None:
    bench.names.answers["images.example"] = [answer]
    error = bench.refused(image_errors.LinkPrivate)

    assert "private network" in str(error)
    assert error.detail.startswith("images.example → ")
    assert bench.server.connections == 0


@pytest.mark.parametrize("host", ["10.0.0.1", "[::1]", "[::ffff:a00:1]", "169.254.169.254", "198.18.0.1"])
def test_an_address_itself_must_be_public(bench: Bench, host: str) -> None:
    bench.refused(image_errors.LinkPrivate, f"https://{host}/a.png")

    assert bench.names.asked == [], "there is nothing to resolve"


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "localhost", "LOCALHOST.", "ip6-localhost"])
def test_no_spelling_of_this_machine_is_asked(bench: Bench, host: str) -> None:
    bench.resolve = resolved
    with pytest.raises((image_errors.LinkPrivate, image_errors.LinkUnreachable)):
        asyncio.run(bench.fetching(bench.url(host=host), is_public))

    assert bench.server.connections == 0


def test_what_a_vpn_answers_for_a_name_is_no_private_address() -> None:
    fetcher = HttpsFetcher(Routes(ssl.create_default_context(), NoProxies()))

    assert fetcher._may_be_asked(ip_address("198.18.0.7"), "images.example")
    assert not fetcher._may_be_asked(ip_address("198.18.0.7"), "198.18.0.7")


def test_a_name_is_resolved_once_and_the_connection_goes_there(bench: Bench) -> None:
    bench.names.answers["images.example"] = [[SERVED], ["10.0.0.1"]]

    assert bench.fetch().data == PNG
    assert bench.names.asked == ["images.example"]


def test_each_step_is_judged_anew(bench: Bench) -> None:
    bench.names.answers["images.example"] = [[SERVED], ["10.0.0.1"]]
    bench.server.script = lambda _: redirect("/again")

    assert bench.refused(image_errors.LinkPrivate).detail == "images.example → 10.0.0.1"
    assert bench.server.connections == 1


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("https://private.example/a.png", image_errors.LinkPrivate),
        ("https://127.0.0.53/a.png", image_errors.LinkPrivate),
        ("http://images.example/a.png", image_errors.LinkNotSecure),
        ("file:///etc/passwd", image_errors.LinkNotSecure),
        ("data:image/png;base64,AAAA", image_errors.LinkNotSecure),
        ("https://nowhere.example/a.png", image_errors.LinkUnreachable),
        ("https://[", image_errors.LinkUnreachable),
    ],
)
def test_a_redirect_leads_nowhere_else(bench: Bench, place: str, kind: type[image_errors.LinkError]) -> None:
    bench.server.script = lambda _: redirect(place)
    error = bench.refused(kind)

    assert str(error).count("images.example"), "the address that the user gave is named"
    assert len(bench.server.requests) == 1


def test_redirects_come_to_an_end(bench: Bench) -> None:
    bench.server.script = lambda _: redirect("/a.png")

    assert "5 redirects" in bench.refused(image_errors.LinkUnreachable).detail
    assert len(bench.server.requests) == 6


def test_the_next_address_of_a_name_is_tried(bench: Bench) -> None:
    bench.names.answers["images.example"] = [["127.0.0.2", SERVED]]

    assert bench.fetch().data == PNG


def test_both_kinds_of_addresses_are_tried_soon() -> None:
    both = [ip_address(text) for text in ("2400::1", "2400::2", "2400::3", "1.1.1.1", "1.1.1.2")]

    assert [str(each) for each in alternating(both)] == [
        "2400::1",
        "1.1.1.1",
        "2400::2",
        "1.1.1.2",
        "2400::3",
    ]
    assert alternating([]) == []


@pytest.mark.parametrize("address", ["http://images.example/a.png", "ftp://images.example/a.png"])
def test_only_https_is_fetched(bench: Bench, address: str) -> None:
    bench.refused(image_errors.LinkNotSecure, address)

    assert bench.names.asked == []


def test_the_certificate_must_be_for_the_name(bench: Bench) -> None:
    bench.names.answers["stranger.example"] = [[SERVED]]
    error = bench.refused(image_errors.LinkUnreachable, bench.url(host="stranger.example"))

    assert "certificate" in error.detail
    assert not bench.server.requests


def test_the_systems_resolver_gives_every_address_once() -> None:
    found = asyncio.run(resolved("localhost", 443))

    assert ip_address("127.0.0.1") in found
    assert len(set(found)) == len(found)


# ── bounds ──────────────────────────────────────────────────────────────────────────────────────


def test_a_body_that_says_it_is_too_big_is_not_begun(bench: Bench) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 100000001\r\n\r\n"
    bench.server.script = lambda _: raw(head, End.HANG)

    assert "100 MB" in str(bench.refused(image_errors.LinkTooBig))


def test_a_body_without_end_is_left(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch_module, "MEGABYTES", 1)
    piece = PNG + b"\0" * 65_536
    bench.server.script = lambda _: events(*[piece] * 40, End.HANG, content_type="image/png")

    bench.refused(image_errors.LinkTooBig)
    assert bench.server.hung_up.wait(20)


@pytest.mark.parametrize(
    "steps", [(End.HANG,), (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n\x89PNG", End.HANG)]
)
def test_what_does_not_come_is_given_up(bench: Bench, steps: tuple[Any, ...]) -> None:
    bench.server.script = lambda _: raw(*steps)
    bench.seconds = 0.5

    assert "was not there within" in str(bench.refused(image_errors.LinkSlow))
    assert bench.server.hung_up.wait(20)


def test_a_name_that_does_not_resolve_in_time_is_slow(bench: Bench) -> None:
    async def never(host: str, port: int) -> Sequence[IPAddress]:
        await asyncio.Event().wait()
        return []

    bench.resolve = never
    bench.seconds = 0.05

    bench.refused(image_errors.LinkSlow)


def test_a_compressed_body_is_not_expanded(bench: Bench) -> None:
    bomb = gzip.compress(PNG + b"\0" * 50_000_000)
    bench.server.script = lambda _: whole(
        bomb, content_type="application/octet-stream", headers={"Content-Encoding": "gzip"}
    )

    bench.refused(image_errors.LinkNotAnImage)


def test_stopped_it_hangs_up(bench: Bench, run: Run) -> None:
    gate = Gate()
    bench.server.script = lambda _: events(PNG[:20], gate, content_type="image/png")

    async def scenario() -> None:
        task = asyncio.create_task(bench.fetching(bench.url()))
        assert await asyncio.to_thread(gate.reached.wait, 20)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run(scenario())
    assert bench.server.hung_up.wait(20)


def test_the_windows_loop_fetches_too(bench: Bench, run: Run) -> None:
    bench.server.script = at({"/a.png": redirect("/b.png"), "/b.png": image()})

    async def scenario() -> None:
        assert (await bench.fetching(bench.url())).data == PNG

    run(scenario())


# ── what is no image ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (b"<!DOCTYPE html><title>Sign in</title>", "text/html"),
        (b"\n <html>", "image/png"),
        (b"%PDF-1.7", "application/pdf"),
        (b"", "image/png"),
        (b"words", ""),
    ],
)
def test_a_page_is_no_image(bench: Bench, data: bytes, content_type: str) -> None:
    bench.server.script = lambda _: image(data, content_type)

    assert bench.refused(image_errors.LinkNotAnImage).detail == content_type


def test_what_is_no_image_is_not_read_to_its_end(bench: Bench) -> None:
    bench.server.script = lambda _: events(b"<!doctype html>" + b" " * 64, End.HANG, content_type="text/html")

    bench.refused(image_errors.LinkNotAnImage)
    assert bench.server.hung_up.wait(20)


@pytest.mark.parametrize(("status", "words"), [(404, "404 Not Found"), (403, "403 Forbidden"), (500, "500")])
def test_a_server_that_refuses_is_quoted(bench: Bench, status: int, words: str) -> None:
    bench.server.script = lambda _: whole(PNG, status=status, content_type="image/png")

    assert bench.refused(image_errors.LinkUnreachable).detail.startswith(words)


@pytest.mark.parametrize(
    "reply",
    [raw(End.RESET), raw(b"nonsense\r\n\r\n"), whole(PNG, headers={"Content-Length": "999"}), raw(End.CUT)],
    ids=["reset", "nonsense", "cut short", "silent"],
)
def test_a_connection_that_fails_is_told(bench: Bench, reply: Reply) -> None:
    bench.server.script = lambda _: Reply((*reply.steps, End.CUT))

    bench.refused(image_errors.LinkUnreachable)


def test_a_query_is_never_shown(bench: Bench) -> None:
    bench.server.script = lambda _: whole(b"", status=404)
    error = bench.refused(image_errors.LinkUnreachable, bench.url("/a.png?token=secret"))

    assert "secret" not in f"{error} {error.detail}"
    assert str(error).startswith(f"images.example:{bench.server.port}/a.png cannot be reached")


# ── behind a proxy ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def proxy(bench: Bench) -> Iterator[SocksProxy]:
    with SocksProxy(bench.server.port) as proxy:
        bench.proxies = {"all": f"socks5://{proxy.address}"}
        yield proxy


def test_a_proxy_is_asked_by_name(bench: Bench, proxy: SocksProxy) -> None:
    assert bench.fetch("https://user:secret@images.example/a|b.png?token={secret}").data == PNG
    assert proxy.asked == ["images.example:443"]
    assert bench.server.requests[0].target == "/a|b.png?token={secret}"


def test_a_name_that_only_the_proxy_knows_is_left_to_it(bench: Bench, proxy: SocksProxy) -> None:
    del bench.names.answers["other.example"]

    assert bench.fetch("https://other.example/a.png").data == PNG


@pytest.mark.parametrize(
    "host",
    ["10.0.0.1", "[::1]", "localhost", "nas.local", "printer", "2130706433", "private.example", "localhost."],
)
def test_a_proxy_is_not_asked_for_what_is_private(bench: Bench, proxy: SocksProxy, host: str) -> None:
    bench.refused(image_errors.LinkPrivate, f"https://{host}/a.png")

    assert proxy.asked == []


def test_behind_a_proxy_redirects_are_judged_too(bench: Bench, proxy: SocksProxy) -> None:
    bench.server.script = lambda _: redirect("https://private.example/")

    bench.refused(image_errors.LinkPrivate, "https://images.example/a.png")
    assert proxy.asked == ["images.example:443"]


def test_a_proxy_that_cannot_be_used_is_told(bench: Bench) -> None:
    bench.proxies = {"https": "nonsense://127.0.0.1:1"}
    error = bench.refused(image_errors.LinkUnreachable, "https://images.example/a.png")

    assert error.detail
