"""Connections that should be secure, and are not."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import trustme

from desktop.domain.provider_errors import (
    AuthoritiesUnusable,
    CertificateExpired,
    CertificateForOther,
    CertificateNotYetValid,
    CertificateUntrusted,
    ConnectionLost,
    ConnectTimedOut,
    NotSecure,
    ProviderError,
    TlsFailed,
)
from desktop.domain.settings import Network, TimeLimits
from tests.support.blunt_server import BluntServer
from tests.support.faults.fault import CONNECTS_SOON, PATIENT, Fault, Place, Scene, at
from tests.support.faults.said import ANSWER, STREAM
from tests.support.server import End, ScriptedServer, events, in_turn

_NOW = datetime.now(UTC)
_YEAR = timedelta(days=365)

Certificate = Callable[[trustme.CA], trustme.LeafCert]


def _secure(certificate: Certificate, *, is_trusted: bool = True) -> Scene:
    """A server with that certificate; whoever issued it is trusted, or a stranger."""

    @contextmanager
    def scene() -> Iterator[Place]:
        authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate(authority).configure_cert(context)
        with (
            TemporaryDirectory() as folder,
            ScriptedServer(in_turn(events(STREAM)), tls=context) as server,
        ):
            file = Path(folder, "company.pem")
            authority.cert_pem.write_to_path(str(file))
            yield at(server.url, network=Network("none", authorities_file=str(file) if is_trusted else ""))

    return scene


def _blunt(*answers: bytes | End, limits: TimeLimits = PATIENT) -> Scene:
    """What is asked for https, and answers the greeting so."""

    @contextmanager
    def scene() -> Iterator[Place]:
        with BluntServer(*answers) as server:
            yield at(f"https://127.0.0.1:{server.port}/v1", limits=limits)

    return scene


@contextmanager
def _http_instead() -> Iterator[Place]:
    with ScriptedServer(in_turn(events(STREAM))) as server:
        yield at(server.url.replace("http:", "https:"))


@contextmanager
def _http_to_tls() -> Iterator[Place]:
    with _secure(_good)() as place:
        yield at(place.endpoint.base_url.replace("https:", "http:"))


def _authorities(content: bytes | None) -> Scene:
    """A file of certificates that cannot be used; None: there is none."""

    @contextmanager
    def scene() -> Iterator[Place]:
        with TemporaryDirectory() as folder, ScriptedServer(in_turn(events(STREAM))) as server:
            file = Path(folder, "company.pem")
            if content is not None:
                file.write_bytes(content)
            yield at(
                server.url.replace("http:", "https:"), network=Network("none", authorities_file=str(file))
            )

    return scene


def _good(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert("127.0.0.1")


def _dated(begin: datetime, end: datetime) -> Certificate:
    return lambda authority: authority.issue_cert("127.0.0.1", not_before=begin, not_after=end)


def _fails(name: str, scene: Scene, kind: type[ProviderError]) -> Fault:
    return Fault("TLS", name, scene, kind)


TLS: tuple[Fault, ...] = (
    Fault("TLS", "a company's certificate, trusted by its file", _secure(_good), "stop", ANSWER),
    _fails("issued by a stranger", _secure(_good, is_trusted=False), CertificateUntrusted),
    _fails("expired", _secure(_dated(_NOW - 2 * _YEAR, _NOW - _YEAR)), CertificateExpired),
    _fails("not yet valid", _secure(_dated(_NOW + _YEAR, _NOW + 2 * _YEAR)), CertificateNotYetValid),
    _fails("of another host", _secure(lambda ca: ca.issue_cert("other.example")), CertificateForOther),
    _fails("of another address", _secure(lambda ca: ca.issue_cert("127.0.0.2")), CertificateForOther),
    _fails("HTTP on the port of TLS", _http_instead, NotSecure),
    _fails("TLS on the port of HTTP", _http_to_tls, ConnectionLost),
    _fails("another program answers", _blunt(b"SSH-2.0-OpenSSH_9.7\r\n"), NotSecure),
    _fails("no version in common", _blunt(b"\x15\x03\x01\x00\x02\x02\x46"), TlsFailed),
    _fails("no cipher in common", _blunt(b"\x15\x03\x03\x00\x02\x02\x28"), TlsFailed),
    _fails("hangs up in the handshake", _blunt(End.CUT), ConnectionLost),
    _fails("reset in the handshake", _blunt(End.RESET), ConnectionLost),
    _fails("silent in the handshake", _blunt(End.HANG, limits=CONNECTS_SOON), ConnectTimedOut),
    _fails("the company's file is missing", _authorities(None), AuthoritiesUnusable),
    _fails("the company's file is empty", _authorities(b""), AuthoritiesUnusable),
    _fails(
        "the company's file is no certificate",
        _authorities(b"-----BEGIN CERTIFICATE-----\nno\n"),
        AuthoritiesUnusable,
    ),
)
