"""The JSON of an answer, whole or in chunks, folded into stream events; no I/O.

Servers differ and some are broken: whatever has an unexpected type counts as absent, nothing raises.
"""

import codecs
import re
from collections.abc import Mapping
from typing import Any

from desktop.domain.events import (
    Finished,
    FinishReason,
    ReasoningDelta,
    StreamEvent,
    TextDelta,
    Usage,
    UsageReported,
)

# What servers say beyond OpenAI's own words. Any other word means an ordinary end.
_FINISH_REASONS: Mapping[str, FinishReason] = {
    "length": "length",
    "max_tokens": "length",
    "content_filter": "content_filter",
    "sensitive": "content_filter",
    "tool_calls": "tool_calls",
    "function_call": "tool_calls",
    "error": "interrupted",
    "network_error": "interrupted",
    "insufficient_system_resource": "interrupted",
    "aborted": "interrupted",
}
_SURROGATE = re.compile("[\ud800-\udfff]")


class AnswerFold:
    """Takes a server's JSON values in order; gives the events they stand for.

    `is_recognised`: something that belongs to an answer has come. `finish_reason` is None until the
    server has said it.
    """

    def __init__(self) -> None:
        self.is_recognised = False
        self.finish_reason: FinishReason | None = None
        self._usage: Usage | None = None
        self._text = _SurrogateMender()
        self._reasoning = _SurrogateMender()

    def feed(self, value: object) -> list[StreamEvent]:
        """`value`: one chunk of a stream, or a whole answer."""
        chunk = _mapping(value)
        if usage := chunk.get("usage"):
            self._usage = _usage(usage) or self._usage
        choices = chunk.get("choices")
        if not isinstance(choices, list):
            return []
        self.is_recognised = True
        choice = _mapping(choices[0] if choices else None)
        if reason := choice.get("finish_reason"):
            self._note_finish(reason)
        return self.say(_mapping(choice.get("delta")) or _mapping(choice.get("message")))

    def say(self, message: Mapping[str, Any]) -> list[StreamEvent]:
        """`message`: a chunk's delta, or the message of a whole answer."""
        reasoning = _text(message.get("reasoning_content")) or _text(message.get("reasoning"))
        return self._deltas(self._reasoning.mend(reasoning), self._text.mend(_text(message.get("content"))))

    def finish(self) -> list[StreamEvent]:
        """At the answer's end. `interrupted` unless the server has said why it ended."""
        events = self._deltas(self._reasoning.end(), self._text.end())
        if self._usage is not None:
            events.append(UsageReported(self._usage))
        return [*events, Finished(self.finish_reason or "interrupted")]

    def _note_finish(self, reason: object) -> None:
        if isinstance(reason, str) and reason != "null":
            self.finish_reason = _FINISH_REASONS.get(reason, "stop")

    @staticmethod
    def _deltas(reasoning: str, text: str) -> list[StreamEvent]:
        events: list[StreamEvent] = [ReasoningDelta(reasoning)] if reasoning else []
        return [*events, TextDelta(text)] if text else events


class _SurrogateMender:
    r"""Puts together what JSON escapes cut in two: `\ud83d` in one chunk, `\ude00` in the next."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-16-le")("replace")
        self._holds_half = False

    def mend(self, text: str) -> str:
        if not self._holds_half and (text.isascii() or _SURROGATE.search(text) is None):
            return text
        mended = self._decoder.decode(text.encode("utf-16-le", "surrogatepass"))
        self._holds_half = bool(self._decoder.getstate()[0])
        return mended

    def end(self) -> str:
        return self._decoder.decode(b"", final=True)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(content: object) -> str:
    """`content` is a string, null, or (on some servers) a list of parts."""
    if content is None:
        return ""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    texts = (_mapping(part).get("text") for part in parts)
    return "".join(text for text in texts if isinstance(text, str))


def _usage(value: object) -> Usage | None:
    usage = _mapping(value)
    if not usage:
        return None
    asked = _mapping(usage.get("prompt_tokens_details"))
    answered = _mapping(usage.get("completion_tokens_details"))
    return Usage(
        prompt_tokens=_count(usage.get("prompt_tokens")),
        completion_tokens=_count(usage.get("completion_tokens")),
        total_tokens=_count(usage.get("total_tokens")),
        image_tokens=_count(asked.get("image_tokens")),
        reasoning_tokens=_count(answered.get("reasoning_tokens")),
        cached_tokens=_count(asked.get("cached_tokens")),
    )


def _count(value: object) -> int | None:
    return value if type(value) is int and value >= 0 else None
