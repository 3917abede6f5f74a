"""The bar in which one finds: its keys, its focus, its room and its names."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from tests.support.finding import Finding
from tests.support.qt import heard
from tests.support.transcripts import Talk

Key = Qt.Key
LONG = "\n\n".join(["Some other words."] * 200)

Begin = Callable[[Talk], Finding]


@pytest.fixture
def begin(qtbot: QtBot) -> Begin:
    return lambda talk: Finding(qtbot, talk)


def test_escape_closes_the_bar_and_gives_the_focus_back(begin: Begin) -> None:
    finding = begin(Talk().ask("needle").answer("x"))
    finding.view.setFocus()
    finding.find("needle", "1 of 1")
    assert finding.edit.hasFocus()

    finding.press(Key.Key_Escape)

    assert finding.bar.isHidden()
    assert finding.view.hasFocus()
    assert finding.current() == 0


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
    finding = begin(Talk().ask("Why?").answer(LONG))
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
