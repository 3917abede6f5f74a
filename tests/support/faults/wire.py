"""Ways to write an answer that are all in use, and say the same."""

import gzip
import json
import zlib

import brotli

from desktop.domain.events import FinishReason
from tests.support.faults.fault import Fault, bearable, replies
from tests.support.faults.said import (
    ANSWER,
    BEGUN,
    CHUNKS,
    COUNTED,
    DONE,
    FIRST,
    STREAM,
    USAGE,
    body,
    delta,
    end,
    framed,
)
from tests.support.server import End, compressed, events, raw, whole

_BARE = b"HTTP/1.1 200 OK\r\n\r\n"
_OLD = b"HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
_COUNTED_EACH = [{**chunk, "usage": {**USAGE, "completion_tokens": n}} for n, chunk in enumerate(CHUNKS)]
_OVER_LINES = b"".join(
    b"data: " + json.dumps(chunk, indent=1).encode().replace(b"\n", b"\ndata: ") + b"\n\n" for chunk in CHUNKS
)
_NAMED = STREAM.replace(b"data:", b"event: message\nid: 7\nretry: 100\ndata:")
_HALVES = framed(FIRST, delta(BEGUN)) + b"".join(
    b'data: {"choices":[{"index":0,"delta":{"content":"%b"},"finish_reason":null}]}\n\n' % half
    for half in (b"dog. \\ud83c", b"\\udf89")
)


def _in_bytes(wire: bytes) -> list[bytes]:
    return [wire[i : i + 1] for i in range(len(wire))]


def _deflated(wire: bytes) -> bytes:
    return zlib.compress(wire)


_LINES = (
    bearable("lines end with CR", events(STREAM.replace(b"\n", b"\r"))),
    bearable("lines end with CRLF", events(STREAM.replace(b"\n", b"\r\n"))),
    bearable("data: without a space", events(STREAM.replace(b"data: ", b"data:"))),
    bearable(
        "comments between events", events(STREAM.replace(b"data:", b": OPENROUTER PROCESSING\n\ndata:"))
    ),
    bearable("comments inside events", events(STREAM.replace(b"data:", b": ping\ndata:"))),
    bearable("data over several lines", events(_OVER_LINES + DONE)),
    bearable("event, id and retry fields", events(_NAMED)),
    bearable("events without data", events(STREAM.replace(b"data:", b"data:\n\nid: 1\n\ndata:"))),
    bearable("a byte order mark", events(b"\xef\xbb\xbf" + STREAM)),
    bearable("blank lines first", events(b"\r\n\n" + STREAM)),
    bearable("no blank line at the end", events(STREAM.rstrip(b"\n"))),
    bearable("cut after every byte", events(*_in_bytes(STREAM))),
    bearable("an emoji in two halves", events(_HALVES + framed(end()) + DONE)),
)

_CHUNKS = (
    bearable("choices missing", events(framed(FIRST, {"id": "1"}, *CHUNKS[1:]) + DONE)),
    bearable("choices null", events(framed(FIRST, {"choices": None}, *CHUNKS[1:]) + DONE)),
    bearable("choices empty", events(framed({"choices": []}, *CHUNKS) + DONE)),
    bearable("a choice that is null", events(framed({"choices": [None]}, *CHUNKS) + DONE)),
    bearable("delta missing", events(framed({"choices": [{"index": 0}]}, *CHUNKS) + DONE)),
    bearable("content null", events(framed(delta(None, role="assistant"), *CHUNKS[1:]) + DONE)),
    bearable("role missing", events(framed(*CHUNKS[1:]) + DONE)),
    bearable(
        "role in every chunk", events(framed(*(delta(c, role="assistant") for c in ANSWER), end()) + DONE)
    ),
    bearable("content in parts", events(framed(delta([{"type": "text", "text": ANSWER}]), end()) + DONE)),
    bearable("the reason beside the last words", events(framed(delta(BEGUN), end(content="dog. 🎉")) + DONE)),
    bearable("a reason nobody knows", events(framed(*CHUNKS[:-1], end("eos")) + DONE)),
    bearable("the word null as a reason", events(framed(end("null"), *CHUNKS) + DONE)),
    bearable(
        "two answers",
        events(framed({"choices": [{"index": 1, "delta": {"content": "no"}}]}, *CHUNKS) + DONE),
    ),
    bearable("a refusal in the model's words", events(framed(delta(None, refusal=ANSWER), end()) + DONE)),
)

