"""Refusals by status, in every shape of body."""

from collections.abc import Mapping
from email.utils import formatdate
from time import time

from desktop.domain.provider_errors import NotAnAnswer, ProviderError, Redirected, WebPageInstead
from desktop.domain.refusals import (
    AccessDenied,
    AccountProblem,
    ContentRefused,
    KeyMissing,
    KeyRejected,
    ModelLoading,
    ModelNotFound,
    OversizedImage,
    RateLimited,
    RateLimitedFor,
    Refused,
    RequestRejected,
    ServerFailed,
)
from tests.support.faults.fault import Fault, replies
from tests.support.faults.said import ANSWER, STREAM, framed
from tests.support.server import End, Reply, events, raw, whole
from tests.support.terminal import KEY

_SOON = {"retry-after-ms": "20"}
"""So that nobody waits for long; the header's own faults are below."""

_PAGE = b"<html><title>502 Bad Gateway</title></html>"
_MODERATED = {"error": {"code": "data_inspection_failed", "message": "Input may be inappropriate."}}
_TOO_MANY = {"error": {"message": "Slow down", "type": "requests", "code": "rate_limit_exceeded"}}


def _refused(
    name: str,
    kind: type[ProviderError],
    status: int,
    body: object,
    *,
    headers: Mapping[str, str] = _SOON,
    content_type: str = "application/json",
    tries: int | None = None,
    key: str | None = KEY,
) -> Fault:
    reply = whole(body, status=status, headers=headers, content_type=content_type)
    return Fault("HTTP", name, replies(reply), kind, tries=tries, key=key)


def _said(message: str, code: str | None = None) -> dict[str, object]:
    return {"error": {"message": message, "type": "error", "param": None, "code": code}}


def _redirect(status: int) -> Fault:
    headers = {"Location": "https://elsewhere.example/v1"}
    return _refused(f"{status}", Redirected, status, b"", headers=headers)


def _recovers(name: str, *given: Reply, tries: int) -> Fault:
    """What is over when it is asked once more, unasked."""
    return Fault("HTTP", name, replies(*given, events(STREAM)), "stop", ANSWER, tries=tries)


_BY_STATUS = (
    _refused("400", RequestRejected, 400, _said("Temperature should be in [0.0, 2.0)")),
    _refused("401", KeyRejected, 401, _said("Incorrect API key provided.", "invalid_api_key")),
    _refused("401 without a key", KeyMissing, 401, _said("You must provide an API key."), key=None),
    _refused("402", AccountProblem, 402, _said("Insufficient credits")),
    _refused("403", AccessDenied, 403, _said("Not for this key")),
    _refused(
        "404 of a model", ModelNotFound, 404, _said("The model `a-model` does not exist", "model_not_found")
    ),
    _refused("404 of an address", NotAnAnswer, 404, {"detail": "Not Found"}),
    _refused("404 with a page", WebPageInstead, 404, b"<html>Not here</html>", content_type="text/html"),
    _refused("405", NotAnAnswer, 405, {"detail": "Method Not Allowed"}),
    _refused("408", ServerFailed, 408, _said("Request timed out")),
    _refused("413", OversizedImage, 413, b"<html><title>413 Request Entity Too Large</title></html>"),
    _refused("418", Refused, 418, b""),
    _refused(
        "422 of FastAPI",
        RequestRejected,
        422,
        {"detail": [{"loc": ["body", "model"], "msg": "Field required"}]},
    ),
    _refused("429", RateLimited, 429, _TOO_MANY),
    _refused("451", ContentRefused, 451, b"", content_type="text/plain"),
    _refused("500", ServerFailed, 500, _said("inference internal error")),
    _refused("501", Refused, 501, b""),
    _refused("502 with a page", ServerFailed, 502, _PAGE, content_type="text/html"),
    _refused("503", ServerFailed, 503, _said("Service unavailable")),
    _refused("503 while the model is loaded", ModelLoading, 503, _said("Loading model", "unavailable_error")),
    _refused("504", ServerFailed, 504, b"upstream timed out", content_type="text/plain"),
    _refused("529", RateLimited, 529, _said("Overloaded")),
    *map(_redirect, (301, 302, 303, 307, 308)),
    _refused("302 to nowhere", NotAnAnswer, 302, b"", headers={}),
)

_BODIES = (
    Fault(
        "HTTP", "a 400 framed as an event", replies(events(framed(_MODERATED), status=400)), ContentRefused
    ),
    _refused("{“detail”: “text”}", RequestRejected, 400, {"detail": "Only PNG, please"}),
    _refused(
        "{“error”: “text”}", RequestRejected, 400, {"error": "'url' field must be a base64 encoded image"}
    ),
    _refused("{“message”}", RequestRejected, 400, {"object": "error", "message": "No", "code": 40303}),
    _refused("text/plain", RequestRejected, 400, b"invalid character", content_type="text/plain"),
    _refused("an empty body", RequestRejected, 400, b""),
    _refused("a list of errors", RequestRejected, 400, [{"error": {"code": 400, "message": "No"}}]),
    _refused("an error inside an error", RequestRejected, 400, {"error": {"message": {"error": "No"}}}),
    _refused(
        "a code that is a number as text", RateLimited, 429, {"error": {"code": "429", "message": "No"}}
    ),
    _refused("control characters", RequestRejected, 400, _said("\x1b[31mNo\x07\u202e")),
    _refused("the key in the words", KeyRejected, 401, _said(f"No such key: {KEY}")),
    Fault(
        "HTTP",
        "an error that breaks off",
        replies(raw(b"HTTP/1.1 403 No\r\nContent-Length: 99\r\n\r\n", b"{", End.CUT)),
        AccessDenied,
    ),
    Fault(
        "HTTP",
        "an error without end",
        replies(raw(b"HTTP/1.1 403 No\r\nContent-Length: 99999999\r\n\r\n", b"x" * 70_000, End.HANG)),
        AccessDenied,
    ),
)

_WAITS = (
    _refused(
        "Retry-After of a minute and more", RateLimitedFor, 429, _TOO_MANY, headers={"Retry-After": "3600"}
    ),
    _refused(
        "Retry-After as a far date",
        RateLimitedFor,
        429,
        _TOO_MANY,
        headers={"Retry-After": formatdate(time() + 7200, usegmt=True)},
    ),
    _refused(
        "x-should-retry: false", ServerFailed, 503, _said("No"), headers={"x-should-retry": "false"}, tries=1
    ),
    _recovers("busy once", whole(_TOO_MANY, status=429, headers=_SOON), tries=2),
    _recovers("busy twice", *[whole(_TOO_MANY, status=429, headers=_SOON)] * 2, tries=3),
    _recovers("Retry-After: 0", whole(_TOO_MANY, status=429, headers={"Retry-After": "0"}), tries=2),
    _recovers(
        "Retry-After that is no time", whole(_TOO_MANY, status=429, headers={"Retry-After": "soon"}), tries=2
    ),
    _recovers("down once", whole(b"", status=503, headers=_SOON), tries=2),
    _recovers("hangs up once", raw(End.CUT), tries=2),
    _recovers("says nothing once", whole(b""), tries=2),
)

HTTP: tuple[Fault, ...] = (*_BY_STATUS, *_BODIES, *_WAITS)
