"""The list of conversations in the app's own window: named, deleted, left behind while they go on."""

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop.domain.events import Finished, TextDelta
from desktop.domain.settings import Settings
from desktop.ui.conversation_view import ConversationView
from desktop.ui.header import Header
from desktop.ui.side_list import SideList
from desktop.ui.window import SMALLEST
from desktop.viewmodels.conversations import ConversationRole
from tests.conftest import Run
from tests.support.qt import child, first
from tests.support.stage import until
from tests.support.windows import OpenWindow, open_window

Key = Qt.Key
LISTED = Settings(model="qwen3-vl-plus", side_list=True)


def view_of(window: OpenWindow) -> ConversationView:
    return child(window.window, ConversationView)


def titles(window: OpenWindow) -> list[str]:
    rows = window.session.library.rows
    indexes = [rows.index(row) for row in range(rows.rowCount())]
    return [index.data() for index in indexes if not index.data(ConversationRole.IS_HEADING)]


def selected(window: OpenWindow) -> list[str]:
    return [index.data() for index in view_of(window).selectedIndexes()]


async def ask(window: OpenWindow, question: str) -> None:
    window.type(question)
    window.enter()
    await window.answered()


async def ask_both(window: OpenWindow) -> None:
    window.backend.answer_with(TextDelta("Well."), Finished("stop"))
    await ask(window, "First")
    window.action("new").trigger()
    await ask(window, "Second")


async def rename(window: OpenWindow, title: str) -> None:
    QTest.keyClick(view_of(window), Key.Key_F2)
    editor = child(view_of(window), QLineEdit, "Title")
    QTest.keyClick(editor, Key.Key_Backspace)
    QTest.keyClicks(editor, title)
    gone = first(editor.destroyed)
    QTest.keyClick(editor, Key.Key_Return)
    await gone


def test_what_is_shown_is_marked(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, LISTED) as window:
            await ask_both(window)
            assert titles(window) == ["Second", "First"]
            assert selected(window) == ["Second"]

            view_of(window).setFocus()
            QTest.keyClick(view_of(window), Key.Key_Down)
            assert "Second" in window.painted, "nothing is opened by the way"
            changed = window.session.library.current_changed
            before = window.session.library.current
            QTest.keyClick(view_of(window), Key.Key_Return)
            await until(changed, lambda: window.session.library.current is not before)
            assert "First" in window.painted
            assert selected(window) == ["First"]

            window.action("new").trigger()
            assert selected(window) == []

    run(scenario())


def test_an_answer_goes_on_behind_and_is_marked(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, LISTED) as window:
            gate = asyncio.Event()
            window.backend.answer_with(TextDelta("Well."), gate, Finished("stop"))
            window.type("First")
            window.enter()
            rows = window.session.library.rows
            await until(rows.rowsInserted, lambda: rows.rowCount() > 0)
            talk = window.session.library.current
            assert rows.index_of(talk.id).data(ConversationRole.IS_BUSY)
            window.action("new").trigger()
            assert rows.index_of(talk.id).data(ConversationRole.IS_BUSY)

            gate.set()
            await until(rows.dataChanged, lambda: not rows.index_of(talk.id).data(ConversationRole.IS_BUSY))

    run(scenario())


def test_a_title_of_ones_own_and_the_automatic_one(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, LISTED) as window:
            await ask_both(window)
            await rename(window, "My own")
            await until(window.session.library.rows.dataChanged, lambda: titles(window)[0] == "My own")
            assert selected(window) == ["My own"]

            await rename(window, "")
            await until(window.session.library.rows.dataChanged, lambda: titles(window)[0] == "Second")
            assert selected(window) == ["Second"]

    run(scenario())


def test_several_are_deleted_and_brought_back(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, LISTED) as window:
            await ask_both(window)
            view_of(window).setFocus()
            view_of(window).selectAll()
            assert len(selected(window)) == 2
            QTest.keyClick(view_of(window), Key.Key_Delete)
            assert titles(window) == []
            assert not window.session.chat.conversation.nodes

            window.session.library.deletion.undo()
            assert titles(window) == ["Second", "First"]

    run(scenario())


def test_in_the_smallest_window_the_list_gives_way(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, LISTED) as window:
            await ask_both(window)
            side, page = child(window.window, SideList), child(window.window, Header).parentWidget()
            assert isinstance(page, QWidget)
            assert side.width() == side.sizeHint().width()

            window.window.resize(SMALLEST)
            assert side.width() + page.width() == SMALLEST.width()
            assert side.width() == side.minimumWidth()
            assert page.geometry().left() == side.geometry().right() + 1

    run(scenario())
