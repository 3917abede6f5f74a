"""CommonMark's specification: its examples, and the blocks that they are by markdown-it.

The examples are not part of the project: the set-up of the tests fetches them.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from desktop.markdown.blocks import (
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
)
from desktop.markdown.inline import joined
from tests.support.scripts import CHECKOUT, load_script

_COMMONMARK = MarkdownIt("commonmark", {"html": False})
_CONTAINERS = {"blockquote": Container.QUOTE, "list_item": Container.ITEM}
_STYLES = {"strong_open": Style.BOLD, "em_open": Style.ITALIC}


@cache
def examples() -> dict[int, str]:
    """The Markdown of each example, by its number in the specification."""
    file = load_script("environment").Environment(CHECKOUT).examples
    found = {each["example"]: each["markdown"] for each in json.loads(file.read_text(encoding="utf-8"))}
    assert len(found) > 600
    return found


def blocks_by_markdown_it(text: str) -> list[Block]:
    """What `parse` should find by CommonMark's rules alone: no formula, no address without brackets.

    HTML is text, a link to no address of the web or of mail is its words, code that has no end has ended.
    """
    reading = _Reading()
    tokens = _COMMONMARK.parse(text)
    for before, token in pairwise([Token("", "", 0), *tokens]):
        reading.take(token, before)
    return reading.blocks


class _Reading:
    """Makes one row of blocks of markdown-it's tokens."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._path: Path = ()
        self._marker: Marker | None = None
        self._numbers: list[int | None] = []  # of the next item of each list
        self._before: list[int] = []  # blocks there were when each container began

    def take(self, token: Token, before: Token) -> None:
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind in _CONTAINERS:
            self._enter(_CONTAINERS[kind]) if token.nesting > 0 else self._leave()
        elif kind in ("bullet_list", "ordered_list"):
            self._enter_list(token) if token.nesting > 0 else self._numbers.pop()
        elif kind == "inline":
            self._add_text(before, _runs(token.children or ()))
        elif kind in ("fence", "code_block"):
            language = (unescapeAll(token.info).split() or [""])[0]
            self._add(CodeBlock(language, token.content.removesuffix("\n"), True, *self._place()))
        elif kind == "hr":
            self._add(Rule(*self._place()))

    def _enter(self, container: Container) -> None:
        self._before.append(len(self.blocks))
        self._path = (*self._path, container)
        if container is Container.ITEM:
            number = self._numbers[-1]
            self._marker = Marker(number)
            self._numbers[-1] = None if number is None else number + 1

    def _leave(self) -> None:
        if self._before.pop() == len(self.blocks):
            self._add(Paragraph((), *self._place()))
        self._path = self._path[:-1]

    def _enter_list(self, token: Token) -> None:
        if self._marker is not None:
            self._add(Paragraph((), *self._place()))
        is_numbered = token.type.startswith("ordered")
        self._numbers.append(int(token.attrs.get("start", 1)) if is_numbered else None)

    def _add_text(self, opened: Token, runs: Runs) -> None:
        if opened.type == "heading_open":
            self._add(Heading(int(opened.tag[1:]), runs, *self._place()))
        else:
            self._add(Paragraph(runs, *self._place()))

    def _place(self) -> tuple[Path, Marker | None]:
        return self._path, self._marker

    def _add(self, block: Block) -> None:
        self.blocks.append(block)
        self._marker = None


def _runs(tokens: Sequence[Token]) -> Runs:
    found: list[Run] = []
    looks = [Run("")]  # of what is open, from the outside in
    for token in tokens:
        if token.nesting > 0:
            looks.append(_inside(looks[-1], token))
        elif token.nesting < 0:
            looks.pop()
        else:
            found.append(_leaf(looks[-1], token))
    return joined(found)


def _inside(look: Run, token: Token) -> Run:
    if token.type == "link_open":
        return replace(look, href=_opened(token.attrs["href"]) or look.href)
    return replace(look, style=look.style | _STYLES[token.type])


def _leaf(look: Run, token: Token) -> Run:
    look = replace(look, text=_words(token))
    if token.type == "image":
        return replace(look, href=look.href or _opened(token.attrs["src"]))
    return replace(look, style=look.style | Style.CODE) if token.type == "code_inline" else look


def _opened(address: object) -> str:
    return str(address) if re.match("https?://|mailto:", str(address), re.IGNORECASE) else ""


def _words(token: Token) -> str:
    """Those of a picture are its description, or its address where it has none."""
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "image":
        return "".join(map(_words, token.children or ())) or str(token.attrs["src"])
    return token.content
