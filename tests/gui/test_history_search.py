"""The field in which one searches all conversations, and its hits: keys, words, marks and names."""

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView
from pytestqt.qtbot import QtBot

from desktop.domain.history import HITS, Hit
from desktop.domain.history_errors import HistoryBusy
from desktop.ui.history_search import HistorySearch
from desktop.ui.search_status import SearchStatus
from desktop.ui.theme import colors_of
from desktop.ui.wording import sentence
from tests.conftest import Run
from tests.support.qt import child, first, heard
from tests.support.searching import SearchBench

Key = Qt.Key


class ShownSearch(SearchBench):
    """A search on the screen, and the hand of its user."""

    def __init__(self, qtbot: QtBot, *texts: str) -> None:
        super().__init__(*texts)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._app = app
        self.pane = HistorySearch(self.search)
        qtbot.addWidget(self.pane)
        self.pane.resize(232, 500)
        self.pane.show()
        self.chosen: list[tuple[Hit, str]] = heard(self.pane.chosen)
        self.field = child(self.pane, QLineEdit, "Search all conversations")
        self.list = child(self.pane, QListView, "Found in conversations")

    @property
    def status(self) -> str:
        label = child(self.pane, QLabel)
        return "" if label.isHidden() else label.text()

    @property
    def row(self) -> int:
        """The current one; -1 if there is none."""
        return self.list.currentIndex().row()

    @property
    def opened(self) -> list[str]:
        """The excerpts of the hits that were opened, in order."""
        return [hit.excerpt for hit, _ in self.chosen]

    async def type(self, text: str) -> None:
        QTest.keyClicks(self.field, text)
        await self.done()

    def press(self, key: Key) -> None:
        QTest.keyClick(self.list if self.list.hasFocus() else self.field, key)

    async def active(self) -> None:
        """Until it takes keys."""
        self.pane.open()
        while not self.field.hasFocus():
            await first(self._app.focusObjectChanged)


