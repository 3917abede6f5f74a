"""Blocks as HTML that word processors, mail programs and chats take over as it looks.

They read tags and inline styles and drop style sheets, so every look is an inline style. Colours are left
to where it is pasted, except the grey of borders.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from typing import assert_never

from desktop.domain.link_targets import link_target
from desktop.markdown.blocks import (
    Alignment,
    Block,
    CodeBlock,
    Heading,
    Marker,
    Paragraph,
    Rule,
    Run,
    Runs,
    Style,
    Table,
)
from desktop.markdown.formulas import TEXT_STYLE, is_formula, text_attributes
from desktop.markdown.nesting import Item, List, Node, Quote, nested
from desktop.markdown.plain import runs_text

_MONOSPACE = "font-family:Consolas,Menlo,'DejaVu Sans Mono',monospace"
_CELL = ("border:1px solid #b0b0b0", "padding:4px 8px")
_QUOTE = ("border-left:3px solid #b0b0b0", "margin:0 0 0 4px", "padding-left:12px")
_DIRECTION = ' dir="auto"'
_TAGS = {Style.CODE: "code", Style.STRIKE: "s", Style.ITALIC: "em", Style.BOLD: "strong"}
"""From the innermost to the outermost."""

_BLANKS_THAT_MATTER = re.compile(r" {2}|\t|^ | $", re.MULTILINE)


def to_html(blocks: Sequence[Block]) -> str:
    """A fragment without scripts, style sheets or anything to load; all text is escaped.

    A paragraph alone, as a selection within one gives it, is text without a paragraph of its own, so that
    it can be pasted into the middle of a sentence.
    """
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph) and not blocks[0].path:
        return _element("span", _runs(blocks[0].runs), *_blanks(blocks[0].runs))
    return _nodes(nested(blocks))


def html_document(fragment: str) -> str:
    """A document of which a clipboard's reader takes `fragment`: it says that it is UTF-8 and where it is."""
    body = f"<!--StartFragment-->{fragment}<!--EndFragment-->"
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{body}</body></html>'


def _element(tag: str, content: str, *styles: str, attributes: str = "") -> str:
    style = f' style="{";".join(styles)}"' if styles else ""
    return f"<{tag}{attributes}{style}>{content}</{tag}>"


# ── blocks ──────────────────────────────────────────────────────────────────────────────────────


def _nodes(nodes: Iterable[Node]) -> str:
    return "".join(_node(node) for node in nodes)


def _node(node: Node) -> str:
    match node:
        case Quote():
            return _element("blockquote", _nodes(node.nodes), *_QUOTE)
        case List():
            return _list(node)
        case _:
            return _block(node)


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return _element("p", _runs(block.runs), *_blanks(block.runs), attributes=_DIRECTION)
        case Heading():
            tag = f"h{block.level}"
            return _element(tag, _runs(block.runs), *_blanks(block.runs), attributes=_DIRECTION)
        case CodeBlock():
            code = _element("code", escape(block.text), _MONOSPACE)
            return _element("pre", code, _MONOSPACE, "white-space:pre-wrap")
        case Table():
            return _table(block)
        case Rule():
            return "<hr>"
        case _:
            assert_never(block)


def _list(node: List) -> str:
    items = "".join(_item(item) for item in node.items)
    if node.start is None:
        return _element("ul", items)
    return _element("ol", items, attributes="" if node.start == 1 else f' start="{node.start}"')


def _item(item: Item) -> str:
    """Its first paragraph stands in it bare: as a paragraph, programs would part it from its bullet."""
    first, rest = "", item.nodes
    styles: tuple[str, ...] = ()
    if rest and isinstance(rest[0], Paragraph):
        first, styles, rest = _runs(rest[0].runs), _blanks(rest[0].runs), rest[1:]
    box = _box(item.marker)
    if box and item.marker.number is None:
        styles = (*styles, "list-style-type:none")
    return _element("li", box + first + _nodes(rest), *styles, attributes=_DIRECTION)


def _box(marker: Marker) -> str:
    return "" if marker.checked is None else "☑ " if marker.checked else "☐ "


# ── tables ──────────────────────────────────────────────────────────────────────────────────────


def _table(table: Table) -> str:
    """A header without any words is left out: Markdown has to have one, a selection of rows has none."""
    header, *rows = table.rows
    parts = [_row("th", header, table.alignments)] if any(map(runs_text, header)) else []
    parts += [_row("td", row, table.alignments) for row in rows]
    # Outlook and Word take borders from attributes, everything else from the styles.
    attributes = ' border="1" cellspacing="0" cellpadding="4"'
    return _element("table", "".join(parts), "border-collapse:collapse", attributes=attributes)


def _row(tag: str, row: Iterable[Runs], alignments: Iterable[Alignment]) -> str:
    return _element("tr", "".join(_cell(tag, *cell) for cell in zip(row, alignments, strict=True)))


def _cell(tag: str, cell: Runs, alignment: Alignment) -> str:
    styles = (*_CELL, f"text-align:{alignment or 'left'}", *_blanks(cell))
    if not is_formula(text := runs_text(cell)):
        return _element(tag, _runs(cell), *styles, attributes=_DIRECTION)
    return _element(tag, _runs(cell), *styles, TEXT_STYLE, attributes=_DIRECTION + text_attributes(text))


# ── runs ────────────────────────────────────────────────────────────────────────────────────────


def _runs(runs: Runs) -> str:
    return "".join(_linked(href, alike) for href, alike in groupby(runs, key=lambda run: run.href))


def _linked(href: str, runs: Iterable[Run]) -> str:
    text = "".join(_run(run) for run in runs)
    target = link_target(href) if href else None
    return text if target is None else _element("a", text, attributes=f' href="{escape(target.address)}"')


def _run(run: Run) -> str:
    text = escape(run.text).replace("\n", "<br>")
    for style, tag in _TAGS.items():
        if style in run.style:
            text = _element(tag, text, *([_MONOSPACE] if style is Style.CODE else []))
    return text


def _blanks(runs: Runs) -> tuple[str, ...]:
    """What keeps blanks that HTML would make one, or none."""
    return ("white-space:pre-wrap",) if _BLANKS_THAT_MATTER.search(runs_text(runs)) else ()
