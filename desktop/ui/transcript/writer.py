"""Writes blocks into a QTextDocument: committed ones once, the open tail as often as it changes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextTable,
)

from desktop.markdown.blocks import Block, CodeBlock, Heading, Paragraph, Rule, Run, Runs, Table
from desktop.markdown.stream import Update
from desktop.ui.transcript.characters import as_lines, length, within_a_block
from desktop.ui.transcript.highlighting import Highlighter
from desktop.ui.transcript.look import CODE, FIRST, INNER, LAST, ONLY, Look, room_above_code

MAX_COLUMNS = 40
"""Qt lays a table out again for each change: a wider one is shown as lines of text."""

_MOVE = QTextCursor.MoveOperation
_KEEP = QTextCursor.MoveMode.KeepAnchor


class _Spot(NamedTuple):
    """Where the document ended before a block was written.

    `vacant`: in the empty text block of an empty document, which waits for a writer.
    """

    position: int
    vacant: bool


class DocumentWriter:
    """Keeps a document equal to the blocks of the updates it was given."""

    def __init__(self, document: QTextDocument, look: Look) -> None:
        self._document = document
        self._look = look
        self._highlighter = Highlighter(document, look.colors)
        self._blocks: list[Block] = []
        self._spots: list[_Spot] = []
        self._committed = 0
        self._colored: set[int] = set()
        self._vacant = False
        self._vacate(self._end())

    @property
    def blocks(self) -> Sequence[Block]:
        """What the document shows."""
        return self._blocks

    def apply(self, update: Update) -> None:
        """Make the document what `update` says; what did not change is not touched."""
        edit = QTextCursor(self._document)
        edit.beginEditBlock()
        for index, block in update.changed:
            self._change(index, block)
        self._replace_tail([*update.committed, *update.tail])
        edit.endEditBlock()
        self._committed += len(update.committed)
        self._highlight(self._committed - len(update.committed))

    def restyle(self, look: Look) -> None:
        """Write everything again in another look."""
        self._look = look
        self._highlighter.restart(look.colors)
        blocks, committed = list(self._blocks), self._committed
        edit = QTextCursor(self._document)
        edit.beginEditBlock()
        self._remove_from(0)
        self._committed = 0
        self._replace_tail(blocks)
        edit.endEditBlock()
        self._committed = committed
        self._highlight(0)

    # ── which blocks ────────────────────────────────────────────────────────────────────────────

    def _replace_tail(self, new: Sequence[Block]) -> None:
        old = self._blocks[self._committed :]
        same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), None)
        same = min(len(old), len(new)) if same is None else same
        first = self._committed + same
        if same < min(len(old), len(new)) and _is_grown(old[same], new[same]):
            self._remove_from(first + 1)
            self._grow(first, new[same])
            same += 1
        else:
            self._remove_from(first)
        for block in new[same:]:
            self._append(block)

    def _highlight(self, first: int) -> None:
        """Colour the code from block `first` on that will not grow and has no colours yet."""
        for index in range(first, len(self._blocks)):
            block = self._blocks[index]
            is_whole = isinstance(block, CodeBlock) and (block.closed or index < self._committed)
            if isinstance(block, CodeBlock) and is_whole and index not in self._colored:
                self._colored.add(index)
                self._highlighter.add(self._first_text_block(index), block)

    def _change(self, index: int, block: Block) -> None:
        if _is_grown(self._blocks[index], block) and isinstance(block, Paragraph | Heading):
            self._grow(index, block)
            return
        rest = self._blocks[index + 1 :]
        self._remove_from(index)
        for one in [block, *rest]:
            self._append(one)

    def _remove_from(self, index: int) -> None:
        if index >= len(self._blocks):
            return
        spot = self._spots[index]
        cursor = QTextCursor(self._document)
        cursor.setPosition(spot.position)
        kept = cursor.blockFormat()
        cursor.movePosition(_MOVE.End, _KEEP)
        cursor.removeSelectedText()
        cursor.setBlockFormat(kept)
        self._vacant = False
        if spot.vacant:
            self._vacate(cursor)
        del self._blocks[index:], self._spots[index:]
        self._colored = {colored for colored in self._colored if colored < index}

    # ── new blocks at the end ───────────────────────────────────────────────────────────────────

    def _append(self, block: Block) -> None:
        cursor = self._end()
        self._spots.append(_Spot(cursor.position(), self._vacant))
        self._blocks.append(block)
        if block.marker is not None and not isinstance(block, Paragraph | Heading):
            self._write_runs(Paragraph((), block.path, block.marker))
        match block:
            case Paragraph() | Heading():
                self._write_runs(block)
            case CodeBlock():
                self._write_code(block)
            case Table() if len(block.alignments) > MAX_COLUMNS:
                self._write_code(CodeBlock("", _as_text(block), path=block.path))
            case Table():
                self._write_table(block)
            case Rule():
                self._begin(self._look.rule(block.path), self._look.plain())

    def _write_runs(self, block: Paragraph | Heading) -> None:
        level = block.level if isinstance(block, Heading) else 0
        look = self._look
        if level:
            block_format = look.heading(block.path, block.marker, level)
        else:
            block_format = look.paragraph(block.path, block.marker)
        cursor = self._begin(block_format, look.characters(Run(""), level))
        if block.marker is not None:
            cursor.createList(look.item(block.marker))
        self._insert(cursor, block.runs, level)

    def _write_code(self, block: CodeBlock) -> None:
        code = self._look.code()
        if self._vacant:
            self._leave_room_at_the_top(room_above_code(block.language))
        line = self._look.code_line(
            block.path, ONLY, block.language, below_code=_is_code(self._end().block())
        )
        cursor = self._begin(line, code)
        self._add_lines(cursor, block, block.text)

    def _add_lines(self, cursor: QTextCursor, block: CodeBlock, text: str) -> None:
        """Write `text` behind the last line of code, at the document's end."""
        code = self._look.code()
        rest, *lines = as_lines(text)
        cursor.insertText(rest, code)
        if not lines:
            return
        place = cursor.blockFormat().intProperty(CODE) & FIRST
        below_code = _is_code(cursor.block().previous())
        cursor.setBlockFormat(self._look.code_line(block.path, place, block.language, below_code=below_code))
        if lines[:-1]:
            cursor.insertBlock(self._look.code_line(block.path, INNER, ""), code)
            cursor.insertText("\n".join(lines[:-1]), code)
        cursor.insertBlock(self._look.code_line(block.path, LAST, ""), code)
        cursor.insertText(lines[-1], code)

    def _write_table(self, block: Table) -> None:
        end = self._end()
        table_format = self._look.table(block.path, below_code=_is_code(end.block()))
        table = end.insertTable(len(block.rows), len(block.alignments), table_format)
        self._write_rows(table, block, 0)
        # It stays empty: Qt hides it, and gives a text block behind it the margin that one behind
        # the table itself would not get.
        self._end().setBlockFormat(self._look.strut())
        self._vacant = False

    def _write_rows(self, table: QTextTable, block: Table, first: int) -> None:
        """Write the rows from `first` on in place of what stands in them."""
        for row, cells in enumerate(block.rows[first:], start=first):
            for column, runs in enumerate(cells):
                cell = table.cellAt(row, column)
                cursor = cell.firstCursorPosition()
                cursor.setPosition(cell.lastCursorPosition().position(), _KEEP)
                cursor.removeSelectedText()
                cursor.setBlockFormat(self._look.cell(block.alignments[column]))
                for run in runs:
                    characters = self._look.characters(run) if row else self._look.table_head(run)
                    cursor.insertText(within_a_block(run.text), characters)

    def _begin(self, block_format: QTextBlockFormat, characters: QTextCharFormat) -> QTextCursor:
        """A new text block at the end, or the one that is vacant there."""
        cursor = self._end()
        if self._vacant:
            cursor.setBlockFormat(block_format)
            cursor.setBlockCharFormat(characters)
        else:
            cursor.insertBlock(block_format, characters)
        self._vacant = False
        return cursor

    def _vacate(self, cursor: QTextCursor) -> None:
        """Let the only text block wait for a writer, without taking room."""
        cursor.setBlockFormat(self._look.strut())
        cursor.setBlockCharFormat(self._look.plain())
        self._leave_room_at_the_top(0)
        self._vacant = True

    def _leave_room_at_the_top(self, room: int) -> None:
        """Leave `room`, in device-independent px: Qt leaves out the first text block's own margin."""
        frame = self._document.rootFrame().frameFormat()
        if frame.topMargin() != frame.bottomMargin() + room:
            frame.setTopMargin(frame.bottomMargin() + room)
            self._document.rootFrame().setFrameFormat(frame)

    def _end(self) -> QTextCursor:
        cursor = QTextCursor(self._document)
        cursor.movePosition(_MOVE.End)
        return cursor

    def _insert(self, cursor: QTextCursor, runs: Runs, heading: int) -> None:
        for run in runs:
            cursor.insertText(within_a_block(run.text), self._look.characters(run, heading))

    # ── blocks that grow ────────────────────────────────────────────────────────────────────────

    def _grow(self, index: int, block: Block) -> None:
        old, self._blocks[index] = self._blocks[index], block
        if isinstance(block, CodeBlock) and isinstance(old, CodeBlock):
            self._colored.discard(index)
            self._add_lines(self._end(), block, block.text[len(old.text) :])
        elif isinstance(block, Paragraph | Heading) and isinstance(old, Paragraph | Heading):
            self._rewrite(index, old.runs, block)
        elif isinstance(block, Table) and isinstance(old, Table):
            self._grow_table(index, old, block)

    def _grow_table(self, index: int, old: Table, block: Table) -> None:
        cursor = QTextCursor(self._document)
        cursor.setPosition(self._spots[index].position + 1)
        table = cursor.currentTable()
        if added := len(block.rows) - len(old.rows):
            table.appendRows(added)
        self._write_rows(table, block, len(old.rows) - 1)

    def _rewrite(self, index: int, old: Runs, block: Paragraph | Heading) -> None:
        """Replace what differs at the end of a block's text; later blocks move along."""
        kept, runs = _difference(old, block.runs)
        text_block = self._first_text_block(index)
        before = text_block.length()
        cursor = QTextCursor(text_block)
        cursor.setPosition(text_block.position() + kept)
        cursor.movePosition(_MOVE.EndOfBlock, _KEEP)
        cursor.removeSelectedText()
        self._insert(cursor, runs, block.level if isinstance(block, Heading) else 0)
        moved = self._first_text_block(index).length() - before
        for later in range(index + 1, len(self._spots)):
            position, vacant = self._spots[later]
            self._spots[later] = _Spot(position + moved, vacant)

    def _first_text_block(self, index: int) -> QTextBlock:
        position, vacant = self._spots[index]
        text_block = self._document.findBlock(position)
        text_block = text_block if vacant else text_block.next()
        is_behind_marker = self._blocks[index].marker and isinstance(self._blocks[index], CodeBlock)
        return text_block.next() if is_behind_marker else text_block


