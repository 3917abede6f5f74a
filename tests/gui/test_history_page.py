"""The settings page of the history: where and how much is kept, what begins, and an end of all."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.conversation import Conversation
from desktop.domain.events import Finished, TextDelta
from desktop.domain.history import ConversationId, HistorySize, change_between
from desktop.domain.messages import user_message
from desktop.domain.settings import Settings
from desktop.storage.settings_file import SettingsFile
from desktop.ui.settings.appearance import AppearancePage
from desktop.ui.settings.dialog import SettingsDialog
from desktop.ui.settings.history import HistoryPage
from desktop.ui.settings.path_line import PathLine
from desktop.viewmodels.settings import SettingsViewModel
from tests.conftest import Run
from tests.support.libraries import LibraryBench, library_in
from tests.support.qt import child, first, heard
from tests.support.windows import open_window

LEFT = Qt.MouseButton.LeftButton
QUESTION = "Really delete all conversations?"


class OpenPage:
    """The page in its window, over a history in `folder`."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.bench = LibraryBench(folder / "history")
        self.settings = SettingsViewModel(
            Settings(), SettingsFile(folder / "settings.json"), self.bench.backend, self.bench.tasks
        )
        self.dialog = SettingsDialog(self.settings, self.bench.history)
        qtbot.addWidget(self.dialog)
        self.dialog.show()
        qtbot.waitUntil(lambda: bool(self.dialog.findChildren(AppearancePage)))  # the last one made
        self.tabs = child(self.dialog, QTabWidget)

    @property
    def page(self) -> HistoryPage:
        return child(self.dialog, HistoryPage)

    @property
    def size(self) -> str:
        return child(self.page, QLabel, "How much is kept").text()

    @property
    def outcome(self) -> str:
        return child(self.page, QLabel, "Deletion").text()

    @property
    def buttons(self) -> list[str]:
        """That can be seen."""
        return [each.text() for each in self.page.findChildren(QPushButton) if each.isVisible()]

    def click(self, text: str) -> None:
        (button,) = [each for each in self.page.findChildren(QPushButton) if each.text() == text]
        QTest.mouseClick(button, LEFT)

    def look_away(self) -> None:
        """Turn to another page, and back."""
        self.tabs.setCurrentIndex(0)
        self.tabs.setCurrentIndex(3)

    async def turn_to(self) -> None:
        """Until it tells how much there is."""
        measured = first(self.bench.history.measured)
        self.tabs.setCurrentIndex(3)
        await measured

    async def fill(self, count: int) -> None:
        for number in range(1, count + 1):
            asked = Conversation().ask(user_message(f"Question {number}"))
            change = change_between(ConversationId(number), Conversation(), asked, float(number))
            await self.bench.store.write(change)


def test_it_is_the_fourth_page_and_tells_where_and_how_much(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenPage(qtbot, tmp_path)
        await opened.fill(2)
        await opened.turn_to()
        assert opened.tabs.tabText(3) == "History"
        assert opened.size.startswith("2 conversations, ")
        assert opened.size.endswith(" MB")
        assert child(opened.page, QLineEdit, "Folder").accessibleDescription() == str(tmp_path / "history")
        await opened.bench.aclose()

    run(scenario())


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (HistorySize(0, 100_000), "No conversations, 0.1 MB"),
        (HistorySize(1, 1_200_000), "1 conversation, 1.2 MB"),
        (HistorySize(1234, 56_000_000), "1,234 conversations, 56 MB"),
    ],
)
def test_how_much_is_kept(run: Run, qtbot: QtBot, tmp_path: Path, size: HistorySize, words: str) -> None:
    async def scenario() -> None:
        opened = OpenPage(qtbot, tmp_path)
        opened.page.setLocale(QLocale("en_US"))
        opened.bench.history.measured.emit(size)
        assert opened.size == words
        assert child(opened.page, QLabel, "How much is kept").accessibleDescription() == words
        await opened.bench.aclose()

    run(scenario())


