"""A server's refusal, in whichever shape it came, as the right domain error.

`server_words` reads it and `meanings` says what the words mean; here that is held against what was asked.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from desktop.domain.dashscope import REGIONS, is_plan_key
from desktop.domain.profiles import PROFILES, Profile
from desktop.domain.provider_errors import (
    EmptyAnswer,
    NotAnAnswer,
    ProviderError,
    ProxyUnusable,
    Redirected,
    WebPageInstead,
)
from desktop.domain.refusals import (
    AccessDenied,
    ContextTooLong,
    ContextTooLongFor,
    ImageCountRefused,
    KeyMissing,
    KeyRejected,
    ModelCannotSee,
    ModelNotFound,
    OversizedImage,
    PlanKeyRejected,
    QuestionTooLong,
    RateLimited,
    RateLimitedFor,
    Refused,
    RegionalKeyRejected,
    RequestRejected,
    RequestTooLarge,
)
from desktop.domain.server_words import ServerWords
from desktop.providers.masking import masked
from desktop.providers.meanings import by_status, by_weak_code, by_words, is_burst, is_elsewhere
from desktop.providers.pauses import asked_pause
from desktop.providers.server_words import (
    LONGEST_HEARD,
    is_web_page,
    plain,
    without_key,
    without_prefix,
    words_of_body,
    words_of_json,
)

_LONGEST_REASON = 300
_LONGEST_PAUSE = 60.0
"""s: nobody watches a window that does nothing for longer."""

_BURST_PAUSE = 5.0
"""s, as the service advises for `Throttling.BurstRate`."""

_LONGEST_BODY = 65_536
_MOST_TOKENS = 1_000_000_000
_OK = 200
_REDIRECTS = range(300, 400)
_CLIENT_ERRORS = range(400, 500)
_PROXY_WANTS_PASSWORD = 407
# A gateway's own page says of these what the server would.
_SAID_BY_PAGES = (401, 402, 408, 413, 429)
_NOT_THERE = (404, 405)
_PLAN_HOSTS = frozenset(
    urlsplit(url).netloc for facts in REGIONS.values() for url in facts.plan_urls.values()
)
_LIMIT = re.compile(
    r"\[\d+, ?(\d+)\]"
    r"|(?:context|prompt|model|maximum) (?:length|size|window)(?: (?:is|of|limit))*(?: only)? \(?(\d+)"
    r"|n_ctx\"?[ :=(]+(\d+)|limit of (\d+)|> (\d+) maximum|exceeds the maximum .{0,40}?\((\d+)",
    re.IGNORECASE,
)
_DAILY = re.compile(r"per[- ]day|daily", re.IGNORECASE)


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


def refusal(asked: Asked, status: int, headers: Mapping[str, str], body: bytes) -> ProviderError:
    """The error for a response that is no success; `body` may be cut short."""
    if status in _REDIRECTS:
        return _redirected(asked, status, headers.get("location", ""))
    words = words_of_body(body, headers)
    if (
        is_web_page(body)
        and status in _CLIENT_ERRORS
        and status not in (*_SAID_BY_PAGES, _PROXY_WANTS_PASSWORD)
    ):
        return WebPageInstead(host=asked.host, detail=_detail(asked, words) or f"HTTP {status}")
    return _judged(asked, status, headers, words)


def refusal_within(asked: Asked, value: object) -> ProviderError | None:
    """The error that stands inside a stream or an answer which began as a success, if one does."""
    if not _is_error(value):
        return None
    return _judged(asked, _OK, {}, words_of_json(value))


def not_an_answer(asked: Asked, body: bytes) -> NotAnAnswer:
    """The error for a success whose body is no answer: nothing, a web page, or other JSON."""
    body = body[:_LONGEST_BODY]
    if not body.strip():
        return EmptyAnswer(host=asked.host)
    kind = WebPageInstead if is_web_page(body) else NotAnAnswer
    return kind(host=asked.host, detail=_detail(asked, words_of_body(body, {})))


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _is_error(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    return bool(value.get("error")) or not (value.get("choices") or _is_of_success(value.get("code")))


def _is_of_success(code: object) -> bool:
    """Some gateways put one into each of their chunks."""
    return not code or str(code).lower() in ("0", "200", "ok", "success")


def _detail(asked: Asked, words: ServerWords) -> str:
    return without_key(words, asked.key).detail


def _redirected(asked: Asked, status: int, location: str) -> ProviderError:
    """Not followed: the key would travel to a host that the user never named."""
    detail = masked(plain(f"HTTP {status} → {location}"), asked.key)
    target = masked(_bare(plain(location), asked.host), asked.key)
    if not target:
        return NotAnAnswer(host=asked.host, detail=detail)
    return Redirected(host=asked.host, target=target, detail=detail)


def _bare(location: str, host: str) -> str:
    """The address without what may be secret in it; empty if it is none."""
    try:
        parts = urlsplit(location)
    except ValueError:
        return ""
    server = parts.netloc.rpartition("@")[2] or host
    address = f"{parts.scheme}://{server}{parts.path}" if parts.scheme else f"{server}{parts.path}"
    return address[:_LONGEST_REASON] if location else ""


def _judged(asked: Asked, status: int, headers: Mapping[str, str], words: ServerWords) -> ProviderError:
    if status == _PROXY_WANTS_PASSWORD:
        return ProxyUnusable(detail=_detail(asked, words))
    status, shown = _true_status(status, words), without_key(words, asked.key)
    # By what it said, not by what is shown: a key may be a word.
    words = replace(words, message=words.message[:LONGEST_HEARD])
    kind = _kind(asked, status, words)
    if kind is None:
        return NotAnAnswer(host=asked.host, detail=shown.detail or f"HTTP {status}")
    kind, pause = _with_pause(kind, headers, words)
    own = _own_facts(kind, asked, words, pause) or _reason(kind, status, shown)
    error = kind(detail=shown.detail or f"HTTP {status}", host=asked.host, status=status, **own)
    error.words, error.pause = shown, pause
    _settle_fleeting(error, headers)
    return error


def _true_status(status: int, words: ServerWords) -> int:
    """What the words name, inside a stream, and where a fault of the client's is called one of the server."""
    is_hidden = status == _OK or (status not in _CLIENT_ERRORS and words.status in _CLIENT_ERRORS)
    return words.status or status if is_hidden else status


