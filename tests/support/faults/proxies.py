"""Ways out of a network that are closed."""

from collections.abc import Iterator
from contextlib import contextmanager

from desktop.domain.provider_errors import (
    ConnectionLost,
    ConnectTimedOut,
    InvalidProxy,
    ProviderError,
    ProxyRefused,
    ProxyUnreachable,
    ProxyWantsPassword,
    TimedOut,
)
from desktop.domain.settings import Network, TimeLimits
from tests.support.blunt_server import BluntServer
from tests.support.faults.fault import BEGINS_SOON, CONNECTS_SOON, PATIENT, Fault, Place, Scene, at
from tests.support.faults.network import free_port
from tests.support.faults.said import ANSWER, STREAM
from tests.support.server import End, Reply, ScriptedServer, events, in_turn, raw, whole
from tests.support.socks import SocksProxy

_PLAIN, _SECURE = "http://model.invalid/v1", "https://model.invalid/v1"

_GREETED, _NO_WAY_IN = b"\x05\x00", b"\x05\xff"


def _by(url: str, server: str = _PLAIN, limits: TimeLimits = PATIENT) -> Place:
    return at(server, network=Network("custom", proxy_url=url), limits=limits)


def _http(reply: Reply, server: str = _PLAIN, limits: TimeLimits = PATIENT) -> Scene:
    """An HTTP proxy that answers so, to whatever it is asked."""

    @contextmanager
    def scene() -> Iterator[Place]:
        with ScriptedServer(in_turn(reply)) as proxy:
            yield _by(f"http://127.0.0.1:{proxy.port}", server, limits)

    return scene


def _blunt(scheme: str, *answers: bytes | End, server: str = _PLAIN, limits: TimeLimits = PATIENT) -> Scene:
    @contextmanager
    def scene() -> Iterator[Place]:
        with BluntServer(*answers) as proxy:
            yield _by(f"{scheme}://127.0.0.1:{proxy.port}", server, limits)

    return scene


def _dead(scheme: str, server: str = _PLAIN) -> Scene:
    """Nothing listens where the proxy should be."""

    @contextmanager
    def scene() -> Iterator[Place]:
        yield _by(f"{scheme}://127.0.0.1:{free_port()}", server)

    return scene


def _named(url: str) -> Scene:
    @contextmanager
    def scene() -> Iterator[Place]:
        yield _by(url)

    return scene


@contextmanager
def _through_socks() -> Iterator[Place]:
    with ScriptedServer(in_turn(events(STREAM))) as server, SocksProxy(server.port) as proxy:
        yield _by(f"socks5://{proxy.address}")


@contextmanager
def _past_proxy() -> Iterator[Place]:
    with ScriptedServer(in_turn(events(STREAM))) as server:
        yield _by(f"http://127.0.0.1:{free_port()}", server.url)


def _status(status: int, phrase: str) -> Reply:
    return raw(f"HTTP/1.1 {status} {phrase}\r\nContent-Length: 0\r\n\r\n".encode())


def _socks_says(reply: int) -> Scene:
    return _blunt("socks5", _GREETED, bytes([5, reply, 0, 1]) + bytes(6))


def _fails(name: str, scene: Scene, kind: type[ProviderError]) -> Fault:
    return Fault("proxy", name, scene, kind)


def _works(name: str, scene: Scene) -> Fault:
    return Fault("proxy", name, scene, "stop", ANSWER)


PROXIES: tuple[Fault, ...] = (
    _works("by way of HTTP", _http(events(STREAM))),
    _works("by way of SOCKS", _through_socks),
    _works("this machine is asked past it", _past_proxy),
    _fails("it is not there", _dead("http"), ProxyUnreachable),
    _fails("it is not there, for https", _dead("http", _SECURE), ProxyUnreachable),
    _fails("a name nobody knows", _named("http://proxy.invalid:3128"), ProxyUnreachable),
    _fails("wants a password", _http(whole(b"", status=407)), ProxyWantsPassword),
    _fails("wants a password, for https", _http(_status(407, "Auth"), _SECURE), ProxyWantsPassword),
    _fails("forbids the server", _http(_status(403, "Forbidden"), _SECURE), ProxyRefused),
    _fails("does not do CONNECT", _http(_status(405, "Not Allowed"), _SECURE), ProxyRefused),
    _fails("finds no server", _http(_status(502, "Bad Gateway"), _SECURE), ProxyRefused),
    _fails("finds no server in time", _http(_status(504, "Timeout"), _SECURE), ProxyRefused),
    _fails("hangs up", _http(raw(End.CUT)), ConnectionLost),
    _fails("hangs up, for https", _http(raw(End.CUT), _SECURE), ConnectionLost),
    _fails("is silent", _http(raw(End.HANG), limits=BEGINS_SOON), TimedOut),
    _fails("is silent, for https", _http(raw(End.HANG), _SECURE, BEGINS_SOON), TimedOut),
    _fails("is no proxy", _blunt("http", b"SSH-2.0-OpenSSH_9.7\r\n", server=_SECURE), ConnectionLost),
    _fails("speaks no TLS itself", _blunt("https", b"SSH-2.0-OpenSSH_9.7\r\n"), ProxyUnreachable),
    _fails("SOCKS: it is not there", _dead("socks5"), ProxyUnreachable),
    _fails("SOCKS: wants a password", _blunt("socks5", _NO_WAY_IN), ProxyWantsPassword),
    _fails("SOCKS: hangs up", _blunt("socks5", End.CUT), ProxyUnreachable),
    _fails("SOCKS: hangs up later", _blunt("socks5", _GREETED, End.CUT), ProxyUnreachable),
    _fails("SOCKS: is silent", _blunt("socks5", End.HANG, limits=CONNECTS_SOON), ProxyUnreachable),
    _fails("SOCKS: waits", _blunt("socks5", _GREETED, End.HANG, limits=CONNECTS_SOON), ConnectTimedOut),
    _fails("SOCKS: speaks HTTP", _blunt("socks5", b"HTTP/1.1 400 No\r\n\r\n"), ProxyUnreachable),
    _fails("SOCKS: forbids the server", _socks_says(2), ProxyRefused),
    _fails("SOCKS: finds no way", _socks_says(3), ProxyRefused),
    _fails("SOCKS: finds no server", _socks_says(4), ProxyRefused),
    _fails("SOCKS: the server refuses", _socks_says(5), ProxyRefused),
    _fails("an address of another kind", _named("ftp://127.0.0.1:21"), InvalidProxy),
    _fails("no address", _named("http://"), InvalidProxy),
)
