"""A measured figure, what it should be, and how both are written down."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

Unit = Literal["ratio", "ms", "exponent", "MB", "%"]


@dataclass(frozen=True)  # no slots: an older Python must get as far as the sentence that says so
class Figure:
    """`value` of what `name` says, measured against `baseline` (in words) within one run.

    `better` tells on which side of `target` the goal lies; `target` itself meets it.
    """

    name: str
    value: float
    unit: Unit
    target: float
    baseline: str
    better: Literal["lower", "higher"] = "lower"

    @property
    def met(self) -> bool:
        return self.value <= self.target if self.better == "lower" else self.value >= self.target

    def __str__(self) -> str:
        sign, verdict = "≤" if self.better == "lower" else "≥", "met" if self.met else "MISSED"
        value, target = (f"{number:.4g}" for number in (self.value, self.target))
        return (
            f"{self.name:<36} {value:>7} {self.unit:<8} goal {sign} {target:<5} {verdict:<6}  {self.baseline}"
        )


def write(path: Path, figures: Iterable[Figure]) -> None:
    """Write `figures` as a JSON list of objects."""
    rows = [asdict(figure) for figure in figures]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> list[Figure]:
    """What `write` wrote."""
    return [Figure(**row) for row in json.loads(path.read_text(encoding="utf-8"))]
