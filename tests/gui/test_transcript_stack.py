"""Blocks below one another: whatever way they came, in the end it is one picture, and no pixel is stale."""

from itertools import pairwise
from math import ceil, inf

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QImage, QPainter

from desktop.markdown.blocks import Paragraph
from desktop.markdown.plain import block_text
from desktop.markdown.stream import MarkdownStream, Update, parse
from desktop.ui.theme import DARK, LIGHT
from desktop.ui.transcript.look import Look
from desktop.ui.transcript.marks import Marks
from desktop.ui.transcript.stack import BlockStack, Change
from tests.support.markdown import ANSWER, markdown, pieces
from tests.support.painted import colors_in, is_joined, look, rows_of

pytestmark = pytest.mark.usefixtures("qapp")
quickly = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
WIDTH = 320
HARD = [
    "> a\n\n> b\n\nc\n",
    "> a\n> > b\n>\n> - c\n>   - d\n\ne\n",
    "- [x] done\n- [ ] not\n\n1. a\n2. b\n",
    "[a] and [b]\n\n| [a] |\n|---|\n\n- [b]\n\n> [a]\n\n[a]: http://a\n\nmore\n\n[b]: http://b\n\nend\n",
    "Title\n===\n\ntext\n---\n\n- a\n\n  b\n\n---\n",
    "100. a\n101. b\n\n```py\nx = 1\n```\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "some words that go on and on and on, *emphasised* and `code` " * 8,
]


class Page:
    """A stack that a stream feeds, all of it looked at all the time."""

    def __init__(self, width: int = WIDTH) -> None:
        self.stack = BlockStack(look())
        self.stack.set_width(width)
        self._stream = MarkdownStream()

    def feed(self, *texts: str) -> "Page":
        for text in texts:
            self.take(self._stream.feed(text))
        return self

    def finish(self) -> "Page":
        self.take(self._stream.finish())
        self.stack.finish()
        return self

    def take(self, update: Update) -> Change:
        change = self.stack.apply(update)
        self.stack.lay_out(0, inf)
        return change


def whole(text: str, width: int = WIDTH) -> BlockStack:
    return Page(width).feed(text).finish().stack


def blank(stack: BlockStack, width: int = WIDTH) -> QImage:
    image = QImage(width, max(1, ceil(stack.height)), QImage.Format.Format_RGB32)
    image.fill(LIGHT.surface)
    return image


def painted(stack: BlockStack, marks: Marks | None = None, width: int = WIDTH) -> QImage:
    image = blank(stack, width)
    paint_on(image, stack, QRectF(image.rect()), marks)
    return image


def paint_on(image: QImage, stack: BlockStack, clip: QRectF, marks: Marks | None = None) -> None:
    """As a widget does it: nothing is painted outside of what is to be repainted."""
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(clip)
    stack.paint(painter, clip, marks or Marks())
    painter.end()


def places(stack: BlockStack) -> list[QRectF]:
    return [stack.place_of(index) for index in range(len(stack.blocks))]


# ── growing ─────────────────────────────────────────────────────────────────────────────────────


def check_streamed(text: str, length: int) -> None:
    stack, fresh = Page().feed(*pieces(text, length)).finish().stack, whole(text)

    assert stack.blocks == fresh.blocks == list(parse(text))
    assert stack.height == fresh.height
    assert places(stack) == places(fresh)
    assert painted(stack) == painted(fresh)


@given(markdown, st.integers(1, 7))
@quickly
def test_a_streamed_text_ends_as_one_shown_whole(text: str, length: int) -> None:
    check_streamed(text, length)


@pytest.mark.parametrize("length", [1, 3, 16])
@pytest.mark.parametrize("text", [ANSWER, *HARD])
def test_an_answer_with_everything_on_it_ends_as_one_shown_whole(text: str, length: int) -> None:
    check_streamed(text, length)


