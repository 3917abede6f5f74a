"""The line under an answer: what it cost, and the ways to copy it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from desktop.domain.events import Usage
from desktop.domain.models import READER_MODEL
from desktop.ui.transcript.footer import AnswerFooter
from tests.support.qt import child
from tests.support.shown_transcript import ShownTranscript, clipboard
from tests.support.transcripts import Talk

USAGE = Usage(prompt_tokens=2481, completion_tokens=118)
RECEIPT = "# Receipt\n\n- **Tea** 12\n- Rice\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


def facts(shown: ShownTranscript) -> str:
    return shown.view.findChildren(AnswerFooter)[-1].findChildren(QLabel)[0].text()


def press(shown: ShownTranscript, name: str) -> None:
    QTest.mouseClick(child(shown.view, QToolButton, name), Qt.MouseButton.LeftButton)


def choose(shown: ShownTranscript, words: str) -> None:
    """Choose what says `words` from the menu behind "More"."""
    press(shown, "More")
    menu = child(child(shown.view, QToolButton, "More"), QMenu)
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()


@pytest.mark.parametrize(
    ("first_seconds", "told"),
    [
        (1.0, "2,481 + 118 tokens · 3.2 s · 54 tokens/s · qwen3-vl-plus"),
        (3.0, "2,481 + 118 tokens · 3.2 s · qwen3-vl-plus"),
        (0.0, "2,481 + 118 tokens · 3.2 s · qwen3-vl-plus"),
    ],
)
def test_the_speed_is_told_where_it_is_known(first_seconds: float, told: str, qtbot: QtBot) -> None:
    talk = Talk().ask().answer("Yes.", usage=USAGE, seconds=3.2, first_seconds=first_seconds)

    assert facts(ShownTranscript(qtbot, talk)) == told


def test_a_slow_models_speed_has_a_tenth(qtbot: QtBot) -> None:
    usage = Usage(completion_tokens=47)
    talk = Talk().ask().answer("Yes.", usage=usage, seconds=11.0, first_seconds=1.0)

    assert "4.7 tokens/s" in facts(ShownTranscript(qtbot, talk))


def test_a_narrow_window_cuts_the_facts_and_not_the_buttons(qtbot: QtBot) -> None:
    talk = Talk().ask().answer("Yes.", usage=USAGE, seconds=3.2, first_seconds=1.0)
    shown = ShownTranscript(qtbot, talk, width=320)

    more = child(shown.view, QToolButton, "More")
    assert more.mapTo(shown.view, more.rect().topRight()).x() < 320
    label = shown.view.findChildren(AnswerFooter)[-1].findChildren(QLabel)[0]
    assert label.toolTip() == label.text()


def test_rich_text_is_copied_in_every_form(qtbot: QtBot) -> None:
    choose(ShownTranscript(qtbot, Talk().ask().answer(RECEIPT)), "Copy as rich text")

    forms = clipboard()
    assert "<h1" in forms["text/html"]
    assert "<td" in forms["text/html"]
    assert forms["text/plain"].startswith("Receipt\n")
    assert "| 1 | 2 |" in forms["text/markdown"]


def test_markdown_is_copied_as_it_came(qtbot: QtBot) -> None:
    choose(ShownTranscript(qtbot, Talk().ask().answer(RECEIPT)), "Copy as Markdown")

    assert clipboard()["text/plain"] == RECEIPT
    assert "text/html" not in clipboard()


def test_plain_text_has_no_other_form(qtbot: QtBot) -> None:
    choose(ShownTranscript(qtbot, Talk().ask().answer(RECEIPT)), "Copy as plain text")

    forms = clipboard()
    assert set(forms) == {"text/plain"}
    assert "• Tea 12" in forms["text/plain"]
    assert "**" not in forms["text/plain"]


def test_a_long_answer_is_copied_too(qtbot: QtBot) -> None:
    text = "\n\n".join(f"A *long* paragraph, number {number}." for number in range(2_000))
    shown = ShownTranscript(qtbot, Talk().ask().answer(text))
    changed = QGuiApplication.clipboard().dataChanged

    with qtbot.waitSignal(changed):
        choose(shown, "Copy as plain text")

    assert clipboard()["text/plain"].endswith("A long paragraph, number 1999.")


def test_the_readers_answer_has_no_tokens(qtbot: QtBot) -> None:
    talk = Talk().ask().begin(READER_MODEL).stream("Tea").finish(seconds=2.0, first_seconds=0.5)

    assert facts(ShownTranscript(qtbot, talk)) == "2.0 s · on this device"
