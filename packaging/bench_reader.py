"""How well the on-device reader reads, beside tesseract 5: `python packaging/bench_reader.py OUT.json`.

Both read the same screenshots, whose text is known: all that the tests draw, four nearly empty ones among
them (clean), and what becomes of the 720p ones as JPEG, at 125 % and 150 %, resampled by as much, and in the
other theme (degraded). Character
error rates count no blanks; with one blank where there is any they are printed in brackets. CPU is user and
system time. The reader works as in the app: in its own process, warm, with the threads it takes there.

`--quick` takes the 720p screens only, clean and as a poor JPEG.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from cpu_time import cpu_of
from figure import Figure, write
from PySide6.QtGui import QGuiApplication

from desktop.reader.reader import OnDeviceReader
from desktop.worker.process import WorkerProcess
from tests.support.degraded import compressed, resampled
from tests.support.error_rate import wrong, wrong_with_blanks
from tests.support.reading import read
from tests.support.screenshots import CONTENT, SCALED_SIZES, SIZES, THEMES, Screenshot, screenshot
from tests.support.sparse import sparse

# As one block of text: finding columns by itself (--psm 3) it drops those of tables, and gets 22 % wrong on
# these screens instead of 1.2 %. One thread: more only wait for each other.
_TESSERACT = ("tesseract", "-", "-", "-l", "chi_sim+eng", "--psm", "6")
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}

_SPARSE = (
    ("word", "1080p", "light"),
    ("toast", "1440p", "wallpaper"),
    ("dialog zh", "1080p", "dark"),
    ("form", "4K 200%", "light"),
)
"""Scenes, sizes and papers of nearly empty screens."""


@dataclass(frozen=True)
class Score:
    """Shares of wrong characters, and seconds of CPU."""

    wrong: float
    with_blanks: float
    cpu: float

    @classmethod
    def of(cls, shot: Screenshot, text: str, cpu: float) -> Score:
        return cls(wrong(shot.text, text), wrong_with_blanks(shot.text, text), cpu)

    def __str__(self) -> str:
        return f"{self.wrong:>7.2%} ({self.with_blanks:>6.2%}) {self.cpu:>5.1f} s"


@dataclass(frozen=True)
class Match:
    """One screenshot, read by both."""

    ours: Score
    theirs: Score

    @property
    def is_won(self) -> bool:
        """Without a mistake nobody is beaten."""
        return self.ours.wrong < self.theirs.wrong or self.ours.wrong == 0


def main() -> int:
    """Measure, and write the figures to the path that is given."""
    options = _parsed()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    clean, degraded = list(_clean(quick=options.quick)), list(_degraded(quick=options.quick))
    application.quit()
    write(options.out, asyncio.run(_figures(clean, degraded)))
    return 0


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the on-device reader.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--quick", action="store_true")
    return parser.parse_args()


def _clean(*, quick: bool) -> Iterator[Screenshot]:
    for size in ("720p",) if quick else SIZES:
        yield from (screenshot(kind, size) for kind in CONTENT)
    if not quick:
        yield from (sparse(*screen) for screen in _SPARSE)


def _degraded(*, quick: bool) -> Iterator[Screenshot]:
    for kind, (_, style) in CONTENT.items():
        shot = screenshot(kind, "720p")
        yield compressed(shot, 50)
        if quick:
            continue
        yield compressed(shot, 75)
        yield from (resampled(shot, factor) for _, _, factor in SCALED_SIZES.values())
        yield from (screenshot(kind, size) for size in SCALED_SIZES)
        yield from (screenshot(kind, "720p", t) for t, (_, paper) in THEMES.items() if paper != style.paper)


async def _figures(clean: Sequence[Screenshot], degraded: Sequence[Screenshot]) -> list[Figure]:
    worker = WorkerProcess(idle=None)
    try:
        await read(OnDeviceReader(worker), clean[0])  # so that it is warm
        print(f"{'':<26} {'the reader':>26} {'tesseract':>26}", flush=True)
        untouched = [await _match(worker, shot) for shot in clean]
        worn = [await _match(worker, shot) for shot in degraded]
        return _judged(untouched, worn, _peak_of(worker.pid or 0))
    finally:
        await worker.aclose()


async def _match(worker: WorkerProcess, shot: Screenshot) -> Match:
    ours, theirs = await asyncio.gather(_read(worker, shot), asyncio.to_thread(_tesseract, shot))
    match = Match(ours, theirs)
    print(f"{shot.name:<26} {ours} {theirs} {'' if match.is_won else ' LOST'}", flush=True)
    return match


async def _read(worker: WorkerProcess, shot: Screenshot) -> Score:
    pid = worker.pid
    assert pid is not None
    begin = cpu_of(pid)
    reading = await read(OnDeviceReader(worker), shot)
    return Score.of(shot, reading.text, cpu_of(pid) - begin)


def _tesseract(shot: Screenshot) -> Score:
    begin = _cpu_of_children()
    done = subprocess.run(
        _TESSERACT,
        input=shot.data,
        env={**os.environ, **_ONE_THREAD},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return Score.of(shot, done.stdout.decode(), _cpu_of_children() - begin)


def _cpu_of_children() -> float:
    """Seconds of CPU of the processes that ended: of the worker nothing, as long as it lives."""
    times = os.times()
    return times.children_user + times.children_system


def _peak_of(pid: int) -> float:
    """The most memory that a process has held, in MB. Linux only."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found is not None
    return int(found[1]) / 1024


def _judged(clean: Sequence[Match], degraded: Sequence[Match], peak: float) -> list[Figure]:
    every = [*clean, *degraded]
    won = mean(match.is_won for match in every)
    cpu = sum(match.ours.cpu for match in every) / sum(match.theirs.cpu for match in every)
    return [
        _error("reader_error_mean_clean", 1.0, mean(m.ours.wrong for m in clean), clean),
        _error("reader_error_worst_clean", 2.0, max(m.ours.wrong for m in clean), clean),
        _error("reader_error_mean_degraded", 1.0, mean(m.ours.wrong for m in degraded), degraded),
        Figure("reader_beats_tesseract", 100 * won, "%", 100, f"tesseract 5, {len(every)} images", "higher"),
        Figure("reader_cpu_over_tesseract", cpu, "ratio", 2.0, "tesseract 5 on one thread, the same images"),
        Figure("reader_peak", peak, "MB", 1000, "the memory of its process, all images one after another"),
    ]


def _error(name: str, target: float, value: float, matches: Sequence[Match]) -> Figure:
    theirs = mean(match.theirs.wrong for match in matches)
    worst = max(match.theirs.wrong for match in matches)
    baseline = f"tesseract 5: {theirs:.2%} on average, {worst:.2%} at worst, {len(matches)} images"
    return Figure(name, 100 * value, "%", target, baseline)


if __name__ == "__main__":
    raise SystemExit(main())
