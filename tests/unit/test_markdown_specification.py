"""The examples of CommonMark's specification: cut in any way, and read as CommonMark reads them."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.markdown.blocks import Block, CodeBlock
from desktop.markdown.stream import parse
from tests.support.markdown import cuts, streamed
from tests.support.specification import blocks_by_markdown_it, examples

SHORT = 16

ON_PURPOSE = {
    12: "`\\[` and `\\]` are a formula's, and what stands between them is verbatim",
    346: "an address whose host no program takes is no link",
    573: "an image in the words of an image is text: thousands in each other would have to be read",
    599: "an address whose host no program takes is no link",
    601: "an address is a link without brackets",
    607: "an address is a link without brackets",
    610: "an address is a link without brackets",
    611: "an address is a link without brackets",
}
"""Where what is shown is not what CommonMark says, by the example's number, and why."""

numbers = st.deferred(lambda: st.sampled_from(sorted(examples())))
texts = numbers.map(lambda number: examples()[number])
joined_texts = st.tuples(st.lists(texts, min_size=2, max_size=6), st.sampled_from(["", "\n"])).map(
    lambda drawn: drawn[1].join(drawn[0])
)
quoted_texts = joined_texts.map(lambda text: "".join(f"> {line}" for line in text.splitlines(keepends=True)))
listed_texts = joined_texts.map(lambda text: "1. " + text.replace("\n", "\n   "))
many_texts = st.one_of(joined_texts, quoted_texts, listed_texts)
"""Examples that go on with each other, in a quote or in an item too."""


def holds_however_cut_once(text: str) -> bool:
    whole = list(parse(text))
    return all(streamed([text[:at], text[at:]]) == whole for at in range(len(text)))


def ended(blocks: Iterable[Block]) -> list[Block]:
    """`blocks` as if each fence had been closed."""
    return [replace(block, closed=True) if isinstance(block, CodeBlock) else block for block in blocks]


def test_examples_are_read_as_commonmark_reads_them_but_for_what_differs_on_purpose() -> None:
    others = [
        number for number, text in examples().items() if ended(parse(text)) != blocks_by_markdown_it(text)
    ]
    assert others == list(ON_PURPOSE)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_examples_come_character_by_character(ending: str) -> None:
    others = [
        number
        for number, text in examples().items()
        if streamed(text.replace("\n", ending)) != list(parse(text))
    ]
    assert others == []


def test_short_examples_are_cut_once_anywhere() -> None:
    short = {number: text for number, text in examples().items() if len(text) <= SHORT}
    assert len(short) > 200
    assert [number for number, text in short.items() if not holds_however_cut_once(text)] == []


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_examples_that_go_on_with_each_other_are_cut_in_any_way(data: st.DataObject) -> None:
    text = data.draw(many_texts)

    assert streamed(data.draw(cuts(text))) == list(parse(text))


@pytest.mark.slow
def test_all_examples_are_cut_once_anywhere() -> None:
    assert [number for number, text in examples().items() if not holds_however_cut_once(text)] == []


@pytest.mark.slow
@settings(max_examples=5_000, deadline=None)
@given(st.data())
def test_thousands_of_examples_that_go_on_with_each_other_are_cut_in_any_way(data: st.DataObject) -> None:
    text = data.draw(many_texts)

    assert streamed(data.draw(cuts(text))) == list(parse(text))
    assert streamed(text) == list(parse(text))
