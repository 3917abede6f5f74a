"""What the holds of a window's thread amount to, by what was done meanwhile."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from tests.support.holds import Hold
from tests.support.usage import Usage

FRAME = 0.016
"""Seconds."""

_LONGEST = 20
_CALLERS = 6


class Span(NamedTuple):
    """What was done, and what the app had taken before and after it."""

    name: str
    begin: Usage
    end: Usage


class Diary:
    """What was done to the process `pid`, one thing after the other."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._begin = Usage.of(pid)
        self.spans: list[Span] = []

    @property
    def names(self) -> list[str]:
        """What was done, each thing once."""
        return list(dict.fromkeys(span.name for span in self.spans))

    def note(self, name: str) -> None:
        """This was done now."""
        begin, self._begin = self._begin, Usage.of(self._pid)
        self.spans.append(Span(name, begin, self._begin))


def report(holds: Sequence[Hold], diary: Diary) -> dict[str, Any]:
    """By act: for how many seconds, what share of a core, how long the window's thread was held, in ms.

    And the memory after it was done for the last time, and the longest holds of all with who was seen there.
    """
    spans = diary.spans
    during = [hold for hold in holds if spans[0].begin.at <= hold.at < spans[-1].end.at]
    return {
        "acts": {
            name: _figures(holds, [span for span in spans if span.name == name]) for name in diary.names
        },
        "memory_mb": {"before": round(spans[0].begin.memory), **{s.name: round(s.end.memory) for s in spans}},
        "longest": [_told(hold) for hold in sorted(during, key=lambda hold: -hold.cpu)[:_LONGEST]],
    }


def _figures(holds: Sequence[Hold], spans: Sequence[Span]) -> dict[str, float]:
    mine = [hold for hold in holds for span in spans if span.begin.at <= hold.at < span.end.at]
    seconds = sum(span.end.at - span.begin.at for span in spans)
    return {
        "seconds": round(seconds, 1),
        "cpu": round(sum(span.end.cpu - span.begin.cpu for span in spans) / seconds, 2),
        "cpu_of_thread": round(sum(span.end.main - span.begin.main for span in spans) / seconds, 2),
        "longest_ms": _ms(max((hold.wall for hold in mine), default=0)),
        "longest_cpu_ms": _ms(max((hold.cpu for hold in mine), default=0)),
        "over_a_frame": sum(hold.wall > FRAME for hold in mine),
        "over_a_frame_of_cpu": sum(hold.cpu > FRAME for hold in mine),
    }


def _told(hold: Hold) -> dict[str, Any]:
    seen = Counter(" < ".join(stack[:_CALLERS]) for stack in hold.stacks)
    return {"at": hold.at, "wall_ms": _ms(hold.wall), "cpu_ms": _ms(hold.cpu), "seen": seen.most_common(4)}


def _ms(seconds: float) -> float:
    return round(1000 * seconds, 1)
