"""The seam of this room: no exception of httpx, of httpcore under it, or of the system leaves it."""

import errno
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpcore
import httpx

from desktop.domain.image_errors import LinkUnreachable
from desktop.domain.provider_errors import (
    ConnectionLost,
    ConnectTimedOut,
    InvalidAddress,
    NameNotFound,
    NetworkDown,
    NotAnAnswer,
    NothingListens,
    ProviderError,
    ProxyUnusable,
    ServerUnreachable,
    TimedOut,
)
from desktop.providers.tls_faults import tls_fault


@contextmanager
def domain_errors(host: str) -> Iterator[None]:
    """Every fault of the network or of httpx becomes a `ProviderError` that names `host`."""
    try:
        yield
    except _FAULTS as error:
        raise _translated(error, host) from error
    except UnicodeError as error:
        # Python's resolver, of a name with a label that is too long.
        raise InvalidAddress(address=host, detail=str(error)) from error
    except OSError as error:
        # httpx lets TLS faults in the middle of a body through as they are: no question of trust.
        kind = None if isinstance(error, ssl.SSLError) else _kind_of(error)
        kind = kind or ConnectionLost
        raise kind(host=host, detail=str(error)) from error


@contextmanager
def link_errors(name: str) -> Iterator[None]:
    """The same on the way to an image: a `LinkError`. `name` is the web address, shortened."""
    try:
        with domain_errors(name):
            yield
    except ProviderError as error:
        raise LinkUnreachable(name=name, detail=error.detail or str(error)) from error


def innermost_words(error: BaseException) -> str:
    """httpx itself says "All connection attempts failed"; why, its cause knows."""
    return next((text for cause in reversed(_causes(error)) if (text := _words(cause))), "")


def _words(error: BaseException) -> str:
    if isinstance(error, BaseExceptionGroup):
        return ""  # It says how many it holds; what they are, they say.
    # truststore's have words only, which Python then shows as a tuple.
    return str(error.args[0]) if isinstance(error, ssl.SSLError) and len(error.args) == 1 else str(error)


def _causes(error: BaseException) -> list[BaseException]:
    """`error`, what it was raised from, and so on; of several attempts that failed, all."""
    found: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        cause = waiting.pop(0)
        if cause is None or cause in found:
            continue
        found.append(cause)
        if isinstance(cause, BaseExceptionGroup):
            waiting += cause.exceptions
        waiting.append(cause.__cause__ or cause.__context__)
    return found


# ── no connection ───────────────────────────────────────────────────────────────────────────────

_NO_WAY = {
    getattr(errno, name)
    for name in ("ENETUNREACH", "EHOSTUNREACH", "ENETDOWN", "EHOSTDOWN", "EADDRNOTAVAIL", "ENONET", "ENODEV")
    if hasattr(errno, name)
} | {10050, 10051, 10065, 1231, 1232}
"""And what Windows calls the same: WSAE…, ERROR_NETWORK_UNREACHABLE, ERROR_HOST_UNREACHABLE."""

_HUNG_UP = (
    ConnectionResetError,
    ConnectionAbortedError,
    BrokenPipeError,
    ssl.SSLEOFError,
    ssl.SSLZeroReturnError,  # what Debian 12's Python makes of the same
)


def _kind_of(error: BaseException) -> type[ProviderError] | None:
    """What `error` of the system means; never told by its words, which the system translates."""
    match error:
        case socket.gaierror():
            return NameNotFound
        case ConnectionRefusedError():
            return NothingListens
        case OSError() if isinstance(error, _HUNG_UP):
            return ConnectionLost
        case ssl.SSLError():
            return tls_fault(error)
        case OSError() if {error.errno, getattr(error, "winerror", None)} & _NO_WAY:
            return NetworkDown
    return None


def _unconnected(error: Exception, host: str) -> ProviderError:
    causes = _causes(error)
    kinds = [kind for cause in causes if (kind := _kind_of(cause))]
    # Of several addresses, one that refused says more than one to which there is no way.
    kind = NothingListens if NothingListens in kinds else next(iter(kinds), ServerUnreachable)
    return kind(host=host, detail=innermost_words(error))


# ── time ────────────────────────────────────────────────────────────────────────────────────────

_LIMITS: tuple[tuple[tuple[type[Exception], ...], str, type[ProviderError]], ...] = (
    ((httpx.ConnectTimeout, httpcore.ConnectTimeout), "connect", ConnectTimedOut),
    ((httpx.PoolTimeout, httpcore.PoolTimeout), "pool", ConnectTimedOut),
    ((httpx.WriteTimeout, httpcore.WriteTimeout), "write", TimedOut),
    ((httpx.ReadTimeout, httpcore.ReadTimeout), "read", TimedOut),
)


def _timed_out(error: Exception, host: str) -> ProviderError:
    for kinds, name, translated in _LIMITS:
        seconds = _limit(error, name)
        if isinstance(error, kinds) and seconds is not None:
            return translated(host=host, seconds=round(seconds))
    return ServerUnreachable(host=host, detail=type(error).__name__)


def _limit(error: Exception, name: str) -> float | None:
    """The time limit in s that was exceeded; None if httpx does not say in which request."""
    try:
        seconds: float | None = error.request.extensions["timeout"][name]  # type: ignore[attr-defined]  # of RequestError
    except (AttributeError, RuntimeError, KeyError):
        return None
    return seconds


# ── all of them ─────────────────────────────────────────────────────────────────────────────────

_NO_HTTP = ("illegal request line", "illegal status line", "illegal header line", "malformed data")
"""How h11, which gives no codes, begins to say that what came was no head of an answer."""


def _broken_off(error: Exception, host: str) -> ProviderError:
    words = innermost_words(error)
    kind = NotAnAnswer if words.startswith(_NO_HTTP) else ConnectionLost
    return kind(host=host, detail=words)


_Kinds = tuple[type[Exception], ...]
_OF_HTTPCORE: _Kinds = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    httpcore.ConnectionNotAvailable,
)
_FAULTS: _Kinds = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.CookieConflict,
    httpx.StreamError,
    *_OF_HTTPCORE,
)

_TRANSLATIONS: tuple[tuple[_Kinds, Callable[[Exception, str], ProviderError]], ...] = (
    ((httpx.TimeoutException, httpcore.TimeoutException), _timed_out),
    ((httpx.ConnectError, httpcore.ConnectError), _unconnected),
    (
        (httpx.ProxyError, httpcore.ProxyError),
        lambda error, host: ProxyUnusable(host=host, detail=innermost_words(error)),
    ),
    (
        (
            httpx.NetworkError,
            httpx.RemoteProtocolError,
            httpcore.NetworkError,
            httpcore.RemoteProtocolError,
            httpcore.ConnectionNotAvailable,
        ),
        _broken_off,
    ),
    (
        (httpx.UnsupportedProtocol, httpx.InvalidURL, httpcore.UnsupportedProtocol),
        lambda _, host: InvalidAddress(address=host),
    ),
    (
        (httpx.DecodingError, httpx.TooManyRedirects),
        lambda error, host: NotAnAnswer(host=host, detail=str(error)),
    ),
)


def _translated(error: Exception, host: str) -> ProviderError:
    for kinds, translate in _TRANSLATIONS:
        if isinstance(error, kinds):
            return translate(error, host)
    # Faults of ours. Not their words: httpx quotes a header that cannot be sent, which may hold the key.
    return ProviderError(host=host, detail=type(error).__name__)
