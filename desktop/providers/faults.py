"""The seam of this room: no httpx exception leaves it."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx

from desktop.domain.image_errors import LinkUnreachable
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


@contextmanager
def domain_errors(host: str) -> Iterator[None]:
    """Every fault of the network or of httpx becomes a `ProviderError` that names `host`."""
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL, httpx.CookieConflict, httpx.StreamError) as error:
        raise _translated(error, host) from error
    except UnicodeError as error:
        # Python's resolver, of a name with a label that is too long.
        raise InvalidAddress(address=host, detail=str(error)) from error
    except OSError as error:
        # httpx lets TLS faults in the middle of a body through as they are.
        raise ConnectionLost(host=host, detail=str(error)) from error


@contextmanager
def link_errors(name: str) -> Iterator[None]:
    """The same on the way to an image: a `LinkError`. `name` is the web address, shortened."""
    try:
        with domain_errors(name):
            yield
    except ProviderError as error:
        raise LinkUnreachable(name=name, detail=error.detail or str(error)) from error


def is_certificate_fault(error: BaseException) -> bool:
    """Whether `error` was caused by a certificate that was judged and found wanting."""
    return any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error))


def _translated(error: Exception, host: str) -> ProviderError:
    for kinds, translate in _TRANSLATIONS:
        if isinstance(error, kinds):
            return translate(error, host)
    return ProviderError(host=host, detail=type(error).__name__)


def _unreachable(error: Exception, host: str) -> ProviderError:
    kind = CertificatesUnusable if is_certificate_fault(error) else ServerUnreachable
    return kind(host=host, detail=innermost_words(error))


def _timed_out(error: Exception, host: str) -> ProviderError:
    seconds = _limit(error)
    if seconds is None:
        return ServerUnreachable(host=host, detail=type(error).__name__)
    return TimedOut(host=host, seconds=round(seconds))


_TRANSLATIONS: tuple[
    tuple[type[Exception] | tuple[type[Exception], ...], Callable[[Exception, str], ProviderError]], ...
] = (
    (httpx.TimeoutException, _timed_out),
    (httpx.ConnectError, _unreachable),
    (httpx.ProxyError, lambda error, host: ProxyUnusable(host=host, detail=innermost_words(error))),
    (
        (httpx.NetworkError, httpx.RemoteProtocolError),
        lambda error, host: ConnectionLost(host=host, detail=innermost_words(error)),
    ),
    ((httpx.UnsupportedProtocol, httpx.InvalidURL), lambda _, host: InvalidAddress(address=host)),
    (
        (httpx.DecodingError, httpx.TooManyRedirects),
        lambda error, host: NotAnAnswer(host=host, detail=str(error)),
    ),
)

_LIMIT_NAMES = {
    httpx.ConnectTimeout: "connect",
    httpx.PoolTimeout: "pool",
    httpx.ReadTimeout: "read",
    httpx.WriteTimeout: "write",
}


def _limit(error: Exception) -> float | None:
    """The time limit in s that was exceeded; None if httpx does not say in which request."""
    try:
        limits = error.request.extensions["timeout"]  # type: ignore[attr-defined]  # of RequestError
        seconds: float | None = limits[_LIMIT_NAMES[type(error)]]  # type: ignore[index]
    except (RuntimeError, KeyError):
        return None
    return seconds


def innermost_words(error: BaseException) -> str:
    """httpx itself says "All connection attempts failed"; why, its cause knows."""
    return next((text for cause in reversed(_causes(error)) if (text := str(cause))), "")


def _causes(error: BaseException) -> list[BaseException]:
    causes = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) and cause not in causes:
        causes.append(cause)
    return causes
