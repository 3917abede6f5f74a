"""Text in, blocks out, as CommonMark's own parsers do it: line by line, each line looked at once.

What stands in what is kept open between lines, so that reading on costs what the new text costs.
"""

from desktop.markdown import beginnings
from desktop.markdown.containers import CODE_INDENT, enter_quote
from desktop.markdown.cursor import Cursor
from desktop.markdown.formula import DISPLAY
from desktop.markdown.leaves import Code, Formula, Line, Rows, Text
from desktop.markdown.structure import Structure
from desktop.markdown.table import alignments_of, cells_of

_NESTING = 40
"""How deep blocks stand in each other, a list counted as two; markers beyond that are text."""

_LONG = 1_000
"""Characters of an undecided line from which on it is looked at again only when it has doubled."""


class BlockReader:
    """Feed it text whose only line end is "\\n"; `structure` has what came of it.

    The end of a line is not waited for where it cannot matter any more: then the open block grows by
    characters.
    """

    def __init__(self) -> None:
        self.structure = Structure()
        self._pending = ""
        self._look_again = 0
        self._in_line = False
        self._rereads = False

    def feed(self, text: str) -> None:
        if self._in_line:
            content, newline, text = text.partition("\n")
            if isinstance(self.structure.leaf, Code):
                self.structure.leaf.append(content)
            elif isinstance(self.structure.leaf, Text):
                self._go_on_text(self.structure.leaf, self.structure.leaf.append(content))
            if not newline:
                return
            self._end_line()
        *lines, self._pending = (self._pending + text).split("\n")
        for line in lines:
            self._take(line)
            self._end_line()
        if lines or len(self._pending) >= self._look_again:
            self._take_if_decided()

    def finish(self) -> None:
        """The text has ended, and with it all blocks."""
        if self._pending.strip(" \t"):
            self._take(self._pending)
        self._pending = ""
        self._end_line()
        self.structure.close(0)

    def _take_if_decided(self) -> None:
        self._look_again = 2 * len(self._pending) if len(self._pending) > _LONG else 0
        if not isinstance(self.structure.leaf, Rows | Formula) and beginnings.is_decided(self._pending):
            self._take(self._pending)
            self._pending, self._in_line = "", True

    def _end_line(self) -> None:
        self._in_line = False
        leaf = self.structure.leaf
        if isinstance(leaf, Text) and leaf.one_line:
            self.structure.close_leaf()

    def _take(self, line: str) -> None:
        cursor = Cursor(line)
        depth = self.structure.enter(cursor)
        if not self._goes_on_verbatim(cursor, line, all_stand=depth == self.structure.depth):
            self._begin(cursor, depth)

    def _goes_on_verbatim(self, cursor: Cursor, line: str, *, all_stand: bool) -> bool:
        """Give the line to an open block that takes any line as it is."""
        leaf = self.structure.leaf
        if isinstance(leaf, Formula):
            self._go_on_formula(leaf, cursor, line, all_stand=all_stand)
            return True
        if not all_stand or not isinstance(leaf, Code) or not leaf.take(cursor):
            return False
        if leaf.marks and leaf.closed:
            self.structure.close_leaf()
        return True

    def _go_on_formula(self, formula: Formula, cursor: Cursor, line: str, *, all_stand: bool) -> None:
        if not all_stand or cursor.blank:
            self._reread(formula)
            self._take(line)
            return
        formula.raw.append(line)
        ends = formula.take(cursor.rest)
        if ends:
            self.structure.close_leaf()
        elif ends is False:
            self._reread(formula)

    def _reread(self, formula: Formula) -> None:
        """It was none: read its lines as anything else, but as no formulas, or it could happen for each."""
        self.structure.leaf = paragraph = self.structure.text(formula.place)
        self._add_line(paragraph, formula.content)
        self._rereads = True
        for line in formula.raw:
            self._take(line)
            self._end_line()
        self._rereads = False

    def _begin(self, cursor: Cursor, depth: int) -> None:
        """Open the blocks that begin on the line, and give the rest of it to the innermost."""
        while not cursor.blank and cursor.indent < CODE_INDENT and cursor.character in beginnings.SIGNS:
            if self._begins_block(cursor, depth):
                return
            if depth >= _NESTING or not self._enters(cursor, depth):
                break
            depth = self.structure.depth
            if self._is_task(cursor) and not cursor.blank:
                self._begin_paragraph(cursor, depth)
                return
        self._take_text(cursor, depth)

    def _begins_block(self, cursor: Cursor, depth: int) -> bool:
        """Whether the line is a block's beginning or end, and nothing else."""
        structure = self.structure
        if match := beginnings.HEADING.match(cursor.content):
            structure.leaf = heading = structure.text(structure.place(depth), len(match[1]), one_line=True)
            self._add_line(heading, cursor.content[match.end() :])
        elif match := beginnings.FENCE.fullmatch(cursor.content):
            language = beginnings.language(match["info"])
            structure.leaf = Code(
                structure.place(depth), language, match["marks"], cursor.indent, closed=False
            )
        elif self._makes_heading(cursor, depth):
            structure.close_leaf()
        elif beginnings.RULE.match(cursor.content):
            structure.leaf = Line(structure.place(depth))
            structure.close_leaf()
        else:
            return False
        return True

    def _makes_heading(self, cursor: Cursor, depth: int) -> bool:
        """Whether the line makes a heading of the open paragraph, which then is one."""
        paragraph = self.structure.paragraph_at(depth)
        if paragraph is None or not beginnings.UNDERLINE.match(cursor.content) or not paragraph.resolve():
            return False
        paragraph.level = 1 if cursor.character == "=" else 2
        return True

    def _enters(self, cursor: Cursor, depth: int) -> bool:
        """Open the quote or the item that begins here, if one does."""
        if cursor.character == ">":
            self.structure.open_quote(depth)
            enter_quote(cursor)
            return True
        marker = beginnings.item_marker(cursor)
        if marker is None or (self.structure.paragraph_at(depth) and not marker.interrupts(cursor)):
            return False
        width = beginnings.enter_item(cursor, marker)
        self.structure.open_item(depth, marker.kind, marker.number, width)
        return True

    def _is_task(self, cursor: Cursor) -> bool:
        """Whether an item was just opened and a box begins it: then only text can follow."""
        checked = beginnings.enter_task(cursor) if self.structure.at_item else None
        if checked is not None:
            self.structure.check(checked=checked)
        return checked is not None

    def _take_text(self, cursor: Cursor, depth: int) -> None:
        structure = self.structure
        if cursor.blank:
            self._take_blank(depth)
        elif isinstance(structure.leaf, Text):
            if not self._begins_table(cursor, depth):
                self._add_line(structure.leaf, cursor.content)
        elif cursor.indent >= CODE_INDENT:
            structure.leaf = Code(structure.place(depth))
            structure.leaf.take(cursor)
        elif not self._goes_on_table(cursor, depth) and not self._begins_formula(cursor, depth):
            self._begin_paragraph(cursor, depth)

    def _take_blank(self, depth: int) -> None:
        if depth < self.structure.depth:
            self.structure.close(depth)
        elif isinstance(self.structure.leaf, Text | Rows):
            self.structure.close_leaf()

    def _begin_paragraph(self, cursor: Cursor, depth: int) -> None:
        self.structure.leaf = paragraph = self.structure.text(self.structure.place(depth))
        self._add_line(paragraph, cursor.content)

    def _add_line(self, text: Text, content: str) -> None:
        """To the open `text`, or to another one behind it if that is long."""
        text = self.structure.go_on_as_another(text) if text.is_long else text
        self._go_on_text(text, text.add_line(content))

    def _go_on_text(self, text: Text, rest: str) -> None:
        """The open `text` has no room for `rest`."""
        while rest:
            text = self.structure.go_on_as_another(text)
            rest = text.append(rest)

    def _begins_table(self, cursor: Cursor, depth: int) -> bool:
        paragraph = self.structure.paragraph_at(depth)
        if paragraph is None or cursor.indent >= CODE_INDENT:
            return False
        headings = "".join(paragraph.last_line)
        alignments = alignments_of(cursor.content) if "|" in headings else ()
        if not alignments or len(cells_of(headings)) != len(alignments):
            return False
        paragraph.drop_last_line()
        self.structure.leaf = table = Rows(self.structure.place(depth), alignments)
        return table.add(headings)

    def _goes_on_table(self, cursor: Cursor, depth: int) -> bool:
        table = self.structure.leaf
        return isinstance(table, Rows) and depth == self.structure.depth and table.add(cursor.content)

    def _begins_formula(self, cursor: Cursor, depth: int) -> bool:
        if self._rereads or not cursor.content.startswith(DISPLAY):
            return False
        formula = Formula(self.structure.place(depth), cursor.content)
        ends = formula.take(cursor.content)
        self.structure.leaf = formula
        if ends is False:
            self._reread(formula)
        elif ends:
            self.structure.close_leaf()
        return True
