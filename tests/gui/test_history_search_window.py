"""Searching all conversations in the whole window, over a real history."""

import asyncio
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView

from desktop.domain.events import Finished, TextDelta
from desktop.domain.history import ConversationId
from desktop.domain.settings import Settings
from desktop.ui.history_search import HistorySearch
from desktop.ui.side_list import SideList
from desktop.ui.transcript.find_bar import FindBar
from desktop.ui.transcript.view import TranscriptView
from tests.conftest import Run
from tests.support.qt import child, first, heard
from tests.support.stage import until
from tests.support.windows import OpenWindow, open_window

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SETTINGS = Settings(model="qwen3-vl-plus", language="en", theme="light")
LONG = "\n\n".join(["对话框里还写着别的东西。"] * 100)


def pane(window: OpenWindow) -> HistorySearch:
    return child(window.window, HistorySearch)


def field(window: OpenWindow) -> QLineEdit:
    return child(pane(window), QLineEdit)


def hits(window: OpenWindow) -> QListView:
    return child(pane(window), QListView)


def titles(window: OpenWindow) -> list[str]:
    """Of the conversations with hits, each hit's."""
    rows = hits(window).model()
    return [rows.index(row, 0).data() for row in range(rows.rowCount())]


async def ask(window: OpenWindow, question: str, answer: str) -> ConversationId:
    window.session.library.begin()
    window.backend.answer_with(TextDelta(answer), Finished("stop"))
    window.type(question)
    window.enter()
    await window.answered()
    await window.session.keeper.settled(window.session.library.current.id)
    return window.session.library.current.id


async def search(window: OpenWindow, words: str) -> None:
    """Write `words` where one searches, as an input method does, and wait for what is found."""
    window.press(Key.Key_F, CONTROL | SHIFT)
    found = first(window.session.search.found)
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(field(window), event)
    await found


def test_a_word_of_two_characters_leads_to_its_message(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, SETTINGS) as window:
            asked = await ask(window, "What does the dialog say?", f"{LONG}\n\n导出失败了。\n\n{LONG}")
            await ask(window, "Which invoice?", "The third.")
            await search(window, "导出")
            assert titles(window) == ["What does the dialog say?"]

            shown = first(window.session.library.message_found)
            QTest.keyClick(field(window), Key.Key_Return)
            assert await shown == (1, "导出")
            assert window.session.library.current.id == asked
            bar, view = child(window.window, FindBar), child(window.window, TranscriptView)
            assert bar.needle == "导出"
            assert bar.isVisible()
            await until(view.verticalScrollBar().valueChanged, lambda: view.scrolled > view.height())
            assert hits(window).isVisible(), "one looks at the next one"
            assert field(window).hasFocus()

    run(scenario())


def test_the_key_opens_the_list_and_escape_goes_back_to_the_prompt(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, SETTINGS) as window:
            side = child(window.window, SideList)
            window.session.settings.change(side_list=False)
            assert not side.isVisible()
            window.press(Key.Key_F, CONTROL | SHIFT)
            assert side.isVisible()
            assert field(window).hasFocus()

            QTest.keyClick(field(window), Key.Key_Escape)
            assert window.prompt.hasFocus()
            assert side.isVisible()

    run(scenario())


def test_escape_clears_the_search_and_stops_no_answer(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, SETTINGS) as window:
            gate = asyncio.Event()
            window.backend.answer_with(TextDelta("A needle."), gate, Finished("stop"))
            window.type("Why?")
            window.enter()
            await search(window, "Why")
            QTest.keyClick(field(window), Key.Key_Escape)
            assert field(window).text() == ""
            assert window.session.chat.is_busy
            gate.set()
            await window.answered()

    run(scenario())


def test_hits_follow_what_becomes_of_conversations(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, SETTINGS) as window:
            library, changed = window.session.library, window.session.search.hits.modelReset
            one = await ask(window, "A needle", "Well.")
            await search(window, "needle")
            assert titles(window) == ["A needle"]

            await ask(window, "Two needles", "Well.")
            await until(changed, lambda: titles(window) == ["Two needles", "A needle"])
            library.rename(one, "Hay")
            await until(changed, lambda: titles(window) == ["Two needles", "Hay"])
            library.deletion.delete([one])
            await until(changed, lambda: titles(window) == ["Two needles"])
            library.deletion.undo()
            await until(changed, lambda: titles(window) == ["Two needles", "Hay"])
            library.deletion.delete_everything()
            await until(changed, lambda: titles(window) == [])

    run(scenario())


def test_another_language_keeps_what_is_searched_for(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, SETTINGS) as window:
            await ask(window, "A needle", "Well.")
            await search(window, "needle")
            before = pane(window)
            gone = first(before.destroyed)
            window.session.settings.change(language="zh_CN")
            await gone
            assert field(window).text() == "needle"
            assert titles(window) == ["A needle"]
            chosen = heard(pane(window).chosen)
            place = hits(window).visualRect(hits(window).model().index(0, 0)).topLeft() + QPoint(9, 9)
            QTest.mouseClick(hits(window).viewport(), Qt.MouseButton.LeftButton, pos=place)
            assert [needle for _, needle in chosen] == ["needle"]

    run(scenario())
