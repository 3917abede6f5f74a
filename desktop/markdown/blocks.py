"""The shape of a rendered answer: a flat row of blocks, each with its own way in.

Flat, not a tree: an item of a list, or a paragraph of a quote, can be final while the list goes on.
"""

from dataclasses import dataclass
from enum import Enum, Flag, auto
from typing import Literal

Alignment = Literal["", "left", "center", "right"]


class Style(Flag):
    """How a run of text looks. MATH is the source of a formula, verbatim."""

    PLAIN = 0
    BOLD = auto()
    ITALIC = auto()
    STRIKE = auto()
    CODE = auto()
    MATH = auto()


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look. A line break within a block is "\\n"; `href` is http, https or mailto, or empty."""

    text: str
    style: Style = Style.PLAIN
    href: str = ""


Runs = tuple[Run, ...]


class Container(Enum):
    """What a block stands in."""

    QUOTE = "quote"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Marker:
    """Begins an item: its number (None: a bullet) and its task box (None: no box)."""

    number: int | None = None
    checked: bool | None = None


Path = tuple[Container, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`path` leads in from the outermost container; `marker` is set where the innermost item begins."""

    runs: Runs
    path: Path = ()
    marker: Marker | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` is 1…6."""

    level: int
    runs: Runs
    path: Path = ()
    marker: Marker | None = None


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """`text` has no newline at its end. `closed`: its end has been seen, its text will not grow."""

    language: str
    text: str
    closed: bool = True
    path: Path = ()
    marker: Marker | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The first row is the header; every row has as many cells as `alignments`."""

    alignments: tuple[Alignment, ...]
    rows: tuple[tuple[Runs, ...], ...]
    path: Path = ()
    marker: Marker | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    path: Path = ()
    marker: Marker | None = None


Block = Paragraph | Heading | CodeBlock | Table | Rule
