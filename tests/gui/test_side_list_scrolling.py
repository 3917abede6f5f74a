"""The list at the side while it is scrolled: fetched in time, and still where it is read."""

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from desktop.domain.history import ConversationId
from tests.support.qt import heard
from tests.support.side import Side
from tests.support.summaries import HOUR, NOON, summary


@pytest.fixture
def side(qtbot: QtBot) -> Side:
    return Side(qtbot)


def test_more_is_fetched_before_the_end_is_seen(side: Side) -> None:
    wanted = heard(side.rows.more_wanted)
    side.rows.extend([summary(100 + n, used=NOON - n * HOUR) for n in range(100)], is_all=False)
    side.view.doItemsLayout()
    assert wanted == []

    bar = side.view.verticalScrollBar()
    bar.setValue(bar.maximum() - bar.pageStep())
    assert len(wanted) == 1


def scrolled(side: Side) -> str:
    """Scroll somewhere in the middle of many; the title that stands at the top there."""
    side.rows.extend([summary(100 + n, used=NOON - n * HOUR) for n in range(100)], is_all=True)
    side.view.doItemsLayout()
    side.view.verticalScrollBar().setValue(1000)
    return top(side)


def top(side: Side) -> str:
    side.view.doItemsLayout()  # which is otherwise done in the next turn
    return str(side.view.indexAt(QPoint(0, 0)).data())


def test_what_is_read_stays_while_others_move_to_the_top(side: Side) -> None:
    title = scrolled(side)
    offset = side.view.visualRect(side.view.indexAt(QPoint(0, 0))).top()
    side.rows.put(summary(200, used=NOON + 1))
    assert top(side) == title
    side.rows.put(summary(180, used=NOON + 2))
    assert top(side) == title
    side.rows.remove([ConversationId(200), ConversationId(100), ConversationId(101)])
    assert top(side) == title
    assert side.view.visualRect(side.view.indexAt(QPoint(0, 0))).top() == offset


def test_what_stands_first_may_go_and_the_rest_stays(side: Side) -> None:
    first = int(scrolled(side).split()[-1])
    before = side.view.visualRect(side.index(first + 2)).top()
    side.rows.put(summary(first, used=NOON + 1))

    assert top(side) != f"Conversation {first}"
    assert side.view.visualRect(side.index(first + 2)).top() == before


def test_at_the_top_what_comes_is_seen(side: Side) -> None:
    side.side.resize(side.side.width(), 160)
    side.rows.put(summary(9, "new", NOON + 1, is_pinned=True))
    side.view.doItemsLayout()

    assert side.view.verticalScrollBar().value() == 0
    assert side.view.indexAt(QPoint(0, 40)).data() == "new"
