"""Chunks that differ from those before in nothing but their words, which need no parsing; no I/O.

To parse a chunk takes four times as long as to compare it, and nearly all chunks of an answer are alike.
"""

import json
import re
from collections.abc import Mapping
from itertools import takewhile
from typing import NamedTuple

from desktop.domain.events import ReasoningDelta, StreamEvent, TextDelta
from desktop.providers.chunks import AnswerFold
from desktop.providers.sse import SseDecoder

_LARGEST = 4096
"""Bytes of a piece that is learned from; a chunk of an answer has a few hundred."""

_SAMPLE = "a word that no server says"
_SAID: Mapping[StreamEvent | None, str] = {
    TextDelta(_SAMPLE): "content",
    ReasoningDelta(_SAMPLE): "reasoning",
}
_MORE_THAN_WORDS = re.compile(rb'["\\\x00-\x1f]')
"""What JSON writes in another way inside a string, and what ends a string or a line."""


class _Shape(NamedTuple):
    """What stands around the words, and what they are: `key` of a message."""

    head: bytes
    tail: bytes
    key: str


class AlikeChunks:
    """Learns from two pieces of a body what their like is; each must begin where an event begins.

    A shape is used only after its likes were parsed: one with other words, and the two it was learned from,
    whose facts are those of all that follow.
    """

    def __init__(self) -> None:
        self._shape: _Shape | None = None
        self._before = b""
        self._misses = 0

    def message_in(self, piece: bytes) -> dict[str, str] | None:
        """What the one chunk in `piece` says; None if only parsing can tell."""
        if self._shape is not None:
            head, tail, key = self._shape
            if piece.startswith(head) and piece.endswith(tail):
                self._misses = 0
                words = piece[len(head) : -len(tail)]
                is_plain = words and not _MORE_THAN_WORDS.search(words)
                return {key: words.decode(errors="replace")} if is_plain else None
        self._learn(piece)
        return None

    def _learn(self, piece: bytes) -> None:
        before, self._before = self._before, piece
        self._misses += 1
        # At the 1st, 2nd, 4th, 8th … in a row: a server whose chunks are never alike costs next to nothing.
        if self._misses & (self._misses - 1) == 0 and max(len(before), len(piece)) <= _LARGEST:
            self._shape = _shape_of(before, piece) or self._shape


def _shape_of(one: bytes, other: bytes) -> _Shape | None:
    """What both have around one string, if that string is what the chunk says, and all that it says."""
    begin, end = _common_start(one, other), _common_start(one[::-1], other[::-1])[::-1]
    head, tail = begin[: begin.rfind(b'"') + 1], end[end.find(b'"') :]
    key = _SAID.get(_said_by(head + _SAMPLE.encode() + tail)) if tail else None
    return _Shape(head, tail, key) if key else None


def _common_start(one: bytes, other: bytes) -> bytes:
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return one[: sum(1 for _ in alike)]


def _said_by(piece: bytes) -> StreamEvent | None:
    decoder = SseDecoder()
    # Never the first line of a body, which may begin with a byte order mark.
    events = decoder.feed(b"\n" + piece)
    if len(events) != 1 or events[0].event == "error" or not decoder.is_between_events:
        return None
    try:
        said = AnswerFold().feed(json.loads(events[0].data))
    except (ValueError, RecursionError):
        return None
    return said[0] if len(said) == 1 else None
