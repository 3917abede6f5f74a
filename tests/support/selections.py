"""Selections in made-up documents."""

from hypothesis import strategies as st

from desktop.markdown.blocks import Block
from desktop.markdown.plain import block_text
from desktop.markdown.slices import Place
from desktop.markdown.stream import parse
from tests.support.markdown import markdown

Selection = tuple[tuple[Block, ...], Place, Place]
"""A document, and where what is selected begins and ends."""


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    """Any two places of any document."""
    blocks = parse(draw(markdown.filter(parse)))
    places = st.integers(0, len(blocks) - 1).flatmap(
        lambda index: st.tuples(st.just(index), st.integers(0, len(block_text(blocks[index]))))
    )
    begin, end = sorted((draw(places), draw(places)))
    return blocks, begin, end
