"""Tables as programs draw them, cell by cell, and what only looks like one, through the real networks."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desktop.markdown.blocks import Block, CodeBlock, Table
from desktop.markdown.plain import plain_text
from desktop.markdown.stream import parse
from desktop.reader.flow import Flow
from desktop.worker.reading.read import read
from tests.support import layouts
from tests.support import table_screens as screens
from tests.support.screenshots import CJK

BUDGET = (
    ("Item", "Q1", "Q2", "Q3", "Total"),
    ("Rent", "1,200", "1,200", "1,250", "3,650"),
    ("Power", "310", "", "295", "605"),
    ("Water", "45", "47", "44", "136"),
    ("Insurance", "", "520", "", "520"),
    ("Travel", "88", "130", "241", "459"),
    ("Total", "1,643", "1,897", "1,830", "5,370"),
)
FILES = (
    ("Name", "Owner", "Pages", "Modified"),
    ("report.docx", "Lin Wei", "12", "2026-03-14"),
    ("budget.xlsx", "Maria", "3", "2026-03-11"),
    ("slides.pptx", "", "48", "2026-02-27"),
    ("notes.txt", "Aiko", "", "2026-02-19"),
    ("plan.pdf", "Peter", "7", ""),
)
WEATHER = (
    ("Station", "Wind (km/h)", "Rain (mm)", "Pressure"),
    ("North Pier", "92", "41.5", "987"),
    ("Old Lighthouse", "104", "", "985"),
    ("Airport", "77", "22.3", "991"),
    ("Harbour", "", "18.0", "990"),
)
GOODS = (
    ("商品名称", "规格", "数量", "单价", "金额"),
    ("燕麦奶", "1 升", "24", "19.80", "475.20"),
    ("绿茶", "100 克", "8", "45.00", "360.00"),
    ("全麦面包", "大号", "15", "12.50", "187.50"),
    ("黑巧克力", "70%", "60", "28.00", "1,680.00"),
)
BANK = (
    ("Date", "Description", "Debit", "Credit", "Balance"),
    ("02/03/2026", "Opening balance", "", "", "1,204.50"),
    ("03/03/2026", "Card payment Maple Cafe", "12.40", "", "1,192.10"),
    ("05/03/2026", "Salary March", "", "2,850.00", "4,042.10"),
    ("06/03/2026", "Rent", "1,100.00", "", "2,942.10"),
    ("09/03/2026", "Transfer from savings", "", "300.00", "3,242.10"),
    ("11/03/2026", "Electricity", "64.75", "", "3,177.35"),
)
PSQL = (
    " id | name        | city     |  total",
    "----+-------------+----------+---------",
    "  1 | Lin Wei     | Hangzhou | 1204.50",
    "  2 | Maria Rossi | Vienna   |   86.00",
    "  3 | John O'Neil |          |    7.20",
    "  4 | Aiko Tanaka | Geneva   |  431.15",
    "(4 rows)",
)
FORM = (
    ("Language:", "English (United States)"),
    ("Font size:", "12"),
    ("Theme:", "Follow the system"),
    ("Server address:", "https://api.example.com/v1"),
)
CHAT = (
    ("18:42", "The meeting moves to three on Friday."),
    ("18:45", "Fine. What shall I bring?"),
    ("18:46", "Three copies of the sales report."),
    ("18:47", "And your notebook, please."),
    ("18:51", "Done."),
    ("18:52", "The room is B203 now."),
)

LAMPS = (
    ("Product", "Region", "Units", "Price", "Margin"),
    ("Ceiling lamp", "North", "340", "18.90", "22.5%"),
    ("Desk fan", "", "75", "", "31.0%"),
    ("Garden hose", "South", "1,208", "24.00", ""),
    ("Tool box", "East", "", "56.40", "17.8%"),
    ("Extension cord", "West", "613", "9.95", "40.2%"),
)
STAFF = (
    ("姓名", "部门", "工号", "入职日期", "备注"),
    ("王小明", "市场部", "10382", "2021-04-06", ""),
    ("李思远", "", "10417", "2022-09-13", "外派"),
    ("陈佳怡", "财务部", "10455", "2019-11-25", "兼职"),
    ("赵文博", "技术部", "", "2023-02-01", "远程"),
)
PANEL = (
    ("Setting", "Value"),
    ("Colour depth", "24 bit"),
    ("Refresh rate", "144 Hz"),
    ("Panel", "OLED"),
    ("Power", "38 W"),
)
SHIPS = (
    ("Vessel", "Flag", "Berth", "Tonnage", "Due"),
    ("Aurora", "Malta", "7", "28,410", "06:15"),
    ("Blue Heron", "", "3", "9,875", ""),
    ("Kestrel", "Norway", "", "51,200", "11:40"),
    ("Pacific Trader", "Panama", "12", "", "18:05"),
    ("Sirocco", "Cyprus", "5", "17,060", "22:30"),
)
LARGER = screens.Look(CJK, 16)

SCALES = (1.0, pytest.param(1.5, marks=pytest.mark.slow))

pytestmark = pytest.mark.usefixtures("qapp")

Make = Callable[[], screens.Screen]


@pytest.fixture(autouse=True)
def fusion(qapp: QApplication) -> Iterator[None]:
    """The same style on every machine."""
    before = qapp.style().objectName()
    qapp.setStyle("Fusion")
    yield
    qapp.setStyle(before)


def answer(screen: screens.Screen, scale: float) -> tuple[Block, ...]:
    """What the reader says of it."""
    flow, said = Flow(), ""
    for frame in read({}, screen.png(scale)):
        if frame.kind == "region":
            said += flow.region(frame.facts)
        elif frame.kind == "line":
            said += flow.line(frame.facts)
    return parse(said + flow.end())


def tables(blocks: tuple[Block, ...]) -> list[list[list[str]]]:
    """The cells of each, without blanks: whether one stands between 1 and 升 is typography."""
    return [
        [["".join("".join(run.text for run in cell).split()) for cell in row] for row in block.rows]
        for block in blocks
        if isinstance(block, Table)
    ]


def without_blanks(cells: screens.Cells) -> list[list[str]]:
    return [["".join(cell.split()) for cell in row] for row in cells]


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: screens.spreadsheet(BUDGET), id="spreadsheet"),
        pytest.param(lambda: screens.spreadsheet(BUDGET, named=False), id="spreadsheet, cells alone"),
        pytest.param(lambda: screens.table_widget(FILES), id="table widget"),
        pytest.param(lambda: screens.table_view(FILES), id="dark table view"),
        pytest.param(lambda: screens.zebra(WEATHER), id="HTML, shaded rows"),
        pytest.param(lambda: screens.bordered(WEATHER), id="HTML, bordered"),
        pytest.param(lambda: screens.invoice(GOODS, "合计|2,702.70"), id="invoice"),
        pytest.param(lambda: screens.statement(BANK), id="bank statement"),
        pytest.param(lambda: screens.spreadsheet(STAFF, LARGER), id="Chinese spreadsheet"),
        pytest.param(lambda: screens.table_widget(STAFF, LARGER), id="Chinese table widget"),
        pytest.param(lambda: screens.zebra(LAMPS, LARGER), id="headings at the left"),
        pytest.param(lambda: screens.zebra(PANEL, LARGER), id="a paragraph below"),
        pytest.param(lambda: screens.zebra(SHIPS, LARGER), id="times close to numbers"),
    ],
)
def test_every_cell_of_a_table_is_in_its_place(make: Make, scale: float) -> None:
    screen = make()

    assert tables(answer(screen, scale)) == [without_blanks(screen.cells)]


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: screens.preferences(FORM), id="preferences"),
        pytest.param(lambda: screens.chat(CHAT), id="chat"),
        pytest.param(
            lambda: screens.two_columns(f"{layouts.HARBOUR} {layouts.MARKET}", layouts.BRIDGE), id="columns"
        ),
        pytest.param(lambda: screens.terminal(PSQL), id="query in a terminal"),
        pytest.param(lambda: screens.editor(layouts.PYTHON.splitlines()), id="editor"),
    ],
)
def test_what_only_stands_in_columns_is_no_table(make: Make, scale: float) -> None:
    assert tables(answer(make(), scale)) == []


@pytest.mark.parametrize("scale", SCALES)
def test_a_form_is_its_labels_with_their_values(scale: float) -> None:
    """The arrows of a field may be read as a character behind its value."""
    lines = plain_text(answer(screens.preferences(FORM), scale)).splitlines()
    labelled = [" ".join(line.split()) for line in lines if ":" in line]

    for line, field in zip(labelled, FORM, strict=True):
        assert line.startswith(" ".join(field))


@pytest.mark.parametrize("scale", SCALES)
def test_each_line_in_an_editor_keeps_its_number(scale: float) -> None:
    (code,) = answer(screens.editor(layouts.PYTHON.splitlines()), scale)

    assert isinstance(code, CodeBlock)
    numbers = [line.split()[0] for line in code.text.splitlines()]
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]


def test_text_around_a_ruled_table_stays_before_and_after_it() -> None:
    above, table, below = answer(screens.invoice(GOODS, "合计|2,702.70"), 1.0)

    assert isinstance(table, Table)
    assert table.alignments == ("center",) * 5
    assert plain_text([above]) == "No. 20260314-0042"
    assert plain_text([below]) == "Paid in full, thank you."
