"""The transcript as a reader meets it: it follows, or it stays; nothing jumps, nothing is lost."""

import gc
import weakref
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QFont, QMouseEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.conversation import Conversation
from desktop.domain.events import Notice
from desktop.domain.models import READER_MODEL
from desktop.ui import theme
from desktop.ui.theme import READING_WIDTH
from desktop.ui.transcript.answer import AnswerView
from desktop.ui.transcript.text import ReadingText
from desktop.ui.transcript.view import TranscriptView
from tests.support.documents import colored, place_of, told
from tests.support.markdown import ANSWER, answer, pieces
from tests.support.qt import heard
from tests.support.transcripts import Talk

Show = Callable[[Talk], TranscriptView]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    def _show(talk: Talk) -> TranscriptView:
        view = TranscriptView(talk.model)
        qtbot.addWidget(view)
        view.resize(700, 500)
        view.show()
        settle()
        return view

    return _show


def settle() -> None:
    """Let layouts that were asked for happen."""
    for _ in range(10):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def text_of(view: TranscriptView, index: int) -> ReadingText:
    names = {"Question", "Answer"}
    texts = [text for text in view.findChildren(ReadingText) if text.accessibleName() in names]
    return sorted(texts, key=lambda text: text.mapTo(view, text.pos()).y())[index]


def position(view: TranscriptView) -> int:
    return view.verticalScrollBar().value()


def end(view: TranscriptView) -> int:
    return view.verticalScrollBar().maximum()


def click(text: ReadingText, place: QPoint) -> None:
    QTest.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def jump_button(view: TranscriptView) -> QToolButton:
    return next(b for b in view.findChildren(QToolButton) if b.accessibleName() == "Jump to the end")


# ── what is shown ───────────────────────────────────────────────────────────────────────────────


def test_a_streamed_answer_ends_as_one_shown_whole(show: Show) -> None:
    streamed = show(Talk().ask().begin())
    talk = Talk().ask().begin()
    streamed = show(talk)
    talk.stream(*pieces(ANSWER, 5)).finish()
    whole = show(Talk().ask().answer(ANSWER))

    assert told(text_of(streamed, 1).document()) == told(text_of(whole, 1).document())


def test_a_view_that_comes_late_shows_what_streams(show: Show, qtbot: QtBot) -> None:
    talk = Talk().ask().begin().stream("Hello ")
    view = show(talk)

    talk.stream("world")

    qtbot.waitUntil(lambda: text_of(view, 1).toPlainText() == "Hello world")


def test_a_long_answer_in_frames(show: Show, qtbot: QtBot) -> None:
    text = answer(64_000)
    talk = Talk().ask().begin()
    view = show(talk)

    for piece in pieces(text, 200):
        talk.stream(piece)
        QApplication.processEvents()
    talk.finish()

    shown = text_of(view, 1)
    qtbot.waitUntil(lambda: shown.toPlainText().count("Final paragraph") == text.count("Final paragraph"))
    assert position(view) == end(view)


def test_what_comes_with_a_notice_is_shown_too(show: Show) -> None:
    talk = Talk().ask().begin(READER_MODEL)
    view = show(talk)
    talk.stream("one  \n")

    talk.notice(Notice.READER_CANNOT_ANSWER).stream("two").finish()

    assert text_of(view, 1).toPlainText() == "one\ntwo"


def test_lines_are_no_wider_than_one_can_read(show: Show) -> None:
    view = show(Talk().ask().answer("word " * 500))
    view.resize(2000, 500)
    settle()
    text = text_of(view, 1)

    assert text.width() <= READING_WIDTH
    left = text.mapTo(view, text.rect().topLeft()).x()
    right = view.viewport().width() - text.mapTo(view, text.rect().topRight()).x()
    assert abs(left - right) < 20


# ── following ───────────────────────────────────────────────────────────────────────────────────


def test_the_end_is_followed_while_the_reader_is_there(show: Show) -> None:
    talk = Talk().ask().begin()
    view = show(talk)

    for _ in range(5):
        talk.stream("some words\n\n" * 20)
        settle()
        assert position(view) == end(view) > 0
        assert jump_button(view).isHidden()


