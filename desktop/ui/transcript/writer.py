"""Writes blocks into a QTextDocument: committed ones once, the open tail as often as it changes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from desktop.markdown.blocks import Block, CodeBlock, Heading, Paragraph, Rule, Run, Runs, Table
from desktop.markdown.stream import Update
from desktop.ui.transcript.characters import as_lines, length, within_a_block
from desktop.ui.transcript.highlighting import Highlighter
from desktop.ui.transcript.look import CODE, FIRST, INNER, LAST, ONLY, Look, task

MAX_COLUMNS = 40
"""Qt lays a table out again for each change: a wider one is shown as lines of text."""

_MOVE = QTextCursor.MoveOperation
_KEEP = QTextCursor.MoveMode.KeepAnchor


class _Spot(NamedTuple):
    """Where the document ended before a block was written.

    `vacant`: in an empty text block that waits for a writer (at the start, or behind a table).
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
        self._vacant = True

    def apply(self, update: Update) -> None:
        """Make the document what `update` says; what did not change is not touched."""
        edit = QTextCursor(self._document)
        edit.beginEditBlock()
        for index, block in update.changed:
            self._change(index, block)
        self._replace_tail([*update.committed, *update.tail])
        edit.endEditBlock()
        self._highlight(len(update.committed))

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
        self._highlight(committed)

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

    def _highlight(self, committed: int) -> None:
        for index in range(self._committed, self._committed + committed):
            block = self._blocks[index]
            if isinstance(block, CodeBlock):
                self._highlighter.add(self._first_text_block(index), block)
        self._committed += committed

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
        block_format = self._look.strut() if spot.vacant else cursor.blockFormat()
        cursor.movePosition(_MOVE.End, _KEEP)
        cursor.removeSelectedText()
        cursor.setBlockFormat(block_format)
        self._vacant = spot.vacant
        del self._blocks[index:], self._spots[index:]

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
        block_format = look.heading(block.path, level) if level else look.paragraph(block.path)
        if block.marker is not None:
            block_format.setMarker(task(block.marker))
        cursor = self._begin(block_format, look.characters(Run(""), level))
        if block.marker is not None:
            cursor.createList(look.item(block.path, block.marker))
        self._insert(cursor, block.runs, level)

    def _write_code(self, block: CodeBlock) -> None:
        code = self._look.code()
        cursor = self._begin(self._look.code_line(block.path, ONLY, block.language), code)
        self._add_lines(cursor, block, block.text)

    def _add_lines(self, cursor: QTextCursor, block: CodeBlock, text: str) -> None:
        """Write `text` behind the last line of code, at the document's end."""
        code = self._look.code()
        rest, *lines = as_lines(text)
        cursor.insertText(rest, code)
        if not lines:
            return
        place = cursor.blockFormat().intProperty(CODE) & FIRST
        cursor.setBlockFormat(self._look.code_line(block.path, place, block.language))
        if lines[:-1]:
            cursor.insertBlock(self._look.code_line(block.path, INNER, ""), code)
            cursor.insertText("\n".join(lines[:-1]), code)
        cursor.insertBlock(self._look.code_line(block.path, LAST, ""), code)
        cursor.insertText(lines[-1], code)

    def _write_table(self, block: Table) -> None:
        table = self._end().insertTable(len(block.rows), len(block.alignments), self._look.table(block.path))
        for row, cells in enumerate(block.rows):
            for column, runs in enumerate(cells):
                cursor = table.cellAt(row, column).firstCursorPosition()
                cursor.setBlockFormat(self._look.cell(block.alignments[column]))
                for run in runs:
                    characters = self._look.characters(run) if row else self._look.table_head(run)
                    cursor.insertText(within_a_block(run.text), characters)
        self._end().setBlockFormat(self._look.strut())
        self._vacant = True

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
            self._add_lines(self._end(), block, block.text[len(old.text) :])
        elif isinstance(block, Paragraph | Heading) and isinstance(old, Paragraph | Heading):
            self._rewrite(index, old.runs, block)

    def _rewrite(self, index: int, old: Runs, block: Paragraph | Heading) -> None:
        """Replace what differs at the end of a block's text; later blocks move along."""
        kept, runs = _difference(old, block.runs)
        text_block = self._first_text_block(index)
        before = text_block.length()
        cursor = QTextCursor(text_block)
        cursor.movePosition(_MOVE.Right, n=kept)
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


def _is_grown(old: Block, new: Block) -> bool:
    """Whether `new` can be made out of `old` by changing the end of its text."""
    if isinstance(old, Paragraph) and isinstance(new, Paragraph):
        return replace(old, runs=()) == replace(new, runs=())
    if isinstance(old, Heading) and isinstance(new, Heading):
        return replace(old, runs=()) == replace(new, runs=())
    if isinstance(old, CodeBlock) and isinstance(new, CodeBlock):
        alike = replace(old, text="", closed=True) == replace(new, text="", closed=True)
        return alike and new.text.startswith(old.text)
    return False


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
