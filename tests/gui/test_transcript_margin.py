"""What stands around blocks: indentations, bullets, numbers, bars and the room between blocks."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QImage

from desktop.markdown.stream import parse
from desktop.ui.theme import LIGHT
from desktop.ui.transcript.look import Look
from desktop.ui.transcript.margin import gap, indent
from desktop.ui.transcript.stack import BlockStack
from tests.support.golden import AROUND, WIDTH, painted, stacked
from tests.support.painted import is_untouched, look

pytestmark = pytest.mark.usefixtures("qapp")


def begins(stack: BlockStack, index: int = 0) -> float:
    return stack.place_of(index).left()


def ink(image: QImage, left: float, right: float) -> bool:
    """Whether anything is painted between two columns, counted from the left edge of the text."""
    place = QRectF(AROUND + left, 0, right - left, image.height())
    return not is_untouched(image, place, LIGHT.surface)


def room(text: str) -> int:
    """Between the two blocks of `text`."""
    above, below = parse(text)
    return gap(above, below, look())


@pytest.mark.parametrize("number", ["1", "10", "100", "1000", "999999999"])
def test_numbers_end_before_their_text_and_begin_in_the_room_before_it(number: str) -> None:
    stack = stacked([f"{number}. word"], look())
    image, text = painted(stack), begins(stack)

    assert ink(image, 0, text - 3)
    assert not ink(image, text - 3, text)


def test_the_bullet_of_a_quote_in_an_item_stands_before_its_bar() -> None:
    stack = stacked(["- > word"], look())
    image = painted(stack)
    bar = indent(stack.blocks[0].path[:1], look())

    assert ink(image, 0, bar - 4)
    assert ink(image, bar, bar + 3)
    assert not ink(image, bar + 4, begins(stack))


def test_what_is_read_from_the_right_has_its_room_and_its_bullet_there() -> None:
    stack = stacked(["- עברית"], look())
    image, beside = painted(stack), indent(stack.blocks[0].path, look())

    assert ink(image, WIDTH - beside, WIDTH)
    assert not ink(image, WIDTH - beside, WIDTH - beside + 3)
    assert ink(image, WIDTH - beside - 20, WIDTH - beside)
    assert not ink(image, 0, beside * 2)


def test_a_quote_that_is_read_from_the_right_has_its_bar_there() -> None:
    image = painted(stacked(["> עברית"], look()))

    assert ink(image, WIDTH - 3, WIDTH)
    assert not ink(image, 0, 20)


def test_which_way_an_item_is_read_may_turn_out_late() -> None:
    pieces = ["- 1", "2 ", "עב", "רית, then English"]

    assert painted(stacked(pieces, look())) == painted(stacked(["".join(pieces)], look()))


def test_lengths_follow_the_size_of_the_font() -> None:
    small, large = (Look(QFont("DejaVu Sans", size), LIGHT) for size in (9, 18))
    one, other = parse("- > a\n\nb")

    assert indent(one.path, large) == pytest.approx(2 * indent(one.path, small), abs=1)
    assert gap(one, other, large) == pytest.approx(2 * gap(one, other, small), abs=1)


def test_another_font_moves_what_is_there() -> None:
    stack = stacked(["- one\n- two\n\nthree\n\n> four"], look())
    large = Look(QFont("DejaVu Sans", 20), LIGHT)
    stack.restyle(large)
    stack.lay_out(0, 1e6)

    assert painted(stack) == painted(stacked(["- one\n- two\n\nthree\n\n> four"], large))


def test_a_heading_is_nearer_to_what_follows_than_to_what_stands_above() -> None:
    for below in ("words", "- item", "```\ncode\n```", "| a |\n|---|"):
        assert room(f"# heading\n\n{below}") < room("words\n\n# heading")


def test_items_stand_closer_than_paragraphs_tight_or_not() -> None:
    assert room("- a\n- b") == room("- a\n\n- b") < room("a\n\nb")


@pytest.mark.parametrize("lists", ["- a\n\n1. b", "1. a\n\n- b", "7. a\n\n3) b"])
def test_lists_beside_one_another_are_told_apart(lists: str) -> None:
    assert room(lists) == room("a\n\nb")
