"""Blocks while they are read: their source, open until something ends them."""

import re
from dataclasses import dataclass, field

from desktop.markdown.blocks import Alignment, Marker, Path
from desktop.markdown.containers import CODE_INDENT
from desktop.markdown.cursor import Cursor
from desktop.markdown.definitions import Definition, may_define, split_definitions
from desktop.markdown.formula import CLOSERS
from desktop.markdown.table import LONGEST_ROW, cells_of

_BLANKS = " \t\n"
_CLOSING_MARKS = re.compile(r"(?:^|[ \t])#+[ \t]*$")
_LONGEST_DOUBT = 1_000
"""Characters of a paragraph by which is told whether it may begin with a definition before it has ended."""

_LONGEST_TEXT = 0x8000
"""Characters from which on a text goes on as another one: what can still change is read again and again."""

_LONGEST_END = 1_000
"""Characters that a line may have behind that before it is cut at a blank; twice as many, and it is cut."""

_BLANK = re.compile(r"[ \t]")

_LONGEST_FORMULA = 0x2000
"""Characters; what is longer is text."""

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
    `length`: characters, about, that it was given.
    """

    place: Place
    definitions: dict[str, Definition]
    level: int = 0
    one_line: bool = False
    parts: list[str] = field(default_factory=list)
    last_line: list[str] = field(default_factory=list)
    doubtful: bool = False
    length: int = 0
    _is_cut: bool = False

    @property
    def is_long(self) -> bool:
        """Whether the next line is no longer its own."""
        return self._is_cut or self.length >= _LONGEST_TEXT

    @property
    def source(self) -> str:
        return without_end("".join(self.parts), closing_marks=self.one_line)

    def add_line(self, content: str) -> str:
        """Take a line in; return what it has no room for."""
        begins_definition = content.startswith("[") and not self.one_line
        if self.doubtful and begins_definition:
            self._take_finished_definitions()
        if self.parts:
            self.parts.append("\n")
        else:
            self.doubtful = begins_definition
        self.last_line = []
        return self.append(content)

    def append(self, content: str) -> str:
        """Take in more of the last line; return what it has no room for."""
        taken = content[: self._room(content)]
        self.length += len(taken)
        self.parts.append(taken)
        self.last_line.append(taken)
        if self.doubtful and not self._may_define():
            self.resolve()
        return content[len(taken) :]

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

    def _room(self, content: str) -> int:
        """How many characters of `content` are its own: the same, however the line was handed in."""
        blanks_cut = _LONGEST_TEXT + _LONGEST_END - self.length
        if self._is_cut or len(content) <= blanks_cut:
            return 0 if self._is_cut else len(content)
        end = blanks_cut + _LONGEST_END
        blank = _BLANK.search(content, max(0, blanks_cut), end)
        self._is_cut = blank is not None or len(content) >= end
        return blank.end() if blank else end

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
    _length: int = 0

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()

    def take(self, content: str) -> bool | None:
        """Take a line in; True: it ends the formula, False: this is no formula, None: more is to come."""
        begin = 0 if self.lines else 2
        self.lines.append(content)
        self._length += len(content)
        if self._length > _LONGEST_FORMULA:
            return False
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
        if len(line) > LONGEST_ROW:
            return False
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
