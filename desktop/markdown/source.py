"""Blocks as Markdown whose parse gives the same blocks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from desktop.markdown.blocks import (
    Block,
    CodeBlock,
    Container,
    Heading,
    Marker,
    Paragraph,
    Rule,
    Runs,
    Table,
)
from desktop.markdown.inline_source import inline_source
from desktop.markdown.outline import outlined
from desktop.markdown.plain import runs_text

_UNDERLINES = {1: "===", 2: "---"}
_LAST_NUMBER = 999_999_999
"""CommonMark's largest number of an item."""

_CLOSING_MARKS = re.compile(r"(^|[ \t])(#+)$")
_SPECIAL_IN_LANGUAGE = re.compile(r"[\\&~]")
_DELIMITERS = {"": "---", "left": ":--", "center": ":-:", "right": "--:"}


def to_markdown(blocks: Sequence[Block]) -> str:
    """CommonMark with GitHub's additions, in the form that people write; no newline at its end.

    Read by `parse` it gives `blocks` again, except for what cannot be said in Markdown: blanks at the ends
    of a paragraph, a paragraph without words, a fence or a formula whose end never came (the fence gets
    one, the formula becomes text), the percent signs of an address that needed some, and a formula within
    a paragraph, a line of which would begin another block (it becomes text), and a task box before
    anything but a paragraph.
    """
    return outlined([_without_box(block) for block in _with_words(blocks)], _Source())


def _with_words(blocks: Sequence[Block]) -> Iterator[Block]:
    """Leave paragraphs without words out where nothing shows them, and begin their item with what follows.

    Behind an item's marker, an empty line would end the item.
    """
    waiting: Block | None = None
    for block in blocks:
        if _has_words(block) and waiting is not None and _goes_on(block, waiting):
            yield replace(block, marker=waiting.marker)
            waiting = None
        elif _has_words(block) or block.marker is not None:
            yield from () if waiting is None else (waiting,)
            waiting = None if _has_words(block) else Paragraph((), block.path, block.marker)
            yield from (block,) if waiting is None else ()
    yield from () if waiting is None else (waiting,)


def _without_box(block: Block) -> Block:
    """A task box is one before a paragraph only: before anything else it would be text, or make it text."""
    if block.marker is None or (isinstance(block, Paragraph) and block.path[-1] is Container.ITEM):
        return block
    return replace(block, marker=Marker(block.marker.number))


def _has_words(block: Block) -> bool:
    return not isinstance(block, Paragraph) or bool(runs_text(block.runs).strip())


def _goes_on(block: Block, item: Block) -> bool:
    """Whether `block` stands in the item that `item` began."""
    return block.marker is None and block.path[: len(item.path)] == item.path


class _Source:
    def block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return inline_source(block.runs)
            case Heading():
                return _heading(block)
            case CodeBlock():
                return _code(block)
            case Table():
                return _table(block)
            case Rule():
                # "- ---" is a rule, not an item with one.
                return "***" if Container.ITEM in block.path else "---"
            case _:
                assert_never(block)

    def marker(self, marker: Marker, *, is_other_list: bool) -> tuple[str, int]:
        if marker.number is None:
            begin = "* " if is_other_list else "- "
        else:
            begin = f"{min(marker.number, _LAST_NUMBER)}{')' if is_other_list else '.'} "
        return begin + _box(marker), len(begin)


def _box(marker: Marker) -> str:
    return "" if marker.checked is None else "[x] " if marker.checked else "[ ] "


def _heading(heading: Heading) -> str:
    words = runs_text(heading.runs).strip()
    # Below a "|", the underline would be that of a table's header.
    if "\n" in words and "|" not in words and heading.level in _UNDERLINES:
        return f"{inline_source(heading.runs)}\n{_UNDERLINES[heading.level]}"
    text = _CLOSING_MARKS.sub(r"\1\\\2", inline_source(heading.runs, on_one_line=True))
    return f"{'#' * heading.level} {text}".rstrip()


def _code(block: CodeBlock) -> str:
    longest = max(map(len, re.findall("`+", block.text)), default=0)
    fence = "`" * max(3, longest + 1)
    language = _SPECIAL_IN_LANGUAGE.sub(r"\\\g<0>", block.language).replace("`", "&#96;")
    return f"{fence}{language}\n{block.text}\n{fence}" if block.text else f"{fence}{language}\n{fence}"


def _table(table: Table) -> str:
    header, *rows = (_row([_cell(cell) for cell in row]) for row in table.rows)
    delimiters = _row([_DELIMITERS[alignment] for alignment in table.alignments])
    return "\n".join([header, delimiters, *rows])


def _cell(cell: Runs) -> str:
    return inline_source(cell, on_one_line=True).replace("|", "\\|")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
