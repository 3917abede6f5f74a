"""Paragraphs and headings as boxes: laid out in pieces that nobody can see, whatever way they came."""

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QTextLayout

from desktop.markdown.blocks import Heading, Paragraph, Run, Runs, Style
from desktop.ui.theme import DARK, LIGHT, Colors
from desktop.ui.transcript.box import Mark, MarkKind
from desktop.ui.transcript.characters import Positions, within_a_block
from desktop.ui.transcript.prose import ProseBox
from desktop.ui.transcript.styled import Link
from tests.support.painted import (
    carets,
    centre_of,
    colors_in,
    is_joined,
    is_untouched,
    laid_out,
    look,
    picture,
    rows_of,
)

pytestmark = pytest.mark.usefixtures("qapp")
quickly = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

LEFTWARDS = ["שלום עולם ", "(שלום) ", "مرحبا بالعالم "]
WORDS = [
    "x",
    " ",
    "word ",
    "some more words, ",
    "\n",
    "中文字符",
    "👩‍💻",
    "é",
    "e\u0301",
    "\x07",
    "-",
    "y" * 90,
]
STYLES = [Style.PLAIN, Style.PLAIN, Style.BOLD, Style.ITALIC, Style.STRIKE, Style.MATH]


def runs_of(words: list[str], styles: list[Style]) -> st.SearchStrategy[Runs]:
    text = st.lists(st.sampled_from(words), min_size=1, max_size=30).map("".join)
    run = st.builds(Run, text, st.sampled_from(styles), st.sampled_from(["", "", "https://e.com/a"]))
    return st.lists(run, max_size=6).map(tuple)


RUNS = runs_of(WORDS, [*STYLES, Style.CODE])
# No code: under Arabic its ground is a px wider or narrower when another text follows.
MIXED_RUNS = runs_of(WORDS + LEFTWARDS, STYLES)
LINK = (Run("See "), Run("the docs", href="https://e.com"), Run(" and more"))


def box_of(runs: Runs | str, width: float = 300, level: int = 0, colors: Colors = LIGHT) -> ProseBox:
    runs = (Run(runs),) if isinstance(runs, str) else runs
    return laid_out(ProseBox(Heading(level, runs) if level else Paragraph(runs), look(colors)), width)


def cut(runs: Runs, length: int) -> Runs:
    """The first `length` characters."""
    taken = []
    for run in runs:
        taken.append(Run(run.text[:length], run.style, run.href))
        length -= len(taken[-1].text)
    return tuple(run for run in taken if run.text)


def grown(runs: Runs, ends: Iterable[int], width: float = 300) -> ProseBox:
    """A box that showed the first characters of `runs`, so many each time, and then all."""
    box = box_of((), width)
    for end in [*sorted(ends), sum(len(run.text) for run in runs)]:
        kept = len(box.text)
        box.show(Paragraph(cut(runs, end)), kept)
        laid_out(box, width)
    return box


def one_layout(box: ProseBox, runs: Runs, width: float) -> QTextLayout:
    """All of it in one layout, as Qt wraps it."""
    like, positions = look(), Positions(box.text)
    layout = QTextLayout(within_a_block(box.text), like.font_of(0))
    layout.setTextOption(like.wrapped(box.text))
    formats, here = [], 0
    for run in runs:
        found = QTextLayout.FormatRange()
        found.start, found.length = (
            positions.of(here),
            positions.of(here + len(run.text)) - positions.of(here),
        )
        found.format = like.characters(run, 0)
        formats.append(found)
        here += len(run.text)
    layout.setFormats(formats)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
    layout.endLayout()
    return layout


def line_starts(box: ProseBox) -> list[int]:
    """The offset at which each line begins."""
    tops = [box.rectangle_of(offset).top() for offset in range(len(box.text) + 1)]
    return [offset for offset, top in enumerate(tops) if not offset or top != tops[offset - 1]]


# ── lines ───────────────────────────────────────────────────────────────────────────────────────


@given(RUNS, st.integers(40, 500))
@quickly
def test_the_seams_between_pieces_cannot_be_seen(runs: Runs, width: int) -> None:
    box = box_of(runs, width)
    layout, positions = one_layout(box, runs, width), Positions(box.text)

    wrapped = [layout.lineAt(index).textStart() for index in range(layout.lineCount())]
    assert line_starts(box) == [positions.offset(start) for start in wrapped]


@pytest.mark.parametrize("text", ["word " * 400, "中文字符" * 300, "x" * 3000, "👩‍💻🎉" * 300, "a\n" * 300])
@pytest.mark.parametrize("width", [60, 300, 900])
def test_the_seams_of_long_texts_cannot_be_seen(text: str, width: int) -> None:
    box = box_of(text, width)
    layout, positions = one_layout(box, (Run(text),), width), Positions(text)

    wrapped = [layout.lineAt(index).textStart() for index in range(layout.lineCount())]
    assert line_starts(box) == [positions.offset(start) for start in wrapped]


