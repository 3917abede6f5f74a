"""Bodies of answers: events, chunks and what stands in their place, cut anywhere."""

import json
import random
from collections.abc import Sequence
from typing import Any

from desktop.domain.events import AnswerDraft
from desktop.domain.provider_errors import ProviderError
from desktop.providers.answer import AnswerDecoder
from desktop.providers.refusal import Asked
from desktop.providers.sse import LARGEST_EVENT, EventTooLarge, ServerSentEvent, SseDecoder
from tests.support.fuzz.engine import Target
from tests.support.fuzz.mutation import cuts, mutated, own_chance
from tests.support.fuzz.texts import encoded, hostile_text
from tests.support.fuzz.values import any_value, damaged_value, dumped

_USAGE = {"prompt_tokens": 9, "completion_tokens": 9, "prompt_tokens_details": {"image_tokens": 3}}
_WORDS = (
    *(
        b"data: ",
        b"data:",
        b"event: error\n",
        b"\n\n",
        b"\r\n\r\n",
        b"\r",
        b": comment\n",
        b"data: [DONE]\n\n",
    ),
    *(
        b"\xef\xbb\xbf",
        b"id: 1\n",
        b"retry: 9\n",
        b"<html>",
        b"{",
        b'{"error":',
        b'"\\ud83d',
        b"\0",
        b"\xff\xfe",
    ),
    *(
        b'{"choices":[]}',
        b"null",
        b"<think>",
        b"</think>",
        b'"delta":',
        b'"finish_reason":"stop"',
        b'"content":',
    ),
)
_HEADERS: Sequence[dict[str, str]] = (
    {},
    {"content-type": "text/event-stream"},
    {"content-type": "application/json", "x-dashscope-partialresponse": "true"},
    {"content-type": "text/html; charset=\udcff"},
)
_EXTRAS = ({"usage": _USAGE}, {"usage": {"total_tokens": 10**30}}, {"error": {"message": "no", "code": []}})

Outcome = tuple[str, str, object, str]
"""Words, thoughts, why it ended, and the kind of error."""


def answer_body(chance: random.Random) -> bytes:
    """An answer as servers send it, or nearly so."""
    if chance.random() < 0.2:
        return mutated(chance, encoded(dumped(chance, damaged_value(chance, _whole(chance)))), _WORDS)
    chunks = [_chunk(chance) for _ in range(chance.randint(1, 12))]
    lines = [_event(chance, encoded(dumped(chance, _rarely_damaged(chance, each)))) for each in chunks]
    end = chance.choice((b"data: [DONE]\n\n", b"", b"event: error\ndata: no\n\n"))
    return mutated(chance, b"".join(lines) + end, _WORDS, 3)


class Events(Target):
    """`SseDecoder`: however a body is cut, its events are those of the whole."""

    name = "events"
    peak_mb = 16

    def make(self, chance: random.Random) -> bytes:
        return mutated(chance, chance.choice((answer_body(chance), chance.randbytes(300))), _WORDS)

    def check(self, data: bytes) -> str:
        found = _events(cuts(own_chance(data), data))
        assert len(data) > LARGEST_EVENT or found == _events([data])
        return "events" if found else "nothing"


class Answers(Target):
    """`AnswerDecoder` and what stands behind it: an answer, or a `ProviderError` behind a part of one."""

    name = "answers"
    peak_mb = 24

    def make(self, chance: random.Random) -> bytes:
        return answer_body(chance)

    def check(self, data: bytes) -> str:
        chance = own_chance(data)
        headers = chance.choice(_HEADERS)
        found = _answer(cuts(chance, data), headers)
        # What came before an event that is too large may be in one piece with it, and lost.
        assert len(data) > LARGEST_EVENT or found == _answer([data], headers)
        return found[3] or "answered"


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _chunk(chance: random.Random) -> dict[str, Any]:
    words = {"content": chance.choice(("word", hostile_text(chance), "<think>", "</think>", None))}
    thoughts = {"reasoning_content": hostile_text(chance, most=3)}
    parts = {"content": [{"type": "text", "text": hostile_text(chance)}, any_value(chance, 1)]}
    delta = chance.choice((words, words, thoughts, parts, {"tool_calls": [any_value(chance, 1)]}))
    reason = chance.choice((None, None, None, "stop", "length", hostile_text(chance, most=2)))
    chunk = {"id": "c", "choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}
    return chunk | (chance.choice(_EXTRAS) if chance.random() < 0.1 else {})


def _rarely_damaged(chance: random.Random, chunk: dict[str, Any]) -> Any:
    return damaged_value(chance, chunk) if chance.random() < 0.1 else chunk


def _whole(chance: random.Random) -> Any:
    chunk = _chunk(chance)
    for choice in chunk["choices"]:
        choice["message"] = choice.pop("delta")
    return chance.choice((chunk, chunk, any_value(chance)))


def _event(chance: random.Random, data: bytes) -> bytes:
    return (
        chance.choice((b"data: ", b"data: ", b"data:", b"event: x\ndata: "))
        + data
        + chance.choice((b"\n\n", b"\n\n", b"\r\n\r\n", b"\r\r", b"\n"))
    )


def _events(pieces: Sequence[bytes]) -> list[ServerSentEvent] | None:
    decoder = SseDecoder()
    try:
        return [*(event for piece in pieces for event in decoder.feed(piece)), *decoder.flush()]
    except EventTooLarge:
        return None


def _answer(pieces: Sequence[bytes], headers: dict[str, str]) -> Outcome:
    draft, error = AnswerDraft(), ""
    decoder = AnswerDecoder(Asked("models.example", "m", "sk-0123456789abcdef"), headers)
    try:
        for piece in pieces:
            for event in decoder.feed(piece):
                draft.apply(event)
        for event in decoder.finish():
            draft.apply(event)
    except ProviderError as met:
        error = type(met).__name__
    for said in (draft.text, draft.reasoning):
        said.encode()  # there is no half of a character in it
    json.dumps(repr(draft.usage))
    return draft.text, draft.reasoning, draft.finish, error