def check_stale(text: str, length: int) -> None:
    """Paint anew only what each update says, as a widget does: no pixel is another than in the whole."""
    page, stream = Page(), MarkdownStream()
    before = painted(page.stack)
    for update in [*map(stream.feed, pieces(text, length)), stream.finish()]:
        change = page.take(update)
        after = painted(page.stack)
        top = min(change.top, before.height())
        assert rows_of(after, 0, top) == rows_of(before, 0, top)
        assert top < before.height() or after.height() >= before.height()
        beside = QRectF(0, top, min(change.left, WIDTH), before.height() - top).toRect()
        assert beside.isEmpty() or after.copy(beside) == before.copy(beside)
        before = after


@given(markdown, st.integers(1, 7))
@example("- a\u2028_", 1)  # the letter reaches out before its line
@quickly
def test_no_pixel_is_stale_after_an_update(text: str, length: int) -> None:
    check_stale(text, length)


@pytest.mark.parametrize("length", [3, 16])
@pytest.mark.parametrize("text", [ANSWER, *HARD])
def test_no_pixel_of_an_answer_with_everything_is_stale(text: str, length: int) -> None:
    check_stale(text, length)


def test_what_is_committed_is_not_painted_again() -> None:
    page, stream = Page(), MarkdownStream()
    page.take(stream.feed("# One\n\nTwo **three**\n\n- four\n- fi"))

    changes = [page.take(stream.feed(text)) for text in ("ve", "\n- six\n\n", "```py\n", "x = 1\n")]

    last = page.stack.place_of(2).bottom()
    assert all(change.top > last - 4 for change in changes)


def test_a_change_of_nothing_is_none() -> None:
    page, stream = Page(), MarkdownStream()
    page.take(stream.feed("words\n\n"))

    assert page.take(stream.feed("\n")).top == inf


# ── painting ────────────────────────────────────────────────────────────────────────────────────


def test_a_bar_ends_with_its_quote() -> None:
    stack = whole("> quote\n\nwords\n\n> quote\n")
    image, bar = painted(stack), LIGHT.border.name()

    has_bar = [bar in colors_in(image, QRectF(0, place.top(), 3, place.height())) for place in places(stack)]

    assert has_bar == [True, False, True]


def check_strips(stack: BlockStack, heights: list[int]) -> None:
    image, top = blank(stack), 0
    while top < image.height():
        height = heights[top % len(heights)]
        paint_on(image, stack, QRectF(0, top, WIDTH, height))
        top += height

    assert image == painted(stack)


@given(markdown, st.lists(st.integers(1, 60), min_size=1, max_size=5))
@quickly
def test_painted_in_strips_it_is_the_same_picture(text: str, heights: list[int]) -> None:
    check_strips(whole(text), heights)


@pytest.mark.parametrize("height", [1, 7, 30])
@pytest.mark.parametrize("text", [ANSWER, *HARD])
def test_an_answer_with_everything_is_the_same_picture_in_strips(text: str, height: int) -> None:
    check_strips(whole(text), [height])


@pytest.mark.parametrize("text", [ANSWER, *HARD])
def test_nothing_stands_in_the_place_of_anything_else(text: str) -> None:
    for above, below in pairwise(places(whole(text))):
        assert below.top() >= above.bottom()


def test_light_becomes_dark_and_nothing_moves() -> None:
    stack = whole(ANSWER)
    height, before = stack.height, places(stack)

    stack.restyle(look(DARK))
    stack.lay_out(0, inf)

    dark = BlockStack(look(DARK))
    dark.set_width(WIDTH)
    dark.apply(Update(parse(ANSWER)))
    dark.finish()
    dark.lay_out(0, inf)
    assert (stack.height, places(stack)) == (height, before)
    assert painted(stack) == painted(dark)


def test_another_font_is_another_layout() -> None:
    stack = whole(ANSWER)
    large = Look(QFont("DejaVu Sans", 16), LIGHT)

    stack.restyle(large)
    stack.lay_out(0, inf)

    fresh = BlockStack(large)
    fresh.set_width(WIDTH)
    fresh.apply(Update(parse(ANSWER)))
    fresh.finish()
    fresh.lay_out(0, inf)
    assert places(stack) == places(fresh)
    assert painted(stack) == painted(fresh)


