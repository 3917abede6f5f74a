"""Whether a block goes on with another, and how much of it is as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.markdown.blocks import (
    Block,
    CodeBlock,
    Container,
    Heading,
    Marker,
    Paragraph,
    Rule,
    Run,
    Runs,
    Style,
    Table,
)
from desktop.markdown.plain import block_text
from desktop.markdown.stream import MarkdownStream
from desktop.ui.transcript.growth import goes_on, kept_of
from tests.support.markdown import markdown, pieces

WORDS = (Run("words"),)
ROWS = ((WORDS, WORDS), (WORDS, WORDS))

runs = st.lists(st.builds(Run, st.text("ab", max_size=4), st.sampled_from(list(Style)[:3])), max_size=4).map(
    tuple
)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (Paragraph(WORDS), Paragraph(()), True),
        (Paragraph(WORDS), Heading(1, WORDS), False),
        (Paragraph(WORDS), Paragraph(WORDS, (Container.QUOTE,)), False),
        (Paragraph(WORDS), Paragraph(WORDS, marker=Marker()), False),
        (Heading(1, WORDS), Heading(2, WORDS), False),
        (CodeBlock("py", "a"), CodeBlock("py", "b", closed=False), True),
        (CodeBlock("py", "a"), CodeBlock("pyt", "a"), False),
        (Table(("", ""), ROWS), Table(("", ""), ROWS[:1]), True),
        (Table(("", ""), ROWS), Table(("", "left"), ROWS), False),
        (Rule(), Rule(), True),
    ],
)
def test_a_block_goes_on_with_one_of_its_kind(old: Block, new: Block, expected: bool) -> None:
    assert goes_on(old, new) is expected


@given(runs, runs)
def test_so_many_characters_are_as_they_were(old: Runs, new: Runs) -> None:
    kept = kept_of(Paragraph(old), Paragraph(new))

    assert _characters(old)[:kept] == _characters(new)[:kept]
    assert kept <= min(len(_characters(old)), len(_characters(new)))


@given(st.text("ab\n", max_size=20), st.text("ab\n", max_size=20))
def test_so_many_lines_of_code_are_as_they_were(old: str, new: str) -> None:
    kept = kept_of(CodeBlock("", old), CodeBlock("", new))

    assert old.split("\n")[:kept] == new.split("\n")[:kept]


def test_so_many_rows_are_as_they_were() -> None:
    more = (*ROWS, (WORDS, ()))

    assert kept_of(Table(("", ""), ROWS), Table(("", ""), more)) == 2
    assert kept_of(Table(("", ""), more), Table(("", ""), ((WORDS, WORDS), (WORDS, ())))) == 1
    assert kept_of(Rule(), Rule()) == 0


@given(markdown, st.integers(1, 5))
def test_what_a_stream_says_of_its_tail_is_true(text: str, length: int) -> None:
    stream = MarkdownStream()
    tail: tuple[Block, ...] = ()
    for update in [*map(stream.feed, pieces(text, length)), stream.finish()]:
        now = (*update.committed, *update.tail)
        if (
            update.kept
            and tail
            and now
            and goes_on(tail[0], now[0])
            and isinstance(now[0], Paragraph | Heading)
        ):
            assert block_text(now[0])[: update.kept] == block_text(tail[0])[: update.kept]
        tail = update.tail


def _characters(of: Runs) -> list[tuple[str, Style, str]]:
    return [(character, run.style, run.href) for run in of for character in run.text]
