"""How long a server asks to wait before it is asked again."""

import math
import re
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# From its first digit, and no more than make sense: thousands in a row would be looked at again from each.
_COUNT = r"(?<![\d.])(\d{1,15}(?:\.\d{1,15})?)"
_PART = rf"{_COUNT}\s{{0,9}}(ms|milliseconds?|s|sec(?:ond)?s?|m|min(?:ute)?s?|h|hours?|d|days?)(?![a-z])"
_DURATION = re.compile(_PART, re.IGNORECASE)
_SAID = re.compile(
    rf"(?:try(?:ing)? again|retry(?:ing)?|wait)(?: \w+){{0,2}}? (?:(?:in|after|for) )?((?:{_PART}\s*)+)",
    re.IGNORECASE,
)
_SAID_IN_CHINESE = re.compile(rf"{_COUNT} ?(毫秒|秒|分钟)后?(?:再|重)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
_CHINESE_SECONDS = {"毫秒": 0.001, "秒": 1.0, "分钟": 60.0}
_MILLISECONDS_SINCE_1970 = re.compile(r"[1-9][0-9]{12}")
_LONGEST = 31 * 86_400.0
"""s. Whoever says more means something else."""
_LIMITED = ("requests", "tokens")


def asked_pause(headers: Mapping[str, str], message: str) -> float | None:
    """In s, 0 or more; None if the server does not say.

    The first of `retry-after-ms`, `retry-after` (seconds or a date; or as a proxy hands it on), what
    `message` says, and what `x-ratelimit-…` plainly says is used up.
    """
    found = (
        _scaled(headers.get("retry-after-ms", ""), 0.001),
        _scaled(headers.get("retry-after", ""), 1.0),
        _until_date(headers),
        # litellm's proxy, of whom it asked.
        _scaled(headers.get("llm_provider-retry-after", ""), 1.0),
        _said(message),
        _until_reset(headers),
        _until_used_up_returns(headers),
    )
    return next((pause for pause in found if pause is not None and pause <= _LONGEST), None)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _scaled(text: str, factor: float) -> float | None:
    return float(text) * factor if _NUMBER.fullmatch(text.strip()) else None


def _until_date(headers: Mapping[str, str]) -> float | None:
    until = _time(headers.get("retry-after", ""))
    return None if until is None else max(0.0, until - _now(headers))


def _now(headers: Mapping[str, str]) -> float:
    """By the server's clock, since dates are by it."""
    now = _time(headers.get("date", ""))
    return time.time() if now is None else now


def _time(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError, OSError):
        return None


def _said(message: str) -> float | None:
    """OpenAI: "Please try again in 6m0s."; Azure: "retry after 6 seconds"; Google: "retry in 34.07s"."""
    if found := _SAID.search(message):
        return _duration(found[1])
    if found := _SAID_IN_CHINESE.search(message):
        return float(found[1]) * _CHINESE_SECONDS[found[2]]
    return None


def _duration(text: str) -> float | None:
    """`1m30s`, `250ms`, `2 minutes`; None if it is none."""
    parts = _DURATION.findall(text.lower())
    if not parts:
        return None
    return math.fsum(float(number) * _SECONDS[_unit(unit)] for number, unit in parts)


def _unit(unit: str) -> str:
    return "ms" if unit == "ms" or unit.startswith("mil") else unit[0]


def _until_reset(headers: Mapping[str, str]) -> float | None:
    """OpenRouter's, in ms since 1970; others write there what may be seconds, or a time of the day."""
    text = headers.get("x-ratelimit-reset", "")
    if not _MILLISECONDS_SINCE_1970.fullmatch(text):
        return None
    return max(0.0, int(text) / 1_000 - _now(headers))


def _until_used_up_returns(headers: Mapping[str, str]) -> float | None:
    """OpenAI's two limits: only one of which nothing remains is what was reached."""
    used_up = (what for what in _LIMITED if headers.get(f"x-ratelimit-remaining-{what}") == "0")
    resets = (_duration(headers.get(f"x-ratelimit-reset-{what}", "")) for what in used_up)
    return max((pause for pause in resets if pause is not None), default=None)
