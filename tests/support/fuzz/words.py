"""Markdown: parsed in pieces and as a whole, copied, searched and spoken."""

import random
import re
from collections.abc import Sequence
from html.parser import HTMLParser

from desktop.markdown.blocks import Block, Table
from desktop.markdown.cells import to_tsv
from desktop.markdown.plain import block_text
from desktop.markdown.search import FoldedText
from desktop.markdown.stream import parse
from desktop.ui.transcript.copying import copied
from desktop.ui.transcript.spoken_text import SpokenText
from tests.support.fuzz.engine import Target
from tests.support.fuzz.mutation import cuts, mutated, own_chance
from tests.support.fuzz.texts import WORDS, decoded, encoded, hostile_text
from tests.support.markdown import ANSWER, streamed
from tests.support.specification import examples

_MARKS = (
    *(
        "*",
        "**",
        "_",
        "`",
        "``",
        "~~",
        "$",
        "$$",
        "\\",
        "\\(",
        "\\]",
        "[",
        "]",
        "](",
        "![",
        "<",
        ">",
        "|",
        "#",
        "&",
    ),
    *(
        "\n",
        "\n\n",
        "\n    ",
        "\n\t",
        "- ",
        "1. ",
        "999999999. ",
        "> ",
        "```",
        "~~~py",
        "---",
        "===",
        "[ ] ",
        "|-|-|",
    ),
    *(
        "| a | b |\n|---|---|\n",
        "[x]: http://u\n",
        "[x]",
        "[a](http://b 'c')",
        "<http://a>",
        "<a@b.c>",
        "www.a.b",
    ),
    *(
        "&#x0;",
        "&amp;",
        "&NotEqualTilde;",
        "http://a.example/(b)",
        "[a](javascript:x)",
        "![](data:x)",
        "\\\n",
        "  \n",
    ),
)
_SPOKEN = tuple(map(encoded, (*_MARKS, *WORDS)))
_TAGS = {
    "html",
    "head",
    "meta",
    "body",
    "span",
    "div",
    "p",
    "pre",
    "code",
    "table",
    "tr",
    "th",
    "td",
    "hr",
    "br",
}
_TAGS |= {"blockquote", "ul", "ol", "li", "a", "em", "strong", "s", *(f"h{level}" for level in range(1, 7))}
_ATTRIBUTES = {"charset", "style", "dir", "start", "border", "cellspacing", "cellpadding", "href"}
_ATTRIBUTES |= {"sdnum", "sdval", "data-sheets-value"}  # which tell spreadsheets that a cell is a text
_SCHEME = re.compile(r"(?:https?|mailto):", re.IGNORECASE)


class Markdown(Target):
    """However a text is cut, its blocks are those of the whole; all that is made of them is harmless."""

    name = "markdown"
    peak_mb = 24
    some = 60
    many = 1_200

    def make(self, chance: random.Random) -> bytes:
        return markdown(chance)

    def check(self, data: bytes) -> str:
        text, chance = decoded(data), own_chance(data)
        blocks = parse(text)
        pieces = [decoded(piece) for piece in cuts(chance, data)]
        if "".join(pieces) == text:
            assert streamed(pieces) == list(blocks)
        _copy(blocks)
        _search(blocks, chance)
        return (
            "tables"
            if any(isinstance(block, Table) for block in blocks)
            else "blocks"
            if blocks
            else "nothing"
        )


def markdown(chance: random.Random) -> bytes:
    """An answer, an example of the specification, or marks in any order; hostile words in all of them."""
    marks = "".join(chance.choices((*_MARKS, *_MARKS, *WORDS, "word "), k=chance.randint(1, 40)))
    texts = (
        ANSWER,
        chance.choice([*examples().values()]),
        marks,
        marks,
        marks + ANSWER,
        hostile_text(chance),
    )
    return mutated(chance, encoded(chance.choice(texts)), _SPOKEN)[:_LONGEST]


# ── inside ──────────────────────────────────────────────────────────────────────────────────────

_LONGEST = 12_000
"""Bytes: longer texts are what the bounds' own tests are about."""


def _copy(blocks: Sequence[Block]) -> None:
    forms = copied([blocks, blocks])
    for form in forms:
        form.encode()
    HtmlJudge().judge(forms.html)
    for block in blocks:
        cells = to_tsv([block])
        if cells is not None and isinstance(block, Table):
            assert len(cells.split("\n")) - 1 <= len(block.rows)
            assert all(row.count("\t") == len(block.alignments) - 1 for row in cells.split("\n")[:-1])
    parse(forms.markdown)


def _search(blocks: Sequence[Block], chance: random.Random) -> None:
    spoken = SpokenText({0: tuple(blocks)})
    assert spoken.between(0, -1) == spoken.text
    words = spoken.text[: 1 + chance.randrange(9)]
    for begin, end in FoldedText(spoken.text).find(words):
        assert 0 <= begin < end <= len(spoken.text)
    for text in map(block_text, blocks):
        text.encode()


class HtmlJudge(HTMLParser):
    """Knows the few tags and attributes that may be pasted, and lets no other pass."""

    def judge(self, html: str) -> None:
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _TAGS, tag
        if tag not in ("meta", "br", "hr"):
            self._open.append(tag)
        for name, value in attrs:
            assert name in _ATTRIBUTES, (name, value)
            assert name != "href" or _SCHEME.match(value or ""), value
            assert name != "style" or "url" not in (value or ""), value

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_comment(self, data: str) -> None:
        assert data in ("StartFragment", "EndFragment"), data

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)
