"""Texts made to take long: each is rendered, whole and in pieces, in time that grows with its length."""

import pytest

from desktop.markdown.blocks import Paragraph, Run, Table
from desktop.markdown.plain import plain_text
from desktop.markdown.stream import parse
from tests.support.markdown import pieces, streamed

MANY = 10_000

HOSTILE = {
    "quotes": ">" * MANY + " deep",
    "bullets": "- " * MANY + "deep",
    "a line of one word": "x" * 1_000_000,
    "a line of many words": "word " * 200_000,
    "columns": "|a" * 100_000 + "\n" + "|-" * 100_000 + "\n|x\n",
    "rows that lack cells": "|a" * 300 + "\n" + "|-" * 300 + "\n" + "|x\n" * 1_000,
    "images in images": "![" * MANY + "](a)" * MANY,
    "links in links": "[" * 50_000,
    "brackets line by line": "[a\n" * MANY,
    "links in a line": "[a](http://b/c) " * 2_000,
    "definitions": "[a]: /u\n" * MANY,
    "a title without end": "[a]: /u 'x " + "y " * MANY,
    "stars": "a" + "*" * 50_000,
    "emphasis in emphasis": "*a **b " * 2_000 + "** *" * 2_000,
    "dollars": "$" * 50_000,
    "formulas without end": "\\[\n# a\n" * (MANY // 10),
    "backticks": " ".join("`" * length for length in range(1, 200)),
    "addresses": "https://a" + ")" * 50_000,
    "mail": "." * 50_000 + "@",
    "angles": "<" * 50_000,
    "marks in Chinese": "中**" * MANY,
    "a rule that is none": "- " * MANY + "_",
    "tables in a paragraph": "a|b|c\n" + "|-|-|\n" * MANY,
    "marks on one letter": "a" + "\u0300" * 50_000,
    "blank lines": "\n" * 50_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_rendered(text: str) -> None:
    assert streamed(pieces(text, len(text) // 7)) == list(parse(text))


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_rendered_in_many_pieces(text: str) -> None:
    assert streamed(pieces(text, max(16, len(text) // 1_000))) == list(parse(text))


@pytest.mark.parametrize("marker", [">", "- "])
def test_what_stands_too_deep_is_shown_as_text(marker: str) -> None:
    *_, before_last, last = parse(marker * 1_000 + "deep\n\nafter")

    assert isinstance(before_last, Paragraph)
    assert before_last.runs[-1].text.endswith("deep")
    assert last == Paragraph((Run("after"),))


def test_brackets_too_deep_make_no_links_and_others_do() -> None:
    too_deep, other = parse("[" * 60 + "[a](http://b)\n\n[a](http://b)")

    assert isinstance(too_deep, Paragraph)
    assert not any(run.href for run in too_deep.runs if run.text == "a")
    assert other == Paragraph((Run("a", href="http://b"),))


def test_a_table_ends_when_too_many_cells_would_have_to_be_made_up() -> None:
    table, rest = parse("|a" * 1_000 + "\n" + "|-" * 1_000 + "\n" + "|x\n" * 100)

    assert isinstance(table, Table)
    assert len(table.rows) == 1 + 0x10000 // 999
    assert isinstance(rest, Paragraph)


def test_nothing_is_left_that_turns_letters_into_others() -> None:
    turned = "\ufffe" + "".join(chr(ord(letter) << 8) for letter in "rm")

    shown = plain_text(parse(f"{turned}\n\n    {turned}\n\n|{turned}|\n|-|\n"))

    assert shown.split() == ["\ufffd\u7200\u6d00"] * 3
