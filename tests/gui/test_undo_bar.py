"""What was deleted can be brought back for a while, and the window says so."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.events import Finished, TextDelta
from desktop.domain.settings import Settings
from desktop.ui.conversation_view import ConversationView
from desktop.ui.undo_bar import UndoBar
from desktop.viewmodels.conversations import ConversationRole
from tests.conftest import Run
from tests.support.qt import child
from tests.support.windows import OpenWindow, open_window

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENGLISH = Settings(model="qwen3-vl-plus", language="en", side_list=True)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "1 conversation deleted"),
        (2, "2 conversations deleted"),
    ],
)
def test_it_says_how_many(qtbot: QtBot, count: int, words: str) -> None:
    bar = UndoBar()
    qtbot.addWidget(bar)
    assert bar.isHidden()
    bar.show_count(count)

    assert not bar.isHidden()
    assert child(bar, QLabel).text() == words
    assert child(bar, QPushButton).accessibleName() == "Undo deletion"
    bar.show_count(0)
    assert bar.isHidden()


def test_a_deleted_conversation_comes_back_onto_the_screen(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, ENGLISH) as window:
            await ask(window)
            asked = window.session.library.current.id
            window.press(Key.Key_Delete, CONTROL | SHIFT)
            assert bar(window).isVisible()
            assert window.painted == ""
            assert titles(window) == []

            QTest.mouseClick(child(window.window, QPushButton, "Undo deletion"), Qt.MouseButton.LeftButton)
            assert not bar(window).isVisible()
            assert window.session.library.current.id == asked
            assert "A receipt." in window.painted
            assert titles(window) == ["What is this?"]
            assert window.prompt.hasFocus()

    run(scenario())


def test_undoing_disturbs_no_conversation_that_has_begun_meanwhile(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, ENGLISH) as window:
            await ask(window)
            window.action("delete").trigger()
            await ask(window, "And this?")
            begun = window.session.library.current.id
            window.session.library.deletion.undo()

            assert window.session.library.current.id == begun
            assert sorted(titles(window)) == ["And this?", "What is this?"]

    run(scenario())


def test_control_z_brings_back_while_the_list_has_the_focus(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, ENGLISH) as window:
            await ask(window)
            rows = child(window.window, ConversationView)
            rows.setFocus()
            window.action("delete").trigger()
            QTest.keyClick(rows, Key.Key_Z, CONTROL)

            assert titles(window) == ["What is this?"]
            assert not bar(window).isVisible()

    run(scenario())


def test_control_z_in_the_prompt_is_the_prompt_s(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, ENGLISH) as window:
            await ask(window)
            window.action("delete").trigger()
            window.type("x")
            QTest.keyClick(window.prompt, Key.Key_Z, CONTROL)

            assert window.prompt.toPlainText() == ""
            assert bar(window).isVisible()

    run(scenario())


@pytest.mark.parametrize("typed", ["", "x"])
def test_control_z_in_a_prompt_that_has_nothing_to_undo_brings_back(
    run: Run, undressed: QApplication, tmp_path: Path, typed: str
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, ENGLISH) as window:
            await ask(window)
            window.action("delete").trigger()
            window.type(typed)
            for _ in f"{typed}.":
                QTest.keyClick(window.prompt, Key.Key_Z, CONTROL)

            assert titles(window) == ["What is this?"]
            assert not bar(window).isVisible()

    run(scenario())


def test_when_the_time_is_over_it_goes(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, ENGLISH) as window:
            await ask(window)
            window.action("delete").trigger()
            window.session.library.deletion.conclude()

            assert not bar(window).isVisible()

    run(scenario())


def test_a_window_that_is_made_anew_still_offers_it(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, ENGLISH) as window:
            await ask(window)
            window.action("delete").trigger()
            window.keeper._replace()

            assert bar(window).isVisible()

    run(scenario())


async def ask(window: OpenWindow, question: str = "What is this?") -> None:
    window.backend.answer_with(TextDelta("A receipt."), Finished("stop"))
    window.type(question)
    window.enter()
    await window.answered()


def bar(window: OpenWindow) -> UndoBar:
    return child(window.window, UndoBar)


def titles(window: OpenWindow) -> list[str]:
    rows = window.session.library.rows
    shown = [rows.index(row).data(ConversationRole.SUMMARY) for row in range(rows.rowCount())]
    return [summary.title for summary in shown if summary is not None]
