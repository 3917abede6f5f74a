"""What can be left out of a request that was refused, so that the same question succeeds; no I/O.

Sources of the wordings: the service's page "Error codes"; OpenAI's `unsupported_parameter` and `…_value`;
pydantic's `extra_forbidden` (gpustack 429); Groq's (immersive-translate 3003); Ollama's "does not support
thinking", and ollama 12561; OpenRouter's "Reasoning is mandatory"; vllm 20409 and 33418; 2026.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.domain.events import Notice, NoticeRaised
from desktop.domain.provider_errors import ProviderError
from desktop.domain.refusals import Refused, RequestRejected, RequestTooLarge, ServerFailed
from desktop.domain.server_words import ServerWords

Payload = Mapping[str, Any]

_CURABLE = (RequestRejected, RequestTooLarge, ServerFailed)
_NEEDED = frozenset(("model", "messages", "stream"))
_THINKING = ("enable_thinking", "thinking_budget", "chat_template_kwargs", "reasoning", "reasoning_effort")
_LENGTHS = ("max_tokens", "max_completion_tokens", "thinking_budget")
_STREAMED = {"stream": True, "stream_options": {"include_usage": True}}


@dataclass(frozen=True, slots=True)
class Remedy:
    """A change to a request: fields `without` are left out, `added` are set. `notice` says so to the user."""

    notice: NoticeRaised
    without: tuple[str, ...] = ()
    added: Payload = field(default_factory=dict)

    def apply(self, payload: Payload) -> dict[str, Any]:
        return {name: value for name, value in payload.items() if name not in self.without} | dict(self.added)


def remedy(error: ProviderError, sent: Payload) -> Remedy | None:
    """What to change in `sent`, the body that was refused with `error`; None if nothing helps.

    Applied and asked for again, it comes to an end: each takes away what is not given back. Neither the model
    nor what was said is ever touched.
    """
    if not (isinstance(error, Refused) and isinstance(error, _CURABLE)):
        return None
    cures = (_streamed, _without_thinking, _without_length, _without_named)
    found = (cure(error.words, sent) for cure in cures)
    return next((each for each in found if each is not None), None)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────

_WANTS_STREAM = re.compile(
    r"only supports? stream|false for non-?stream|only support with stream ?= ?true|not support http call"
    r"|must be streamed|streaming is required|stream must be (?:set to )?true",
    re.IGNORECASE,
)
_NO_THINKING = re.compile(
    r"not ?support(?:ed)? (?:the )?['\"`]?(?:enable_)?(?:thinking|reasoning)\b|NotSupportEnableThinking"
    r"|enable_thinking parameter is restricted|(?:thinking|reasoning) (?:is mandatory|cannot be disabled)"
    r"|invalid think value|think value .{0,40}is not supported"
    r"|(?:thinking|reasoning)(?: level)? is not supported",
    re.IGNORECASE,
)
_OTHER_LENGTH = re.compile(r"use ['\"`]?max_completion_tokens", re.IGNORECASE)
_LENGTH = r"(?:max_tokens|max_completion_tokens|thinking_budget)\b"
_TOO_LONG = re.compile(
    rf"{_LENGTH}.{{0,80}}?(?:too large|should be|at most|greater than|less than|exceed|must be between)"
    rf"|(?:range|value) of {_LENGTH}",
    re.IGNORECASE,
)
_WHOLE_LENGTH = re.compile(
    r"context length is (\d+) tokens.{0,120}?"
    r"(?:\((\d+) (?:in the messages|of text input)|contains (?:at least )?(\d+) input tokens)",
    re.IGNORECASE,
)
_UNWANTED = re.compile(
    r"unsupported|n[o']t (?:\w+ ){0,2}?support|not (?:permitted|allowed|accepted?)|unrecogni[sz]ed|unknown"
    r"|unexpected|extra_forbidden|cannot (?:both )?be|deprecated|no longer|must be one of|is mandatory",
    re.IGNORECASE,
)


def _streamed(words: ServerWords, sent: Payload) -> Remedy | None:
    if sent.get("stream") or not _WANTS_STREAM.search(words.message):
        return None
    return Remedy(NoticeRaised(Notice.SENT_STREAMED), added=_STREAMED)


def _without_thinking(words: ServerWords, sent: Payload) -> Remedy | None:
    if not _NO_THINKING.search(f"{words.message} {words.code}"):
        return None
    return _without(*(name for name in _THINKING if name in sent))


def _without_length(words: ServerWords, sent: Payload) -> Remedy | None:
    if "max_tokens" in sent and "max_completion_tokens" not in sent and _OTHER_LENGTH.search(words.message):
        return _without("max_tokens", max_completion_tokens=sent["max_tokens"])
    if _TOO_LONG.search(words.message):
        named = (name for name in _LENGTHS if name in sent and _place(name, words.message) is not None)
        return _without(*named)
    if _is_room_for_the_question(words.message):
        return _without(*(name for name in _LENGTHS[:2] if name in sent))
    return None


def _is_room_for_the_question(message: str) -> bool:
    """Whether only what was reserved for the answer made it too long."""
    found = _WHOLE_LENGTH.search(message.replace(",", ""))
    return found is not None and int(found[2] or found[3]) < int(found[1])


def _without_named(words: ServerWords, sent: Payload) -> Remedy | None:
    """Without the one field that is pointed at, or named first: "'a' is unsupported, did you mean 'b'?"."""
    if not _UNWANTED.search(f"{words.message} {words.code}"):
        return None
    optional = [name for name in sent if name not in _NEEDED]
    pointed_at = [name for name in optional if name in words.fields]
    if pointed_at:
        return _without(pointed_at[0])
    named = min(_named(optional, sent, words.message), default=None)
    return _without(named[-1]) if named else None


def _named(optional: list[str], sent: Payload, message: str) -> Iterator[tuple[int, bool, str]]:
    """Where in `message` a field is named, whether by what is inside it, and which it is."""
    for name in optional:
        value = sent[name]
        inner = [key for key in value if "_" in key] if isinstance(value, Mapping) else []
        for each in (name, *inner):
            if (place := _place(each, message)) is not None:
                yield place, each != name, name


def _place(name: str, message: str) -> int | None:
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", message)
    return found.start() if found else None


def _without(*names: str, **added: object) -> Remedy | None:
    """None if there is nothing to leave out."""
    if not names:
        return None
    return Remedy(NoticeRaised(Notice.SENT_WITHOUT, {"fields": ", ".join(names)}), names, added)
