"""The JSON of an answer, whole or in chunks, folded into stream events; no I/O.

Servers differ and some are broken: whatever has an unexpected type counts as absent, nothing raises.
"""

import codecs
import re
from collections.abc import Mapping, Sequence
from io import StringIO
from types import MappingProxyType
from typing import Any

from desktop.domain.events import (
    Finished,
    FinishReason,
    Notice,
    NoticeRaised,
    ReasoningDelta,
    StreamEvent,
    TextDelta,
    Usage,
    UsageReported,
)
from desktop.providers.inline_thinking import ThinkTags

LONGEST_ANSWER = 2_000_000
"""Characters, thoughts included. Twice what a model can write whose limit is 256 000 tokens; the window needs
200 MB for as many in one paragraph.
"""

REASONING_KEYS = ("reasoning_content", "reasoning")
"""Where a message holds thoughts, on most servers."""

# What servers say beyond OpenAI's own words. Any other word means an ordinary end.
_FINISH_REASONS: Mapping[str, FinishReason] = {
    "length": "length",
    "max_tokens": "length",
    "model_length": "length",
    "model_context_window_exceeded": "length",
    "content_filter": "content_filter",
    "sensitive": "content_filter",
    "safety": "content_filter",
    "recitation": "content_filter",
    "tool_calls": "tool_calls",
    "function_call": "tool_calls",
    "tool_use": "tool_calls",
    "error": "interrupted",
    "network_error": "interrupted",
    "insufficient_system_resource": "interrupted",
    "aborted": "interrupted",
}
_MOST_TOKENS = 1_000_000_000
"""More is no count of tokens; and no database, nor a language's way to write numbers, takes any number."""

_NOTHING: Mapping[str, Any] = MappingProxyType({})
_SURROGATE = re.compile("[\ud800-\udfff]")


class AnswerFold:
    """Takes a server's JSON values in order; gives the events they stand for.

    `is_recognised`: something that belongs to an answer has come. `has_spoken`: so has a part of what was
    asked for. `is_too_long`: what came after the first `LONGEST_ANSWER` characters was dropped. `choice`: the
    part of the last value that is the answer's. `finish_reason` is None until the server has said it.
    `reasoning_keys`: where a message holds thoughts; the first that has any counts.
    """

    def __init__(self, reasoning_keys: Sequence[str] = REASONING_KEYS) -> None:
        self.is_recognised = False
        self.has_spoken = False
        self.is_too_long = False
        self.choice: Mapping[str, Any] = _NOTHING
        self.finish_reason: FinishReason | None = None
        self._reasoning_keys = reasoning_keys
        self._usage: Usage | None = None
        self._text = _SurrogateMender()
        self._reasoning = _SurrogateMender()
        self._tags = ThinkTags()
        self._room = LONGEST_ANSWER
        # As long as they may turn out to be the answer.
        self._thoughts: StringIO | None = StringIO()

    def feed(self, value: object) -> list[StreamEvent]:
        """`value`: one chunk of a stream, or a whole answer."""
        chunk = _mapping(value)
        if usage := chunk.get("usage"):
            self._usage = _usage(usage) or self._usage
        choices = chunk.get("choices")
        if not isinstance(choices, list):
            self.choice = _NOTHING
            return []
        self.is_recognised = True
        self.choice = choice = _first(choices)
        if reason := choice.get("finish_reason"):
            self._note_finish(reason)
        return self.say(_mapping(choice.get("delta")) or _mapping(choice.get("message")))

    def say(self, message: Mapping[str, Any]) -> list[StreamEvent]:
        """`message`: a chunk's delta, or the message of a whole answer."""
        if message.get("tool_calls"):
            self.has_spoken = True
        reasoning = self._reasoning.mend(_reasoning(message, self._reasoning_keys))
        # A refusal of OpenAI's stands in the place of the answer.
        text = self._text.mend(_text(message.get("content")) or _text(message.get("refusal")))
        if not self._tags.is_past:
            inline, text = self._tags.feed(text)
            reasoning += inline
        return self._deltas(reasoning, text)

    def finish(self) -> list[StreamEvent]:
        """At the answer's end. `interrupted` unless the server has said why it ended."""
        inline, text = self._tags.feed(self._text.end())
        held = self._tags.end()
        events = self._deltas(self._reasoning.end() + inline + held.reasoning, text + held.text)
        reason = self.finish_reason or "interrupted"
        thoughts = self._thoughts.getvalue() if self._thoughts is not None else ""
        if thoughts and reason == "stop":
            events += [NoticeRaised(Notice.ALL_WAS_THINKING), TextDelta(thoughts)]
        if self._usage is not None:
            events.append(UsageReported(self._usage))
        return [*events, Finished(reason)]

    def _note_finish(self, reason: object) -> None:
        if isinstance(reason, str) and reason != "null":
            self.finish_reason = _FINISH_REASONS.get(reason.lower(), "stop")

    def _deltas(self, reasoning: str, text: str) -> list[StreamEvent]:
        events: list[StreamEvent] = []
        reasoning, text = self._fitting(reasoning), self._fitting(text)
        if reasoning:
            self.has_spoken = True
            events.append(ReasoningDelta(reasoning))
            if self._thoughts is not None:
                self._thoughts.write(reasoning)
        if text:
            self.has_spoken = True
            events.append(TextDelta(text))
            if self._thoughts is not None and not text.isspace():
                self._thoughts = None
        return events

    def _fitting(self, said: str) -> str:
        """As much of it as there is room for."""
        self.is_too_long = self.is_too_long or len(said) > self._room
        said = said[: self._room]
        self._room -= len(said)
        return said


class _SurrogateMender:
    r"""Puts together what JSON escapes cut in two: `\ud83d` in one chunk, `\ude00` in the next."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-16-le")("replace")
        self._holds_half = False

    def mend(self, text: str) -> str:
        if not self._holds_half and (not text or text.isascii() or _SURROGATE.search(text) is None):
            return text
        mended = self._decoder.decode(text.encode("utf-16-le", "surrogatepass"))
        self._holds_half = bool(self._decoder.getstate()[0])
        return mended

    def end(self) -> str:
        return self._decoder.decode(b"", final=True)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else _NOTHING


def _first(choices: Sequence[object]) -> Mapping[str, Any]:
    """The one answer that is asked for; a server that gives several numbers them."""
    for each in choices:
        if isinstance(each, dict) and each.get("index") in (0, None):
            return each
    return _NOTHING


def _reasoning(message: Mapping[str, Any], keys: Sequence[str]) -> str:
    for key in keys:
        if said := _text(message.get(key)):
            return said
    # OpenRouter's, of which `reasoning` is the sum on most models only.
    details = message.get("reasoning_details")
    return _text(details) or _text(details, "summary")


def _text(content: object, key: str = "text") -> str:
    """`content` is a string, null, or (on some servers) a list of parts, whose words are at `key`."""
    if isinstance(content, str):
        return content
    if content is None:
        return ""
    parts = content if isinstance(content, list) else []
    texts = (_mapping(part).get(key) for part in parts)
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
    return value if type(value) is int and 0 <= value <= _MOST_TOKENS else None
