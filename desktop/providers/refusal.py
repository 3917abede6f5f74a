"""A server's refusal, in whichever shape it came, as the right domain error.

Sources of the codes: the service's page "Error codes" and OpenAI's, 2026.
"""

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from desktop.domain.dashscope import is_dashscope
from desktop.domain.profiles import PROFILES, Profile
from desktop.domain.provider_errors import NotAnAnswer, ProviderError, ProxyUnusable
from desktop.domain.refusals import (
    AccessDenied,
    AccountProblem,
    ContentRefused,
    KeyMissing,
    KeyRejected,
    ModelNotFound,
    RateLimited,
    Refused,
    RegionalKeyRejected,
    RequestRejected,
    RequestTooLarge,
    ServerFailed,
)

LONGEST_DETAIL = 2_000
"""Characters of a server's words that are kept."""

_LONGEST_REASON = 300
_LONGEST_WORDS = 65_536
_OK = 200
_REDIRECTS = range(300, 400)
_CLIENT_ERRORS = range(400, 500)
_ERRORS = range(400, 600)
_PROXY_WANTS_PASSWORD = 407
_REQUEST_ID_HEADERS = ("x-request-id", "x-dashscope-request-id", "request-id")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of whom: what a refusal must be read against.

    `profile` says what the server's codes mean. `has_history`: something was said before the question.
    `images`: how many were sent, with those of the history.
    """

    host: str
    model: str = ""
    key: str | None = None
    profile: Profile = PROFILES["custom"]
    has_history: bool = False
    images: int = 0


@dataclass(frozen=True, slots=True)
class ServerWords:
    """`code` and `message` as the server wrote them, without control characters."""

    message: str = ""
    code: str = ""
    request_id: str = ""
    status: int | None = None

    @property
    def detail(self) -> str:
        request_id = f"request id: {self.request_id}" if self.request_id else ""
        return "\n".join(line for line in (self.message, self.code, request_id) if line)[:LONGEST_DETAIL]

    def without(self, key: str | None) -> Self:
        """A server may repeat the key that it was sent."""
        if not key:
            return self
        message, code, request_id = (
            text.replace(key, "•••") for text in (self.message, self.code, self.request_id)
        )
        return replace(self, message=message, code=code, request_id=request_id)


def refusal(asked: Asked, status: int, headers: Mapping[str, str], body: bytes) -> ProviderError:
    """The error for a response that is no success; `body` may be cut short."""
    if status in _REDIRECTS:
        # Not followed: the key would travel to a host that the user never named.
        words = ServerWords(_plain(f"HTTP {status} → {headers.get('location', '')}"))
    else:
        words = _words_of_body(body, headers)
    return _judge(asked, status, words.without(asked.key))


def refusal_within(asked: Asked, value: object) -> ProviderError | None:
    """The error that stands inside a stream or an answer which began as a success, if one does."""
    if not _is_error(value):
        return None
    words = _words_of_json(value)
    return _judge(asked, words.status or _OK, words.without(asked.key))


def not_an_answer(asked: Asked, body: bytes) -> NotAnAnswer:
    """The error for a success whose body is no answer: a web page, or other JSON."""
    return NotAnAnswer(host=asked.host, detail=_words_of_body(body, {}).without(asked.key).detail)


def _is_error(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    return bool(value.get("error")) or bool(value.get("code") and not value.get("choices"))


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


def _words_of_body(body: bytes, headers: Mapping[str, str]) -> ServerWords:
    text = body.decode(errors="replace").strip()
    sent_id = next((headers[name] for name in _REQUEST_ID_HEADERS if name in headers), "")
    try:
        # With `"stream": true` the error may come framed as an event.
        words = _words_of_json(json.loads(text.removeprefix("data:")))
    except (ValueError, RecursionError):
        words = ServerWords(_plain(_title(text) if text.startswith("<") else text))
    return ServerWords(words.message, words.code, words.request_id or _plain(sent_id), words.status)


def _words_of_json(value: object) -> ServerWords:
    if isinstance(value, list) and value:
        value = value[0]
    whole = value if isinstance(value, dict) else {"message": value}
    inner = whole.get("error")
    part: dict[str, Any] = inner if isinstance(inner, dict) else whole
    message = part.get("message") or inner or whole.get("detail") or ""
    code = part.get("code")
    return ServerWords(
        message=_plain(message if isinstance(message, str) else json.dumps(message, ensure_ascii=False)),
        code=_plain(code if isinstance(code, str) else part.get("type")),
        request_id=_plain(whole.get("request_id") or whole.get("id")),
        status=code if type(code) is int and code in _ERRORS else None,
    )


def _title(page: str) -> str:
    found = re.search(r"<title[^>]*>(.*?)</title", page, re.IGNORECASE | re.DOTALL)
    return html.unescape(found[1]) if found else ""


def _plain(value: object) -> str:
    """`value` if it is a string, as printable text on one line."""
    text = value[:_LONGEST_WORDS] if isinstance(value, str) else ""
    return "".join(char if char.isprintable() else " " for char in text).strip()


# ── judging ─────────────────────────────────────────────────────────────────────────────────────

_BY_CODE: Mapping[str, type[Refused]] = {
    "invalidapikey": KeyRejected,
    "notauthorized": AccessDenied,
    "accessdenied": AccessDenied,
    "modelnotfound": ModelNotFound,
    "modelnotsupported": ModelNotFound,
    "datainspectionfailed": ContentRefused,
    "contentfilter": ContentRefused,
    "contentpolicyviolation": ContentRefused,
    "ipinfringementsuspect": ContentRefused,
    "arrearage": AccountProblem,
    "allocationquota.freetieronly": AccountProblem,
    "commoditynotpurchased": AccountProblem,
    "prepaidbilloverdue": AccountProblem,
    "postpaidbilloverdue": AccountProblem,
    "throttling": RateLimited,
    "limitrequests": RateLimited,
    "limitburstrate": RateLimited,
    "ratelimitexceeded": RateLimited,
    "badrequest.toolarge": RequestTooLarge,
    "contextlengthexceeded": RequestTooLarge,
    "modelservingerror": RateLimited,
    "modelunavailable": RateLimited,
}

# These say too little beside a status, but inside a stream there is none.
_INVALID = ("invalidparameter", "invalidparametererror", "invalidrequesterror")

# Looked at when the code says too little. The first pattern found decides.
_BY_MESSAGE: tuple[tuple[re.Pattern[str], type[Refused]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"free allocated quota exceeded|free tier .* exhausted", AccountProblem),
        (r"exceeded limit on max bytes|file size is too large|range of input length", RequestTooLarge),
        (r"maximum context length|context window", RequestTooLarge),
        # Client errors that come with status 500.
        (r"missing content-length of multimodal|list index out of range", RequestRejected),
        (r"image input is not supported", RequestRejected),
    )
)

_BY_STATUS: Mapping[int, type[Refused]] = {
    400: RequestRejected,
    401: KeyRejected,
    402: AccountProblem,
    403: AccessDenied,
    408: ServerFailed,
    413: RequestTooLarge,
    422: RequestRejected,
    429: RateLimited,
    529: RateLimited,
}


def _judge(asked: Asked, status: int, words: ServerWords) -> ProviderError:
    if status == _PROXY_WANTS_PASSWORD:
        return ProxyUnusable(detail=words.detail)
    kind = _kind(asked, status, words)
    if kind is None:
        return NotAnAnswer(host=asked.host, detail=words.detail or f"HTTP {status}")
    if kind is KeyRejected and is_dashscope(asked.host):
        kind = RegionalKeyRejected
    return kind(detail=words.detail, **_facts(kind, asked, status, words))


def _kind(asked: Asked, status: int, words: ServerWords) -> type[Refused] | None:
    """None: this is not the address of a model's server."""
    named = _by_words(asked.host, words)
    if named is KeyRejected and not asked.key:
        return KeyMissing
    if named is not None:
        return named
    if status in _REDIRECTS or status in (404, 405):
        return ModelNotFound if re.search(r"\bmodel\b", words.message, re.IGNORECASE) else None
    if status == _OK and _plain_code(words).startswith(_INVALID):
        return RequestRejected
    kind = _BY_STATUS.get(status, Refused if status in _CLIENT_ERRORS else ServerFailed)
    return KeyMissing if kind is KeyRejected and not asked.key else kind


