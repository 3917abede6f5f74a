"""Every exception that httpx knows becomes one of ours."""

import ssl

import httpx
import pytest

from desktop.domain.errors import AppError
from desktop.domain.provider_errors import (
    CertificatesUnusable,
    ConnectionLost,
    InvalidAddress,
    NotAnAnswer,
    ProviderError,
    ProxyUnusable,
    ServerUnreachable,
    TimedOut,
)
from desktop.providers.faults import domain_errors

REQUEST = httpx.Request(
    "GET",
    "http://host/v1",
    extensions={"timeout": {"connect": 15.0, "read": 120.0, "write": 60.0, "pool": 5.0}},
)


EXCEPTIONS_OF_HTTPX: list[type[Exception]] = [
    kind
    for kind in (getattr(httpx, name) for name in httpx.__all__)
    if isinstance(kind, type) and issubclass(kind, Exception)
]
_WITHOUT_WORDS = (httpx.StreamConsumed, httpx.StreamClosed, httpx.ResponseNotRead, httpx.RequestNotRead)


def instance(kind: type[Exception]) -> Exception:
    if issubclass(kind, httpx.HTTPStatusError):
        return kind("words", request=REQUEST, response=httpx.Response(500))
    if issubclass(kind, httpx.RequestError):
        return kind("words", request=REQUEST)
    return kind() if kind in _WITHOUT_WORDS else kind("words")


def translated(error: BaseException) -> AppError:
    with pytest.raises(AppError) as raised, domain_errors("host"):
        raise error
    assert raised.value.__cause__ is error
    return raised.value


@pytest.mark.parametrize("kind", EXCEPTIONS_OF_HTTPX, ids=lambda kind: kind.__name__)
def test_nothing_of_httpx_leaks(kind: type[Exception]) -> None:
    error = translated(instance(kind))
    assert isinstance(error, ProviderError)
    assert "host" in str(error) or isinstance(error, ProxyUnusable)


def test_httpx_has_the_exceptions_that_we_know() -> None:
    assert len(EXCEPTIONS_OF_HTTPX) == 28


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
    ("kind", "seconds"),
    [
        (httpx.ConnectTimeout, 15),
        (httpx.ReadTimeout, 120),
        (httpx.WriteTimeout, 60),
        (httpx.PoolTimeout, 5),
    ],
)
def test_a_silence_is_told_in_seconds(kind: type[httpx.TimeoutException], seconds: int) -> None:
    error = translated(kind("", request=REQUEST))
    assert isinstance(error, TimedOut)
    assert error.facts["seconds"] == seconds


def test_a_silence_of_unknown_length_is_still_told() -> None:
    assert isinstance(translated(httpx.ReadTimeout("")), ServerUnreachable)


def test_a_certificate_is_named_as_the_cause() -> None:
    error = httpx.ConnectError("failed", request=REQUEST)
    error.__cause__ = OSError("outer")
    error.__cause__.__cause__ = ssl.SSLCertVerificationError("self-signed certificate")
    found = translated(error)
    assert isinstance(found, CertificatesUnusable)
    assert "self-signed" in found.detail


def test_another_tls_fault_is_no_question_of_trust() -> None:
    error = httpx.ConnectError("failed", request=REQUEST)
    error.__cause__ = ssl.SSLError("wrong version number")
    assert type(translated(error)) is ServerUnreachable


def test_causes_in_a_circle_end() -> None:
    error = httpx.ConnectError("failed", request=REQUEST)
    other = OSError("other")
    error.__cause__, other.__context__ = other, error
    assert type(translated(error)) is ServerUnreachable


@pytest.mark.parametrize(
    ("fault", "ours"),
    [(ssl.SSLError("bad record mac"), ConnectionLost), (UnicodeError("label too long"), InvalidAddress)],
)
def test_what_httpx_lets_through_does_not_leak_either(fault: Exception, ours: type[AppError]) -> None:
    assert type(translated(fault)) is ours


def test_a_header_that_cannot_be_sent_is_not_quoted() -> None:
    assert (
        translated(httpx.LocalProtocolError("Illegal header value b'Bearer sk-1'")).detail
        == "LocalProtocolError"
    )


def test_our_own_errors_and_bugs_pass() -> None:
    for error in (ServerUnreachable(host="host"), KeyError("bug")):
        with pytest.raises(type(error)), domain_errors("host"):
            raise error
