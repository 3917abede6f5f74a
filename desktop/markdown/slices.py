"""The part of a document that a selection covers, as blocks of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import assert_never

from desktop.markdown.blocks import Block, CodeBlock, Container, Heading, Paragraph, Path, Rule, Runs, Table
from desktop.markdown.plain import block_text, runs_text

Place = tuple[int, int]
"""The index of a block, and an offset in code points of its `block_text`."""


def sliced(blocks: Sequence[Block], begin: Place, end: Place) -> tuple[Block, ...]:
    """What is selected from `begin` to before `end`, as it should arrive where it is pasted.

    Within one block: what is selected and nothing around it, no marker of an item and no quote; a part of
    a heading is a paragraph, a part of a table's cell too. Of one row of a table: the touched cells, of
    several: these rows, whole, under the header or, if that is not among them, under an empty one.

    Over several blocks: the first and the last are cut, left out if nothing of them is left, and keep
    their markers; of a table the touched rows are whole. What stands in an item or a quote that began
    before the selection stands as deep as the selection knows of.
    """
    if begin >= end:
        return ()
    (first, offset), (last, limit) = begin, end
    if first == last:
        return _within(blocks[first], offset, limit)
    if begin == (0, 0) and end == (len(blocks) - 1, len(block_text(blocks[-1]))):
        return tuple(blocks)
    head = _cut(blocks[first], offset, len(block_text(blocks[first])))
    tail = _cut(blocks[last], 0, limit)
    return tuple(_without_unbegun([*head, *blocks[first + 1 : last], *tail]))


def _within(block: Block, begin: int, end: int) -> tuple[Block, ...]:
    """Of one block alone."""
    if isinstance(block, Table):
        return _within_table(block, begin, end)
    found = [replace(part, path=(), marker=None) for part in _cut(block, begin, end)]
    if isinstance(block, Heading) and found != [replace(block, path=(), marker=None)]:
        return tuple(Paragraph(part.runs) for part in found if isinstance(part, Heading))
    return tuple(found)


def _cut(block: Block, begin: int, end: int) -> tuple[Block, ...]:
    """The block from `begin` to `end`; none if it has no text there."""
    if not block_text(block)[begin:end]:
        return ()
    match block:
        case Paragraph() | Heading():
            return (replace(block, runs=_cut_runs(block.runs, begin, end)),)
        case CodeBlock():
            return (replace(block, text=block.text[begin:end]),)
        case Table():
            return _cut_rows(block, begin, end)
        case Rule():
            return ()
        case _:
            assert_never(block)


def _cut_runs(runs: Runs, begin: int, end: int) -> Runs:
    offsets = accumulate((len(run.text) for run in runs), initial=0)
    cut = (
        replace(run, text=run.text[max(0, begin - offset) : max(0, end - offset)])
        for run, offset in zip(runs, offsets, strict=False)
    )
    return tuple(run for run in cut if run.text)


# ── tables ──────────────────────────────────────────────────────────────────────────────────────


def _within_table(table: Table, begin: int, end: int) -> tuple[Block, ...]:
    rows = _touched([_row_length(row) for row in table.rows], begin, end)
    if len(rows) != 1:
        return _cut_rows(replace(table, path=(), marker=None), begin, end)
    ((index, begin, end),) = rows
    row = table.rows[index]
    cells = _touched([len(runs_text(cell)) for cell in row], begin, end)
    cut = tuple(_cut_runs(row[column], cell_begin, cell_end) for column, cell_begin, cell_end in cells)
    if len(cut) <= 1:
        return tuple(Paragraph(runs) for runs in cut if runs)
    alignments = tuple(table.alignments[column] for column, _, _ in cells)
    return (_with_header(Table(alignments, (cut,)), is_header=index == 0),)


def _cut_rows(table: Table, begin: int, end: int) -> tuple[Block, ...]:
    """The touched rows, whole."""
    touched = [index for index, _, _ in _touched([_row_length(row) for row in table.rows], begin, end)]
    if not touched:
        return ()
    rows = tuple(table.rows[index] for index in touched)
    return (_with_header(replace(table, rows=rows), is_header=touched[0] == 0),)


def _with_header(table: Table, *, is_header: bool) -> Table:
    if is_header:
        return table
    empty: tuple[Runs, ...] = ((),) * len(table.alignments)
    return replace(table, rows=(empty, *table.rows))


def _row_length(row: Sequence[Runs]) -> int:
    return sum(len(runs_text(cell)) + 1 for cell in row) - 1


def _touched(lengths: Sequence[int], begin: int, end: int) -> list[tuple[int, int, int]]:
    """Which parts, parted by one character, have text from `begin` to `end`; and from where to where.

    Parts without text are touched where parts on both sides are.
    """
    offsets = accumulate((length + 1 for length in lengths), initial=0)
    found = [
        (index, max(0, begin - offset), min(length, end - offset))
        for index, (length, offset) in enumerate(zip(lengths, offsets, strict=False))
        if begin <= offset + length and end >= offset
    ]
    while found and found[0][1] >= found[0][2]:
        del found[0]
    while found and found[-1][1] >= found[-1][2]:
        del found[-1]
    return found


# ── containers ──────────────────────────────────────────────────────────────────────────────────


def _without_unbegun(blocks: Sequence[Block]) -> Iterator[Block]:
    """Take the items out of the paths that no marker begins here."""
    before: Path = ()
    begun: list[bool] = []
    for block in blocks:
        del begun[_shared_depth(before, block) :]
        begun += [False] * (len(block.path) - len(begun))
        if block.marker is not None:
            begun[_depth_of_item(block)] = True
        kept = (
            container
            for container, is_begun in zip(block.path, begun, strict=True)
            if is_begun or container is Container.QUOTE
        )
        yield replace(block, path=tuple(kept))
        before = block.path


def _shared_depth(before: Path, block: Block) -> int:
    """How many of its containers a block shares with the one before it."""
    limit = _depth_of_item(block) if block.marker is not None else len(block.path)
    pairs = enumerate(zip(before, block.path[:limit], strict=False))
    return next((depth for depth, (a, b) in pairs if a is not b), min(len(before), limit))


def _depth_of_item(block: Block) -> int:
    """The place of the innermost item in the path."""
    return max(depth for depth, container in enumerate(block.path) if container is Container.ITEM)