def test_a_reader_above_the_end_is_left_alone(show: Show, qtbot: QtBot) -> None:
    talk = Talk().ask().begin().stream("some words\n\n" * 60)
    view = show(talk)
    view.verticalScrollBar().setValue(end(view) // 2)
    stays = position(view)

    talk.stream("more words\n\n" * 60, "| a |\n|---|\n").finish()
    settle()

    assert position(view) == stays
    button = jump_button(view)
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert position(view) == end(view)
    assert button.isHidden()


def test_nothing_jumps_when_an_answer_ends(show: Show) -> None:
    talk = Talk().ask().begin().stream("some words\n\n" * 60, "the end")
    view = show(talk)
    before = (position(view), end(view))

    talk.finish(seconds=3.2)
    settle()

    assert (position(view), end(view)) == before


def test_a_new_question_is_shown_even_to_a_reader_above(show: Show) -> None:
    talk = Talk().ask().answer("some words\n\n" * 60)
    view = show(talk)
    view.verticalScrollBar().setValue(0)

    talk.ask("And now?")
    settle()

    assert position(view) == end(view)


def test_other_answers_come_in_place_of_the_old_one(show: Show) -> None:
    talk = Talk().ask().answer("the first answer")
    view = show(talk)
    question = text_of(view, 0)

    talk.begin(question=talk.conversation.path()[0].id).stream("the second answer").finish()
    settle()

    assert text_of(view, 0) is question
    assert text_of(view, 1).toPlainText() == "the second answer"
    assert "2/2" in [label.text() for label in view.findChildren(QLabel)]


def test_keys_go_from_message_to_message(show: Show) -> None:
    talk = Talk()
    for number in range(4):
        talk.ask(f"question {number}").answer("some words\n\n" * 30)
    view = show(talk)
    tops = []

    for _ in range(9):
        view.go_to_previous()
        tops.append(position(view))
    view.go_to_next()
    second = position(view)
    for _ in range(9):
        view.go_to_next()

    assert tops == sorted(tops, reverse=True)
    assert tops[-1] == 0
    assert 0 < second < end(view)
    assert position(view) == end(view)


# ── selecting ───────────────────────────────────────────────────────────────────────────────────


def select(text: ReadingText, words: str) -> None:
    text.setTextCursor(text.document().find(words))


@pytest.mark.parametrize("words", ["committed", "open", "two"])
def test_a_selection_survives_streaming(words: str, show: Show) -> None:
    talk = Talk().ask().begin().stream("A committed paragraph.\n\n| one | two |\n|---|---|\n\nAn open **bold")
    view = show(talk)
    text = text_of(view, 1)
    select(text, words)

    talk.stream(" tail** that", " grows\n\n- and\n- grows", "\n\n```py\nx\n```\n").finish()

    assert text.textCursor().selectedText() == words


def test_selecting_everything_does_not_select_what_comes_later(show: Show) -> None:
    talk = Talk().ask().begin().stream("first")
    view = show(talk)
    text_of(view, 1).selectAll()

    talk.stream(" second")

    assert text_of(view, 1).textCursor().selectedText() == "first"


def test_only_one_message_has_a_selection(show: Show) -> None:
    view = show(Talk().ask("question").answer("an answer"))

    select(text_of(view, 0), "question")
    select(text_of(view, 1), "answer")

    assert not text_of(view, 0).textCursor().hasSelection()
    assert text_of(view, 1).textCursor().selectedText() == "answer"


def test_selecting_past_the_edge_scrolls(show: Show) -> None:
    view = show(Talk().ask().answer("some words\n\n" * 60))
    view.verticalScrollBar().setValue(0)
    text = text_of(view, 1)
    below = text.viewport().mapFrom(view, QPoint(200, view.height() + 100))

    QTest.mousePress(text.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        below.toPointF(),
        text.viewport().mapToGlobal(below).toPointF(),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(text.viewport(), move)

    assert text.textCursor().selectedText().count("some words") > 5
    assert position(view) > 100


# ── links ───────────────────────────────────────────────────────────────────────────────────────


def test_a_click_on_a_link_says_so_and_opens_nothing(show: Show, qtbot: QtBot) -> None:
    view = show(Talk().ask().answer("See [the docs](https://example.com/a?b=c)."))
    text = text_of(view, 1)
    activated = heard(view.link_activated)

    click(text, place_of(text.document(), "the docs"))

    assert activated == ["https://example.com/a?b=c"]
    assert text.toPlainText() == "See the docs."


@pytest.mark.qt_log_ignore("not accepted by receiving widget")  # QTest's own: nothing takes the click
@pytest.mark.parametrize(
    "link",
    [
        "[click](javascript:alert(1))",
        "[click](file:///etc/passwd)",
        "[click](data:text/html,x)",
        "[click](x.md)",
    ],
)
def test_other_links_are_words(link: str, show: Show, qtbot: QtBot) -> None:
    view = show(Talk().ask().answer(f"Please {link} here"))
    text = text_of(view, 1)
    activated = heard(view.link_activated)

    place = place_of(text.document(), "click")
    click(text, place)

    assert activated == []
    assert text.anchorAt(place) == ""
    assert text.toPlainText() == "Please click here"


def test_a_question_is_plain_text(show: Show) -> None:
    question = "# no *heading* <b>x</b> [a](https://b)\n  kept"

    assert text_of(show(Talk().ask(question)), 0).toPlainText() == question


def test_nothing_is_fetched(show: Show) -> None:
    view = show(Talk().ask().answer("![a cat](https://example.com/cat.png) <img src='file:///x.png'>"))

    assert "￼" not in text_of(view, 1).toPlainText()
    assert text_of(view, 1).loadResource(2, "file:///x.png") is None


# ── the window around it ────────────────────────────────────────────────────────────────────────


def test_light_and_dark_repaint_what_is_there(show: Show, undressed: QApplication, qtbot: QtBot) -> None:
    theme.apply(undressed, Qt.ColorScheme.Light, QFont("DejaVu Sans", 10))
    view = show(Talk().ask().answer("Words and\n\n```python\ndef f(): pass\n```\n"))
    text = text_of(view, 1)
    assert text.document().find("Words").charFormat().foreground().color() == theme.LIGHT.text

    theme.apply(undressed, Qt.ColorScheme.Dark, QFont("DejaVu Sans", 10))

    assert text.document().find("Words").charFormat().foreground().color() == theme.DARK.text
    line = text.document().find("def").block()
    qtbot.waitUntil(lambda: colored(line).get("def") == theme.DARK.keyword.name())


def test_a_larger_font_makes_the_text_larger(show: Show, undressed: QApplication) -> None:
    theme.apply(undressed, Qt.ColorScheme.Light, QFont("DejaVu Sans", 10))
    view = show(Talk().ask().answer("Some words."))
    before = text_of(view, 1).height()

    theme.apply(undressed, Qt.ColorScheme.Light, QFont("DejaVu Sans", 20))
    settle()

    assert text_of(view, 1).height() > 1.5 * before


def test_drops_are_left_to_the_window(show: Show) -> None:
    view = show(Talk().ask().answer("text"))

    assert not any(widget.acceptDrops() for widget in [view, *view.findChildren(QWidget)])


def test_another_conversation_leaves_nothing_of_the_old_one(show: Show) -> None:
    talk = Talk().ask().answer(ANSWER, reasoning="thoughts")
    view = show(talk)
    old = [weakref.ref(widget) for kind in (AnswerView, ReadingText) for widget in view.findChildren(kind)]
    assert old

    talk.show(Conversation())
    settle()
    gc.collect()

    assert not [ref for ref in old if ref() is not None]


def test_every_message_can_be_read_by_a_screen_reader(show: Show) -> None:
    view = show(Talk().ask("What is it?").answer("It is **this**."))
    interface = QAccessible.queryAccessibleInterface(text_of(view, 1))

    assert interface.text(QAccessible.Text.Name) == "Answer"
    words = interface.textInterface()
    assert words is not None
    assert words.text(0, words.characterCount()) == "It is this."
    assert QAccessible.queryAccessibleInterface(view).text(QAccessible.Text.Name) == "Transcript"


def test_a_cursor_of_the_reader_is_not_needed_to_scroll(show: Show, qtbot: QtBot) -> None:
    view = show(Talk().ask().answer("some words\n\n" * 60))
    text = text_of(view, 1)
    text.setFocus()
    text.moveCursor(QTextCursor.MoveOperation.Start)
    before = position(view)

    QTest.keyClick(text, Qt.Key.Key_PageUp)

    assert position(view) < before
