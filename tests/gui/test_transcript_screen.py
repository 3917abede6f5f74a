"""What stands on the screen is what a whole repaint would paint: nothing of it is stale."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.transcript.reasoning import Reasoning
from tests.support.markdown import ANSWER, pieces
from tests.support.qt import child
from tests.support.shown_transcript import CONTROL, ShownTranscript, settle
from tests.support.transcripts import Talk, conversation_of

# Code in no language: colours come later, when they will.
TEXT = ANSWER.replace("```python", "```") + "\n> quote\n>\n> > in a quote\n>\n> - item\n\nend\n"
QUOTES = "> " + "a quote that goes on " * 12 + "\n>\n> > and a quote in it\n>\n> - item\n\nwords\n\n"
RGB = QImage.Format.Format_RGB32


def on_screen(shown: ShownTranscript) -> QImage:
    """The pixels that the window really has."""
    shot = shown.view.screen().grabWindow(shown.view.winId())
    return shot.toImage().convertToFormat(RGB)


def check(qtbot: QtBot, shown: ShownTranscript) -> None:
    def is_true() -> bool:
        return on_screen(shown) == shown.view.grab().toImage().convertToFormat(RGB)

    QApplication.processEvents()
    # What was asked for may be painted with the next frame only.
    qtbot.waitUntil(is_true)


@pytest.mark.parametrize("text", [TEXT, QUOTES * 3, "word " * 500], ids=["all", "quotes", "paragraph"])
@pytest.mark.parametrize("length", [7, 40])
def test_while_text_streams(text: str, length: int, qtbot: QtBot) -> None:
    talk = Talk().ask().begin()
    shown = ShownTranscript(qtbot, talk, 500, 300)

    for number, piece in enumerate(pieces(text, length)):
        talk.stream(piece)
        QApplication.processEvents()
        if number % 5 == 0:
            check(qtbot, shown)
    talk.finish()
    settle()
    check(qtbot, shown)


@pytest.mark.parametrize("step", [-37, -150, 23, 131])
def test_while_one_scrolls(step: int, qtbot: QtBot) -> None:
    talk = Talk()
    talk.show(conversation_of(QUOTES if n % 2 else TEXT[:90] for n in range(12)))
    shown = ShownTranscript(qtbot, talk, 500, 300)
    shown.scroll_to(0 if step > 0 else shown.end)

    for _ in range(30):
        shown.scroll_to(shown.position + step)
        check(qtbot, shown)


def test_while_one_scrolls_and_text_streams_below(qtbot: QtBot) -> None:
    talk = Talk().ask().answer(TEXT).ask().begin()
    shown = ShownTranscript(qtbot, talk, 500, 300)

    for number, piece in enumerate(pieces(QUOTES * 3, 30)):
        talk.stream(piece)
        shown.scroll_to(shown.position - 25 if number % 3 else shown.end)
        check(qtbot, shown)


def test_while_the_window_changes_its_size(qtbot: QtBot) -> None:
    shown = ShownTranscript(qtbot, Talk().ask().answer(TEXT), 500, 300)

    for width, height in [(480, 300), (481, 340), (700, 200), (300, 400), (900, 300)]:
        shown.view.resize(width, height)
        settle()
        check(qtbot, shown)


def test_while_one_selects(qtbot: QtBot) -> None:
    shown = ShownTranscript(qtbot, Talk().ask().answer(QUOTES), 500, 300)
    begin = shown.place("goes on")

    shown.press(begin)
    for y in range(0, 120, 10):
        shown.move(begin + QPoint(30, y))
        check(qtbot, shown)
    shown.release(begin)
    shown.key(Qt.Key.Key_A, CONTROL)
    check(qtbot, shown)


def test_while_thoughts_are_unfolded_and_come(qtbot: QtBot) -> None:
    talk = Talk().ask().begin().think("One thought.\n")
    shown = ShownTranscript(qtbot, talk, 500, 300)

    talk.think("Another.\n" * 3)
    child(shown.message(1), Reasoning).toggle()
    settle()
    for _ in range(10):
        talk.think("And one more.\n")
        check(qtbot, shown)
    talk.stream(TEXT).finish(thinking_seconds=2)
    settle()
    check(qtbot, shown)