def test_lines_are_equally_far_apart_whatever_the_script() -> None:
    texts = ["latin " * 40, "中文字符" * 40, "مرحبا " * 40, "👩‍💻 " * 40]

    distances = {rectangle.height() for text in texts for rectangle in lines_of(box_of(text))}

    assert len(distances) == 1


def lines_of(box: ProseBox) -> Iterator[QRectF]:
    return (box.rectangle_of(offset) for offset in line_starts(box))


def test_headings_are_larger_the_higher_they_are() -> None:
    heights = [box_of("words", level=level).height for level in range(1, 7)]

    assert heights == sorted(heights, reverse=True)
    assert heights[0] > box_of("words").height


def test_an_empty_one_takes_a_line() -> None:
    box = box_of(())

    assert box.height == box_of("x").height
    assert box.rectangle_of(0).height() == box.height
    assert box.offset_at(QPointF(10, 10)) == 0


# ── growing ─────────────────────────────────────────────────────────────────────────────────────


@given(MIXED_RUNS, st.lists(st.integers(0, 400), max_size=12))
@quickly
def test_however_it_grew_it_is_as_if_it_had_come_at_once(runs: Runs, ends: list[int]) -> None:
    box, fresh = grown(runs, ends), box_of(runs)

    assert (box.text, box.height) == (fresh.text, fresh.height)
    assert carets(box) == carets(fresh)
    assert picture(box, width=300) == picture(fresh, width=300)


@given(MIXED_RUNS, MIXED_RUNS, st.integers(0, 400))
@example((Run("xשלום עולם \n "),), (Run("שלום עולם "),), 13)
@quickly
def test_above_the_y_that_it_tells_no_pixel_differs(before: Runs, after: Runs, kept: int) -> None:
    """Also if what was there becomes something else."""
    begin = cut(before, kept)
    box = box_of(before)
    earlier = picture(box, width=300)

    changed = box.show(Paragraph(begin + after), sum(len(run.text) for run in begin))
    laid_out(box, 300)

    assert rows_of(picture(box, width=300), 0, changed) == rows_of(earlier, 0, changed)


def test_what_grows_is_laid_out_from_where_it_grew() -> None:
    box = box_of("word " * 2000)
    last = box.rectangle_of(len(box.text)).top()

    changed = box.show(Paragraph((Run("word " * 2001),)), len(box.text))

    assert changed >= last - box.rectangle_of(0).height()


def test_one_that_becomes_shorter_shows_what_is_left() -> None:
    box = box_of("word " * 300)

    box.show(Paragraph((Run("word " * 10),)), 50)

    assert carets(box) == carets(box_of("word " * 10))


def test_another_width_is_another_layout() -> None:
    box = box_of("word " * 300)
    wide = box.height

    box.set_width(150)
    assert box.height > wide, "an estimate"

    laid_out(box, 150)
    assert carets(box) == carets(box_of("word " * 300, 150))


def test_a_long_one_is_laid_out_a_little_at_a_time() -> None:
    box = ProseBox(Paragraph((Run("word " * 40_000),)), look())
    box.set_width(600)

    assert not box.lay_out()
    rounds = sum(1 for _ in iter(box.lay_out, True))

    assert rounds > 20
    assert box.height == box.rectangle_of(len(box.text)).bottom()


# ── where is what ───────────────────────────────────────────────────────────────────────────────


@given(RUNS, st.integers(60, 400))
@quickly
def test_a_caret_is_found_where_it_stands(runs: Runs, width: int) -> None:
    box = box_of(runs, width)

    for offset in range(len(box.text) + 1):
        place = box.rectangle_of(offset)
        found = box.rectangle_of(box.offset_at(place.center()))
        assert found.top() == place.top()
        # Within a character there is no place of its own; the blank before a line's end has two.
        if not is_joined(box.text, offset) and not box.text[offset : offset + 1].isspace():
            assert found.x() == pytest.approx(place.x(), abs=1)


@pytest.mark.parametrize("text", ["plain words " * 30, "中文字符" * 60, "👩‍💻x" * 60, "a\nb\n\nc"])
def test_offsets_are_found_again(text: str) -> None:
    box = box_of(text)
    starts = set(line_starts(box))
    offsets = [each for each in range(len(text) + 1) if not is_joined(text, each) and each + 1 not in starts]

    assert [box.offset_at(centre_of(box, offset)) for offset in offsets] == offsets


@pytest.mark.parametrize("text", ["word " * 100, "中文字符" * 90, "x" * 500, "ab\n" * 100])
def test_behind_the_end_of_a_line_is_no_other_line(text: str) -> None:
    box = box_of(text, 100)
    lines = list(lines_of(box))

    found = [box.rectangle_of(box.offset_at(QPointF(500, line.center().y()))) for line in lines]

    assert [place.top() for place in found] == [line.top() for line in lines]


def test_hebrew_is_found_from_its_right_end() -> None:
    text = "שלום עולם"
    box = box_of(text)

    assert box.rectangle_of(0).x() > 250
    assert box.rectangle_of(0).x() > box.rectangle_of(len(text)).x()
    assert [box.offset_at(centre_of(box, offset)) for offset in range(len(text))] == [*range(len(text))]


