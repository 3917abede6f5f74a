"""The transcript as a reader meets it: it follows, or it stays; nothing jumps, nothing is lost."""

import gc
import weakref
from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFont, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.conversation import Conversation
from desktop.domain.events import Notice
from desktop.domain.models import READER_MODEL
from desktop.ui import theme
from desktop.ui.theme import READING_WIDTH
from desktop.ui.transcript.message import MessageView
from desktop.ui.transcript.text import MessageText
from tests.support.markdown import ANSWER, answer, pieces
from tests.support.painted import colors_in
from tests.support.shown_transcript import LEFT, ShownTranscript, settle
from tests.support.transcripts import Talk

Show = Callable[[Talk], ShownTranscript]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    return lambda talk: ShownTranscript(qtbot, talk)


def seen(shown: ShownTranscript) -> list[tuple[int, QImage]]:
    """From the top and from the end: how far there is to scroll, and the picture."""
    views = []
    for position in (0, shown.end):
        shown.scroll_to(position)
        settle()
        views.append((shown.end, shown.picture()))
    return views


# ── what is shown ───────────────────────────────────────────────────────────────────────────────


def test_a_streamed_answer_ends_as_one_shown_whole(show: Show, qtbot: QtBot) -> None:
    talk = Talk().ask().begin()
    streamed = show(talk)
    talk.stream(*pieces(ANSWER, 5)).finish(seconds=1)
    whole = show(Talk().ask().answer(ANSWER, seconds=1))

    assert list(streamed.text(1).blocks) == list(whole.text(1).blocks)
    qtbot.waitUntil(lambda: seen(streamed) == seen(whole))


def test_a_view_that_comes_late_shows_what_streams(show: Show, qtbot: QtBot) -> None:
    talk = Talk().ask().begin().stream("Hello ")
    shown = show(talk)

    talk.stream("world")

    qtbot.waitUntil(lambda: shown.words(1) == "Hello world")


def test_a_long_answer_in_frames(show: Show, qtbot: QtBot) -> None:
    text = answer(64_000)
    talk = Talk().ask().begin()
    shown = show(talk)

    for piece in pieces(text, 200):
        talk.stream(piece)
        QApplication.processEvents()
    talk.finish()

    qtbot.waitUntil(lambda: shown.words(1).count("Final paragraph") == text.count("Final paragraph"))
    assert shown.position == shown.end


def test_what_comes_with_a_notice_is_shown_too(show: Show) -> None:
    talk = Talk().ask().begin(READER_MODEL)
    shown = show(talk)
    talk.stream("one  \n")

    talk.notice(Notice.READER_CANNOT_ANSWER).stream("two").finish()

    assert shown.words(1) == "one\ntwo"


def test_lines_are_no_wider_than_one_can_read(show: Show) -> None:
    shown = show(Talk().ask().answer("word " * 500))
    shown.view.resize(2000, 500)
    settle()
    column = shown.message(1).geometry()

    assert column.width() == shown.text(1).width() == READING_WIDTH
    assert abs(column.left() - (shown.view.width() - column.right())) <= 2


def test_a_scroll_bar_does_not_move_the_column(show: Show, qtbot: QtBot) -> None:
    talk = Talk().ask("Why?")
    shown = show(talk)
    bar, before = shown.view.verticalScrollBar(), shown.message(0).geometry()
    assert not bar.isVisible()

    talk.answer("line\n\n" * 100)
    qtbot.waitUntil(bar.isVisible)
    shown.scroll_to(0)

    assert shown.message(0).geometry() == before


# ── following ───────────────────────────────────────────────────────────────────────────────────


def test_the_end_is_followed_while_the_reader_is_there(show: Show) -> None:
    talk = Talk().ask().begin()
    shown = show(talk)

    for _ in range(5):
        talk.stream("some words\n\n" * 20)
        settle()
        assert shown.position == shown.end > 0
        assert shown.jump_button().isHidden()