def _kind(asked: Asked, status: int, words: ServerWords) -> type[Refused] | None:
    """None: this is not the address of a model's server."""
    if is_elsewhere(words):
        return None
    named = by_words(words, asked.profile, asked.images)
    if named is None and status in _NOT_THERE:
        return ModelNotFound if re.search(r"\bmodel\b", words.message, re.IGNORECASE) else None
    if named is None:
        named = by_weak_code(words) if status == _OK else by_status(status)
    if issubclass(named, KeyRejected | AccessDenied):
        return _about_key(asked, named)
    return _about_size(asked, named, words) if issubclass(named, RequestTooLarge) else named


def _about_key(asked: Asked, kind: type[Refused]) -> type[Refused]:
    is_rejected = issubclass(kind, KeyRejected)
    if is_rejected and not asked.key:
        return KeyMissing
    rejected = asked.profile.meanings.get("invalidapikey", KeyRejected)
    is_regional = issubclass(rejected, RegionalKeyRejected)
    if is_regional and asked.key and is_plan_key(asked.key) != (asked.host in _PLAN_HOSTS):
        return PlanKeyRejected
    return rejected if is_rejected else kind


def _about_size(asked: Asked, kind: type[Refused], words: ServerWords) -> type[Refused]:
    """Whose length it is, or the size of what: the words rarely tell, and the ways out differ."""
    if kind is ImageCountRefused or (kind is OversizedImage and asked.images):
        return kind
    if kind is ContextTooLong and asked.has_history:
        return ContextTooLongFor if _limit(words) else ContextTooLong
    if asked.images:
        return OversizedImage if asked.images == 1 else RequestTooLarge
    return ContextTooLong if asked.has_history else QuestionTooLong


def _limit(words: ServerWords) -> int | None:
    """Tokens."""
    if words.limit:
        return words.limit
    found = _LIMIT.search(re.sub(r"(?<=\d),(?=\d{3})", "", words.message))
    numbers = [int(number) for number in found.groups() if number] if found else []
    return next((number for number in numbers if number <= _MOST_TOKENS), None)


def _with_pause(
    kind: type[Refused], headers: Mapping[str, str], words: ServerWords
) -> tuple[type[Refused], float | None]:
    if not kind.is_fleeting:
        return kind, None
    pause = asked_pause(headers, words.message)
    if pause is None and is_burst(words):
        pause = _BURST_PAUSE
    if kind is RateLimited and (pause or 0.0) > _LONGEST_PAUSE:
        kind = RateLimitedFor
    return kind, pause


def _settle_fleeting(error: Refused, headers: Mapping[str, str]) -> None:
    """What the server says of trying again goes before what its kind of refusal is like."""
    wish = headers.get("x-should-retry", "").strip().lower()
    if wish == "true" and error.retryable:
        error.is_fleeting = True
    is_far = (error.pause or 0.0) > _LONGEST_PAUSE
    if wish == "false" or is_far or (error.pause is None and _DAILY.search(error.words.message)):
        error.is_fleeting = False


def _own_facts(kind: type[Refused], asked: Asked, words: ServerWords, pause: float | None) -> dict[str, Any]:
    if issubclass(kind, ModelNotFound | ModelCannotSee | QuestionTooLong | ImageCountRefused):
        return {"model": asked.model}
    if kind is ContextTooLongFor:
        return {"limit": _limit(words)}
    return {"seconds": math.ceil(pause or 0.0)} if kind is RateLimitedFor else {}


def _reason(kind: type[Refused], status: int, shown: ServerWords) -> dict[str, Any]:
    if not issubclass(kind, RequestRejected):
        return {}
    reason = without_prefix(shown.message) or shown.code or f"HTTP {status}"
    return {"reason": reason if len(reason) <= _LONGEST_REASON else reason[:_LONGEST_REASON] + "…"}
