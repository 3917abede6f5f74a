"""Blocks while they are read: their source, open until something ends them."""

import re
from dataclasses import dataclass, field

from desktop.markdown.blocks import Alignment, Marker, Path
from desktop.markdown.containers import CODE_INDENT
from desktop.markdown.cursor import Cursor
from desktop.markdown.definitions import Definition, may_define, split_definitions
from desktop.markdown.formula import CLOSERS
from desktop.markdown.table import cells_of

_BLANKS = " \t\n"
_CLOSING_MARKS = re.compile(r"(?:^|[ \t])#+[ \t]*$")
_LONGEST_DOUBT = 1_000
"""Characters of a paragraph by which is told whether it may begin with a definition before it has ended."""

_MOST_EMPTY_CELLS = 0x10000
"""So many cells may a table's rows lack before it ends (as markdown-it has it): each has to be made up."""


@dataclass(slots=True)
class Place:
    """Where a block stands: see `blocks.py`."""

    path: Path
    marker: Marker | None


@dataclass(slots=True, eq=False)
class Text:
    """A paragraph (level 0) or a heading (1…6).

    `parts` are its source; the list is another one when more has changed than that parts were added.
    `doubtful`: they may begin with definitions. Those found go to `definitions`, the first of a label holds.
    """

    place: Place
    definitions: dict[str, Definition]
    level: int = 0
    one_line: bool = False
    parts: list[str] = field(default_factory=list)
    last_line: list[str] = field(default_factory=list)
    doubtful: bool = False

    @property
    def source(self) -> str:
        return without_end("".join(self.parts), closing_marks=self.one_line)

    def add_line(self, content: str) -> None:
        begins_definition = content.startswith("[") and not self.one_line
        if self.doubtful and begins_definition:
            self._take_finished_definitions()
        if self.parts:
            self.parts.append("\n")
        else:
            self.doubtful = begins_definition
        self.last_line = []
        self.append(content)

    def append(self, content: str) -> None:
        """More of the last line."""
        self.parts.append(content)
        self.last_line.append(content)
        if self.doubtful and not self._may_define():
            self.resolve()

    def resolve(self) -> bool:
        """Tell definitions from text; whether there is any text."""
        if self.doubtful:
            self.doubtful = False
            self._take_definitions(*split_definitions("".join(self.parts)))
        return bool(self.parts)

    def drop_last_line(self) -> None:
        """It was a table's headings: what is left may be nothing."""
        before = "".join(self.parts).rpartition("\n")[0]
        self.parts = [before] if before else []

    def _may_define(self) -> bool:
        beginning = ""
        for part in self.parts:
            beginning += part
            if len(beginning) >= _LONGEST_DOUBT:
                break
        return may_define(beginning[:_LONGEST_DOUBT])

    def _take_finished_definitions(self) -> None:
        if sum(map(len, self.parts)) <= _LONGEST_DOUBT:
            found, rest = split_definitions("".join(self.parts))
            if not rest:
                self._take_definitions(found, rest)

    def _take_definitions(self, found: dict[str, Definition], rest: str) -> None:
        for label, definition in found.items():
            self.definitions.setdefault(label, definition)
        self.parts = [rest] if rest else []


@dataclass(slots=True, eq=False)
class Code:
    """Lines as they are. `marks` began the fence, `indent` columns from the left; indented code has none."""

    place: Place
    language: str = ""
    marks: str = ""
    indent: int = CODE_INDENT
    closed: bool = True
    text: str = ""
    lines: int = 0
    _blank: list[str] = field(default_factory=list)

    def take(self, cursor: Cursor) -> bool:
        """Take a line in unless it ends the block; whether it belongs to the block."""
        if not self.marks and not cursor.blank and cursor.indent < CODE_INDENT:
            return False
        if self._is_end(cursor):
            self.closed = True
            return True
        cursor.skip(self.indent)
        self._add(cursor.rest, waits=cursor.blank and not self.marks)
        return True

    def append(self, content: str) -> None:
        """More of the last line."""
        self.text += content

    def _is_end(self, cursor: Cursor) -> bool:
        marks, content = self.marks, cursor.content
        if not marks or cursor.indent >= CODE_INDENT or not content.startswith(marks):
            return False
        return not content.lstrip(marks[0]).strip(" \t")

    def _add(self, line: str, *, waits: bool) -> None:
        self._blank.append(line)  # blank lines belong to indented code only if more of it follows
        if not waits:
            added = "\n".join(self._blank)
            self.text = f"{self.text}\n{added}" if self.lines else added
            self.lines += len(self._blank)
            self._blank.clear()


@dataclass(slots=True, eq=False)
class Formula:
    """A formula that stands by itself. `raw` are its lines after the first as they came."""

    place: Place
    content: str
    raw: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()

    def take(self, content: str) -> bool | None:
        """Take a line in; True: it ends the formula, False: this is no formula, None: more is to come."""
        begin = 0 if self.lines else 2
        self.lines.append(content)
        end = content.find(CLOSERS[self.lines[0][:2]], begin)
        return None if end < 0 else end == len(content.rstrip()) - 2


@dataclass(slots=True, eq=False)
class Rows:
    """A table; `rows` begin with the headings."""

    place: Place
    alignments: tuple[Alignment, ...]
    rows: list[list[str]] = field(default_factory=list)
    _empty: int = 0

    def add(self, line: str) -> bool:
        """Whether there was room for one more row."""
        cells = cells_of(line)
        missing = len(self.alignments) - len(cells)
        self._empty += missing
        if self._empty > _MOST_EMPTY_CELLS:
            return False
        self.rows.append((cells + [""] * missing)[: len(self.alignments)])
        return True


@dataclass(slots=True, eq=False)
class Line:
    """A rule."""

    place: Place


Leaf = Text | Code | Formula | Rows | Line


def without_end(source: str, *, closing_marks: bool) -> str:
    """`source` without the blanks at its end and, of a heading that is one line, the marks there."""
    source = source.rstrip(_BLANKS)
    return _CLOSING_MARKS.sub("", source).rstrip(_BLANKS) if closing_marks else source
