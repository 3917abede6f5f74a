"""Blocks out of what was read: at once when they have ended, step by step while they are open."""

from collections.abc import Mapping

from desktop.markdown.blocks import (
    Block,
    CodeBlock,
    Heading,
    Paragraph,
    Rule,
    Run,
    Runs,
    Style,
    Table,
)
from desktop.markdown.definitions import Definition
from desktop.markdown.inline import runs_of
from desktop.markdown.leaves import Code, Formula, Leaf, Line, Place, Rows, Text
from desktop.markdown.references import References
from desktop.markdown.running import RunningText


def rendered(leaf: Leaf, references: References) -> Block:
    """The block that `leaf`, which has ended, is."""
    path, marker = leaf.place.path, leaf.place.marker
    match leaf:
        case Text():
            return _text_block(leaf, runs_of(leaf.source, references))
        case Code():
            return CodeBlock(leaf.language, leaf.text, leaf.closed, path, marker)
        case Formula():
            return Paragraph((Run(leaf.text, Style.MATH),), path, marker)
        case Rows():
            rows = tuple(_cells(row, references) for row in leaf.rows)
            return Table(leaf.alignments, rows, path, marker)
        case Line():
            return Rule(path, marker)


class OpenText:
    """A paragraph or heading that is open."""

    def __init__(self, leaf: Text, known: Mapping[str, Definition]) -> None:
        self.leaf = leaf
        self._known = known
        self._level = leaf.level
        self._begin()

    @property
    def missed(self) -> set[str]:
        return self._text.missed

    def block(self) -> Block | None:
        """The block so far; nothing while it may be a definition."""
        if self.leaf.doubtful:
            source = self.leaf.source
            runs: Runs = () if "]:" in source else (Run(source),)
        else:
            self._catch_up()
            runs = self._text.runs
        return _text_block(self.leaf, runs) if runs or self.leaf.place.marker else None

    def final_block(self) -> Block:
        self._catch_up()
        self._text.finish()
        return _text_block(self.leaf, self._text.runs)

    def take_kept(self) -> int:
        """How many characters are what they were when this was asked last."""
        kept = self._text.take_kept()
        same_kind, self._level = self._level == self.leaf.level, self.leaf.level
        return kept if same_kind else 0

    def _begin(self, *, links: bool = True) -> None:
        self._parts = self.leaf.parts
        self._fed = 0
        self._text = RunningText(self._known, closing_marks=self.leaf.one_line, links=links)

    def _catch_up(self) -> None:
        parts = self.leaf.parts
        if parts is not self._parts:
            self._begin()
        if len(parts) > self._fed:
            self._text.feed("".join(parts[self._fed :]))
            self._fed = len(parts)
        if self._text.links_too_deep:
            self._begin(links=False)
            self._catch_up()


class OpenRows:
    """A table that is open: each row is rendered once."""

    def __init__(self, leaf: Rows, known: Mapping[str, Definition]) -> None:
        self.leaf = leaf
        self._references = References(known)
        self._rows: list[tuple[Runs, ...]] = []
        self._seen = 0

    @property
    def missed(self) -> set[str]:
        return self._references.missed

    def block(self) -> Block:
        self._rows += (_cells(row, self._references) for row in self.leaf.rows[len(self._rows) :])
        return Table(self.leaf.alignments, tuple(self._rows), self.leaf.place.path, self.leaf.place.marker)

    final_block = block

    def take_kept(self) -> int:
        """How many rows are what they were when this was asked last."""
        kept, self._seen = self._seen, len(self._rows)
        return kept


class OpenCode:
    """Code that is open."""

    missed: frozenset[str] = frozenset()

    def __init__(self, leaf: Code, known: Mapping[str, Definition]) -> None:
        self.leaf = leaf
        self._known = known
        self._seen = 0

    def block(self) -> Block:
        return CodeBlock(
            self.leaf.language, self.leaf.text, False, self.leaf.place.path, self.leaf.place.marker
        )

    def final_block(self) -> Block:
        return rendered(self.leaf, References(self._known))

    def take_kept(self) -> int:
        """How many lines are what they were when this was asked last; the last one may have grown."""
        kept, self._seen = self._seen, max(0, self.leaf.lines - 1)
        return kept


class OpenFormula:
    """A formula that is open: short enough to be shown anew."""

    missed: frozenset[str] = frozenset()

    def __init__(self, leaf: Formula | Line, known: Mapping[str, Definition]) -> None:
        self.leaf = leaf
        self._known = known

    def block(self) -> Block:
        return rendered(self.leaf, References(self._known))

    final_block = block

    def take_kept(self) -> int:
        """Nothing is known of it."""
        return 0


OpenBlock = OpenText | OpenRows | OpenCode | OpenFormula


def opened(leaf: Leaf, known: Mapping[str, Definition]) -> OpenBlock:
    """What shows `leaf` while it is open."""
    match leaf:
        case Text():
            return OpenText(leaf, known)
        case Rows():
            return OpenRows(leaf, known)
        case Code():
            return OpenCode(leaf, known)
        case Formula() | Line():
            return OpenFormula(leaf, known)


def _text_block(leaf: Text, runs: Runs) -> Block:
    place: Place = leaf.place
    if leaf.level:
        return Heading(leaf.level, runs, place.path, place.marker)
    return Paragraph(runs, place.path, place.marker)


def _cells(row: list[str], references: References) -> tuple[Runs, ...]:
    return tuple(runs_of(cell, references) for cell in row)
