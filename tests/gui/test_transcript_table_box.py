"""Tables as boxes: measured once, painted where they are seen, found again by point and offset."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from desktop.markdown.blocks import Run, Runs, Style, Table
from desktop.ui.theme import DARK, LIGHT, Colors
from desktop.ui.transcript.box import Mark, MarkKind
from desktop.ui.transcript.stretches import is_mixed
from desktop.ui.transcript.styled import Link
from desktop.ui.transcript.table_box import MAX_COLUMNS, TableBox, fits
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

LONG = "words that go on until they no longer fit into a column of any table " * 3
WORDS = st.sampled_from(
    ["", "a", "12.5", "two words", "中文说明", "👩‍💻🚀", "שלום עולם", "mixed שלום end", "x" * 90, LONG]
)
STYLES = st.sampled_from([Style.PLAIN, Style.BOLD, Style.ITALIC | Style.STRIKE, Style.CODE, Style.MATH])
CELLS = st.lists(st.builds(Run, WORDS, STYLES), max_size=2).map(tuple)
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8).map(tuple)
STEPS = st.lists(st.integers(0, 8), max_size=4)
ALIGNMENTS = st.tuples(*[st.sampled_from(["", "left", "center", "right"])] * 3)


def cell(text: str, style: Style = Style.PLAIN, href: str = "") -> Runs:
    return (Run(text, style, href),)


def table(*rows: str, alignments: str = "") -> Table:
    """Rows of cells parted by "|"; alignments by their first letter."""
    cells = tuple(tuple(cell(text) for text in row.split("|")) for row in rows)
    named = {"l": "left", "c": "center", "r": "right", "-": ""}
    meant = alignments or "-" * len(cells[0])
    return Table(tuple(named[letter] for letter in meant), cells)  # type: ignore[misc]


def box_of(block: Table, width: float = 600, colors: Colors = LIGHT) -> TableBox:
    return laid_out(TableBox(block, look(colors)), width)


def grown(block: Table, steps: list[int]) -> TableBox:
    """A box that came to show `block` by way of some of its rows, each time the last one unfinished."""
    box = TableBox(Table(block.alignments, block.rows[:1]), look())
    box.set_width(600)
    kept = 0
    for count in [*steps, len(block.rows)]:
        rows = block.rows[: max(1, count)]
        is_whole = len(rows) == len(block.rows)
        cut = rows if is_whole else (*rows[:-1], tuple(cell("…" + LONG) for _ in rows[-1]))
        box.show(Table(block.alignments, cut), min(kept, len(rows) - 1))
        kept = len(rows) - 1
    return laid_out(box)


# ── what it is ──────────────────────────────────────────────────────────────────────────────────


def test_it_says_its_cells_parted_by_tabs_and_its_rows_by_lines() -> None:
    assert box_of(table("a|b", "c|", "|d")).text == "a\tb\nc\t\n\td"


@given(ROWS, ALIGNMENTS, STEPS)
@quickly
def test_however_it_grew_it_is_as_if_it_had_come_at_once(
    rows: tuple[tuple[Runs, ...], ...], alignments: tuple[str, ...], steps: list[int]
) -> None:
    block = Table(alignments, rows)  # type: ignore[arg-type]
    box, fresh = grown(block, sorted(steps)), box_of(block)

    assert box.text == fresh.text
    assert (box.height, box.content_width) == (fresh.height, fresh.content_width)
    assert carets(box) == carets(fresh)
    assert picture(box) == picture(fresh)


@given(ROWS, ROWS)
@quickly
def test_above_the_y_that_it_tells_no_pixel_differs(
    rows: tuple[tuple[Runs, ...], ...], more: tuple[tuple[Runs, ...], ...]
) -> None:
    box = box_of(Table(("", "center", "right"), rows))
    before = picture(box)

    changed = box.show(Table(("", "center", "right"), rows + more), len(rows))
    laid_out(box)

    assert rows_of(picture(box), 0, changed) == rows_of(before, 0, changed)


def test_a_new_row_changes_nothing_above_it_unless_a_column_grows() -> None:
    block = table("name|value", "a|1")
    box = box_of(block)
    last = box.rectangle_of(len(box.text)).bottom()

    assert box.show(table("name|value", "a|1", "b|2"), 2) > last
    assert box.show(table("name|value", "a|1", "b|2", "much wider|3"), 3) == 0


def test_a_cell_wraps_where_it_will_always_wrap() -> None:
    narrow = box_of(table("a|b", f"{LONG}|x"))
    wide = box_of(table("a|b", f"{LONG}|x", f"{LONG * 3}|{LONG}"))

    assert narrow.height > box_of(table("a|b", "a|x")).height
    assert carets(wide)[: len("a\tb\n" + LONG)] == carets(narrow)[: len("a\tb\n" + LONG)]


def test_it_takes_no_more_room_than_it_needs() -> None:
    box = box_of(table("a|b", "1|2"))

    assert 20 < box.content_width < 100
    assert is_untouched(picture(box), QRectF(box.content_width, 0, 500, box.height), LIGHT.surface)


def test_a_long_one_is_measured_a_little_at_a_time() -> None:
    block = table("n|words", *[f"{n}|some words of row {n}" for n in range(20_000)])
    box = TableBox(block, look())
    box.set_width(600)
    estimate = box.height

    assert not box.lay_out()
    assert len(box.text.split("\n")) == 20_001
    assert box.rectangle_of(len(box.text)).top() > box.height / 2
    laid_out(box)
    assert estimate == pytest.approx(box.height, rel=0.02)
    assert box.rectangle_of(len(box.text)).top() == pytest.approx(box.height, abs=40)


def test_a_table_of_too_many_columns_is_none() -> None:
    assert fits(table("|".join("a" * MAX_COLUMNS)))
    assert not fits(table("|".join("a" * (MAX_COLUMNS + 1))))


def test_a_cell_that_never_ends_ends_for_the_eye() -> None:
    box = box_of(table("a|b", f"{LONG * 10_000}|x"))

    assert box.height < 20_000
    assert box.text.endswith(LONG + "\tx")
    assert box.offset_at(centre_of(box, len(box.text))) == len(box.text)


# ── where is what ───────────────────────────────────────────────────────────────────────────────


@given(ROWS, ALIGNMENTS, st.integers(0, 80))
@quickly
def test_a_caret_is_found_where_it_stands(
    rows: tuple[tuple[Runs, ...], ...], alignments: tuple[str, ...], pushed: int
) -> None:
    box = box_of(Table(alignments, rows), 150)  # type: ignore[arg-type]
    box.push(pushed)

    for offset in range(len(box.text) + 1):
        place = box.rectangle_of(offset)
        found = box.rectangle_of(box.offset_at(place.center()))
        # Where the direction changes, one offset has two places; within a character, none of its own.
        if not is_joined(box.text, offset) and not is_mixed(box.text):
            assert found.top() == place.top()
            assert found.x() == pytest.approx(place.x(), abs=1)


def test_hebrew_is_found_from_its_right_end() -> None:
    box = box_of(table("a wide header", "שלום עולם"))
    begin = box.text.index("ש")

    assert [box.offset_at(centre_of(box, offset)) for offset in range(begin, begin + 10)] == [
        *range(begin, begin + 10)
    ]
    assert box.rectangle_of(begin).x() > box.rectangle_of(begin + 9).x()


def test_offsets_of_plain_text_are_found_again() -> None:
    box = box_of(table("name|value", "alpha|12", f"{LONG}|👩‍💻x"))
    plain = range(box.text.index("👩"))

    found = {offset: box.offset_at(centre_of(box, offset)) for offset in plain}

    # Where a line wraps, one offset has two places.
    assert sum(one != other for one, other in found.items()) <= 8
    assert box.offset_at(centre_of(box, len(box.text))) == len(box.text)


def test_outside_the_nearest_cell_is_meant() -> None:
    box = box_of(table("a|b", "c|d"))

    assert box.offset_at(QPointF(-50, -50)) == 0
    assert box.offset_at(QPointF(5000, 5000)) == len(box.text)


def test_a_link_is_found_under_its_words_only() -> None:
    cells = (Run("see "), Run("the page", href="https://example.com"), Run(" now"))
    box = box_of(Table(("",), ((cell("head" * 10),), (cells,))))
    begin = box.text.index("the page")

    assert box.link_at(centre_of(box, begin + 3)) == Link("https://example.com", "the page")
    assert not box.link_at(centre_of(box, begin - 2))
    assert not box.link_at(centre_of(box, len(box.text) - 1))
    assert not box.link_at(centre_of(box, begin + 3) + QPointF(0, 200))


def test_numbers_stand_right_and_hebrew_by_itself() -> None:
    box = box_of(
        table("aaaaaaaaaaaaa|bbbbbbbbbbbbb|ccccccccccccc|ddddddddddddd", "1|1|1|שלום", alignments="lcr-")
    )
    header = [box.rectangle_of(14 * column).x() for column in range(4)]
    x = [box.rectangle_of(box.text.index("\n") + 1 + 2 * column).x() for column in range(4)]

    assert x[0] == header[0]
    assert header[1] + 30 < x[1] < header[2] - 40
    assert x[2] > header[3] - 40
    assert x[3] > header[3] + 60


# ── painting ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("scale", [1, 2])
def test_it_has_the_colours_of_the_theme(colors: Colors, scale: int) -> None:
    linked = Table(("",), ((cell("head"),), (cell("link", href="http://a"),), (cell("code", Style.CODE),)))
    seen = colors_in(picture(box_of(linked, colors=colors), ground=colors.surface, scale=scale))

    assert {colors.surface.name(), colors.border.name(), colors.code_background.name()} <= seen
    assert colors.link.name() in seen


@pytest.mark.parametrize("kind", MarkKind)
def test_what_is_marked_is_seen_and_nothing_else(kind: MarkKind) -> None:
    box = box_of(Table(("", ""), ((cell("a"), cell("b")), (cell("one two"), cell("code", Style.CODE)))))
    ground = look().marked(kind).background().color().name()
    code = box.text.index("code")

    def seen(begin: int, end: int, at: int) -> bool:
        place = box.rectangle_of(at).adjusted(2, 2, 4, -2)
        return ground in colors_in(picture(box, [Mark(begin, end, kind)]), place)

    assert seen(4, 7, 4)
    assert not seen(4, 7, 8)
    assert seen(code, code + 4, code)
    assert seen(0, len(box.text), code)


def test_the_later_of_two_marks_is_seen() -> None:
    box = box_of(table("one two"))
    marks = [Mark(0, 7, MarkKind.FOUND), Mark(0, 7, MarkKind.SELECTED)]

    assert LIGHT.found.name() not in colors_in(picture(box, marks))


@given(ROWS, st.integers(0, 100), st.integers(1, 100))
@quickly
def test_it_paints_within_the_clip_only(rows: tuple[tuple[Runs, ...], ...], top: int, height: int) -> None:
    box = box_of(Table(("",) * 3, rows), 300)
    assume(top < box.height)
    clip = QRectF(20, top, 100, height)
    magenta = QColor("magenta")

    image = picture(box, clip=clip, width=400, ground=magenta)

    whole = picture(box, width=400, ground=magenta)
    assert is_untouched(image, QRectF(0, 0, 400, top), magenta)
    assert is_untouched(image, QRectF(120, 0, 280, image.height()), magenta)
    assert image.copy(clip.toRect()) == whole.copy(clip.toRect())


def test_marks_piled_up_on_a_letter_stay_in_their_row() -> None:
    zalgo = "a" + "\u0300\u0321\u0316" * 40
    calm, wild = (box_of(table("a wide column", "x", f"{one}", "y")) for one in ("a", zalgo))
    top, bottom = calm.rectangle_of(16).top(), calm.rectangle_of(18).top() - 8

    assert rows_of(picture(wild), 0, top - 8) == rows_of(picture(calm), 0, top - 8)
    assert rows_of(picture(wild), bottom, calm.height) == rows_of(picture(calm), bottom, calm.height)


def test_controls_do_no_harm() -> None:
    text = "a\x00\x1b[31m\u2028\u2029\ufdd0\ufffc\u202eb"
    box = box_of(table(text, "c"))

    assert box.text == f"{text}\nc"
    assert box.height == box_of(table("a", "c")).height
    assert picture(box).height() == box.height


# ── pushed sideways ─────────────────────────────────────────────────────────────────────────────


def test_a_bar_is_there_if_the_table_is_wider_than_its_room() -> None:
    block = table(f"{LONG}|{LONG}", "a|b")
    wide, narrow = box_of(block, 2000), box_of(block, 200)

    assert wide.bar().isEmpty()
    assert not wide.push(10)
    assert narrow.height > wide.height
    assert narrow.bar().bottom() == narrow.height
    assert narrow.bar().left() == 0


def test_it_is_pushed_to_its_end_and_no_further() -> None:
    box = box_of(table(f"{LONG}|{LONG}", "a|b"), 200)
    end = box.content_width - 200

    assert box.push(50)
    assert box.pushed == 50
    assert not box.push(50)
    assert box.push(10_000)
    assert box.pushed == end
    assert box.bar().right() == pytest.approx(200)
    box.set_width(5000)
    assert box.pushed == 0


@pytest.mark.parametrize("pushed", [0, 33, 200])
def test_the_handle_says_how_far_it_is_pushed(pushed: float) -> None:
    box = box_of(table(f"{LONG}|{LONG}", "a|b"), 200)
    box.push(pushed)

    assert box.pushed_at(box.bar().left()) == pytest.approx(pushed)
    assert box.pushed_at(-1000) == 0
    assert box.pushed_at(1000) == box.content_width - 200


def test_what_was_pushed_is_painted_there() -> None:
    box = box_of(table(f"{LONG}|{LONG}", "a|b"), 200)
    whole = picture(box_of(table(f"{LONG}|{LONG}", "a|b"), 2000), width=2000)
    box.push(70)

    assert picture(box, width=200).copy(0, 0, 200, 60) == whole.copy(70, 0, 200, 60)