@given(markdown, st.integers(60, 500))
@quickly
def test_another_width_is_another_layout(text: str, width: int) -> None:
    stack, fresh = whole(text), whole(text, width)

    stack.set_width(width)
    stack.lay_out(0, inf)

    assert places(stack) == places(fresh)
    assert painted(stack, width=width) == painted(fresh, width=width)


# ── what is near ────────────────────────────────────────────────────────────────────────────────


def test_only_what_is_looked_at_is_laid_out() -> None:
    stack = BlockStack(look())
    stack.set_width(WIDTH)
    stack.apply(Update(parse("some words\n\n" * 2_000)))
    guessed = stack.height

    assert stack.lay_out(10_000, 10_500)

    assert 10 < len(stack._boxes) < 40
    assert stack.height == pytest.approx(guessed, rel=0.1)


def test_what_is_far_from_what_is_seen_is_let_go_and_comes_back_the_same() -> None:
    stack = whole(ANSWER + "some words\n\n" * 2_000)
    clip = QRectF(0, 0, WIDTH, 500)
    before, after = blank(stack), blank(stack)
    stack.lay_out(0, 500)
    paint_on(before, stack, clip)

    for _ in range(100):  # a few at a time
        stack.lay_out(stack.height - 500, stack.height)
    assert len(stack._boxes) < 200
    stack.lay_out(0, 500)
    paint_on(after, stack, clip)

    assert after == before


def test_there_is_always_something_done_within_its_time() -> None:
    stack = BlockStack(look())
    stack.set_width(WIDTH)
    stack.apply(Update(parse("some words " * 5_000)))

    assert not stack.lay_out(0, inf, until=-inf)
    rounds = sum(1 for _ in iter(lambda: stack.lay_out(0, inf, until=-inf), True))

    assert rounds > 5
    assert stack.height == whole("some words " * 5_000).height


# ── where is what ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", [ANSWER, *HARD])
def test_a_spot_is_found_where_it_stands(text: str) -> None:
    stack = whole(text)

    for index, block in enumerate(stack.blocks):
        for offset in range(len(words := block_text(block))):
            caret = stack.rectangle_of((index, offset))
            found = stack.rectangle_of(stack.spot_at(caret.center()))
            assert stack.spot_at(caret.center())[0] == index
            if not is_joined(words, offset) and not words[offset].isspace() and isinstance(block, Paragraph):
                assert found.top() == caret.top()


def test_outside_the_nearest_spot_is_meant() -> None:
    stack = whole("first\n\n- last")

    assert stack.spot_at(QPointF(-10, -10)) == (0, 0)
    assert stack.spot_at(QPointF(1000, 1000)) == (1, 4)
    assert stack.spot_at(QPointF(0, stack.height - 2)) == (1, 0)


def test_in_nothing_there_is_a_spot_too() -> None:
    stack = BlockStack(look())

    assert stack.spot_at(QPointF(5, 5)) == (0, 0)
    assert stack.rectangle_of((0, 0)).isNull()
    assert stack.found_at(QPointF(5, 5)) is None
    assert stack.height == 0


def test_what_is_marked_is_seen_in_every_block_of_it() -> None:
    stack, marks = whole("one\n\ntwo\n\nthree\n\nfour"), Marks()
    plain = painted(stack)
    marks.selection = ((1, 1), (2, 3))

    marked = painted(stack, marks)

    second, third = stack.place_of(1), stack.place_of(2)
    assert rows_of(marked, 0, second.top()) == rows_of(plain, 0, second.top())
    assert rows_of(marked, third.bottom(), stack.height) == rows_of(plain, third.bottom(), stack.height)
    for place in (second, third):
        assert rows_of(marked, place.top(), place.bottom()) != rows_of(plain, place.top(), place.bottom())


def test_lines_of_a_question_stand_close() -> None:
    lines = [Paragraph(run.runs) for run in parse("a\n\nb\n\nc") if isinstance(run, Paragraph)]
    dense, wide = BlockStack(look(), is_dense=True), BlockStack(look())
    for stack in (dense, wide):
        stack.set_width(WIDTH)
        stack.apply(Update(tuple(lines)))
        stack.lay_out(0, inf)

    assert dense.height == 3 * look().line_height() < wide.height
