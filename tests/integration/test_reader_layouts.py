"""Tables, columns, code and forms on rendered screens, through the reader's real networks."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import aclosing

import cv2
import numpy as np
import pytest

from desktop.domain.events import AnswerDraft, LineRead
from desktop.domain.images import ImageInput, Size
from desktop.domain.messages import ChatRequest, user_message
from desktop.domain.models import READER_MODEL
from desktop.markdown.blocks import Block, CodeBlock, Paragraph, Table
from desktop.markdown.plain import plain_text
from desktop.markdown.stream import parse
from desktop.reader.reader import OnDeviceReader
from desktop.worker.process import WorkerProcess
from tests.support import layouts
from tests.support.error_rate import error_rate

Read = Callable[..., AnswerDraft]

SLIPS = 0.02
"""So many characters of a page may be read wrong; where they stand is another matter."""

LIGHT = {"pixels": 15, "paper": "#ffffff", "ink": "#24292f"}

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def read() -> Iterator[Read]:
    """The answer to an image alone."""
    with asyncio.Runner() as runner:
        worker = WorkerProcess()

        async def answer(png: bytes, rotated: bool) -> AnswerDraft:
            image = ImageInput("layout.png", "image/png", png, Size(0, 0), "")
            request = ChatRequest(READER_MODEL, (user_message("", (image,)),), rotated=rotated)
            draft = AnswerDraft()
            async with aclosing(OnDeviceReader(worker).stream(request)) as events:
                async for event in events:
                    draft.apply(event)
            return draft

        yield lambda png, *, rotated=False: runner.run(answer(png, rotated))
        runner.run(worker.aclose())


def blocks(draft: AnswerDraft) -> tuple[Block, ...]:
    return parse(draft.text)


def cells(table: Block) -> list[list[str]]:
    assert isinstance(table, Table)
    return [["".join(run.text for run in cell) for cell in row] for row in table.rows]


def without_blanks(rows: list[list[str]]) -> list[list[str]]:
    """Whether a blank stands between 1 and 升 is typography."""
    return [["".join(cell.split()) for cell in row] for row in rows]


def words(draft: AnswerDraft) -> str:
    return " ".join(plain_text(blocks(draft)).split())


# ── tables ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sheet", "ruled"),
    [
        pytest.param(layouts.ORDERS, False, id="orders"),
        pytest.param(layouts.STOCK, True, id="stock, ruled"),
        pytest.param(layouts.WRAPPED, False, id="wrapped"),
        pytest.param(layouts.ORDERS, True, id="orders, ruled", marks=pytest.mark.slow),
        pytest.param(layouts.STOCK, False, id="stock", marks=pytest.mark.slow),
        pytest.param(layouts.WRAPPED, True, id="wrapped, ruled", marks=pytest.mark.slow),
        pytest.param(layouts.CENTRED, False, id="centred", marks=pytest.mark.slow),
        pytest.param(layouts.CENTRED, True, id="centred, ruled", marks=pytest.mark.slow),
    ],
)
def test_every_cell_is_in_its_place(read: Read, sheet: layouts.Sheet, ruled: bool) -> None:
    (table,) = blocks(read(layouts.sheet(sheet, ruled=ruled)))
    found, drawn = without_blanks(cells(table)), without_blanks(sheet.words)

    assert [[bool(cell) for cell in row] for row in found] == [[bool(cell) for cell in row] for row in drawn]
    for row, expected in zip(found, drawn, strict=True):
        for cell, word in zip(row, expected, strict=True):
            assert error_rate(word, cell) <= 0.1, (cell, word)


def test_columns_keep_their_alignment(read: Read) -> None:
    (table,) = blocks(read(layouts.sheet(layouts.ORDERS)))

    assert isinstance(table, Table)
    assert table.alignments == ("", "", "", "right", "right")


def test_a_receipt_is_lines_around_a_table(read: Read) -> None:
    above, table, below = blocks(read(layouts.receipt()))

    assert isinstance(above, Paragraph)
    assert plain_text([above]) == "MAPLE & RIVER\n28 Willow Lane"
    assert cells(table) == [list(row) for row in layouts.RECEIPT]
    assert plain_text([below]) == "Thank you!"


# ── code ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "colours"),
    [
        pytest.param(layouts.PYTHON, {}, id="dark"),
        pytest.param(layouts.SHELL, {"paper": "#ffffff", "ink": "#111111"}, id="terminal"),
        pytest.param(layouts.PYTHON, LIGHT, id="light", marks=pytest.mark.slow),
    ],
)
def test_code_has_every_indent_and_every_blank_line(read: Read, text: str, colours: dict[str, str]) -> None:
    (code,) = blocks(read(layouts.code(text, **colours)))  # type: ignore[arg-type]

    assert isinstance(code, CodeBlock)
    found, drawn = code.text.splitlines(), text.splitlines()
    assert [indent(line) for line in found] == [indent(line) for line in drawn]
    assert error_rate(text, code.text) <= SLIPS


def indent(line: str) -> int | None:
    return len(line) - len(line.lstrip()) if line.strip() else None


def test_code_between_paragraphs_is_told_from_them(read: Read) -> None:
    above, code, below = blocks(read(layouts.page_with_code()))

    assert isinstance(code, CodeBlock)
    assert [indent(line) for line in code.text.splitlines()] == [0, 4, 8, 8]
    assert error_rate(layouts.HARBOUR, plain_text([above])) <= SLIPS
    assert error_rate(layouts.MARKET, plain_text([below])) <= SLIPS


# ── columns, forms ──────────────────────────────────────────────────────────────────────────────


def test_two_columns_under_a_headline(read: Read) -> None:
    headline = "A town by the sea, and how it grew"
    left = f"{layouts.HARBOUR} {layouts.MARKET}"
    shown = blocks(read(layouts.article([left, layouts.BRIDGE], headline=headline)))

    assert [
        error_rate(a, plain_text([b])) <= SLIPS
        for a, b in zip((headline, left, layouts.BRIDGE), shown, strict=True)
    ]


def test_three_columns_whose_lines_stand_at_heights_of_their_own(read: Read) -> None:
    columns = [layouts.HARBOUR, layouts.BRIDGE, layouts.MARKET]
    shown = blocks(read(layouts.article(columns, width=250, shift=7)))

    assert len(shown) == len(columns)
    for column, block in zip(columns, shown, strict=True):
        assert error_rate(column, plain_text([block])) <= SLIPS


def test_columns_of_chinese_are_joined_without_blanks(read: Read) -> None:
    left, right = (plain_text([block]) for block in blocks(read(layouts.chinese_columns())))

    assert error_rate(layouts.POEM, left) <= SLIPS
    assert error_rate(layouts.POEM, right) <= SLIPS


def test_items_of_a_list_are_lines_that_may_wrap(read: Read) -> None:
    (items,) = blocks(read(layouts.steps()))

    assert plain_text([items]).split("\n") == [" ".join(step) for step in layouts.STEPS]


def test_a_sidebar_is_a_list_of_lines_before_the_text(read: Read) -> None:
    sidebar, *paragraphs = blocks(read(layouts.mail()))

    assert plain_text([sidebar]).split("\n") == list(layouts.SIDEBAR)
    assert error_rate(f"{layouts.HARBOUR} {layouts.MARKET}", " ".join(map(plain, paragraphs))) <= SLIPS


def plain(block: Block) -> str:
    return plain_text([block])


def test_a_dialog_is_labels_with_their_values(read: Read) -> None:
    lines = plain_text(blocks(read(layouts.settings()))).split("\n")

    assert lines[0] == "Connection"
    assert [line for line in lines if ":" in line] == [" ".join(field) for field in layouts.SETTINGS]
    assert lines[-1] == "Cancel\tSave"


# ── photographs ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("quarters", [1, *(pytest.param(n, marks=pytest.mark.slow) for n in (2, 3))])
def test_a_turned_photograph_is_read_upright_if_asked_for(read: Read, quarters: int) -> None:
    png = layouts.sheet(layouts.ORDERS)
    answer = read(turned(png, quarters), rotated=True)
    (table,) = blocks(answer)

    assert cells(table) == layouts.ORDERS.words
    upright = {line.text: centre(line) for line in read(png).lines}
    for line in answer.lines:
        assert centre(line) == pytest.approx(turned_point(upright[line.text], (760, 360), quarters), abs=6)


def test_what_stands_upright_is_left_so(read: Read) -> None:
    (table,) = blocks(read(layouts.sheet(layouts.ORDERS), rotated=True))

    assert cells(table) == layouts.ORDERS.words


@pytest.mark.parametrize("degrees", [-12, pytest.param(7, marks=pytest.mark.slow)])
def test_a_tilted_page_is_read_in_its_order(read: Read, degrees: int) -> None:
    text = words(read(tilted(layouts.mail(), degrees)))

    assert error_rate(" ".join((*layouts.SIDEBAR, layouts.HARBOUR, layouts.MARKET)), text) <= SLIPS


def centre(line: LineRead) -> tuple[float, float]:
    return (line.box.x0 + line.box.x1) / 2, (line.box.y0 + line.box.y1) / 2


def turned_point(point: tuple[float, float], size: tuple[int, int], quarters: int) -> tuple[float, float]:
    """Where `point` of an image of `size` is once it is turned clockwise."""
    for _ in range(quarters):
        point, size = (size[1] - point[1], point[0]), (size[1], size[0])
    return point


def turned(png: bytes, quarters: int) -> bytes:
    """Clockwise."""
    return encoded(np.rot90(decoded(png), -quarters))


def tilted(png: bytes, degrees: float) -> bytes:
    """Counter-clockwise, on a grey table."""
    pixels = decoded(png)
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 0.97)
    turn[:, 2] += width * 0.1
    size = round(width * 1.2), height + round(width * 0.2)
    return encoded(cv2.warpAffine(pixels, turn, size, flags=cv2.INTER_CUBIC, borderValue=(120, 110, 100)))


def decoded(png: bytes) -> np.ndarray:
    return np.asarray(cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR))


def encoded(pixels: np.ndarray) -> bytes:
    return bytes(cv2.imencode(".png", pixels)[1])
