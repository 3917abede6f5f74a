"""Finding in the whole window: its keys, and what they do to what else goes on there."""

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from desktop.domain.events import Finished, TextDelta
from desktop.domain.settings import Settings
from desktop.ui.transcript.find_bar import FindBar
from desktop.ui.transcript.finder import Finder
from tests.conftest import Run
from tests.support.qt import child
from tests.support.stage import until
from tests.support.windows import OpenWindow, open_window

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SETTINGS = Settings(model="qwen3-vl-plus", language="en", theme="light")
NAMES = ("find", "find_next", "find_previous")


def bar(window: OpenWindow) -> FindBar:
    return child(window.window, FindBar)


def edit(window: OpenWindow) -> QLineEdit:
    return child(bar(window), QLineEdit)


def count(window: OpenWindow) -> str:
    return child(bar(window), QLabel, "Hits").text()


async def found(window: OpenWindow, words: str) -> None:
    """Until the bar says so."""
    await until(child(window.window, Finder).counted, lambda: count(window) == words)


def test_there_is_nothing_to_find_before_the_first_question(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, SETTINGS) as window:
            assert not any(window.action(name).isEnabled() for name in NAMES)
            window.press(Key.Key_F, CONTROL)
            assert not bar(window).isVisible()

            window.backend.answer_with(TextDelta("x"), Finished("stop"))
            window.type("Why?")
            window.enter()
            await window.answered()
            assert all(window.action(name).isEnabled() for name in NAMES)

    run(scenario())


def test_keys_find_from_wherever_one_is(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, SETTINGS) as window:
            window.backend.answer_with(TextDelta("A needle, a **nee**dle."), Finished("stop"))
            window.type("Why a needle?")
            window.enter()
            await window.answered()

            window.press(Key.Key_F, CONTROL)
            assert edit(window).hasFocus()
            QTest.keyClicks(edit(window), "needle")
            await found(window, "1 of 3")
            window.press(Key.Key_F3)
            assert count(window) == "2 of 3"
            window.press(Key.Key_F3, SHIFT)
            assert count(window) == "1 of 3"

            QTest.keyClick(edit(window), Key.Key_Escape)
            assert not bar(window).isVisible()
            assert window.prompt.hasFocus()

    run(scenario())


def test_escape_in_the_bar_closes_it_and_the_answer_goes_on(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, SETTINGS) as window:
            gate = asyncio.Event()
            window.backend.answer_with(TextDelta("A needle."), gate, Finished("stop"))
            window.type("Why?")
            window.enter()
            window.press(Key.Key_F, CONTROL)
            QTest.keyClicks(edit(window), "needle")
            await found(window, "1 of 1")

            QTest.keyClick(edit(window), Key.Key_Escape)
            assert not bar(window).isVisible()
            assert window.session.chat.is_busy

            gate.set()
            await window.answered()
            answer = window.session.chat.conversation.nodes[-1].answer
            assert answer is not None
            assert answer.finish == "stop"

    run(scenario())


def test_a_new_conversation_closes_the_bar(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, SETTINGS) as window:
            window.backend.answer_with(TextDelta("A needle."), Finished("stop"))
            window.type("Why?")
            window.enter()
            await window.answered()
            window.press(Key.Key_F, CONTROL)

            window.press(Key.Key_N, CONTROL)

            assert bar(window).isHidden()
            assert window.prompt.hasFocus()

    run(scenario())
