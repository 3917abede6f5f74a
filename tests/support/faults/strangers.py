"""What other people's servers were seen to do differently: llmock 0.2, litellm's proxy 1.106, aimock 1.43."""

from desktop.domain.provider_errors import ConnectionLost, NotAnAnswer
from desktop.domain.refusals import KeyRejected, RateLimited, RequestRejected, ServerFailed
from tests.support.faults.fault import Fault, replies
from tests.support.faults.said import ANSWER, BEGINNING, BEGUN, DONE, FIRST, USAGE, delta, end, framed
from tests.support.server import End, events, raw, whole


def _litellm(message: str, kind: str | None, code: str) -> dict[str, object]:
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


_BUSY = _litellm(
    "litellm.RateLimitError: RateLimitError: OpenAIException - Rate limit exceeded.\n\nLiteLLM: model group"
    " 'gpt-4o' failed with the error above. No fallback was attempted.",
    "throttling_error",
    "429",
)
_NO_KEY = _litellm("No connected db.", "no_db_connection", "400")
_REFUSED = _litellm("litellm.BadRequestError: OpenAIException - Bad request.", "invalid_request_error", "400")
_DOWN = _litellm(
    "litellm.ServiceUnavailableError: OpenAIException - Service unavailable.", "internal_server_error", "503"
)
_NONSENSE = _litellm(
    "litellm.APIConnectionError: APIConnectionError: OpenAIException - Unterminated string starting at: line"
    " 1 column 114 (char 113)",
    None,
    "500",
)
_USAGE_BESIDE_NOTHING = {"choices": [{"index": 0, "delta": {}}], "usage": {**USAGE, "cost": 0.000115}}
_NO_FIXTURE = {
    "error": {
        "message": "No fixture matched",
        "type": "invalid_request_error",
        "param": None,
        "code": "no_fixture_match",
    }
}
_OVERLOADED = {
    "error": {"message": "Overloaded.", "type": "server_error", "param": None, "code": "overloaded"}
}


STRANGERS: tuple[Fault, ...] = (
    Fault("HTTP", "litellm: no key of its own", replies(whole(_NO_KEY, status=400)), KeyRejected),
    Fault("HTTP", "litellm: what its server refused", replies(whole(_REFUSED, status=400)), RequestRejected),
    Fault("HTTP", "litellm: its server is busy", replies(whole(_BUSY, status=429)), RateLimited),
    Fault("HTTP", "litellm: its server is down", replies(whole(_DOWN, status=503)), ServerFailed),
    Fault(
        "wire",
        "litellm: a code in words, in the middle",
        replies(events(BEGINNING, framed(_NONSENSE))),
        ServerFailed,
        BEGUN,
    ),
    Fault(
        "wire",
        "litellm: usage beside an empty delta",
        replies(events(BEGINNING, framed(delta("dog. "), delta("🎉"), end(), _USAGE_BESIDE_NOTHING), DONE)),
        "stop",
        ANSWER,
    ),
    Fault("HTTP", "llmock: overloaded", replies(whole(_OVERLOADED, status=529)), RateLimited),
    Fault("HTTP", "aimock: nothing to play", replies(whole(_NO_FIXTURE, status=404)), NotAnAnswer),
    Fault("wire", "aimock: hangs up without a byte", replies(raw(End.CUT)), ConnectionLost),
    Fault(
        "wire",
        "aimock: thinks before it has a role",
        replies(events(framed(delta(reasoning_content="Hm."), FIRST, delta(ANSWER), end()), DONE)),
        "stop",
        ANSWER,
        "Hm.",
    ),
)