_COUNTS = (
    bearable(
        "usage in the last chunk with words", events(framed(*CHUNKS[:-1], {**end(), "usage": USAGE}) + DONE)
    ),
    bearable("usage in every chunk", events(framed(*_COUNTED_EACH) + DONE)),
    bearable(
        "usage null in between", events(framed(COUNTED, *({**c, "usage": None} for c in CHUNKS)) + DONE)
    ),
    bearable("usage never", events(framed(*CHUNKS) + DONE)),
    bearable(
        "usage of odd types", events(framed(*CHUNKS, {"choices": [], "usage": {"total_tokens": "7"}}) + DONE)
    ),
)

_ENDS = (
    bearable("no [DONE]", events(STREAM.removesuffix(DONE))),
    bearable("[DONE] but no reason", events(framed(*CHUNKS[:-1]) + DONE)),
    bearable("more after [DONE]", events(STREAM + b"data: nonsense\n\n" + DONE)),
    bearable("reset after [DONE]", events(STREAM, End.RESET)),
    bearable("cut after the reason", events(STREAM.removesuffix(DONE), End.CUT)),
    bearable("silence after [DONE]", events(STREAM, End.HANG)),
)

_BODIES = (
    bearable("JSON instead of a stream", whole(body({"role": "assistant", "content": ANSWER}))),
    bearable("a stream that calls itself JSON", events(STREAM, content_type="application/json")),
    bearable("a stream that calls itself text", events(STREAM, content_type="text/plain")),
    bearable("no Content-Type", raw(_BARE, STREAM)),
    bearable("HTTP/1.0", raw(_OLD, STREAM)),
    bearable("gzip", compressed(STREAM)),
    bearable(
        "gzip of one piece",
        whole(
            gzip.compress(json.dumps(body({"content": ANSWER})).encode()),
            headers={"Content-Encoding": "gzip"},
        ),
    ),
    bearable("deflate", compressed(STREAM, "deflate", _deflated)),
    bearable("brotli", compressed(STREAM, "br", brotli.compress)),
    bearable("an encoding nobody knows", events(STREAM, headers={"Content-Encoding": "none"})),
)

_THOUGHTS = (
    bearable(
        "reasoning_content",
        events(framed(delta(None, reasoning_content="Hm."), *CHUNKS) + DONE),
        thoughts="Hm.",
    ),
    bearable("reasoning", events(framed(delta("", reasoning="Hm."), *CHUNKS) + DONE), thoughts="Hm."),
    bearable(
        "reasoning_details alone",
        events(
            framed(delta("", reasoning_details=[{"type": "reasoning.text", "text": "Hm."}]), *CHUNKS) + DONE
        ),
        thoughts="Hm.",
    ),
    bearable(
        "<think> in the text",
        events(framed(delta("<thi"), delta("nk>Hm.</think>\n\n"), *CHUNKS) + DONE),
        thoughts="Hm.",
    ),
    bearable(
        "the whole answer as thoughts",
        events(framed(delta("", reasoning=ANSWER), end()) + DONE),
        thoughts=ANSWER,
        notice="all_was_thinking",
    ),
    bearable(
        "<think> that never ends",
        events(framed(delta("<think>"), delta(ANSWER), end()) + DONE),
        thoughts=ANSWER,
        notice="all_was_thinking",
    ),
)

_WORDS: tuple[tuple[str, FinishReason], ...] = (
    ("length", "length"),
    ("max_tokens", "length"),
    ("content_filter", "content_filter"),
    ("sensitive", "content_filter"),
    ("tool_calls", "tool_calls"),
    ("function_call", "tool_calls"),
    ("error", "interrupted"),
    ("network_error", "interrupted"),
    ("insufficient_system_resource", "interrupted"),
    ("aborted", "interrupted"),
)
_REASONS = tuple(
    Fault("wire", f"ends with “{word}”", replies(events(framed(*CHUNKS[:2], end(word)) + DONE)), comes, BEGUN)
    for word, comes in _WORDS
)

WIRE: tuple[Fault, ...] = (*_LINES, *_CHUNKS, *_COUNTS, *_ENDS, *_BODIES, *_THOUGHTS, *_REASONS)