def test_a_reader_above_the_end_is_left_alone(show: Show) -> None:
    talk = Talk().ask().begin().stream("some words\n\n" * 60)
    shown = show(talk)
    shown.scroll_to(shown.end // 2)
    stays, before = shown.position, shown.picture()

    talk.stream("more words\n\n" * 60, "| a |\n|---|\n").finish()
    settle()

    assert shown.position == stays
    # The scroll bar has moved: that is all.
    column = shown.message(1).geometry().intersected(shown.view.viewport().rect())
    assert shown.picture().copy(column) == before.copy(column)
    button = shown.jump_button()
    assert button.isVisible()
    QTest.mouseClick(button, LEFT)
    assert shown.position == shown.end
    assert button.isHidden()


def test_the_end_is_left_by_the_least_step(show: Show) -> None:
    shown = show(Talk().ask().answer("some words\n\n" * 60))
    middle = shown.view.viewport().rect().center()

    for _ in range(3):
        before = shown.position
        shown.turn(middle, 0, 2)
        assert 0 < before - shown.position < 5
    shown.turn(middle, 0, -4)
    assert shown.position == shown.end


def test_nothing_jumps_when_an_answer_ends(show: Show) -> None:
    talk = Talk().ask().begin().stream("some words\n\n" * 60, "the end")
    shown = show(talk)
    before = (shown.position, shown.end, shown.place("the end"))

    talk.finish(seconds=3.2)
    settle()

    assert (shown.position, shown.end, shown.place("the end")) == before


def test_a_new_question_is_shown_even_to_a_reader_above(show: Show) -> None:
    talk = Talk().ask().answer("some words\n\n" * 60)
    shown = show(talk)
    shown.scroll_to(0)

    talk.ask("And now?")
    settle()

    assert shown.position == shown.end


def test_other_answers_come_in_place_of_the_old_one(show: Show) -> None:
    talk = Talk().ask().answer("the first answer")
    shown = show(talk)
    question = shown.message(0)

    talk.begin(question=talk.conversation.path()[0].id).stream("the second answer").finish()
    settle()

    assert shown.message(0) is question
    assert shown.words(1) == "the second answer"
    assert "2/2" in [label.text() for label in shown.view.findChildren(QLabel)]


def test_keys_go_from_message_to_message(show: Show) -> None:
    talk = Talk()
    for number in range(4):
        talk.ask(f"question {number}").answer("some words\n\n" * 30)
    shown = show(talk)
    tops = []

    for _ in range(9):
        shown.view.go_to_previous()
        tops.append(shown.position)
    shown.view.go_to_next()
    second = shown.position
    for _ in range(9):
        shown.view.go_to_next()

    assert tops == sorted(tops, reverse=True)
    assert tops[-1] == 0
    assert 0 < second < shown.end
    assert shown.position == shown.end


@pytest.mark.parametrize("key", [Qt.Key.Key_PageUp, Qt.Key.Key_Up])
def test_keys_scroll(key: Qt.Key, show: Show) -> None:
    shown = show(Talk().ask().answer("some words\n\n" * 60))
    before = shown.position

    shown.key(key)

    assert shown.position < before


# ── the window around it ────────────────────────────────────────────────────────────────────────


def test_a_question_is_plain_text(show: Show) -> None:
    question = "# no *heading* <b>x</b> [a](https://b)\n  kept"

    assert show(Talk().ask(question)).words(0) == question


def test_nothing_is_fetched(show: Show, qtbot: QtBot) -> None:
    shown = show(Talk().ask().answer("![a cat](https://example.com/cat.png) <img src='file:///x.png'>"))

    assert shown.words(1) == "a cat <img src='file:///x.png'>"


def test_light_and_dark_repaint_what_is_there(show: Show, undressed: QApplication, qtbot: QtBot) -> None:
    theme.apply(undressed, Qt.ColorScheme.Light, QFont("DejaVu Sans", 10))
    shown = show(Talk().ask().answer("Words and\n\n```python\ndef f(): pass\n```\n"))

    def colors() -> set[str]:
        return colors_in(shown.picture())

    assert theme.LIGHT.text.name() in colors()

    theme.apply(undressed, Qt.ColorScheme.Dark, QFont("DejaVu Sans", 10))
    settle()

    assert {theme.DARK.text.name(), theme.DARK.code_background.name()} <= colors()
    assert not {theme.LIGHT.text.name(), theme.LIGHT.code_background.name()} & colors()


def test_a_larger_font_makes_the_text_larger(show: Show, undressed: QApplication) -> None:
    theme.apply(undressed, Qt.ColorScheme.Light, QFont("DejaVu Sans", 10))
    shown = show(Talk().ask().answer("Some words."))
    before = shown.text(1).height()

    theme.apply(undressed, Qt.ColorScheme.Light, QFont("DejaVu Sans", 20))
    settle()

    assert shown.text(1).height() > 1.5 * before


def test_drops_are_left_to_the_window(show: Show) -> None:
    view = show(Talk().ask().answer("text")).view

    assert not any(widget.acceptDrops() for widget in [view, *view.findChildren(QWidget)])


def test_another_conversation_leaves_nothing_of_the_old_one(show: Show) -> None:
    talk = Talk().ask().answer("words", reasoning="thoughts")
    shown = show(talk)
    kinds = (MessageView, MessageText)
    old = [weakref.ref(widget) for kind in kinds for widget in shown.view.findChildren(kind)]
    assert len(old) == 4

    talk.show(Conversation())
    settle()
    gc.collect()

    assert not [ref for ref in old if ref() is not None]


def test_every_part_stands_below_the_one_before(show: Show) -> None:
    shown = show(Talk().ask().answer("words\n\n- more", reasoning="thoughts", finish="cancelled", seconds=1))
    parts = [part.geometry() for part in shown.message(1).parts()]

    assert shown.message(1).y() > shown.message(0).geometry().bottom()
    assert len(parts) == 4
    assert all(below.top() > above.bottom() for above, below in pairwise(parts))
    inside = QRect(QPoint(), shown.message(1).size())
    assert all(inside.contains(place) for place in parts)


def test_the_transcript_has_a_name(show: Show) -> None:
    interface = QAccessible.queryAccessibleInterface(show(Talk().ask()).view)

    assert interface.text(QAccessible.Text.Name) == "Transcript"
