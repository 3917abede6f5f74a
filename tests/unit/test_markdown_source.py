"""Markdown out of blocks: read again it gives the same blocks."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import assume, given
from markdown_it.common.normalize_url import normalizeLink

from desktop.markdown.blocks import (
    Block,
    CodeBlock,
    Container,
    Heading,
    Marker,
    Paragraph,
    Run,
    Runs,
    Style,
    Table,
)
from desktop.markdown.inline_source import is_formula
from desktop.markdown.slices import sliced
from desktop.markdown.source import to_markdown
from desktop.markdown.stream import parse
from tests.support.markdown import ANSWER, markdown
from tests.support.selections import Selection, selections


def sayable(blocks: Iterable[Block]) -> list[Block]:
    """The blocks as Markdown can say them: `to_markdown` tells what it cannot."""
    said: list[Block] = []
    for block in map(_with_sayable_box, map(_sayable, blocks)):
        if not _is_wordless(block) and said and _is_wordless(said[-1]) and _goes_on(block, said[-1]):
            said.append(replace(block, marker=said.pop().marker))
        elif not _is_wordless(block) or block.marker is not None:
            said.append(block)
    return said


def _with_sayable_box(block: Block) -> Block:
    if block.marker is None or (isinstance(block, Paragraph) and block.path[-1] is Container.ITEM):
        return block
    return replace(block, marker=Marker(block.marker.number))


def _is_wordless(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.runs


def _goes_on(block: Block, item: Block) -> bool:
    return block.marker is None and block.path[: len(item.path)] == item.path


def _sayable(block: Block) -> Block:
    match block:
        case Paragraph() | Heading():
            return replace(block, runs=_sayable_runs(block.runs))
        case Table():
            return replace(block, rows=tuple(tuple(map(_sayable_runs, row)) for row in block.rows))
        case CodeBlock():
            return replace(block, closed=True)
        case _:
            return block


def _sayable_runs(runs: Runs) -> Runs:
    said: list[Run] = []
    for run in (replace(run, href=normalizeLink(run.href)) for run in runs):
        is_half = Style.MATH in run.style and not is_formula(run.text)
        style = run.style & ~Style.MATH if is_half else run.style
        if said and (said[-1].style, said[-1].href) == (style, run.href):
            run = replace(run, text=said.pop().text + run.text)  # noqa: PLW2901 - joined to the one before
        said.append(replace(run, style=style))
    while said and not said[0].text.strip():
        del said[0]
    while said and not said[-1].text.strip():
        del said[-1]
    if said:
        said[0] = replace(said[0], text=said[0].text.lstrip())
        said[-1] = replace(said[-1], text=said[-1].text.rstrip())
    return tuple(said)


def has_formula_over_lines(blocks: Iterable[Block]) -> bool:
    """Whether one goes on on another line of a longer paragraph: the line may look like another block."""
    return any(
        "\n" in run.text and Style.MATH in run.style
        for block in blocks
        if isinstance(block, Paragraph | Heading) and len(block.runs) > 1
        for run in block.runs
    )


@given(markdown)
def test_read_again_it_gives_the_same_blocks(text: str) -> None:
    blocks = parse(text)
    assume(not has_formula_over_lines(blocks))

    assert sayable(parse(to_markdown(blocks))) == sayable(blocks)


@given(selections())
def test_so_does_what_is_cut_out(selection: Selection) -> None:
    blocks = sliced(*selection)
    assume(not has_formula_over_lines(blocks))

    assert sayable(parse(to_markdown(blocks))) == sayable(blocks)


def test_an_answer_with_everything_on_it() -> None:
    assert parse(to_markdown(parse(ANSWER))) == parse(ANSWER)


@pytest.mark.parametrize(
    "text",
    [
        "a **b *c*** ~~d~~ `e` [f **g**](https://h.i) $j_1$",
        "# a\n\nb\nc\n\n---\n\n> d\n>\n> > e",
        "1. a\n2. b\n   - c\n     - d\n   - [x] e\n\n   f\n3. g",
        "- a\n\n1. b\n\n5) c",
        "```py\n  a\n```\n\n````\n```\n````",
        "| a | b |\n| --- | --: |\n| \\| | `c\\|d` |",
        "See https://a.b/c_d, snake_case, 2 < 3, <j@k.lm>, 3~5, array[0], a & b, #1, C:\\\\Users!",
        "two\nlines\n---",
        "[a\n&#91;b&#93;](http://c)",
        "- [ ] to do\n- ***\n- # title\n- > quote\n- ```\n  code\n  ```",
        "$$\na_1\n$$",
    ],
)
def test_what_people_write_stays_as_they_wrote_it(text: str) -> None:
    assert to_markdown(parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "*a* **b** _c_ ~~d~~ `e` [f](http://g) ![h](i) <http://j> $k$ \\(l\\) \\[m\\] &amp; <b> \\\\",
        "# a",
        "- a",
        "1. a",
        "2) a",
        "> a",
        "a\n===",
        "a\n---",
        "| a |\n|---|",
        "```\na\n```",
        "~~~",
        "    a",
        "[a]: http://b",
        "[ ] a",
        "***",
        "- - -",
        "a  \nb",
        "http://a.b",
        "www.a.b c@d.e",
        "~f~ ~~g~~",
        "$$\na\n$$",
    ],
)
def test_text_that_looks_like_markup_stays_text(text: str) -> None:
    for before in ("", "x", "x\n"):
        block = Paragraph((Run(before + text),))
        lines = [line.strip() for line in (before + text).split("\n")]

        (read,) = parse(to_markdown([block]))

        assert isinstance(read, Paragraph)
        assert {run.style for run in read.runs} == {Style.PLAIN}
        assert [line.strip() for line in "".join(run.text for run in read.runs).split("\n")] == lines


def test_half_a_formula_is_text() -> None:
    assert to_markdown([Paragraph((Run("$a_1*", Style.MATH), Run(" b")))]) == "\\$a_1\\* b"


def test_a_selection_without_its_header_has_an_empty_one() -> None:
    blocks = parse("| a | b |\n| --- | --- |\n| c | d |")

    assert to_markdown(sliced(blocks, (0, 4), (0, 7))) == "|  |  |\n| --- | --- |\n| c | d |"
