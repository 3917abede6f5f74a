"""Where the keys go: Tab follows the eye, Esc leads back to where one types, and so does what was opened."""

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QToolButton, QWidget

from desktop.domain.events import Finished, FinishReason, TextDelta
from desktop.domain.settings import Settings
from desktop.ui.conversation_view import ConversationView
from desktop.ui.history_search import HistorySearch
from desktop.ui.transcript.find_bar import FindBar
from desktop.ui.transcript.view import TranscriptView
from tests.conftest import Run
from tests.support.qt import child
from tests.support.windows import OpenWindow, open_window

Key = Qt.Key
LISTED = Settings(model="qwen3-vl-plus", language="en", side_list=True)


async def ask(window: OpenWindow, question: str = "What is this?", finish: FinishReason = "stop") -> None:
    window.backend.answer_with(TextDelta("A receipt."), Finished(finish))
    window.type(question)
    window.enter()
    await window.answered()


def focus(app: QApplication) -> QWidget:
    focused = app.focusWidget()
    assert focused is not None
    return focused


def around(app: QApplication, key: Key) -> list[QWidget]:
    """Where `key` leads, from one stop to the next, until it leads back."""
    stops = [focus(app)]
    while True:
        QTest.keyClick(focus(app), key)
        if focus(app) is stops[0]:
            return stops
        stops.append(focus(app))


def test_tab_follows_the_eye(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, LISTED) as window:
            await ask(window)
            await ask(window, "And this?", "length")
            names = [stop.accessibleName() for stop in around(undressed, Key.Key_Tab)]

            list_at = names.index("Conversations")
            assert names[list_at - 2 : list_at + 1] == [
                "New conversation",
                "Search all conversations",
                "Conversations",
            ]
            footer = ["Copy", "Regenerate", "More"]
            answers = [*footer, "Continue", "Answer again", *footer]
            assert names[names.index("Transcript") :] == ["Transcript", *answers]

    run(scenario())


def test_shift_tab_goes_the_same_way_back(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, LISTED) as window:
            await ask(window)
            await ask(window, "And this?")
            there, back = around(undressed, Key.Key_Tab), around(undressed, Key.Key_Backtab)

            assert back[1:] == there[:0:-1]
            transcript = child(window.window, TranscriptView)
            inside = [stop for stop in there if transcript.isAncestorOf(stop)]
            tops = [stop.mapTo(transcript, stop.rect().topLeft()) for stop in inside]
            assert len(tops) == 1 + 2 * len(("Copy", "Regenerate", "More"))
            assert all((a.y(), a.x()) < (b.y(), b.x()) for a, b in pairwise(tops))

    run(scenario())


def test_who_opens_a_conversation_can_type_at_once(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, LISTED) as window:
            await ask(window)
            rows = child(window.window, ConversationView)
            rows.setFocus()
            QTest.keyClick(rows, Key.Key_Down)
            assert rows.hasFocus()
            QTest.keyClick(rows, Key.Key_Return)
            assert window.prompt.hasFocus()

    run(scenario())


def test_what_was_looked_for_in_one_is_not_looked_for_in_the_next(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, LISTED) as window:
            await ask(window)
            window.action("find").trigger()
            bar, rows = child(window.window, FindBar), child(window.window, ConversationView)
            assert bar.isVisible()
            QTest.keyClick(rows, Key.Key_Return)

            assert not bar.isVisible()
            assert window.prompt.hasFocus()

    run(scenario())


@pytest.mark.parametrize("kind", [ConversationView, TranscriptView])
def test_escape_leads_to_the_prompt(
    run: Run, undressed: QApplication, tmp_path: Path, kind: type[QWidget]
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, LISTED) as window:
            await ask(window)
            child(window.window, kind).setFocus()
            QTest.keyClick(focus(undressed), Key.Key_Escape)

            assert window.prompt.hasFocus()

    run(scenario())


def test_escape_leaves_a_search_step_by_step(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, LISTED) as window:
            window.action("search").trigger()
            field = child(child(window.window, HistorySearch), QLineEdit)
            QTest.keyClicks(field, "tax")
            QTest.keyClick(field, Key.Key_Escape)
            assert (field.text(), field.hasFocus()) == ("", True)
            QTest.keyClick(field, Key.Key_Escape)
            assert window.prompt.hasFocus()

    run(scenario())


@pytest.mark.parametrize("name", ["Continue", "Answer again"])
def test_after_a_press_that_takes_the_button_away_one_can_type(
    run: Run, undressed: QApplication, tmp_path: Path, name: str
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, LISTED) as window:
            await ask(window, finish="length")
            window.backend.answer_with(TextDelta(" For lunch."), Finished("stop"))
            button = child(window.window, QPushButton, name)
            button.setFocus()
            QTest.keyClick(button, Key.Key_Space)
            assert window.prompt.hasFocus()
            await window.answered()
            assert window.prompt.hasFocus()

    run(scenario())


def test_from_one_answer_to_another_the_keys_stay_in_the_transcript(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, LISTED) as window:
            await ask(window)
            window.action("regenerate").trigger()
            await window.answered()
            button = child(window.window, QToolButton, "Previous answer")
            button.setFocus()
            QTest.keyClick(button, Key.Key_Space)

            assert child(window.window, TranscriptView).hasFocus()

    run(scenario())
