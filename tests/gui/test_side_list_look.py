"""What the list at the side shows: marks in their colours, titles in their direction, hits in its place."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.history import ConversationId, Summary
from desktop.ui import theme
from desktop.ui.conversation_view import ConversationView
from desktop.ui.history_search import HistorySearch
from desktop.ui.side_list import SideList
from desktop.ui.theme import DARK, LIGHT, Colors
from desktop.viewmodels.conversations import ConversationList
from tests.conftest import Run
from tests.support.qt import child
from tests.support.searching import SearchBench
from tests.support.summaries import HOUR, NOON, summary

SCHEMES = [(Qt.ColorScheme.Light, LIGHT), (Qt.ColorScheme.Dark, DARK)]
ENGLISH = "A title that is longer than there is room for in any list of conversations"
ARABIC = "ما معنى رسالة الخطأ هذه في لقطة الشاشة التي أرسلتها أمس"


class Painted:
    """One conversation on the screen, as `summary` and `is_busy` have it."""

    def __init__(self, qtbot: QtBot, shown: Summary, *, is_busy: bool = False) -> None:
        self.rows = ConversationList(now=lambda: NOON)
        self.rows.put(shown, is_busy=is_busy)
        self.side = SideList(self.rows)
        self.view = child(self.side, ConversationView)
        qtbot.addWidget(self.side)
        self.side.resize(self.side.sizeHint().width(), 300)
        self.side.show()

    def columns(self, color: QColor) -> list[int]:
        """Where pixels of `color` are, from the left."""
        image = self.view.viewport().grab(self.view.visualRect(self.view.model().index(1, 0))).toImage()
        rows = range(image.height())
        return [x for x in range(image.width()) if any(_is_near(image.pixelColor(x, y), color) for y in rows)]


def _is_near(one: QColor, other: QColor) -> bool:
    distances = (one.red() - other.red(), one.green() - other.green(), one.blue() - other.blue())
    return max(map(abs, distances)) < 24


@pytest.fixture(params=SCHEMES, ids=["light", "dark"])
def colors(request: pytest.FixtureRequest, undressed: QApplication) -> Colors:
    scheme, colors = request.param
    theme.apply(undressed, scheme, undressed.font())
    assert isinstance(colors, Colors)
    return colors


def test_an_answer_on_its_way_is_a_dot_at_the_end(colors: Colors, qtbot: QtBot) -> None:
    busy = Painted(qtbot, summary(1), is_busy=True)
    dot = busy.columns(colors.accent)
    assert 6 <= len(dot) <= 8
    assert dot[0] > busy.view.viewport().width() - 40

    busy.rows.put(summary(1))
    assert busy.columns(colors.accent) == []


@pytest.mark.parametrize("state", [{"is_pinned": True}, {"is_kept": False}, {"is_cut_off": True}])
def test_marks_are_quiet(colors: Colors, qtbot: QtBot, state: dict[str, bool]) -> None:
    marked = Painted(qtbot, summary(1, "x", **state))
    mark = [x for x in marked.columns(colors.muted) if x > marked.view.viewport().width() // 2]

    assert mark
    assert mark[0] > marked.view.viewport().width() - 32
    assert marked.columns(colors.accent) == []


def test_what_is_shown_has_a_bar_at_its_beginning(colors: Colors, qtbot: QtBot) -> None:
    shown = Painted(qtbot, summary(1))
    assert shown.columns(colors.accent) == []

    shown.side.mark(ConversationId(1))
    assert set(shown.columns(colors.accent)) <= {0, 1, 2}
    assert shown.columns(colors.accent)
    assert shown.columns(colors.selection), "and it is selected"


@pytest.mark.parametrize("title", [ENGLISH, ARABIC])
def test_a_long_title_never_reaches_the_marks(colors: Colors, qtbot: QtBot, title: str) -> None:
    pinned = Painted(qtbot, summary(1, title, is_pinned=True), is_busy=True)
    words = pinned.columns(colors.text)

    assert words
    assert words[-1] < pinned.view.viewport().width() - 8 - 2 * 20


@pytest.mark.parametrize(("title", "is_left"), [("Receipt", True), ("שלום", False), ("123 收据", True)])
def test_a_title_begins_where_its_script_does(
    colors: Colors, qtbot: QtBot, title: str, is_left: bool
) -> None:
    titled = Painted(qtbot, summary(1, title))
    middle = titled.view.viewport().width() // 2

    assert {x < middle for x in titled.columns(colors.text)} == {is_left}


def test_rows_are_as_high_as_their_text(colors: Colors, undressed: QApplication, qtbot: QtBot) -> None:
    titled = Painted(qtbot, summary(1))
    before = titled.view.visualRect(titled.view.index_of(ConversationId(1))).height()
    font = QFont(undressed.font())
    font.setPointSizeF(font.pointSizeF() * 2)
    theme.apply(undressed, Qt.ColorScheme.Light, font)
    titled.view.doItemsLayout()

    assert titled.view.visualRect(titled.view.index_of(ConversationId(1))).height() > 1.3 * before


def test_hits_stand_in_the_place_of_the_list(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        bench = SearchBench("the first", "the second")
        search = HistorySearch(bench.search)
        rows = ConversationList(now=lambda: NOON)
        rows.put(summary(1, used=NOON - HOUR))
        side = SideList(rows, search)
        qtbot.addWidget(side)
        side.resize(264, 500)
        side.show()
        view, field = child(side, ConversationView), child(side, QLineEdit, "Search all conversations")
        assert view.isVisible()
        assert search.height() < 100

        QTest.keyClicks(field, "first")
        await bench.done()
        assert view.isHidden()
        assert search.height() > 300

        QTest.keyClick(field, Qt.Key.Key_Escape)
        assert view.isVisible()

    run(scenario())


def test_a_search_that_goes_on_is_shown_from_the_start(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        bench = SearchBench("the first")
        bench.search.set_needle("first")
        await bench.done()
        side = SideList(ConversationList(), HistorySearch(bench.search))
        qtbot.addWidget(side)
        side.show()

        assert child(side, ConversationView).isHidden()

    run(scenario())
