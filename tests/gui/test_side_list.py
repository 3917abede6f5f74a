"""The list at the side: opened by clicks and Enter, walked by keys, marked where the window is."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from desktop.domain.history import ConversationId
from desktop.ui.conversation_view import ConversationView
from tests.support.qt import child, heard
from tests.support.side import CONTROL, LEFT, SHIFT, Key, Side
from tests.support.summaries import DAY, NOON, summary


@pytest.fixture
def side(qtbot: QtBot) -> Side:
    return Side(qtbot)


# ── opening and selecting ───────────────────────────────────────────────────────────────────────


def test_a_click_opens(side: Side) -> None:
    side.click(2)

    assert side.chosen == [2]
    assert side.selected == "b"


@pytest.mark.parametrize(("modifier", "selected"), [(CONTROL, "da"), (SHIFT, "dcba")])
def test_a_click_with_a_modifier_only_selects(
    side: Side, modifier: Qt.KeyboardModifier, selected: str
) -> None:
    side.click(4)
    side.click(1, modifier)

    assert side.chosen == [4]
    assert side.selected == selected


def test_a_click_on_a_heading_does_nothing(side: Side) -> None:
    side.click(4)
    heading = side.view.visualRect(side.view.model().index(2, 0)).center()
    QTest.mouseClick(side.view.viewport(), LEFT, pos=heading)

    assert side.chosen == [4]
    assert side.menu(4), "the heading was no place for a menu, its row is"


def test_the_arrows_move_past_headings_and_open_nothing(side: Side) -> None:
    side.select(4)
    passed = []
    for _ in range(4):
        passed.append(side.current)
        side.press(Key.Key_Down)
    assert passed == ["d", "c", "b", "a"]

    side.press(Key.Key_Up, Key.Key_Up, Key.Key_Up, Key.Key_Up)
    assert side.current == "d"
    assert side.chosen == []


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_enter_opens_what_is_current(side: Side, key: Key) -> None:
    side.select(4)
    side.press(Key.Key_Down, key)

    assert side.chosen == [3]


def test_keys_without_a_conversation_do_nothing(side: Side) -> None:
    side.rows.clear()
    side.press(Key.Key_Return, Key.Key_F2, Key.Key_Delete)

    assert (side.chosen, side.renamed, side.deleted) == ([], [], [])


def test_the_button_begins_a_new_one(side: Side) -> None:
    wanted = heard(side.side.new_requested)
    child(side.side, QToolButton, "New conversation").click()

    assert len(wanted) == 1


def test_the_first_heading_comes_into_view_with_its_first_row(side: Side) -> None:
    side.side.resize(side.side.width(), 160)
    side.press(Key.Key_End)
    assert side.view.verticalScrollBar().value() > 0
    side.press(Key.Key_Home)

    assert side.current == "d"
    assert side.view.verticalScrollBar().value() == 0


# ── the one that is shown ───────────────────────────────────────────────────────────────────────


def test_what_is_shown_is_selected_alone(side: Side) -> None:
    side.select(1, 2)
    side.side.mark(ConversationId(3))

    assert side.selected == "c"
    assert side.chosen == []


def test_what_is_shown_already_changes_no_selection(side: Side) -> None:
    side.side.mark(ConversationId(3))
    side.select(1, 2)
    side.side.mark(ConversationId(3))

    assert side.selected == "ba"


def test_what_is_shown_stays_marked_where_it_goes(side: Side) -> None:
    side.side.mark(ConversationId(1))
    side.rows.put(summary(1, "a", NOON + 1))

    assert side.selected == side.current == "a"
    assert side.index(1).row() == 3


def test_a_new_conversation_is_marked_when_it_comes_into_the_list(side: Side) -> None:
    side.side.mark(ConversationId(3))
    side.side.mark(ConversationId(9))
    assert side.selected == ""

    side.rows.extend([summary(7, "g", NOON - 3 * DAY)], is_all=True)
    assert side.selected == ""

    side.rows.put(summary(9, "new", NOON + 1))
    assert side.selected == "new"


# ── renaming ────────────────────────────────────────────────────────────────────────────────────


def test_f2_renames_in_place(side: Side) -> None:
    side.select(2)
    side.press(Key.Key_F2)
    editor = side.editor()
    assert editor.selectedText() == "b"
    QTest.keyClicks(editor, "  Two   words ")
    side.finish(Key.Key_Return)

    assert side.renamed == [(2, "Two words")]
    assert side.chosen == []
    assert side.view.hasFocus()


@pytest.mark.parametrize(
    ("typed", "key", "renamed"),
    [
        ("x", Key.Key_Escape, []),
        ("", Key.Key_Return, []),
        ("b", Key.Key_Return, []),
        ("x", Key.Key_Tab, [(2, "x")]),
    ],
)
def test_a_title_is_kept_or_left(side: Side, typed: str, key: Key, renamed: list[object]) -> None:
    side.select(2)
    side.press(Key.Key_F2)
    QTest.keyClicks(side.editor(), typed)
    side.finish(key)

    assert side.renamed == renamed
    assert side.view.state() == ConversationView.State.NoState


def test_an_empty_title_brings_the_automatic_one_back(side: Side) -> None:
    side.select(2)
    side.press(Key.Key_F2)
    QTest.keyClick(side.editor(), Key.Key_Backspace)
    side.finish(Key.Key_Return)

    assert side.renamed == [(2, "")]
    assert side.deleted == []


def test_what_is_typed_stays_while_the_row_changes_and_moves(side: Side) -> None:
    side.select(1)
    side.press(Key.Key_F2)
    QTest.keyClicks(side.editor(), "Mine")
    side.rows.put(summary(1, "other", NOON + 1), is_busy=True)
    assert side.editor().text() == "Mine"

    side.finish(Key.Key_Return)
    assert side.renamed == [(1, "Mine")]


def test_any_may_be_renamed_from_elsewhere(side: Side) -> None:
    side.side.rename(ConversationId(3))

    assert side.editor().text() == "c"
    assert side.selected == "c"


# ── deleting, pinning, the menu ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_delete_takes_all_that_is_selected_and_goes_on_below(side: Side, key: Key) -> None:
    side.side.deletion_requested.connect(side.rows.remove)
    side.select(4, 2)
    side.press(key)
    assert side.deleted == [[4, 2]]
    assert side.selected == "c"

    side.press(key, key)
    assert side.deleted == [[4, 2], [3], [1]]
    side.press(key)
    assert len(side.deleted) == 3


def test_delete_at_the_end_goes_on_above(side: Side) -> None:
    side.side.deletion_requested.connect(side.rows.remove)
    side.select(1)
    side.press(Key.Key_Delete)

    assert side.selected == "b"


def test_the_menu_of_one(side: Side) -> None:
    menu = side.menu(2)
    assert list(menu) == ["Open", "Rename", "Pin", "Delete"]
    assert side.selected == "b"

    side.rows.put(summary(8, "z", NOON + 1))  # rows move while it is open
    menu["Open"]()
    menu["Pin"]()
    menu["Delete"]()
    assert (side.chosen, side.pinned, side.deleted) == ([2], [([2], True)], [[2]])

    menu["Rename"]()
    assert side.editor().text() == "b"


def test_the_menu_of_several(side: Side) -> None:
    side.select(4, 1)
    menu = side.menu(1)
    assert list(menu) == ["Pin", "Delete 2 conversations"]
    assert side.selected == "da"

    menu["Pin"]()
    menu["Delete 2 conversations"]()
    assert (side.pinned, side.deleted) == ([([4, 1], True)], [[4, 1]])


def test_what_is_pinned_is_unpinned(side: Side) -> None:
    side.menu(4)["Unpin"]()

    assert side.pinned == [([4], False)]


def test_the_menu_key_opens_it_at_the_current_row(side: Side) -> None:
    side.select(3)

    assert list(side.menu(1, QContextMenuEvent.Reason.Keyboard)) == ["Open", "Rename", "Pin", "Delete"]
    assert side.selected == "c"


def test_a_heading_has_no_menu(side: Side) -> None:
    place = side.view.visualRect(side.view.model().index(0, 0)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, QPoint(0, 0))
    QApplication.sendEvent(side.view.viewport(), event)

    assert not side.view.findChildren(QMenu)
