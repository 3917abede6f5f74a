"""Selecting within and across messages, and what of it is copied."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.domain.conversation import Conversation
from desktop.ui.theme import LIGHT
from desktop.ui.transcript.anchor import Anchor
from tests.support.painted import colors_in
from tests.support.qt import heard
from tests.support.shown_transcript import CONTROL, SHIFT, ShownTranscript, clipboard, settle
from tests.support.transcripts import Talk, conversation_of

Show = Callable[[Talk], ShownTranscript]
outside = pytest.mark.qt_log_ignore("occurs outside target window")  # QTest's own
RICH = "Some *words* and `code`.\n\n| a | b |\n|---|---|\n| one | two |\n\n- item\n"


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    return lambda talk: ShownTranscript(qtbot, talk)


def many(messages: int) -> Talk:
    talk = Talk()
    talk.show(conversation_of(f"**message** {n}" for n in range(messages)))
    return talk


def is_marked(shown: ShownTranscript) -> bool:
    return LIGHT.selection.name() in colors_in(shown.picture())


# ── by the pointer ──────────────────────────────────────────────────────────────────────────────


def test_dragging_selects_from_where_it_began(show: Show) -> None:
    shown = show(Talk().ask().answer("one two three"))

    shown.drag(shown.place("two"), shown.place("three", behind=True))
    assert shown.selected() == "two three"

    shown.drag(shown.place("two", behind=True), shown.place("one"))
    assert shown.selected() == "one two"


def test_a_click_selects_nothing(show: Show) -> None:
    shown = show(Talk().ask().answer("one two three"))
    shown.select("two")

    shown.click(shown.place("three"))

    assert shown.selected() == ""
    assert shown.view.selecting.selection is None


def test_two_clicks_select_a_word_and_three_its_block(show: Show) -> None:
    shown = show(Talk().ask().answer("first block\n\nsome more words, 中文\n\nlast block"))

    shown.click_twice(shown.place("more"))
    assert shown.selected() == "more"

    shown.click(shown.place("more"))
    assert shown.selected() == "some more words, 中文"


def test_two_clicks_anywhere_on_a_word_mean_that_word(show: Show) -> None:
    shown = show(Talk().ask().answer("some more words"))
    begin, end = shown.place("more"), shown.place("more", behind=True)

    for x in range(begin.x(), end.x(), 3):
        shown.click_twice(QPoint(x, begin.y()))
        assert shown.selected() == "more"


def test_after_two_clicks_dragging_adds_whole_words(show: Show) -> None:
    shown = show(Talk().ask().answer("one two three four five"))
    middle, inside = shown.place("three") + QPoint(6, 0), QPoint(3, 0)

    shown.drag_from_word(middle, shown.place("four") + inside)
    assert shown.selected() == "three four"

    shown.drag_from_word(middle, shown.place("four") + inside, shown.place("two") + inside)
    assert shown.selected() == "two three"


def test_a_click_with_shift_selects_up_to_there(show: Show) -> None:
    shown = show(Talk().ask().answer("one two three four"))

    shown.click(shown.place("two"))
    shown.click(shown.place("three", behind=True), SHIFT)
    assert shown.selected() == "two three"

    shown.click(shown.place("four", behind=True), SHIFT)
    assert shown.selected() == "two three four"


def test_a_selection_goes_from_message_to_message(show: Show) -> None:
    shown = show(Talk().ask("a question").answer("first\n\nsecond").ask("another").answer("the last answer"))

    shown.drag(shown.place("question"), shown.place("last", behind=True))

    assert shown.selected() == "question\n---\nfirst\nsecond\n---\nanother\n---\nthe last"
    assert is_marked(shown)


def test_beside_the_text_the_nearest_place_is_meant(show: Show) -> None:
    shown = show(Talk().ask("a question").answer("first line\n\nlast line"))
    room = shown.view.viewport().rect()

    shown.drag(room.topLeft() + QPoint(2, 2), room.bottomRight() - QPoint(20, 20))

    assert shown.selected() == "a question\n---\nfirst line\nlast line"


@outside
def test_dragging_beyond_the_edge_scrolls(show: Show, qtbot: QtBot) -> None:
    shown = show(Talk().ask().answer("some words\n\n" * 60))
    shown.view.go_to(Anchor(1))
    begin = QPoint(40, 60)

    shown.press(begin)
    shown.move(QPoint(200, shown.view.height() + 100))
    qtbot.waitUntil(lambda: shown.selected().count("some words") > 30)
    shown.move(QPoint(200, -100))
    qtbot.waitUntil(lambda: shown.position == 0)
    shown.move(begin)
    shown.release(begin)
    stays = shown.position
    settle()

    assert shown.position == stays


# ── by keys ─────────────────────────────────────────────────────────────────────────────────────


def test_everything_is_selected_unmade_messages_too(show: Show) -> None:
    shown = show(many(200))
    assert len(shown.column.made()) < 30

    shown.key(Qt.Key.Key_A, CONTROL)

    assert shown.selected().splitlines()[::2] == [
        f"**message** {n}" if n % 2 == 0 else f"message {n}" for n in range(200)
    ]


def test_everything_does_not_mean_what_comes_later(show: Show) -> None:
    talk = Talk().ask().begin().stream("first")
    shown = show(talk)
    shown.key(Qt.Key.Key_A, CONTROL)

    talk.stream(" second").finish()
    talk.ask("And?")
    settle()

    assert "And?" not in shown.selected()


def test_what_is_selected_is_marked_where_one_scrolls(show: Show) -> None:
    shown = show(many(200))
    shown.key(Qt.Key.Key_A, CONTROL)

    for message in (0, 100, 199):
        shown.view.go_to(Anchor(message))
        settle()
        assert is_marked(shown)


def test_who_listens_hears_of_it(show: Show) -> None:
    shown = show(Talk().ask().answer("one two"))
    changed = heard(shown.view.selecting.changed)

    shown.key(Qt.Key.Key_A, CONTROL)
    shown.key(Qt.Key.Key_A, CONTROL)

    assert len(changed) == 1


# ── while it streams ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("words", ["committed", "two", "open"])
def test_a_selection_survives_streaming(words: str, show: Show) -> None:
    talk = Talk().ask().begin().stream("A committed paragraph.\n\n| one | two |\n|---|---|\n\nAn open **bold")
    shown = show(talk)
    shown.select(words)
    seen = shown.picture()

    talk.stream(" tail** that", " grows\n\n- and\n- grows", "\n\n```py\nx\n```\n").finish()
    settle()

    assert shown.selected() == words
    assert is_marked(shown)
    assert shown.picture() != seen


def test_a_selection_of_messages_that_are_no_more_is_none(show: Show) -> None:
    talk = Talk().ask().answer("one two")
    shown = show(talk)
    shown.select("two")

    talk.show(Conversation())
    settle()

    assert shown.selected() == ""


# ── copying ─────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(autouse=True)
def empty_clipboard() -> Iterator[None]:
    yield
    QGuiApplication.clipboard().clear()


def test_a_selection_is_copied_in_every_form(show: Show) -> None:
    shown = show(Talk().ask().answer(RICH))
    shown.drag(shown.place("words"), shown.place("item", behind=True))

    shown.key(Qt.Key.Key_C, CONTROL)

    copied = clipboard()
    assert {"text/html", "text/plain", "text/markdown"} <= set(copied)
    assert "<em>words</em>" in copied["text/html"]
    assert "<table" in copied["text/html"]
    assert copied["text/markdown"].startswith("*words* and `code`.")
    assert "one\ttwo" in copied["text/plain"]
    assert "*" not in copied["text/plain"].replace("* item", "")


def test_messages_are_copied_in_their_order(show: Show) -> None:
    shown = show(many(50))
    shown.key(Qt.Key.Key_A, CONTROL)

    shown.key(Qt.Key.Key_C, CONTROL)

    said = [line for line in clipboard()["text/plain"].splitlines() if line]
    assert said == [f"**message** {n}" if n % 2 == 0 else f"message {n}" for n in range(50)]


def test_nothing_selected_copies_nothing(show: Show) -> None:
    shown = show(Talk().ask().answer("words"))
    QGuiApplication.clipboard().setText("kept")

    shown.key(Qt.Key.Key_C, CONTROL)

    assert clipboard()["text/plain"] == "kept"


def test_a_question_is_copied_as_it_was_written(show: Show) -> None:
    question = "# no *heading*\n\n  kept   blanks"
    shown = show(Talk().ask(question).answer("x"))
    shown.view.go_to(Anchor(0))
    shown.drag(shown.place("# no"), shown.place("blanks", behind=True))

    shown.key(Qt.Key.Key_C, CONTROL)

    assert clipboard()["text/plain"] == question
