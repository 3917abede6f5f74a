"""Whose work comes along, as About shows it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.domain.notices import Notice
from desktop.paths import resource
from desktop.runtime.tasks import TaskOwner
from desktop.ui.about import AboutDialog
from desktop.ui.notice_list import NoticeList
from desktop.ui.notices_dialog import NoticesDialog
from desktop.ui.poured_text import PouredText
from desktop.viewmodels.notices import Notices
from tests.conftest import Run
from tests.support.qt import child, first, heard
from tests.support.windows import deleted, open_window

LEFT = Qt.MouseButton.LeftButton


class OpenDialog:
    """The dialog over the app's own notices, and the hands and eyes of its user."""

    def __init__(self, parent: QWidget) -> None:
        self.tasks = TaskOwner()
        self.notices = Notices(resource("notices"), self.tasks)
        self.dialog = NoticesDialog(self.notices, parent)
        self.line = child(self.dialog, QLineEdit)
        self.list = child(self.dialog, QListView)
        self.text = child(self.dialog, QPlainTextEdit)

    @property
    def names(self) -> list[str]:
        model = self.list.model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    @property
    def chosen(self) -> str:
        return str(self.list.currentIndex().data())

    def button(self, words: str) -> QPushButton:
        buttons = child(self.dialog, QDialogButtonBox).findChildren(QPushButton)
        (found,) = [button for button in buttons if button.text().replace("&", "") == words]
        return found

    async def look_for(self, needle: str) -> None:
        """Type `needle`, and wait for the text of what is chosen then."""
        read = first(self.notices.text_read)
        self.line.setText(needle)
        await read


@asynccontextmanager
async def open_dialog(qapp: QApplication) -> AsyncIterator[OpenDialog]:
    parent = QWidget()
    opened = OpenDialog(parent)
    read = first(opened.notices.text_read)
    opened.dialog.open()
    await read
    try:
        yield opened
    finally:
        await opened.tasks.aclose()
        parent.deleteLater()
        await deleted()


def test_it_lists_all_and_shows_the_first(qapp: QApplication, run: Run) -> None:
    async def scenario() -> None:
        async with open_dialog(qapp) as opened:
            assert len(opened.names) > 80
            assert len(set(opened.names)) == len(opened.names)
            assert opened.chosen == opened.names[0]
            assert opened.text.toPlainText().startswith(opened.names[0])
            assert opened.line.hasFocus()

    run(scenario())


@pytest.mark.parametrize(
    ("needle", "name", "words"),
    [
        ("libheif", "libheif", "releases/download"),
        ("LGPL ffmpeg", "FFmpeg", "you may replace it"),
        ("pyside", "Qt and PySide6", "GNU LESSER GENERAL PUBLIC LICENSE"),
        ("baidu", "RapidOCR and the PP-OCR models", "PP-OCRv6_rec_small"),
    ],
)
def test_typing_finds_by_name_licence_and_holder(
    needle: str, name: str, words: str, qapp: QApplication, run: Run
) -> None:
    async def scenario() -> None:
        async with open_dialog(qapp) as opened:
            await opened.look_for(needle)
            opened.button("Copy").click()

            assert opened.chosen.startswith(f"{name} ")
            assert words in QGuiApplication.clipboard().text()

    run(scenario())


def test_where_nothing_fits_it_says_so(qapp: QApplication, run: Run) -> None:
    async def scenario() -> None:
        async with open_dialog(qapp) as opened:
            (nothing,) = [label for label in opened.dialog.findChildren(QLabel) if "Nothing" in label.text()]
            assert not nothing.isVisible()
            opened.line.setText("no such thing")

            assert nothing.isVisible()
            assert opened.names == []
            QTest.keyClick(opened.line, Qt.Key.Key_Down)
            opened.line.clear()

            assert not nothing.isVisible()
            assert opened.chosen == opened.names[0]

    run(scenario())


def test_arrow_keys_move_through_the_list_while_one_types(qapp: QApplication, run: Run) -> None:
    async def scenario() -> None:
        async with open_dialog(qapp) as opened:
            last = opened.names[-1]
            for key, row in ((Qt.Key.Key_Up, 0), (Qt.Key.Key_Down, 1), (Qt.Key.Key_PageDown, 9)):
                QTest.keyClick(opened.line, key)
                assert opened.chosen == opened.names[row]
            QTest.keyClicks(opened.line, last.split(maxsplit=1)[0])

            assert last in opened.names

    run(scenario())


