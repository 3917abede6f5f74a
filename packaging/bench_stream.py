"""What it costs to render an answer while it comes: `python packaging/bench_stream.py OUT.json`.

An answer of 64 000 characters comes in deltas of 8, two a frame. What each frame changes is painted before
the next one comes: nothing is saved by skipping frames, nor by resting (see `frames.py`). Counted is all CPU
of the process, from the first delta until the answer has ended and all of it is painted. The windows measure
900 × 700 on Qt's offscreen platform.

stream_cpu_over_floor: the app's transcript, by plain text that is put into a QTextBrowser.
stream_growth_exponent: how the transcript's CPU grows with the length of the answer.
stream_worst_block_ms, stream_p99_block_ms: CPU of the window's thread in one turn of its loop.
stream_vs_setmarkdown: a QTextBrowser that is given all of the answer in each frame, by the transcript.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from math import log
from pathlib import Path
from statistics import linear_regression, median, quantiles
from typing import NamedTuple

from dressed import dressed_app
from figure import Figure, write
from frames import Cost
from stream_corpus import KINDS, answer
from streaming_sides import Plain, Rendered, Whole, stream

from desktop.runtime.garbage import keep_all

SIZES = {"4k": 4_000, "16k": 16_000, "64k": 64_000}
"""Lengths of answers, in characters."""

_ROUNDS = 3
_OVER_FLOOR = {"mixed": 1.5, "list": 1.5, "code": 1.2, "table": 1.2, "paragraph": 0.6}
_EXPONENT = {"mixed": 1.05, "list": 1.05, "code": 1.05, "table": 1.05, "paragraph": 1.1}
_VS_SETMARKDOWN = {"16k": 15.0, "64k": 40.0}
_WHOLE_ONCE = "64k"
"""At this length rendering everything in each frame takes minutes: it is measured once."""


class Race(NamedTuple):
    """The same answer by the transcript and by the floor, once a round."""

    ours: list[Cost]
    floor: list[Cost]

    @property
    def ratio(self) -> float:
        return median(a.cpu / b.cpu for a, b in zip(self.ours, self.floor, strict=True))


Races = dict[str, Race]
"""By the length of the answer."""


def main() -> int:
    """Measure, and write the figures to the path that is given."""
    with dressed_app():
        write(Path(sys.argv[1]), figures(SIZES, _ROUNDS))
    return 0


def figures(sizes: Mapping[str, int], rounds: int) -> list[Figure]:
    """All figures of the group. `sizes` are `SIZES`, or shorter ones under the same names."""
    _warm_up(sizes["4k"])
    races = {kind: _races(kind, sizes, rounds) for kind in KINDS}
    return [
        *(_over_floor(kind, races[kind]["64k"]) for kind in KINDS),
        *(_growth(kind, sizes, races[kind]) for kind in KINDS),
        *_blocks(races["mixed"]["64k"].ours),
        *(_vs_setmarkdown(size, sizes[size], races["mixed"][size], rounds) for size in _VS_SETMARKDOWN),
    ]


def _warm_up(size: int) -> None:
    """What is slow the first time is no part of an answer."""
    for kind in KINDS:
        for side in (Rendered(), Plain(), Whole()):
            stream(side, answer(kind, size))
    keep_all()


def _races(kind: str, sizes: Mapping[str, int], rounds: int) -> Races:
    found = {size: Race([], []) for size in sizes}
    for _ in range(rounds):
        for size, race in found.items():
            text = answer(kind, sizes[size])
            race.ours.append(stream(Rendered(), text))
            race.floor.append(stream(Plain(), text))
    for size, race in found.items():
        ours, floor = _cpu(race.ours), _cpu(race.floor)
        print(f"{kind} {size}: {ours:.2f} s of CPU, plain text {floor:.2f} s", flush=True)
    return found


def _over_floor(kind: str, race: Race) -> Figure:
    floor = f"plain text, put into a QTextBrowser and painted as often: {_cpu(race.floor):.2f} s"
    return Figure(f"stream_cpu_over_floor_{kind}_64k", race.ratio, "ratio", _OVER_FLOOR[kind], floor)


def _growth(kind: str, sizes: Mapping[str, int], races: Races) -> Figure:
    ours = _exponent({sizes[size]: _cpu(race.ours) for size, race in races.items()})
    floor = _exponent({sizes[size]: _cpu(race.floor) for size, race in races.items()})
    words = f"log-log slope of CPU from 4k to 64k; that of plain text is {floor:.2f}"
    return Figure(f"stream_growth_exponent_{kind}", ours, "exponent", _EXPONENT[kind], words)


def _exponent(cpu: Mapping[int, float]) -> float:
    return linear_regression([log(size) for size in cpu], [log(spent) for spent in cpu.values()]).slope


def _blocks(costs: Sequence[Cost]) -> list[Figure]:
    worst = median(max(cost.blocks) for cost in costs)
    rare = median(quantiles(cost.blocks, n=100)[-1] for cost in costs)
    words = "nothing: a turn of the window's loop, layout and painting included; mixed"
    return [
        Figure("stream_worst_block_ms", worst * 1000, "ms", 8.0, words),
        Figure("stream_p99_block_ms", rare * 1000, "ms", 4.0, words),
    ]


def _vs_setmarkdown(size: str, characters: int, race: Race, rounds: int) -> Figure:
    times = 1 if size == _WHOLE_ONCE else rounds
    theirs = _cpu([stream(Whole(), answer("mixed", characters)) for _ in range(times)])
    words = f"setMarkdown(all of it) in each frame, mixed: {theirs:.1f} s, measured {times}×"
    ratio, target = theirs / _cpu(race.ours), _VS_SETMARKDOWN[size]
    return Figure(f"stream_vs_setmarkdown_{size}", ratio, "ratio", target, words, "higher")


def _cpu(costs: Sequence[Cost]) -> float:
    return median(cost.cpu for cost in costs)


if __name__ == "__main__":
    raise SystemExit(main())
