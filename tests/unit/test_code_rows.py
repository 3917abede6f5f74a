"""Rows of code: however the text grew, they are those of the text that is there."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desktop.ui.transcript import code_rows
from desktop.ui.transcript.code_rows import CodeRows, columns, cuts

TEXTS = st.text(st.sampled_from(["a", "b", "\n", "\t", "漢", "👩", "\u200d", "\u0301", "ש"]), max_size=60)
quickly = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def short_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows as short as the texts here."""
    monkeypatch.setattr(code_rows, "ROW", 10)


def of(text: str) -> CodeRows:
    rows = CodeRows()
    rows.show(text, 0)
    return rows


def told(rows: CodeRows) -> tuple[object, ...]:
    extents = [rows.extent(row) for row in range(len(rows))]
    return rows.text, extents, [rows.first_row(line) for line in range(rows.lines)], rows.columns


@given(TEXTS, TEXTS, st.integers(0, 60))
@example("a" * 10 + "\u0301", "", 9)
@quickly
def test_rows_of_a_text_that_changed_are_those_of_the_text(text: str, other: str, cut: int) -> None:
    rows = of(text)
    new = text[:cut] + other

    first = rows.show(new, min(text[:cut].count("\n"), new.count("\n")))

    assert told(rows) == told(of(new))
    before = of(text)
    assert [rows.extent(row) for row in range(first - 1)] == [before.extent(row) for row in range(first - 1)]


@given(TEXTS)
@quickly
def test_rows_hold_all_of_a_text_and_lines_end_rows(text: str) -> None:
    rows = of(text)
    parts = [text[slice(*rows.extent(row))] for row in range(len(rows))]

    assert "".join(parts) == text.replace("\n", "")
    assert rows.lines == text.count("\n") + 1
    assert rows.lines_between(0, rows.lines) == text.split("\n")
    assert all(len(part) <= 10 for part in parts)
    for row in range(len(rows)):
        assert rows.first_row(rows.line_of(row)) <= row
        assert rows.row_of(rows.extent(row)[0]) == row


@given(TEXTS, TEXTS)
@quickly
def test_only_the_last_row_of_a_line_that_grows_is_another(text: str, more: str) -> None:
    line, more = text.replace("\n", ""), more.replace("\n", "") + "x"
    rows = of(line)
    before = len(rows)

    assert rows.show(line + more, 0) == before - 1


def test_a_text_that_stays_changes_no_row() -> None:
    rows = of("a\nb")

    assert rows.show("a\nb", 2) == 2
    assert rows.show("a\nb", 1) == 2
    assert rows.show("a\nb\n", 2) == 2
    assert rows.show("a", 1) == 1


def test_a_cut_parts_no_character_from_its_marks() -> None:
    assert list(cuts("abcde\u0301fgh", 5)) == [0, 4]
    assert list(cuts("abcd👩\u200d💻fgh", 6)) == [0, 4]
    assert list(cuts("a" + "\u0301" * 40, 20)) == [0, 20, 40]


def test_what_is_wider_than_a_column_counts_as_two() -> None:
    assert [columns(text) for text in ("", "abc", "漢字", "é→", "👩‍💻", "שלום")] == [0, 3, 4, 2, 4, 8]
    assert [columns(text) for text in ("\t", "a\tb", "\t漢")] == [4, 5, 6]
