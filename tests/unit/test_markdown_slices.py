"""A selection as blocks: no more than was selected, and nothing of it lost."""

from hypothesis import assume, given

from desktop.markdown.blocks import Block, CodeBlock, Container, Heading, Marker, Paragraph, Run, Style, Table
from desktop.markdown.plain import block_text, plain_text
from desktop.markdown.slices import sliced
from desktop.markdown.stream import parse
from tests.support.markdown import ANSWER
from tests.support.selections import Selection, selections

QUOTE, ITEM = Container.QUOTE, Container.ITEM

TABLE = "| one | two |\n|---|--:|\n| a **b** | c |\n| d |  |\n| e | f |"


def selected(text: str, begin: str, end: str) -> tuple[Block, ...]:
    """From where `begin` stands to the end of `end`, which is looked for from there on."""
    blocks = parse(text)
    texts = [block_text(block) for block in blocks]
    first = next(index for index, words in enumerate(texts) if begin in words)
    offset = texts[first].index(begin)
    for last in range(first, len(texts)):
        found = texts[last].find(end, offset if last == first else 0)
        if found >= 0:
            return sliced(blocks, (first, offset), (last, found + len(end)))
    raise AssertionError(end)


def test_a_paragraph_is_cut_with_its_runs() -> None:
    assert selected("one **two *three*** four", "wo", "thr") == (
        Paragraph((Run("wo ", Style.BOLD), Run("thr", Style.BOLD | Style.ITALIC))),
    )


def test_words_of_an_item_or_a_quote_bring_nothing_along() -> None:
    assert selected("> 1. some words", "some", "some") == (Paragraph((Run("some"),)),)


def test_a_part_of_a_heading_is_a_paragraph() -> None:
    assert selected("# The title", "title", "title") == (Paragraph((Run("title"),)),)
    assert selected("# The title", "The", "title") == (Heading(1, (Run("The title"),)),)
    assert selected("# The title\n\ntext", "title", "te") == (
        Heading(1, (Run("title"),)),
        Paragraph((Run("te"),)),
    )


def test_code_is_cut_and_keeps_its_language() -> None:
    assert selected("- ```py\n  one\n  two\n  ```", "ne", "t") == (CodeBlock("py", "ne\nt"),)


def test_items_keep_their_numbers() -> None:
    assert selected("1. a\n2. bcd\n3. e\n\n   f", "cd", "f") == (
        Paragraph((Run("cd"),), (ITEM,), Marker(2)),
        Paragraph((Run("e"),), (ITEM,), Marker(3)),
        Paragraph((Run("f"),), (ITEM,)),
    )


def test_what_belongs_to_an_item_that_began_before_stands_by_itself() -> None:
    assert selected("> 1. a\n>\n>    b\n>\n>    - c\n> 2. d\n>    - e", "b", "e") == (
        Paragraph((Run("b"),), (QUOTE,)),
        Paragraph((Run("c"),), (QUOTE, ITEM), Marker()),
        Paragraph((Run("d"),), (QUOTE, ITEM), Marker(2)),
        Paragraph((Run("e"),), (QUOTE, ITEM, ITEM), Marker()),
    )


def test_blocks_at_the_edges_of_which_nothing_is_selected_are_left_out() -> None:
    blocks = parse("one\n\ntwo\n\nthree")

    assert sliced(blocks, (0, 3), (2, 0)) == (blocks[1],)
    assert sliced(blocks, (0, 3), (1, 0)) == ()
    assert sliced(blocks, (1, 2), (1, 2)) == ()
    assert sliced(blocks, (2, 0), (0, 1)) == ()


def test_a_rule_between_is_kept() -> None:
    blocks = parse("one\n\n---\n\ntwo")

    assert sliced(blocks, (0, 0), (2, 1))[1] == blocks[1]


def test_a_selection_in_a_cell_is_a_paragraph() -> None:
    assert selected(TABLE, "b", "b") == (Paragraph((Run("b", Style.BOLD),)),)


def test_a_selection_in_a_row_is_a_row_of_the_touched_cells() -> None:
    assert selected(TABLE, "b", "c") == (
        Table(("", "right"), (((), ()), ((Run("b", Style.BOLD),), (Run("c"),)))),
    )
    assert selected(TABLE, "ne", "two") == (Table(("", "right"), (((Run("ne"),), (Run("two"),)),)),)
    assert selected(TABLE, "a b\t", "a b\t") == selected(TABLE, "a b", "a b")


def test_a_selection_over_rows_takes_them_whole() -> None:
    (table,) = parse(TABLE)
    assert isinstance(table, Table)

    assert selected(TABLE, "two", "c") == (Table(("", "right"), table.rows[:2]),)
    assert selected(TABLE, "b", "e") == (Table(("", "right"), (((), ()), *table.rows[1:])),)
    assert selected(TABLE, "one\ttwo\n", "one\ttwo\n") == selected(TABLE, "one", "two")
    assert selected(TABLE + "\n\nafter", "f", "af") == (
        Table(("", "right"), (((), ()), table.rows[3])),
        Paragraph((Run("af"),)),
    )


def test_everything_is_everything() -> None:
    blocks = parse(ANSWER + "\n---")

    assert sliced(blocks, (0, 0), (len(blocks) - 1, 0)) == blocks


@given(selections())
def test_the_words_are_those_selected(selection: Selection) -> None:
    blocks, begin, end = selection
    assume(not any(isinstance(block, Table) for block in blocks))  # of tables whole rows are taken
    texts = [block_text(block) for block in blocks[begin[0] : end[0] + 1]]
    texts[-1] = texts[-1][: end[1]]
    texts[0] = texts[0][begin[1] :]

    found = sliced(blocks, begin, end)

    assert plain_text(found).strip("\n") == "\n\n".join(texts).strip("\n")


@given(selections())
def test_a_slice_is_a_document_of_its_own(selection: Selection) -> None:
    """All of it, sliced again, is the same: what stands in an item was begun by a marker."""
    blocks = sliced(*selection)
    if len(blocks) > 1:
        assert tuple(sliced(blocks, (0, 0), (len(blocks) - 1, len(block_text(blocks[-1]))))) == blocks
    open_items = 0
    for block in blocks:
        items = block.path.count(ITEM)
        open_items = items if block.marker is not None else min(items, open_items)
        assert items <= open_items