def _by_words(host: str, words: ServerWords) -> type[Refused] | None:
    for pattern, kind in _BY_MESSAGE:
        if pattern.search(words.message):
            return kind
    code = _plain_code(words)
    if code == "insufficientquota":
        # DashScope says so of its limit per minute; elsewhere the money is spent.
        return RateLimited if is_dashscope(host) else AccountProblem
    # `Throttling.RateQuota` is a kind of `Throttling`.
    return _BY_CODE.get(code) or _BY_CODE.get(code.partition(".")[0])


def _plain_code(words: ServerWords) -> str:
    """One spelling for `invalid_api_key` and `InvalidApiKey`."""
    return re.sub(r"[_\s]", "", words.code).lower()


def _facts(kind: type[Refused], asked: Asked, status: int, words: ServerWords) -> dict[str, str | int]:
    facts: dict[str, str | int] = {"host": asked.host, "status": status}
    if kind is ModelNotFound:
        facts["model"] = asked.model
    if kind is RequestRejected:
        facts["reason"] = _reason(status, words)
    return facts


def _reason(status: int, words: ServerWords) -> str:
    """The message without the service's own prefix `<400> InternalError.Algo.InvalidParameter:`."""
    message = re.sub(r"^<\d{3}>\s*[\w.]+:\s*", "", words.message)
    reason = message or words.code or f"HTTP {status}"
    return reason if len(reason) <= _LONGEST_REASON else reason[:_LONGEST_REASON] + "…"