def test_what_is_chosen_stays_so_while_it_fits(qapp: QApplication, run: Run) -> None:
    async def scenario() -> None:
        async with open_dialog(qapp) as opened:
            await opened.look_for("numpy")
            read = heard(opened.notices.text_read)
            opened.line.setText("num")

            assert opened.chosen.startswith("NumPy ")
            assert not read

    run(scenario())


def test_enter_in_the_line_closes_nothing_and_escape_does(qapp: QApplication, run: Run) -> None:
    async def scenario() -> None:
        async with open_dialog(qapp) as opened:
            QTest.keyClick(opened.line, Qt.Key.Key_Return)
            assert opened.dialog.isVisible()
            closed = first(opened.dialog.finished)
            QTest.keyClick(opened.line, Qt.Key.Key_Escape)
            await closed

    run(scenario())


def test_only_the_text_that_was_wanted_last_is_shown(qapp: QApplication, run: Run) -> None:
    async def scenario() -> None:
        async with open_dialog(qapp) as opened:
            read = heard(opened.notices.text_read)
            ended = first(opened.notices.text_read)
            for needle in ("onnx", "pillow", "six"):
                opened.line.setText(needle)
            await ended

            assert [notice.name for notice, _ in read] == ["six"]
            assert opened.text.toPlainText().startswith("six ")

    run(scenario())


def test_a_long_text_comes_whole_and_moves_nothing(qapp: QApplication, run: Run) -> None:
    async def scenario() -> None:
        async with open_dialog(qapp) as opened:
            await opened.look_for("onnx")
            opened.button("Copy").click()
            whole = QGuiApplication.clipboard().text()
            assert len(whole) > 300_000
            while opened.text.document().characterCount() < len(whole):
                await first(opened.text.textChanged)

            assert opened.text.toPlainText() == whole.rstrip("\n") + "\n"
            assert opened.text.verticalScrollBar().value() == 0

    run(scenario())


def test_a_screen_reader_hears_name_version_and_licence(qapp: QApplication, run: Run) -> None:
    async def scenario() -> None:
        async with open_dialog(qapp) as opened:
            await opened.look_for("pillow mit-cmu")
            row = QAccessible.queryAccessibleInterface(opened.list).child(0)

            assert row.text(QAccessible.Text.Name) == f"{opened.chosen}, MIT-CMU"
            named = (opened.line, opened.list, opened.text)
            assert all(widget.accessibleName() for widget in named)

    run(scenario())


def test_about_opens_it_from_the_menu(qapp: QApplication, tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with open_window(qapp, tmp_path) as window:
            listed = first(window.session.notices.listed)
            child(window.shell, QAction, "about").trigger()
            about = child(window.shell.window, AboutDialog)
            (button,) = [each for each in about.findChildren(QPushButton) if "Third-party" in each.text()]
            QTest.mouseClick(button, LEFT)
            await listed
            dialog = child(about, NoticesDialog)
            assert dialog.isVisible()
            gone = first(dialog.destroyed)
            dialog.close()
            await gone

            assert about.isVisible()

    run(scenario())


# ── its parts ───────────────────────────────────────────────────────────────────────────────────


def notice(name: str) -> Notice:
    return Notice(name, "1.0", "MIT", ("Ada",), ("https://example.org",), ())


def test_the_list_knows_where_what_stands() -> None:
    rows = NoticeList()
    one, other = notice("one"), notice("other")
    rows.put([one, other])

    assert (rows.rowCount(), rows.row_of(other), rows.row_of(None)) == (2, 1, -1)
    assert rows.notice(1) is other
    assert rows.rowCount(rows.index(0)) == 0
    assert rows.data(rows.index(0), Qt.ItemDataRole.DecorationRole) is None
    rows.put([])
    assert rows.data(rows.index(0)) is None


def test_another_text_ends_one_that_still_comes_in(qtbot: QtBot) -> None:
    text = PouredText()
    qtbot.addWidget(text)
    text.pour("one\n", ["two\n", "three\n"])
    qtbot.waitUntil(lambda: "two" in text.toPlainText())
    text.pour("other\n", ["end\n"])
    qtbot.waitUntil(lambda: "end" in text.toPlainText())

    assert text.toPlainText() == "other\nend\n"
    text.pour("short")
    assert text.toPlainText() == "short"
