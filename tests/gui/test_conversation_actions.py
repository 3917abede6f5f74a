"""The menu's actions for the conversation that is shown."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.domain.events import Finished, TextDelta
from desktop.domain.history import ConversationId
from desktop.domain.settings import Settings
from desktop.ui.conversation_view import ConversationView
from desktop.ui.side_list import SideList
from tests.conftest import Run
from tests.support.qt import child, first
from tests.support.windows import OpenWindow, open_window

ENGLISH = Settings(model="qwen3-vl-plus", language="en")


@pytest.mark.parametrize("name", ["rename", "pin", "delete"])
def test_only_what_was_asked_in_can_be_changed(
    run: Run, undressed: QApplication, tmp_path: Path, name: str
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, ENGLISH) as window:
            assert not window.action(name).isEnabled()
            await ask(window)
            assert window.action(name).isEnabled()
            window.action("new").trigger()
            assert not window.action(name).isEnabled()

    run(scenario())


def test_rename_opens_the_list_and_the_title_in_it(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, ENGLISH) as window:
            await ask(window)
            side = child(window.window, SideList)
            assert not side.isVisible()
            window.action("rename").trigger()
            assert side.isVisible()
            await write_title(window, "The receipt")

            assert window.session.library.current.summary().title == "The receipt"
            assert window.session.settings.settings.side_list

    run(scenario())


def test_rename_leads_out_of_a_search(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, ENGLISH) as window:
            await ask(window)
            window.session.settings.change(side_list=True)
            found = first(window.session.search.found)
            child(window.window, QLineEdit, "Search all conversations").setText("receipt")
            await found
            assert not child(window.window, ConversationView).isVisible()
            window.action("rename").trigger()
            await write_title(window, "The receipt")

            assert window.session.library.current.summary().title == "The receipt"

    run(scenario())


def test_pin_is_checked_while_the_shown_one_is_pinned(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, ENGLISH) as window:
            await ask(window)
            pinned = window.session.library.current
            told = first(window.session.library.current_told)
            window.action("pin").trigger()
            await told
            assert pinned.is_pinned
            assert window.action("pin").isChecked()

            window.action("new").trigger()
            assert not window.action("pin").isChecked()
            window.session.library.show(pinned.id)
            await shown(window, pinned.id)
            assert window.action("pin").isChecked()
            told = first(window.session.library.current_told)
            window.session.library.pin([pinned.id], is_pinned=False)
            await told
            assert not window.action("pin").isChecked()

    run(scenario())


async def ask(window: OpenWindow) -> None:
    window.backend.answer_with(TextDelta("A receipt."), Finished("stop"))
    window.type("What is this?")
    window.enter()
    await window.answered()


async def shown(window: OpenWindow, conversation_id: ConversationId) -> None:
    while window.session.library.current.id != conversation_id:
        await first(window.session.library.current_changed)


async def write_title(window: OpenWindow, title: str) -> None:
    """Into the editor that is open in the list."""
    told = first(window.session.library.current_told)
    editor = child(child(window.window, ConversationView), QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, title)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    await told
