"""Seeded cases against one target: what became of them, what they cost in memory, and which of them failed.

A case is a target, a seed and a number; the same three make the same bytes on every machine, and the bytes
are all that a target looks at. So a failure is met again by its numbers, or by the file that it was saved in.
"""

import random
import sys
import threading
import tracemalloc
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from tests.support.fuzz.smaller import smaller
from tests.support.source import ROOT

FAILED = ROOT / "build" / "fuzz"
"""Where inputs lie that failed."""

MB = 1 << 20


class Escaped(Exception):
    """An exception that nobody caught: in a slot of Qt, in a thread, or while an object was let go."""


class TooMuchMemory(Exception):
    """A case took more than its target may."""


class Target(AbstractContextManager["Target"], ABC):
    """What hostile input is given to. Entered once, for many cases.

    `peak_mb`: what one case may take beside what was there before; or a process of the target's own, in all.
    `some` and `many`: the cases of each run of the tests, and of `--full`. `tries` limits how often an
    input that failed is given again to make it smaller.
    """

    name: ClassVar[str]
    peak_mb: ClassVar[float]
    tries: ClassVar[int] = 300
    some: ClassVar[int] = 100
    many: ClassVar[int] = 2_000

    @abstractmethod
    def make(self, chance: random.Random) -> bytes:
        """One input."""

    @abstractmethod
    def check(self, data: bytes) -> str:
        """In one word or two, what became of it. Whatever this raises is a failure."""

    def measured(self, data: bytes) -> tuple[str, float]:
        """What became of it, and the peak that it cost, in MB."""
        tracemalloc.start()
        try:
            return self.check(data), tracemalloc.get_traced_memory()[1] / MB
        finally:
            tracemalloc.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of what it was entered with."""


@dataclass(frozen=True, slots=True)
class Failure:
    """`case` of `seed` failed with `error`; its input lies in `file`."""

    case: int
    seed: int
    file: Path
    error: Exception

    def told(self, target: str) -> str:
        again = f"python -m tests.support.fuzz {target} --seed {self.seed} --case {self.case}"
        return f"{type(self.error).__name__}: {str(self.error)[:500]}\n  again: {again}\n  input: {self.file}"


@dataclass(slots=True)
class Report:
    """What became of the cases of one target. `peak`: the highest, in MB."""

    target: str
    outcomes: Counter[str] = field(default_factory=Counter)
    peak: float = 0.0
    failures: list[Failure] = field(default_factory=list)

    def __str__(self) -> str:
        kinds = ", ".join(f"{count} {kind}" for kind, count in self.outcomes.most_common(12))
        head = (
            f"{self.target}: {self.outcomes.total()} cases, {len(self.failures)} failed, {self.peak:.1f} MB"
        )
        return "\n".join([f"{head}; {kinds}", *(each.told(self.target) for each in self.failures)])


def input_of(target: Target, seed: int, case: int) -> bytes:
    return target.make(random.Random(f"{target.name}-{seed}-{case}"))


def run(target: Target, cases: range, seed: int, most_failures: int = 10) -> Report:
    """Give `target`, which was entered, each of `cases`; end early after `most_failures`."""
    report = Report(target.name)
    for case in cases:
        data = input_of(target, seed, case)
        try:
            kind, peak = judged(target, data)
        except Exception as error:  # noqa: BLE001 - to find whatever is raised is what this is for
            report.failures.append(Failure(case, seed, _saved(target, seed, case, data, error), error))
            kind, peak = f"failed: {type(error).__name__}", 0.0
        report.outcomes[kind] += 1
        report.peak = max(report.peak, peak)
        if len(report.failures) == most_failures:
            break
    return report


def judged(target: Target, data: bytes) -> tuple[str, float]:
    """What became of `data`, and its peak in MB. Raises whatever is wrong."""
    with _nothing_escapes():
        kind, peak = target.measured(data)
    if peak > target.peak_mb:
        raise TooMuchMemory(f"{peak:.1f} MB, and {target.peak_mb} MB are allowed")
    return kind, peak


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _saved(target: Target, seed: int, case: int, data: bytes, error: Exception) -> Path:
    """Where the input lies now, made smaller as long as it fails in the same way."""

    def fails(part: bytes) -> bool:
        try:
            judged(target, part)
        except Exception as other:  # noqa: BLE001 - the same as above
            return type(other) is type(error)
        return False

    FAILED.mkdir(parents=True, exist_ok=True)
    file = FAILED / f"{target.name}-{seed}-{case}"
    file.write_bytes(data)
    file.write_bytes(smaller(data, fails, target.tries))
    return file


@contextmanager
def _nothing_escapes() -> Iterator[None]:
    """Raises `Escaped` for what only the interpreter would have heard of."""
    escaped: list[BaseException] = []

    def keep(error: BaseException | None) -> None:
        if error is not None:
            escaped.append(error)

    with (
        _instead(sys, "excepthook", lambda _kind, error, _trace: keep(error)),
        _instead(sys, "unraisablehook", lambda met: keep(met.exc_value)),
        _instead(threading, "excepthook", lambda met: keep(met.exc_value)),
    ):
        yield
    if escaped:
        raise Escaped(repr(escaped[0])) from escaped[0]


@contextmanager
def _instead(owner: object, name: str, hook: Callable[..., None]) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, hook)
    try:
        yield
    finally:
        setattr(owner, name, before)
