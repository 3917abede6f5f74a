"""The user's own proxy: every kind of it, with a name and a password."""

import asyncio
from pathlib import Path

import httpx
import pytest
import trustme

from desktop.domain.errors import AppError
from desktop.domain.provider_errors import (
    ProxyRefused,
    ProxyUnreachable,
    ProxyWantsPassword,
)
from desktop.domain.settings import Network, TimeLimits
from desktop.providers.http import client_over
from desktop.providers.routes import open_routes
from tests.support.blunt_server import BluntServer
from tests.support.server import End, ScriptedServer, in_turn, whole
from tests.support.tls import tls_context

FAR = "http://model.invalid/v1"
HERE = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhere"
BY_PASSWORD, LET_IN, KEPT_OUT = b"\x05\x02", b"\x01\x00", b"\x01\x01"
LIMITS = TimeLimits(connect=1.0)

FREE = b"\x05\x00"
"""SOCKS: the method that the proxy chooses, and what it says of a password."""

GRANTED = (
    b"\x05\x00\x00\x01" + bytes(6),
    b"\x05\x00\x00\x04" + bytes(18),
    b"\x05\x00\x00\x03\x04name" + bytes(2),
)


async def geheim() -> str:
    return "geheim"


def got(network: Network, url: str = FAR) -> bytes:
    async def scenario() -> bytes:
        async with client_over(await open_routes(network, geheim), LIMITS) as client:
            return (await client.get(url)).content

    return asyncio.run(scenario())


def refused(network: Network, kind: type[AppError], url: str = FAR) -> AppError:
    with pytest.raises(kind) as error:
        got(network, url)
    assert type(error.value) is kind
    assert "geheim" not in f"{error.value} {error.value!r} {error.value.detail}"
    return error.value


def socks(proxy: BluntServer, user: str = "me") -> Network:
    return Network("custom", f"socks5h://127.0.0.1:{proxy.port}", user)


# ── SOCKS ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("granted", GRANTED)
def test_socks_with_a_password(granted: bytes) -> None:
    with BluntServer(BY_PASSWORD, LET_IN, granted, HERE) as proxy:
        assert got(socks(proxy)) == b"here"


def test_socks_that_wants_no_password_gets_none() -> None:
    with BluntServer(FREE, GRANTED[0], HERE) as proxy:
        assert got(socks(proxy)) == b"here"


@pytest.mark.parametrize("url", ["http://192.0.2.1/", "http://[2001:db8::1]:8080/"])
def test_socks_to_an_address(url: str) -> None:
    with BluntServer(FREE, GRANTED[0], HERE) as proxy:
        assert got(socks(proxy), url) == b"here"


@pytest.mark.parametrize("answers", [(BY_PASSWORD, KEPT_OUT), (b"\x05\xff",)])
def test_a_wrong_password_is_told(answers: tuple[bytes, ...]) -> None:
    with BluntServer(*answers) as proxy:
        error = refused(socks(proxy), ProxyWantsPassword)
        assert error.facts["proxy"] == f"127.0.0.1:{proxy.port}"


@pytest.mark.parametrize(
    "answers", [(b"\x04\x00",), (b"HTTP/1.1 400 Bad\r\n\r\n",), (b"\x05",), (FREE, b"\x05")]
)
def test_what_is_no_socks_is_no_proxy(answers: tuple[bytes, ...]) -> None:
    with BluntServer(*answers) as proxy:
        refused(socks(proxy), ProxyUnreachable)


def test_a_silent_socks_is_the_proxys_fault_until_it_has_greeted() -> None:
    with BluntServer(End.HANG) as proxy:
        refused(socks(proxy), ProxyUnreachable)
    with BluntServer(FREE, End.HANG) as proxy, pytest.raises(httpx.ConnectTimeout):
        got(socks(proxy))


@pytest.mark.parametrize(("reply", "words"), [(4, "host unreachable"), (2, "rules"), (99, "reply 99")])
def test_what_socks_refuses_is_told(reply: int, words: str) -> None:
    with BluntServer(FREE, bytes([5, reply, 0, 1]) + bytes(6)) as proxy:
        error = refused(socks(proxy), ProxyRefused)
    assert words in error.detail
    assert error.facts["host"] == "model.invalid"


# ── HTTP ────────────────────────────────────────────────────────────────────────────────────────


def test_a_password_of_any_script_is_sent() -> None:
    with ScriptedServer(in_turn(whole(b"here"))) as proxy:
        assert got(Network("custom", f"127.0.0.1:{proxy.port}", "用户")) == b"here"
        # The base64 of what UTF-8 makes of it.
        assert proxy.requests[0].headers["proxy-authorization"] == "Basic 55So5oi3OmdlaGVpbQ=="


def test_without_a_name_no_password_is_asked_for() -> None:
    with ScriptedServer(in_turn(whole(b"here"))) as proxy:
        assert got(Network("custom", f"127.0.0.1:{proxy.port}")) == b"here"
        assert "proxy-authorization" not in proxy.requests[0].headers


def test_a_server_behind_a_tunnel_may_say_407() -> None:
    """It is the proxy's word only where the proxy reads along."""
    with ScriptedServer(in_turn(whole(b"", status=407))) as server:
        assert got(Network("none"), server.url) == b""


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def company(authority: trustme.CA, tmp_path: Path) -> str:
    file = tmp_path / "company.pem"
    authority.cert_pem.write_to_path(str(file))
    return str(file)


def test_a_proxy_that_is_spoken_to_securely(authority: trustme.CA, company: str) -> None:
    with ScriptedServer(in_turn(whole(b"here")), tls=tls_context(authority)) as proxy:
        network = Network("custom", f"https://127.0.0.1:{proxy.port}", "me", company)
        assert got(network) == b"here"
        assert proxy.requests[0].target == FAR
        refused(Network("custom", f"https://127.0.0.1:{proxy.port}"), ProxyUnreachable)
