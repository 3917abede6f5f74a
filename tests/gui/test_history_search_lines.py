"""Excerpts in lines: within their width, the first place seen, and nothing torn or made up."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDate, QLocale, QPointF, QTime
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QTextCharFormat
from PySide6.QtWidgets import QApplication

from desktop.storage.excerpt import excerpt
from desktop.ui.hit_rows import day_words
from desktop.ui.marked_lines import MarkedLine, MarkedLines

WIDTH = 180.0
ROUNDING = 2.0
"""px by which lines and their sums may differ."""
WORDS = (
    "needle",
    "导出",
    "hay",
    "一",
    "👩‍👩‍👧‍👦",
    "🇨🇳",
    "שלום",
    "مرحبا",
    "a_long_identifier_without_any_end",
    "n",
)
SHORT = QLocale.FormatType.ShortFormat

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join)


@pytest.fixture
def font(qapp: QApplication) -> QFont:
    return QFont(qapp.font())


def lines_of(text: str, needle: str, font: QFont, most: int = 2) -> MarkedLines:
    return MarkedLines(*excerpt(text, needle), font, WIDTH, most)


def marked(lines: MarkedLines) -> list[str]:
    """The words that are marked."""
    return [line.text[begin:end] for line in lines.lines for begin, end in line.marks]


def words(line: MarkedLine) -> str:
    """What is seen of it: nobody sees the joiners."""
    return line.text.replace("\u2060", "").replace("\u200d…", "…")


def test_a_short_text_is_one_line(font: QFont) -> None:
    lines = lines_of("A needle.", "needle", font)
    assert [line.text for line in lines.lines] == ["A needle."]
    assert marked(lines) == ["needle"]


def test_what_has_no_room_is_left_out_behind(font: QFont) -> None:
    lines = lines_of("A needle " + "and some hay " * 9, "needle", font)
    first, second = (line.text for line in lines.lines)
    assert first.startswith("A needle and")
    assert second.endswith("…")


def test_and_before_if_the_place_would_not_be_seen(font: QFont) -> None:
    text = "先清理空间，或把目录换到别处，然后重新运行即可；任务会记住进度，之前的内容不会导出丢失。"
    lines = lines_of(text, "导出", font)
    assert lines.lines[0].text.startswith("…")
    assert marked(lines) == ["导出"]


def test_of_a_place_that_is_longer_the_begin_is_seen(font: QFont) -> None:
    needle = "needle" * 20
    lines = lines_of(f"Some hay before it: {needle}", needle, font)
    assert len(lines.lines) == 2
    assert words(lines.lines[0]).startswith("…needle")
    assert "".join(marked(lines)).startswith("needleneedle")


def test_nothing_is_no_line(font: QFont) -> None:
    assert MarkedLines("", (), font, WIDTH, 2).lines == []


@pytest.mark.parametrize("width", [0.0, 1.0, 9.0])
def test_where_there_is_no_room_there_is_an_end(font: QFont, width: float) -> None:
    assert len(MarkedLines(*excerpt("hay " * 9 + "needle", "needle"), font, width, 2).lines) <= 2


@given(
    before=texts,
    behind=texts,
    needle=st.sampled_from(["needle", "导出", "👩‍👩‍👧‍👦", "שלום"]),
    most=st.integers(1, 3),
)
def test_whatever_the_text_its_first_place_is_seen_within_the_width(
    before: str, behind: str, needle: str, most: int
) -> None:
    font = QFont()
    text, marks = excerpt(f"{before} {needle} {behind}", needle)
    lines = MarkedLines(text, marks, font, WIDTH, most)

    assert 1 <= len(lines.lines) <= most
    for line in lines.lines:
        assert QFontMetricsF(font).horizontalAdvance(line.text) <= WIDTH + ROUNDING
        assert words(line).strip("…") in text
    # A word may be broken between two lines, and blanks at their ends are not shown.
    begin, end = marks[0]
    assert "".join(marked(lines)).startswith(text[begin:end])


@given(text=texts)
def test_whatever_the_text_it_can_be_painted(text: str) -> None:
    font = QFont()
    image = QImage(200, 40, QImage.Format.Format_RGB32)
    lines = MarkedLines(*excerpt(text, text[0]), font, WIDTH, 2)
    painter = QPainter(image)
    for number in range(len(lines.lines)):
        lines.draw(painter, number, QPointF(0, 15 + 20 * number), QTextCharFormat())
    painter.end()


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(), lambda moment: QLocale().toString(QTime(moment.hour, moment.minute), SHORT)),
        (timedelta(days=-1), lambda moment: QLocale().toString(QTime(moment.hour, moment.minute), SHORT)),
        (timedelta(days=1), lambda moment: QLocale().standaloneDayName(moment.isoweekday(), SHORT)),
        (timedelta(days=6), lambda moment: QLocale().standaloneDayName(moment.isoweekday(), SHORT)),
        (timedelta(days=7), lambda moment: QLocale().toString(date_of(moment), SHORT)),
        (timedelta(days=400), lambda moment: QLocale().toString(date_of(moment), SHORT)),
    ],
)
def test_the_day_is_told_briefly(ago: timedelta, words: Callable[[datetime], str]) -> None:
    moment = datetime.now().astimezone() - ago
    assert day_words(moment.timestamp()) == words(moment)


def date_of(moment: datetime) -> QDate:
    return QDate(moment.year, moment.month, moment.day)
