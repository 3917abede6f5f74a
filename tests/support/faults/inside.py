"""Errors inside what began as a success."""

from desktop.domain.provider_errors import ProviderError
from desktop.domain.refusals import AnswerFailed, ContentRefused, RateLimited, RequestRejected, ServerFailed
from tests.support.faults.fault import Fault, replies
from tests.support.faults.said import BEGINNING, BEGUN, DONE, end, framed
from tests.support.server import events, whole

_MODERATED = {
    "error": {
        "code": "data_inspection_failed",
        "message": "Output data may contain inappropriate content.",
        "type": "data_inspection_failed",
    }
}
_BUSY = {"code": "Throttling.RateQuota", "message": "Requests rate limit exceeded", "request_id": "r-1"}
_DOWN = {"code": 502, "message": "Provider disconnected"}


def _within(name: str, chunk: object, kind: type[ProviderError]) -> Fault:
    return Fault("wire", name, replies(events(BEGINNING, framed(chunk))), kind, BEGUN)


def _instead(name: str, body: object, kind: type[ProviderError]) -> Fault:
    return Fault("wire", name, replies(whole(body)), kind)


INSIDE: tuple[Fault, ...] = (
    _within("moderated in the middle", _MODERATED, ContentRefused),
    _within(
        "error in a chunk", {"error": {"message": "out of memory", "type": "server_error"}}, AnswerFailed
    ),
    _within("error as bare words", {"error": "out of memory"}, AnswerFailed),
    _within("code in a chunk", _BUSY, RateLimited),
    _within("error beside a reason", {"error": _DOWN, **end("error")}, ServerFailed),
    _within("error beside empty choices", {"error": _DOWN, "choices": []}, ServerFailed),
    _within("error inside a choice", {"choices": [{"index": 0, "delta": {}, "error": _DOWN}]}, ServerFailed),
    Fault(
        "wire",
        "event: error",
        replies(events(BEGINNING, b'event: error\ndata: {"message": "broken"}\n\n')),
        AnswerFailed,
        BEGUN,
    ),
    Fault(
        "wire",
        "error before [DONE]",
        replies(events(BEGINNING, framed(_MODERATED), DONE)),
        ContentRefused,
        BEGUN,
    ),
    Fault("wire", "error as the first event", replies(events(framed({"error": _DOWN}))), ServerFailed),
    _instead("error as the whole body", {"error": _DOWN}, ServerFailed),
    _instead("code as the whole body", _BUSY, RateLimited),
    _instead("bare words as the whole body", {"error": "Unexpected field"}, AnswerFailed),
    _instead(
        "a parameter it does not take, with 200",
        {"code": "InvalidParameter", "message": "Role must be user or assistant.", "request_id": "r-1"},
        RequestRejected,
    ),
)
