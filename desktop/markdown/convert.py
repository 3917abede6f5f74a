"""The parser's block tokens as blocks."""

import re
from collections.abc import Callable, Sequence
from typing import cast

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from desktop.markdown.blocks import (
    Alignment,
    Block,
    CodeBlock,
    Container,
    Heading,
    Marker,
    Paragraph,
    Path,
    Rule,
    Run,
    Runs,
    Style,
    Table,
)
from desktop.markdown.inline import runs
from desktop.markdown.parser import Piece, parse_inline
from desktop.markdown.references import References


def blocks_of(piece: Piece, references: References) -> tuple[Block, ...]:
    """The blocks of `piece`, its links looked up in `references`."""
    conversion = _Conversion(piece, references)
    for index, token in enumerate(piece.tokens):
        if handler := _HANDLERS.get(token.type):
            handler(conversion, index, token)
    return tuple(conversion.blocks)


_MEANT = re.compile(r"[^\w ,.()%]|^\s|\s$|[_\n]|^$")
"""Finds what may mean something in Markdown: text without it need not be parsed, which is dear."""


class _Conversion:
    """Walks over the tokens and remembers what it is inside of."""

    def __init__(self, piece: Piece, references: References) -> None:
        self.blocks: list[Block] = []
        self._tokens: Sequence[Token] = piece.tokens
        self._references = references
        self._numbers: list[int | None] = [piece.number]
        self._path: list[Container] = []
        self._blocks_before: list[int] = []
        self._marker: Marker | None = None
        self._rows: list[list[Runs]] = []
        self._alignments: list[Alignment] = []

    def open_quote(self, _index: int, _token: Token) -> None:
        self._enter(Container.QUOTE)

    def open_list(self, _index: int, token: Token) -> None:
        if self._marker is not None:
            self._emit(Paragraph, ())  # an item that begins with a list shows its own marker first
        ordered = token.type == "ordered_list_open"
        self._numbers.append(int(token.attrs.get("start", 1)) if ordered else None)

    def close_list(self, _index: int, _token: Token) -> None:
        self._numbers.pop()

    def open_item(self, _index: int, token: Token) -> None:
        number = self._numbers[-1]
        self._enter(Container.ITEM)
        self._marker = Marker(number, token.meta.get("checked"))
        self._numbers[-1] = None if number is None else number + 1

    def close_container(self, _index: int, _token: Token) -> None:
        if len(self.blocks) == self._blocks_before.pop():
            self._emit(Paragraph, ())
        self._path.pop()

    def paragraph(self, index: int, _token: Token) -> None:
        self._emit(Paragraph, self._runs(index + 1))

    def heading(self, index: int, token: Token) -> None:
        self._emit(Heading, int(token.tag[1]), self._runs(index + 1))

    def fence(self, _index: int, token: Token) -> None:
        self._emit(CodeBlock, language(token.info), token.content.removesuffix("\n"), _is_closed(token))

    def indented_code(self, _index: int, token: Token) -> None:
        self._emit(CodeBlock, "", token.content.removesuffix("\n"), True)

    def formula(self, _index: int, token: Token) -> None:
        self._emit(Paragraph, (Run(token.content, Style.MATH),))

    def rule(self, _index: int, _token: Token) -> None:
        self._emit(Rule)

    def open_table(self, _index: int, _token: Token) -> None:
        self._rows, self._alignments = [], []

    def open_row(self, _index: int, _token: Token) -> None:
        self._rows.append([])

    def cell(self, index: int, token: Token) -> None:
        self._rows[-1].append(self._runs(index + 1))
        if token.type == "th_open":
            style = str(token.attrs.get("style", ""))
            self._alignments.append(cast("Alignment", style.removeprefix("text-align:")))

    def close_table(self, _index: int, _token: Token) -> None:
        self._emit(Table, tuple(self._alignments), tuple(tuple(row) for row in self._rows))

    def _enter(self, container: Container) -> None:
        self._path.append(container)
        self._blocks_before.append(len(self.blocks))

    def _runs(self, index: int) -> Runs:
        text = self._tokens[index].content
        if not _MEANT.search(text):
            return (Run(text),)
        return runs(parse_inline(text, self._references))

    def _emit(self, kind: Callable[..., Block], *content: object) -> None:
        path: Path = tuple(self._path)
        self.blocks.append(kind(*content, path=path, marker=self._marker))
        self._marker = None


def language(info: str) -> str:
    """The language of a fence: the first word of what stands behind its opening."""
    return (unescapeAll(info).split() or [""])[0]


def _is_closed(fence: Token) -> bool:
    first, end = fence.map or (0, 0)
    lines = fence.content.count("\n") + (not fence.content.endswith("\n") and fence.content != "")
    return end - first > lines + 1


_HANDLERS: dict[str, Callable[[_Conversion, int, Token], None]] = {
    "blockquote_open": _Conversion.open_quote,
    "blockquote_close": _Conversion.close_container,
    "bullet_list_open": _Conversion.open_list,
    "ordered_list_open": _Conversion.open_list,
    "bullet_list_close": _Conversion.close_list,
    "ordered_list_close": _Conversion.close_list,
    "list_item_open": _Conversion.open_item,
    "list_item_close": _Conversion.close_container,
    "paragraph_open": _Conversion.paragraph,
    "heading_open": _Conversion.heading,
    "fence": _Conversion.fence,
    "code_block": _Conversion.indented_code,
    "math_block": _Conversion.formula,
    "hr": _Conversion.rule,
    "table_open": _Conversion.open_table,
    "tr_open": _Conversion.open_row,
    "th_open": _Conversion.cell,
    "td_open": _Conversion.cell,
    "table_close": _Conversion.close_table,
}
