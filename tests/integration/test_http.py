"""The client's ways to a server: certificates, proxies, limits."""

import asyncio
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from desktop.domain.errors import AppError
from desktop.domain.provider_errors import (
    CertificatesUnusable,
    CertificateUntrusted,
    ConnectTimedOut,
    InvalidAddress,
    InvalidProxy,
    NotSecure,
    ProxyRefused,
    ProxyUnreachable,
    ProxyWantsPassword,
    ServerUnreachable,
)
from desktop.domain.settings import TimeLimits
from desktop.providers.http import Upload
from tests.support import seed
from tests.support.asking import ask
from tests.support.server import ScriptedServer, events, in_turn, whole
from tests.support.socks import SocksProxy

FAR = "http://model.invalid/v1"
PROXY_VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "socks_proxy")


@pytest.fixture(autouse=True)
def no_proxy_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*PROXY_VARIABLES, *(name.upper() for name in PROXY_VARIABLES)):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer(in_turn(events(seed.CURL_STREAM))) as server:
        yield server


# ── certificates ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def tls_server(authority: trustme.CA) -> Iterator[ScriptedServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with ScriptedServer(in_turn(events(seed.CURL_STREAM)), tls=context) as server:
        yield server


def test_a_company_authority_of_the_system_is_trusted(
    tls_server: ScriptedServer, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    assert ask(tls_server.url).finish == "stop"


def test_a_strangers_certificate_is_refused(tls_server: ScriptedServer) -> None:
    with pytest.raises(CertificateUntrusted, match=r"127\.0\.0\.1:\d+: nobody trusted here") as error:
        ask(tls_server.url)
    assert "certificate verify failed" in error.value.detail
    assert not tls_server.requests


@pytest.mark.parametrize("kind", ["missing", "empty", "garbage", "directory"])
def test_certificates_that_cannot_be_loaded_stop_only_https(
    kind: str,
    server: ScriptedServer,
    tls_server: ScriptedServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "garbage").write_bytes(b"-----BEGIN CERTIFICATE-----\nno\n")
    (tmp_path / "directory").mkdir()
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / kind))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "nowhere"))
    assert ask(server.url).finish == "stop"
    with pytest.raises(CertificatesUnusable):
        ask(tls_server.url)


def test_https_to_a_server_without_it_is_told(server: ScriptedServer) -> None:
    with pytest.raises(NotSecure):
        ask(server.url.replace("http:", "https:"))


# ── proxies ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("scheme", ["http://", ""])
def test_the_systems_proxy_is_used(
    variable: str, scheme: str, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, f"{scheme}127.0.0.1:{server.port}")
    assert ask(FAR).finish == "stop"
    (request,) = server.requests
    assert request.target == f"{FAR}/chat/completions"


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "0.0.0.0"])
def test_this_machine_is_never_asked_for_through_a_proxy(
    name: str, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScriptedServer(in_turn(events(seed.CURL_STREAM))) as proxy:
        monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        assert ask(server.url.replace("127.0.0.1", name)).finish == "stop"
        assert proxy.connections == 0
    assert server.requests[0].target == "/v1/chat/completions"


@pytest.mark.parametrize("exception", ["model.invalid", ".invalid", "*", "other.example,model.invalid:80"])
def test_exceptions_from_the_proxy_hold(
    exception: str, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{server.port}")
    monkeypatch.setenv("NO_PROXY", exception)
    with pytest.raises(ServerUnreachable):
        ask("http://model.invalid:80/v1")
    assert server.connections == 0


@pytest.mark.parametrize("exception", ["[::1]", "::1", "localhost,127.0.0.1,[::1]", "10.0.0.0/8", " , "])
def test_exceptions_that_httpx_stumbles_over_do_no_harm(
    exception: str, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{server.port}")
    monkeypatch.setenv("NO_PROXY", exception)
    assert ask(FAR).finish == "stop"
    assert len(server.requests) == 1


@pytest.mark.parametrize("scheme", ["socks5", "socks5h", "socks"])
@pytest.mark.parametrize("variable", ["ALL_PROXY", "HTTP_PROXY", "SOCKS_PROXY"])
def test_a_socks_proxy_is_used(
    scheme: str, variable: str, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SocksProxy(server.port) as proxy:
        monkeypatch.setenv(variable, f"{scheme}://{proxy.address}/")
        assert ask(FAR).finish == "stop"
        assert proxy.asked == ["model.invalid:80"]


@pytest.mark.parametrize(
    "address",
    [
        "socks4://127.0.0.1:1",
        "ftp://127.0.0.1:1",
        "http://:::",
        "http://127.0.0.1:port",
        "http://",
        "http://a b",
    ],
)
def test_a_proxy_that_cannot_be_used_gets_a_sentence(
    address: str, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", address)
    assert ask(server.url).finish == "stop", "this machine can still be asked"
    with pytest.raises(InvalidProxy, match="address of a proxy"):
        ask(FAR)


def test_a_proxy_that_is_not_there_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setenv("ALL_PROXY", f"http://me:geheim@127.0.0.1:{unused.getsockname()[1]}")
        with pytest.raises(ProxyUnreachable) as error:
            ask(FAR)
    assert "geheim" not in f"{error.value!r} {error.value.detail}"


@pytest.mark.parametrize(
    ("status", "kind"),
    [(502, ProxyRefused), (503, ProxyRefused), (403, ProxyRefused), (407, ProxyWantsPassword)],
)
def test_a_proxy_that_lets_nothing_through_is_named(
    status: int, kind: type[AppError], monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScriptedServer(in_turn(whole(b"", status=status))) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        with pytest.raises(kind):
            ask("https://model.invalid/v1")
        assert [request.target for request in proxy.requests] == ["model.invalid:443"]


# ── uploads ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", [0, 1, Upload.PIECE, Upload.PIECE + 1, 5 * Upload.PIECE - 1])
def test_a_body_leaves_in_pieces_as_often_as_wanted(size: int) -> None:
    body = bytes(range(256)) * (size // 256 + 1)
    upload = Upload(body[:size])

    async def pieces() -> list[bytes]:
        return [piece async for piece in upload]

    for _ in range(2):
        sent = asyncio.run(pieces())
        assert b"".join(sent) == body[:size]
        assert all(0 < len(piece) <= Upload.PIECE for piece in sent)
    assert upload.headers["Content-Length"] == str(size)


# ── limits and odd addresses ────────────────────────────────────────────────────────────────────


@pytest.fixture
def deaf_port() -> Iterator[int]:
    """A port whose queue of connections is full: nobody answers, nobody refuses."""
    with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for waiting in (first, second):
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]


def test_a_connection_is_given_up_after_the_limit(deaf_port: int) -> None:
    with pytest.raises(ConnectTimedOut) as error:
        ask(f"http://127.0.0.1:{deaf_port}/v1", limits=TimeLimits(connect=0.6))
    assert error.value.facts["seconds"] == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://" + "a" * 64 + ".example/v1",
        "http://" + "a." * 130 + "example/v1",
        "http://-/v1",
        "http://_/v1",
        "http://ab--cd.example/v1",
        "http://xn--/v1",
        "http://\u0661.example/v1",
        "http://ß\u200c.example/v1",
        "http://999.999.999.999/v1",
        "http://[fe80::1%25eth9]/v1",
        "http://host.invalid/" + "x" * 70_000,
    ],
    ids=lambda url: url[:30],
)
def test_an_address_that_leads_nowhere_gets_a_sentence(url: str) -> None:
    with pytest.raises((InvalidAddress, ServerUnreachable)):
        ask(url)
