"""Every exception that httpx knows becomes one of ours, and the finest that its codes allow."""

import errno
import os
import socket
import ssl
from collections.abc import Iterator

import httpcore
import httpx
import pytest

from desktop.domain.errors import AppError
from desktop.domain.image_errors import LinkUnreachable
from desktop.domain.provider_errors import (
    CertificateExpired,
    CertificateForOther,
    CertificateNotYetValid,
    CertificatesUnusable,
    CertificateUntrusted,
    ConnectionLost,
    ConnectTimedOut,
    InvalidAddress,
    NameNotFound,
    NetworkDown,
    NotAnAnswer,
    NothingListens,
    NotSecure,
    ProviderError,
    ProxyUnusable,
    ServerUnreachable,
    TimedOut,
    TlsFailed,
)
from desktop.providers.faults import domain_errors, innermost_words, link_errors

REQUEST = httpx.Request(
    "GET",
    "http://host/v1",
    extensions={"timeout": {"connect": 15.0, "read": 120.0, "write": 60.0, "pool": 5.0}},
)


def below(kind: type[BaseException]) -> Iterator[type[BaseException]]:
    yield kind
    for each in kind.__subclasses__():
        yield from below(each)


def exceptions_of(package: str) -> list[type[Exception]]:
    """All that `package` defines, whether it exports them or not."""
    found = {kind for kind in below(Exception) if kind.__module__.partition(".")[0] == package}
    return sorted((kind for kind in found if issubclass(kind, Exception)), key=lambda kind: kind.__name__)


EXCEPTIONS = [*exceptions_of("httpx"), *exceptions_of("httpcore")]
_WITHOUT_WORDS = (httpx.StreamConsumed, httpx.StreamClosed, httpx.ResponseNotRead, httpx.RequestNotRead)


def instance(kind: type[Exception]) -> Exception:
    if issubclass(kind, httpx.HTTPStatusError):
        return kind("words", request=REQUEST, response=httpx.Response(500))
    if issubclass(kind, httpx.RequestError):
        return kind("words", request=REQUEST)
    if kind.__module__.startswith("httpcore"):
        return kind("words")
    return kind() if kind in _WITHOUT_WORDS else kind("words")


def translated(error: BaseException) -> AppError:
    with pytest.raises(AppError) as raised, domain_errors("host"):
        raise error
    assert raised.value.__cause__ is error
    return raised.value


