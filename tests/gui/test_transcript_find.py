"""Finding in a conversation: everything is found, marked, and led to, whatever grows or is far away."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QLocale, QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from desktop.ui.theme import LIGHT
from desktop.ui.transcript.box import WideBox
from desktop.ui.transcript.find_bar import FindBar
from desktop.ui.transcript.find_pane import FindPane
from desktop.ui.transcript.reasoning import Reasoning
from desktop.ui.transcript.view import TranscriptView
from tests.support.qt import child, heard
from tests.support.transcripts import Talk

Key = Qt.Key
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
FILLING = "\n\n".join(["Some other words."] * 60)
FOUND, CURRENT = LIGHT.found.rgb(), LIGHT.current.rgb()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


class Finding:
    """A transcript in which somebody finds."""

    def __init__(self, qtbot: QtBot, talk: Talk) -> None:
        self._qtbot = qtbot
        self.view = TranscriptView(talk.model)
        self.pane = FindPane(self.view, talk.model)
        qtbot.addWidget(self.pane)
        self.pane.resize(700, 500)
        with qtbot.waitActive(self.pane):
            self.pane.show()
            self.pane.activateWindow()

    @property
    def edit(self) -> QLineEdit:
        return child(self.pane, QLineEdit)

    @property
    def bar(self) -> FindBar:
        return child(self.pane, FindBar)

    @property
    def count(self) -> str:
        return child(self.bar, QLabel, "Hits").text()

    def find(self, needle: str, count: str) -> None:
        """Open the bar, write there, and wait until it says `count`."""
        self.pane.open()
        self.edit.insert(needle)
        self.counts(count)

    def counts(self, count: str) -> None:
        self._qtbot.waitUntil(lambda: self.count == count, timeout=20_000)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.edit, key, modifier)

    def click(self, name: str) -> None:
        QTest.mouseClick(child(self.bar, QToolButton, name), Qt.MouseButton.LeftButton)

    def leads_to_a_hit(self) -> None:
        """Wait until the current hit, one at most, can be seen."""
        self._qtbot.waitUntil(lambda: len(self.current()) == 1)

    def current(self) -> list[QRect]:
        return grounds(self.picture(), CURRENT)

    def found(self) -> list[QRect]:
        return grounds(self.picture(), FOUND)

    def picture(self) -> QImage:
        return self.view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def grounds(picture: QImage, color: int) -> list[QRect]:
    """Where pixels of a colour are, the rows that touch each other together."""
    found: list[QRect] = []
    for y in range(picture.height()):
        row = [x for x in range(picture.width()) if picture.pixel(x, y) == color]
        if not row:
            continue
        line = QRect(QPoint(row[0], y), QPoint(row[-1], y))
        if found and found[-1].bottom() == y - 1:
            found[-1] = found[-1].united(line)
        else:
            found.append(line)
    return found


Begin = Callable[[Talk], Finding]


@pytest.fixture
def begin(qtbot: QtBot) -> Begin:
    return lambda talk: Finding(qtbot, talk)


# ── what is found ───────────────────────────────────────────────────────────────────────────────


def test_all_is_found_and_marked_in_every_kind_of_text(begin: Begin) -> None:
    answer = "# Needle\n\nA **nee**dle\n\n```\nneedle\n```\n\n| a | b |\n|---|---|\n| x | NEEDLE |\n"
    finding = begin(Talk().ask("a needle").answer(answer))

    finding.find("needle", "1 of 5")

    assert len(finding.current()) == 1
    assert len(finding.found()) == 4


def test_what_is_not_there_is_not_found(begin: Begin) -> None:
    finding = begin(Talk().ask("a needle").answer("**two** words"))

    finding.find("**two", "Not found")

    assert not child(finding.bar, QToolButton, "Next hit").isEnabled()
    assert finding.current() == finding.found() == []


def test_an_empty_needle_says_nothing(begin: Begin) -> None:
    finding = begin(Talk().ask("a needle").answer("x"))
    finding.find("needle", "1 of 1")

    finding.edit.clear()

    finding.counts("")
    assert finding.current() == []


def test_case_width_and_chinese(begin: Begin) -> None:
    finding = begin(Talk().ask("图里有什么？").answer("数据，ＤＡＴＡ，数据…"))

    finding.find("数据", "1 of 2")
    finding.edit.setText("data")
    finding.counts("1 of 1")


def test_thoughts_are_searched_while_they_are_unfolded(begin: Begin) -> None:
    talk = Talk().ask("Why?").begin().think("a needle").stream("the needle").finish(thinking_seconds=1)
    finding = begin(talk)
    finding.find("needle", "1 of 1")

    child(finding.view, Reasoning).click()
    finding.counts("2 of 2")
    finding.press(Key.Key_Return)
    finding.counts("1 of 2")

    child(finding.view, Reasoning).click()
    finding.counts("1 of 1")


def test_what_streams_is_found_as_it_comes(begin: Begin) -> None:
    talk = Talk().ask("Why?").begin().stream("a needle\n\n- an")
    finding = begin(talk)
    finding.find("needle", "1 of 1")

    talk.stream("other nee")
    talk.stream("dle\n")
    finding.counts("1 of 2")
    talk.stream("\n[nee][l]dle\n\n[l]: https://example.com\n").finish()

    finding.counts("1 of 3")


def test_messages_that_come_are_searched(begin: Begin) -> None:
    talk = Talk().ask("a needle").answer("x")
    finding = begin(talk)
    finding.find("needle", "1 of 1")

    talk.ask("another needle").answer("needle")

    finding.counts("1 of 3")


def test_another_conversation_is_searched_anew(begin: Begin) -> None:
    talk = Talk().ask("a needle").answer("needle")
    finding = begin(talk)
    finding.find("needle", "1 of 2")

    talk.show(Talk().ask("no pins").answer("and no needle").conversation)

    finding.counts("1 of 1")


def test_an_empty_conversation_closes_the_bar(begin: Begin) -> None:
    talk = Talk().ask("a needle").answer("needle")
    finding = begin(talk)
    finding.find("needle", "1 of 2")

    talk.show(Talk().conversation)

    assert finding.bar.isHidden()


# ── the way to it ───────────────────────────────────────────────────────────────────────────────


def test_keys_and_buttons_go_through_the_hits_and_around(begin: Begin) -> None:
    finding = begin(Talk().ask("one needle").answer("two needles, three needles"))
    finding.find("needle", "1 of 3")

    finding.press(Key.Key_Return)
    assert finding.count == "2 of 3"
    finding.press(Key.Key_Enter)
    assert finding.count == "3 of 3"
    finding.click("Next hit")
    assert finding.count == "1 of 3"
    finding.press(Key.Key_Return, SHIFT)
    assert finding.count == "3 of 3"
    finding.click("Previous hit")
    assert finding.count == "2 of 3"
    finding.pane.go_to_next()
    assert finding.count == "3 of 3"
    finding.pane.go_to_previous()
    assert finding.count == "2 of 3"


def test_a_far_hit_is_led_to(begin: Begin) -> None:
    talk = Talk().ask("Why?")
    for number in range(30):
        talk.answer(FILLING + f"\n\nThe needle {number}.").ask("And?")
    finding = begin(talk)
    finding.view.verticalScrollBar().setValue(0)

    finding.find("needle", "1 of 30")
    finding.leads_to_a_hit()
    for number in (30, 29, 28):
        finding.press(Key.Key_Return, SHIFT)
        finding.counts(f"{number} of 30")
        finding.leads_to_a_hit()


def test_the_first_hit_is_the_first_below_what_is_read(begin: Begin) -> None:
    talk = Talk().ask("needle").answer(FILLING).ask("needle").answer(FILLING).ask("needle").answer(FILLING)
    finding = begin(talk)
    finding.view.verticalScrollBar().setValue(finding.view.verticalScrollBar().maximum() // 2)

    finding.find("needle", "3 of 3")


def test_below_the_last_hit_it_is_the_first(begin: Begin) -> None:
    finding = begin(Talk().ask("needle").answer(f"needle\n\n{FILLING}"))

    finding.find("needle", "1 of 2")
    finding.leads_to_a_hit()


def test_typing_on_stays_at_the_hit(begin: Begin) -> None:
    finding = begin(Talk().ask("pin, needle").answer("a needle, a needlework"))
    finding.find("need", "1 of 3")
    finding.press(Key.Key_Return)
    assert finding.count == "2 of 3"

    finding.edit.setText("needle")
    finding.counts("2 of 3")
    finding.edit.setText("needlework")
    finding.counts("1 of 1")


def test_what_can_be_seen_is_not_moved(begin: Begin) -> None:
    finding = begin(Talk().ask("Why?").answer(f"one needle\n\ntwo needles\n\n{FILLING}"))
    finding.view.verticalScrollBar().setValue(0)
    finding.pane.open()
    before = finding.view.verticalScrollBar().value()

    finding.find("needle", "1 of 2")
    finding.press(Key.Key_Return)

    assert finding.view.verticalScrollBar().value() == before


@pytest.mark.parametrize(
    "text",
    [
        "```\n" + "x" * 5000 + " needle " + "x" * 300 + "\n```\n",
        "|" + " some words |" * 40 + " needle |\n|" + "---|" * 41 + "\n",
    ],
    ids=["code", "table"],
)
def test_a_hit_far_to_the_right_is_pushed_into_sight(text: str, begin: Begin) -> None:
    finding = begin(Talk().ask("Why?").answer(text))

    finding.find("needle", "1 of 1")

    finding.leads_to_a_hit()
    message = finding.view.column.find(1)
    assert message is not None
    found = message.text.stack.found_at(QPoint().toPointF())
    assert found is not None
    assert isinstance(found[1], WideBox)
    assert found[1].pushed > 0


def test_deep_in_a_long_answer(begin: Begin) -> None:
    words = "some more words " * 3_000
    finding = begin(Talk().ask("Why?").answer(f"{words}needle {words}\n\n{FILLING}"))
    finding.view.verticalScrollBar().setValue(0)

    finding.find("needle", "1 of 1")

    finding.leads_to_a_hit()


def test_hits_come_into_sight_marked(begin: Begin, qtbot: QtBot) -> None:
    talk = Talk().ask("needle")
    for _ in range(20):
        talk.answer(FILLING).ask("needle")
    finding = begin(talk)
    finding.view.verticalScrollBar().setValue(0)
    finding.find("needle", "1 of 21")

    finding.view.go_to_end()

    qtbot.waitUntil(lambda: len(finding.found()) == 1)


# ── the bar ─────────────────────────────────────────────────────────────────────────────────────


def test_escape_closes_the_bar_and_gives_the_focus_back(begin: Begin) -> None:
    finding = begin(Talk().ask("needle").answer("x"))
    finding.view.setFocus()
    finding.find("needle", "1 of 1")
    assert finding.edit.hasFocus()

    finding.press(Key.Key_Escape)

    assert finding.bar.isHidden()
    assert finding.view.hasFocus()
    assert finding.current() == []


def test_who_typed_elsewhere_goes_on_there(begin: Begin) -> None:
    finding = begin(Talk().ask("needle").answer("x"))
    finding.view.clearFocus()
    released = heard(finding.pane.focus_released)
    finding.find("needle", "1 of 1")

    finding.press(Key.Key_Escape)

    assert len(released) == 1


def test_opened_again_it_offers_what_was_looked_for(begin: Begin) -> None:
    finding = begin(Talk().ask("needle").answer("x"))
    finding.find("needle", "1 of 1")
    finding.press(Key.Key_Escape)

    finding.pane.go_to_next()

    assert finding.edit.selectedText() == "needle"
    finding.counts("1 of 1")


def test_what_is_read_stays_where_it_is(begin: Begin) -> None:
    finding = begin(Talk().ask("Why?").answer(FILLING * 3))
    finding.view.verticalScrollBar().setValue(700)
    column, screen = finding.view.column, finding.pane

    def place() -> int:
        message = column.find(1)
        assert message is not None
        return message.mapTo(screen, QPoint()).y()

    before = place()
    finding.pane.open()
    assert place() == before
    finding.pane.close_bar()
    assert place() == before


def test_enter_at_once_finds_at_once(begin: Begin) -> None:
    finding = begin(Talk().ask("needle").answer("needle"))
    finding.pane.open()
    QTest.keyClicks(finding.edit, "needle")

    finding.press(Key.Key_Return)

    finding.counts("1 of 2")


def test_a_narrow_window_has_room_for_all_of_it(begin: Begin) -> None:
    finding = begin(Talk().ask("needle").answer("needle"))
    finding.pane.resize(480, 400)
    finding.find("needle", "1 of 2")

    right = [
        button.mapTo(finding.pane, button.rect().topRight()).x()
        for button in finding.bar.findChildren(QToolButton)
    ]
    assert len(right) == 3
    assert max(right) < 480
    assert finding.edit.width() > 100


def test_everything_has_a_name(begin: Begin) -> None:
    finding = begin(Talk().ask("needle").answer("x"))

    buttons = {button.accessibleName(): button.toolTip() for button in finding.bar.findChildren(QToolButton)}
    assert set(buttons) == {"Previous hit", "Next hit", "Close find"}
    assert all(buttons.values())
    assert finding.edit.accessibleName() == "Find in conversation"
