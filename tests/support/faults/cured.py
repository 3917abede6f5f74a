"""Requests that are refused for one field, and answered without it."""

from tests.support.faults.fault import Fault, replies
from tests.support.faults.said import ANSWER, STREAM
from tests.support.server import events, whole

_FIELD = "stream_options"


def _cured(name: str, status: int, body: object, content_type: str = "application/json") -> Fault:
    refused = whole(body, status=status, content_type=content_type)
    scene = replies(refused, events(STREAM))
    return Fault("HTTP", f"sent without: {name}", scene, "stop", ANSWER, tries=2, notice="sent_without")


def _error(message: str, **fields: object) -> dict[str, object]:
    return {"error": {"message": message, "type": "invalid_request_error", "code": None, **fields}}


CURED: tuple[Fault, ...] = (
    _cured(
        "an unknown argument", 400, _error(f"Unrecognized request argument supplied: {_FIELD}", param=_FIELD)
    ),
    _cured("an unsupported parameter", 400, _error(f"Unsupported parameter: '{_FIELD}'.", param=_FIELD)),
    _cured("a property that is unsupported", 400, _error(f"property '{_FIELD}' is unsupported")),
    _cured(
        "what pydantic forbids",
        422,
        {
            "detail": [
                {
                    "type": "extra_forbidden",
                    "loc": ["body", _FIELD],
                    "msg": "Extra inputs are not permitted",
                    "input": {"include_usage": True},
                }
            ]
        },
    ),
    _cured("bare words", 400, f"unknown field: {_FIELD}".encode(), "text/plain"),
)
