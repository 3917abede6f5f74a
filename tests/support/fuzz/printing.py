"""Answers and errors printed in a terminal."""

import io
import json
import random
import re

from desktop.domain.events import (
    Finished,
    LineRead,
    Notice,
    NoticeRaised,
    ReasoningDelta,
    RetryScheduled,
    StreamEvent,
    TextDelta,
    Usage,
    UsageReported,
)
from desktop.domain.images import Box
from desktop.domain.refusals import RequestRejected
from desktop.terminal import JsonPrinter, TextPrinter
from tests.support.fuzz.engine import Target
from tests.support.fuzz.mutation import cuts, own_chance
from tests.support.fuzz.texts import CONTROLS, DIRECTIONS, decoded, encoded, hostile_text

_ACTS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What a terminal obeys, but for new lines and tabs."""


class Printed(Target):
    """`TextPrinter`, `JsonPrinter`: no control character comes through, and JSON stays a value a line."""

    name = "printed"
    peak_mb = 16
    some = 40
    many = 800

    def make(self, chance: random.Random) -> bytes:
        words = (*CONTROLS, *DIRECTIONS, "word ", "\n", "\x1b", "[31m", "\ud83d", "\\")
        return encoded(hostile_text(chance, words, 30) + hostile_text(chance))

    def check(self, data: bytes) -> str:
        chance = own_chance(data)
        pieces = [decoded(piece) for piece in cuts(chance, data)]
        out, err, values = (io.TextIOWrapper(io.BytesIO(), "utf-8", "replace", newline="") for _ in range(3))
        for printer in (TextPrinter(out, err), JsonPrinter(values)):
            for piece in pieces:
                printer.event(_event(chance, piece))
            printer.error(
                RequestRejected(host="models.example", status=400, reason=decoded(data), detail=decoded(data))
            )
            printer.event(Finished("interrupted"))
            printer.end_text()
        for stream in (out, err, values):
            met = _ACTS.search(_printed(stream))
            assert met is None, repr(met)
        for line in _printed(values).splitlines():
            assert isinstance(json.loads(line), dict)
        return "printed"


def _event(chance: random.Random, words: str) -> StreamEvent:
    events: tuple[StreamEvent, ...] = (
        TextDelta(words),
        TextDelta(words),
        ReasoningDelta(words),
        NoticeRaised(Notice.SENT_WITHOUT, {"fields": words}),
        RetryScheduled(RequestRejected(host=words, status=400, reason=words), 1.5),
        LineRead(0, Box(0, 0, 1, 1), words, 0.5),
        UsageReported(Usage(total_tokens=1)),
    )
    return chance.choice(events)


def _printed(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