@pytest.mark.parametrize("kind", EXCEPTIONS, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_nothing_of_httpx_leaks(kind: type[Exception]) -> None:
    error = translated(instance(kind))
    assert isinstance(error, ProviderError)
    assert "host" in str(error) or isinstance(error, ProxyUnusable)


def test_all_that_httpx_exports_is_among_them() -> None:
    exported = [getattr(httpx, name) for name in httpx.__all__]
    kinds = {kind for kind in exported if isinstance(kind, type) and issubclass(kind, Exception)}
    assert len(kinds) == 28
    assert kinds <= set(EXCEPTIONS)


@pytest.mark.parametrize(
    ("kind", "ours"),
    [
        (httpx.ConnectError, ServerUnreachable),
        (httpx.ReadError, ConnectionLost),
        (httpx.WriteError, ConnectionLost),
        (httpx.RemoteProtocolError, ConnectionLost),
        (httpx.ProxyError, ProxyUnusable),
        (httpx.UnsupportedProtocol, InvalidAddress),
        (httpx.InvalidURL, InvalidAddress),
        (httpx.DecodingError, NotAnAnswer),
        (httpx.LocalProtocolError, ProviderError),
    ],
)
def test_what_becomes_of_it(kind: type[Exception], ours: type[AppError]) -> None:
    assert type(translated(instance(kind))) is ours


@pytest.mark.parametrize(
    ("kind", "ours", "seconds"),
    [
        (httpx.ConnectTimeout, ConnectTimedOut, 15),
        (httpx.PoolTimeout, ConnectTimedOut, 5),
        (httpx.ReadTimeout, TimedOut, 120),
        (httpx.WriteTimeout, TimedOut, 60),
    ],
)
def test_a_silence_is_told_in_seconds(
    kind: type[httpx.TimeoutException], ours: type[AppError], seconds: int
) -> None:
    error = translated(kind("", request=REQUEST))
    assert type(error) is ours
    assert error.facts["seconds"] == seconds


@pytest.mark.parametrize("kind", [httpx.ReadTimeout, httpx.ConnectTimeout, httpcore.PoolTimeout])
def test_a_silence_of_unknown_length_is_still_told(kind: type[Exception]) -> None:
    assert isinstance(translated(kind("")), ServerUnreachable)


# ── no connection ───────────────────────────────────────────────────────────────────────────────


def caused_by(cause: BaseException) -> httpx.ConnectError:
    """As httpcore chains them: the cause of the cause, without a word of its own."""
    error = httpx.ConnectError("All connection attempts failed", request=REQUEST)
    error.__cause__ = httpcore.ConnectError()
    error.__cause__.__context__ = cause
    return error


def os_error(code: int) -> OSError:
    """In the language of whoever uses the computer, so that no word of it can help."""
    return OSError(code, "Der Vorgang ist fehlgeschlagen")


@pytest.mark.parametrize(
    ("cause", "ours"),
    [
        (socket.gaierror(socket.EAI_NONAME, "?"), NameNotFound),
        (socket.gaierror(socket.EAI_AGAIN, "?"), NameNotFound),
        (os_error(errno.ECONNREFUSED), NothingListens),
        (os_error(errno.ENETUNREACH), NetworkDown),
        (os_error(errno.EHOSTUNREACH), NetworkDown),
        (os_error(errno.ENETDOWN), NetworkDown),
        (os_error(errno.EADDRNOTAVAIL), NetworkDown),
        (os_error(10051), NetworkDown),
        (os_error(errno.ECONNRESET), ConnectionLost),
        (os_error(errno.EPIPE), ConnectionLost),
        (ssl.SSLEOFError(8, "?"), ConnectionLost),
        (ssl.SSLZeroReturnError(6, "?"), ConnectionLost),
        (os_error(errno.EACCES), ServerUnreachable),
        (os_error(errno.ETIMEDOUT), ServerUnreachable),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else repr(value),
)
def test_why_there_is_no_connection_is_told_by_codes(cause: OSError, ours: type[AppError]) -> None:
    error = translated(caused_by(cause))
    assert type(error) is ours
    assert error.detail == str(cause)


def test_of_several_addresses_the_one_that_refused_counts() -> None:
    attempts = [os_error(errno.ENETUNREACH), os_error(errno.ECONNREFUSED)]
    outer = OSError("All connection attempts failed")
    outer.__cause__ = ExceptionGroup("multiple connection attempts failed", attempts)
    error = translated(caused_by(outer))
    assert type(error) is NothingListens
    assert "multiple" not in error.detail


def test_causes_in_a_circle_end() -> None:
    error = httpx.ConnectError("failed", request=REQUEST)
    other = OSError("other")
    error.__cause__, other.__context__ = other, error
    assert type(translated(error)) is ServerUnreachable


# ── TLS ─────────────────────────────────────────────────────────────────────────────────────────


def judged(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError("nicht vertrauenswürdig")
    error.verify_code = code
    return error


@pytest.mark.parametrize(
    ("code", "ours"),
    [
        *((code, CertificateUntrusted) for code in (18, 19, 20, 21, -67843, 0x800B0109, 0x800B010A)),
        *((code, CertificateExpired) for code in (10, -67818, 0x800B0101, 0x800B0101 - (1 << 32))),
        *((code, CertificateNotYetValid) for code in (9, -67819)),
        *((code, CertificateForOther) for code in (62, 64, -67602, 0x800B010F)),
        (23, CertificatesUnusable),
    ],
)
def test_a_certificate_is_judged_by_the_code_of_the_judge(code: int, ours: type[AppError]) -> None:
    found = translated(caused_by(judged(code)))
    assert type(found) is ours
    assert found.detail == "nicht vertrauenswürdig"


def test_a_judge_without_a_code_is_believed() -> None:
    error = ssl.SSLCertVerificationError("Peer sent no certificates to verify")
    assert type(translated(caused_by(error))) is CertificatesUnusable


@pytest.mark.parametrize(
    ("reason", "ours"),
    [("WRONG_VERSION_NUMBER", NotSecure), ("HTTP_REQUEST", NotSecure), ("UNSUPPORTED_PROTOCOL", TlsFailed)],
)
def test_another_tls_fault_is_no_question_of_trust(reason: str, ours: type[AppError]) -> None:
    error = ssl.SSLError(1, "?")
    error.reason = reason
    assert type(translated(caused_by(error))) is ours


# ── the rest ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("fault", "ours"),
    [
        (ssl.SSLError("bad record mac"), ConnectionLost),
        (OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT)), ConnectionLost),
        (socket.gaierror(socket.EAI_NONAME, "?"), NameNotFound),
        (UnicodeError("label too long"), InvalidAddress),
    ],
)
def test_what_httpx_lets_through_does_not_leak_either(fault: Exception, ours: type[AppError]) -> None:
    assert type(translated(fault)) is ours


@pytest.mark.parametrize(
    ("words", "ours"),
    [
        ("illegal request line", NotAnAnswer),
        ("illegal status line: bytearray(b'SSH-2.0')", NotAnAnswer),
        ("illegal chunk header: bytearray(b'zz')", ConnectionLost),
        ("peer closed connection without sending complete message body", ConnectionLost),
    ],
)
def test_what_is_no_http_is_no_broken_connection(words: str, ours: type[AppError]) -> None:
    assert type(translated(httpx.RemoteProtocolError(words))) is ours


def test_on_the_way_to_an_image_it_is_a_fault_of_the_link() -> None:
    with pytest.raises(LinkUnreachable, match=r"host/a\.png"), link_errors("host/a.png"):
        raise caused_by(os_error(errno.ECONNREFUSED))


def test_without_any_word_there_are_no_words() -> None:
    assert innermost_words(httpx.ReadError("")) == ""


def test_a_header_that_cannot_be_sent_is_not_quoted() -> None:
    assert (
        translated(httpx.LocalProtocolError("Illegal header value b'Bearer sk-1'")).detail
        == "LocalProtocolError"
    )


def test_our_own_errors_and_bugs_pass() -> None:
    for error in (ServerUnreachable(host="host"), KeyError("bug")):
        with pytest.raises(type(error)), domain_errors("host"):
            raise error