def test_what_cannot_be_measured_is_told_why(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        (tmp_path / "history").write_bytes(b"")
        opened = OpenPage(qtbot, tmp_path)
        failed = first(opened.bench.history.measuring_failed)
        opened.tabs.setCurrentIndex(3)
        (error,) = await failed
        assert opened.size == str(error)
        await opened.bench.aclose()

    run(scenario())


def test_the_folder_can_be_opened(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenPage(qtbot, tmp_path)
        await opened.turn_to()
        pages: list[QUrl] = heard(opened.dialog.page_requested)
        opened.click("Open folder")
        assert [page.toLocalFile() for page in pages] == [str(tmp_path / "history")]
        await opened.bench.aclose()

    run(scenario())


def test_the_path_is_cut_until_it_has_the_focus(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "a folder whose name takes more room than there is"
    parent = QWidget()
    qtbot.addWidget(parent)
    line, other = PathLine(path, parent), QLineEdit(parent)
    line.resize(160, line.height())
    parent.show()
    parent.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    assert "…" in line.text()
    assert line.toolTip() == str(path)

    line.setFocus()
    assert (line.text(), line.selectedText()) == (str(path), str(path))
    QTest.keyClicks(line, "x")
    assert line.text() == str(path), "it is to be read"
    other.setFocus()
    assert "…" in line.text()


def test_whether_new_ones_are_kept_is_a_switch(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenPage(qtbot, tmp_path)
        switch = child(opened.page, QCheckBox, "Keep new conversations")
        assert switch.isChecked()
        switch.click()
        assert not opened.settings.settings.keep_conversations
        await opened.bench.aclose()

    run(scenario())


def test_everything_is_deleted_after_a_second_press(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenPage(qtbot, tmp_path)
        await opened.fill(3)
        await opened.turn_to()
        opened.click("Delete everything…")
        assert opened.buttons == ["Open folder", "Delete", "Cancel"]
        assert QUESTION in [each.text() for each in opened.page.findChildren(QLabel) if each.isVisible()]

        measured = first(opened.bench.history.measured)
        opened.click("Delete")
        assert opened.outcome == "Deleting…"
        await measured
        assert opened.outcome == "All conversations are deleted."
        assert opened.size.startswith("No conversations, ")
        assert await opened.bench.store.page(None, 100) == ()
        assert opened.buttons == ["Open folder", "Delete everything…"]
        await opened.bench.aclose()

    run(scenario())


def test_a_second_press_elsewhere_deletes_nothing(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenPage(qtbot, tmp_path)
        await opened.fill(1)
        await opened.turn_to()
        ways: tuple[Callable[[], object], ...] = (
            lambda: opened.click("Cancel"),
            lambda: QTest.keyClick(opened.dialog.focusWidget(), Qt.Key.Key_Escape),
            opened.look_away,
        )
        for leave in ways:
            opened.click("Delete everything…")
            assert opened.dialog.focusWidget().property("text") == "Cancel"
            leave()
            assert opened.buttons == ["Open folder", "Delete everything…"]
        assert opened.dialog.isVisible()
        assert (await opened.bench.store.size()).conversations == 1
        await opened.bench.aclose()

    run(scenario())


def test_what_could_not_be_deleted_is_told_why(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenPage(qtbot, tmp_path)
        (tmp_path / "history").write_bytes(b"")
        failed = first(opened.bench.history.deleting_failed)
        opened.tabs.setCurrentIndex(3)
        opened.click("Delete everything…")
        opened.click("Delete")
        (error,) = await failed
        assert opened.outcome == str(error)
        assert opened.buttons == ["Open folder", "Delete everything…"]
        await opened.bench.aclose()

    run(scenario())


def test_an_end_of_everything_is_one_of_what_is_shown(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        settings = Settings(model="qwen3-vl-plus", language="en")
        async with open_window(undressed, tmp_path, settings) as window:
            window.backend.answer_with(TextDelta("A receipt."), Finished("stop"))
            window.type("What is this?")
            window.enter()
            await window.answered()
            emptied = first(window.session.history.emptied)
            window.session.history.delete_everything()
            await emptied

            assert window.painted == ""
            assert window.session.library.rows.rowCount() == 0
            assert not window.action("delete").isEnabled()

    run(scenario())


def test_what_was_being_listed_when_everything_was_deleted_is_not_listed(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with library_in(tmp_path) as bench:
            await bench.ask("What is this?")
        bench = LibraryBench(tmp_path)
        opened = first(bench.keeper.opened)
        bench.keeper.open()
        await opened
        bench.history.delete_everything()
        await bench.done()
        assert bench.titles == []
        await bench.aclose()

    run(scenario())