def _is_code(text_block: QTextBlock) -> bool:
    return text_block.blockFormat().hasProperty(CODE)


def _is_grown(old: Block, new: Block) -> bool:
    """Whether `new` can be made out of `old` by changing the end of its text."""
    if isinstance(old, Paragraph) and isinstance(new, Paragraph):
        return replace(old, runs=()) == replace(new, runs=())
    if isinstance(old, Heading) and isinstance(new, Heading):
        return replace(old, runs=()) == replace(new, runs=())
    if isinstance(old, CodeBlock) and isinstance(new, CodeBlock):
        alike = replace(old, text="", closed=True) == replace(new, text="", closed=True)
        return alike and new.text.startswith(old.text)
    if isinstance(old, Table) and isinstance(new, Table):
        return _is_grown_table(old, new)
    return False


def _is_grown_table(old: Table, new: Table) -> bool:
    """Only the last row may differ, and none is missing."""
    alike = replace(old, rows=()) == replace(new, rows=()) and old.marker is None
    finished = len(old.rows) - 1
    is_longer = len(new.rows) > finished and old.rows[:finished] == new.rows[:finished]
    return alike and is_longer and len(old.alignments) <= MAX_COLUMNS


def _difference(old: Runs, new: Runs) -> tuple[int, Runs]:
    """How many positions of the text can stay, and what follows them."""
    same = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    kept = sum(length(run.text) for run in new[:same])
    if same < min(len(old), len(new)):
        run = new[same]
        if replace(old[same], text="") == replace(run, text="") and run.text.startswith(old[same].text):
            stays = len(old[same].text)
            return kept + length(run.text[:stays]), (replace(run, text=run.text[stays:]), *new[same + 1 :])
    return kept, new[same:]


def _as_text(table: Table) -> str:
    rows = ("".join(run.text for run in cell) for row in table.rows for cell in row)
    cells = list(rows)
    width = len(table.alignments)
    return "\n".join(" | ".join(cells[i : i + width]) for i in range(0, len(cells), width))