@given(MIXED_RUNS)
@quickly
def test_every_place_lies_within_the_box(runs: Runs) -> None:
    box = box_of(runs)

    for offset in range(len(box.text) + 1):
        place = box.rectangle_of(offset)
        assert -1 <= place.x() <= 301
        assert 0 <= place.top() < place.bottom() <= box.height
        assert 0 <= box.offset_at(place.center()) <= len(box.text)


def test_outside_the_nearest_place_is_meant() -> None:
    text = "word " * 100
    box = box_of(text)
    second = line_starts(box)[1]

    assert box.offset_at(QPointF(-50, -50)) == 0
    assert box.offset_at(QPointF(5000, 5000)) == len(text)
    assert box.offset_at(QPointF(-50, box.rectangle_of(second).center().y())) == second


def test_a_link_is_found_under_its_words_only() -> None:
    box = box_of(LINK)
    found = [box.link_at(centre_of(box, offset) + QPointF(2, 0)) for offset in range(len(box.text))]

    assert "".join(box.text[offset] for offset, link in enumerate(found) if link) == "the docs"
    assert set(found) == {None, Link("https://e.com", "the docs")}
    assert box.link_at(QPointF(290, 5)) is None
    assert box.link_at(QPointF(30, box.height + 5)) is None
    assert box.link_at(QPointF(30, -1)) is None


def test_a_link_is_found_in_a_later_piece() -> None:
    box = box_of((Run("words " * 200), *LINK))

    assert box.link_at(centre_of(box, box.text.index("docs"))) == Link("https://e.com", "the docs")


# ── painting ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_it_has_the_colours_of_the_theme(colors: Colors) -> None:
    box = box_of((*LINK, Run(" code", Style.CODE)), colors=colors)

    seen = colors_in(picture(box, width=300, ground=colors.surface))

    assert {colors.text.name(), colors.link.name(), colors.code_background.name()} <= seen


@pytest.mark.parametrize("kind", MarkKind)
def test_what_is_marked_is_seen_and_nothing_else(kind: MarkKind) -> None:
    box = box_of("one two three " * 40)
    begin, end = 100, 420
    plain, marked = picture(box, width=300), picture(box, [Mark(begin, end, kind)], width=300)
    top, bottom = box.rectangle_of(begin).top(), box.rectangle_of(end).bottom()

    brush = look().marked(kind).background().color().name()
    assert brush in colors_in(marked)
    assert brush not in colors_in(plain)
    assert rows_of(marked, 0, top) == rows_of(plain, 0, top)
    assert rows_of(marked, bottom, box.height) == rows_of(plain, bottom, box.height)


def test_a_mark_may_reach_beyond_the_text() -> None:
    beyond, whole = ([Mark(4, end, MarkKind.SELECTED)] for end in (1 << 40, 7))

    assert picture(box_of("one two"), beyond) == picture(box_of("one two"), whole)


def test_the_later_of_two_marks_is_seen() -> None:
    box = box_of("one two")
    both = [Mark(0, 7, MarkKind.FOUND), Mark(0, 7, MarkKind.SELECTED)]

    assert picture(box, both) == picture(box, both[1:])


@given(MIXED_RUNS, st.integers(0, 200), st.integers(1, 100))
@quickly
def test_it_paints_within_the_clip_as_it_paints_the_whole(runs: Runs, top: int, height: int) -> None:
    box = box_of(runs)
    clip = QRectF(0, min(top, box.height - 1), 300, height).intersected(QRectF(0, 0, 300, box.height))
    image = QImage(300, max(1, round(box.height)), QImage.Format.Format_RGB32)
    image.fill(LIGHT.surface)
    painter = QPainter(image)
    painter.setClipRect(clip)
    box.paint(painter, clip, ())
    painter.end()

    whole = picture(box, width=300)
    assert image.copy(clip.toRect()) == whole.copy(clip.toRect())
    assert is_untouched(image, QRectF(0, 0, 300, clip.top()), LIGHT.surface)


def test_marks_piled_up_on_a_letter_stay_in_their_block() -> None:
    box = box_of("z" + "\u0300" * 200)
    size = QImage(300, round(box.height) + 80, QImage.Format.Format_RGB32)
    size.fill(LIGHT.surface)
    painter = QPainter(size)
    painter.translate(0, 40)
    box.paint(painter, QRectF(0, -40, 300, box.height + 80), ())
    painter.end()

    assert is_untouched(size, QRectF(0, 0, 300, 40), LIGHT.surface)
    assert is_untouched(size, QRectF(0, 40 + box.height, 300, 40), LIGHT.surface)


def test_controls_do_no_harm() -> None:
    text = "".join(map(chr, range(32))) + "\x7f\u2028\u2029\ufdd0\ufdd1\ufffc\u202e\u2066\ud83d\U0001f469"

    assert box_of(text).text == text
    assert picture(box_of(text)) == picture(box_of(text))