def test_what_is_typed_is_found(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        shown = ShownSearch(qtbot, "An apple", "Two pears", "Apples")
        active = heard(shown.pane.active_changed)
        assert not shown.list.isVisible()
        await shown.type("apple")

        assert shown.excerpts == ["An apple", "Apples"]
        assert shown.list.isVisible()
        assert shown.status == ""
        assert active == [True]
        assert shown.pane.is_active

    run(scenario())


def test_enter_opens_the_first_and_arrows_lead_to_the_others(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        shown = ShownSearch(qtbot, "a 1", "a 2", "a 3")
        await shown.active()
        await shown.type(" a")
        assert shown.row == -1
        shown.press(Key.Key_Return)
        assert shown.opened == ["a 1"]
        assert shown.chosen[0][1] == "a"
        assert (shown.row, shown.field.hasFocus()) == (0, True)

        shown.press(Key.Key_Down)
        assert (shown.row, shown.list.hasFocus()) == (0, True)
        shown.press(Key.Key_Down)
        shown.press(Key.Key_Enter)
        assert shown.opened == ["a 1", "a 2"]
        assert shown.list.isVisible(), "one looks at the next one"

        shown.press(Key.Key_Up)
        assert (shown.row, shown.list.hasFocus()) == (0, True)
        shown.press(Key.Key_Up)
        assert shown.field.hasFocus()

    run(scenario())


def test_down_stays_in_the_field_while_there_are_no_hits(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        shown = ShownSearch(qtbot, "a 1")
        await shown.active()
        await shown.type("b")
        shown.press(Key.Key_Down)
        shown.press(Key.Key_Return)
        assert shown.field.hasFocus()
        assert shown.opened == []

    run(scenario())


def test_enter_before_there_are_hits_opens_the_first_that_comes(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        shown = ShownSearch(qtbot, "a 1", "ab 2")
        await shown.active()
        QTest.keyClicks(shown.field, "a")
        shown.press(Key.Key_Return)
        QTest.keyClicks(shown.field, "b")
        shown.press(Key.Key_Return)
        assert shown.opened == []
        await shown.done()
        assert shown.opened == ["ab 2"]

    run(scenario())


def test_enter_is_forgotten_when_one_types_on(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        shown = ShownSearch(qtbot, "a 1", "ab 2")
        await shown.active()
        QTest.keyClicks(shown.field, "a")
        shown.press(Key.Key_Return)
        await shown.type("b")
        assert shown.opened == []

    run(scenario())


def test_escape_clears_and_then_gives_the_keys_back(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        shown = ShownSearch(qtbot, "a 1")
        released, active = heard(shown.pane.released), heard(shown.pane.active_changed)
        await shown.active()
        await shown.type("a")
        shown.press(Key.Key_Down)
        shown.press(Key.Key_Escape)
        assert shown.field.text() == ""
        assert shown.field.hasFocus()
        assert not shown.list.isVisible()
        assert (len(released), active) == (0, [True, False])

        shown.press(Key.Key_Escape)
        assert len(released) == 1

    run(scenario())


def test_escape_means_the_search_and_no_action_of_the_window(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        shown = ShownSearch(qtbot)
        for key, is_ours in ((Key.Key_Escape, True), (Key.Key_F9, False)):
            event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
            event.ignore()
            QApplication.sendEvent(shown.field, event)
            assert event.isAccepted() == is_ours

    run(scenario())


def test_a_click_opens(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        shown = ShownSearch(qtbot, "a 1", "a 2")
        await shown.type("a")
        place = shown.list.visualRect(shown.list.model().index(1, 0)).center()
        QTest.mouseClick(shown.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert shown.opened == ["a 2"]
        assert shown.row == 1

    run(scenario())


def test_opened_again_it_offers_what_was_searched_for(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        shown = ShownSearch(qtbot, "a 1")
        await shown.type("a")
        shown.pane.open()
        assert shown.field.selectedText() == "a"

    run(scenario())


def test_a_new_window_goes_on_with_the_search(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        shown = ShownSearch(qtbot, "a 1")
        await shown.type("a")
        again = HistorySearch(shown.search)
        qtbot.addWidget(again)
        again.show()
        assert again.is_active
        assert child(again, QLineEdit).text() == "a"
        assert child(again, QListView).isVisible()

    run(scenario())


def test_the_marked_hit_stays_marked_when_others_come(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        shown = ShownSearch(qtbot, "a 1", "b 2", "a 3")
        await shown.active()
        await shown.type("a")
        shown.press(Key.Key_Down)
        shown.press(Key.Key_Down)
        shown.store.texts[1] = "a 2"
        shown.search.refresh()
        await shown.done()
        assert shown.row == 2
        shown.store.texts[2] = "c 3"
        shown.search.refresh()
        await shown.done()
        assert shown.row == -1

    run(scenario())


def test_it_says_what_the_hits_do_not(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        shown = ShownSearch(qtbot, *[f"ab {n}" for n in range(HITS + 9)], "b")
        await shown.type("x")
        assert shown.status == "Nothing found for “x”."
        QTest.keyClick(shown.field, Key.Key_Backspace)
        assert shown.status == ""
        await shown.type("b")
        assert len(shown.excerpts) == HITS
        assert shown.status == "50 shown; type more to narrow it down"
        assert child(shown.pane, SearchStatus).spoken() == shown.status
        await shown.type(" 7")
        assert shown.status == ""
        assert child(shown.pane, SearchStatus).spoken() == "1 found"

    run(scenario())


def test_it_says_that_it_cannot_be_searched_and_why(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        shown = ShownSearch(qtbot, "a")
        shown.store.problem = HistoryBusy()
        await shown.type("a")
        assert shown.status == "The history cannot be searched now."
        assert child(shown.pane, QLabel).toolTip() == sentence(HistoryBusy())
        shown.store.problem = None
        shown.search.refresh()
        await shown.done()
        assert shown.status == ""
        assert shown.excerpts == ["a"]

    run(scenario())


def test_what_takes_long_is_said_to_be_going_on(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        shown = ShownSearch(qtbot, "a")
        patience = child(child(shown.pane, SearchStatus), QTimer)
        patience.setInterval(0)
        shown.store.is_open.clear()
        over = first(patience.timeout)
        QTest.keyClicks(shown.field, "a")
        await over
        assert shown.status == "Searching…"
        shown.store.is_open.set()
        await shown.done()
        assert shown.status == ""

    run(scenario())


def test_a_long_unbroken_needle_widens_nothing(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        shown = ShownSearch(qtbot)
        before = shown.pane.minimumSizeHint().width()
        shown.field.setText("a" * 500)
        await shown.done()
        assert shown.status.endswith("…”.")
        assert shown.pane.minimumSizeHint().width() <= max(before, 232)

    run(scenario())


def test_a_screen_reader_hears_whole_rows(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        shown = ShownSearch(qtbot, "An apple a day keeps the doctor away")
        await shown.type("apple")
        index = shown.list.model().index(0, 0)
        spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
        assert spoken.startswith("Conversation 0, ")
        assert spoken.endswith(". Answer: An apple a day keeps the doctor away")
        tip = index.data(Qt.ItemDataRole.ToolTipRole)
        assert tip == "Conversation 0\nAnswer: An apple a day keeps the doctor away"

    run(scenario())


def test_the_places_are_painted_in_the_colour_of_what_is_found(
    run: Run, undressed: QApplication, qtbot: QtBot
) -> None:
    async def scenario() -> None:
        shown = ShownSearch(qtbot, "An apple a day")
        await shown.type("apple")
        picture = shown.list.viewport().grab().toImage()
        painted = {
            picture.pixelColor(QPoint(x, y)).name()
            for x in range(picture.width())
            for y in range(picture.height())
        }
        assert colors_of(shown.list.palette()).found.name() in painted

    run(scenario())
