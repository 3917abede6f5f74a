"""Which pages of a document are attached."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.page_list import PageList
from desktop.ui.pages_dialog import PagesDialog
from desktop.viewmodels.composer import PageChoice
from tests.support.pictures import png
from tests.support.qt import child, heard

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
COLORS = ("teal", "tomato", "goldenrod", "slateblue")


@pytest.fixture
def dialog(qtbot: QtBot) -> PagesDialog:
    choice = PageChoice("", "contract.tif", tuple(png((80, 110), color) for color in COLORS), (1,))
    dialog = PagesDialog(choice)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def pages(dialog: PagesDialog) -> PageList:
    return child(dialog, PageList)


def press(dialog: PagesDialog, words: str) -> None:
    QTest.mouseClick(button(dialog, words), LEFT)


def button(dialog: PagesDialog, words: str) -> QPushButton:
    (found,) = [each for each in dialog.findChildren(QPushButton) if each.text().startswith(words)]
    return found


def click(dialog: PagesDialog, row: int) -> None:
    view = pages(dialog)
    QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.model().index(row, 0)).center())


def test_it_shows_what_is_attached_now(dialog: PagesDialog) -> None:
    assert pages(dialog).pages.chosen == (1,)
    assert child(dialog, QLabel).text() == "1 of 4 pages"
    assert dialog.windowTitle() == "Pages of contract.tif"


def test_a_click_on_a_page_checks_it(dialog: PagesDialog) -> None:
    click(dialog, 3)
    assert pages(dialog).pages.chosen == (1, 3)
    click(dialog, 1)
    assert pages(dialog).pages.chosen == (3,)


def test_keys_check_pages(dialog: PagesDialog) -> None:
    chosen = heard(dialog.pages_chosen)
    view = pages(dialog)
    view.setCurrentIndex(view.model().index(1, 0))
    QTest.keyClick(view, Key.Key_Right)
    QTest.keyClick(view, Key.Key_Space)
    QTest.keyClick(view, Key.Key_Return)

    assert chosen == [(1, 2)]
    assert dialog.isHidden()


def test_all_none_and_how_many(dialog: PagesDialog) -> None:
    press(dialog, "All")
    assert child(dialog, QLabel).text() == "4 of 4 pages"
    assert button(dialog, "Attach").text() == "Attach 4 pages"
    press(dialog, "None")
    assert child(dialog, QLabel).text() == "0 of 4 pages"
    assert not button(dialog, "Attach").isEnabled()
    QTest.keyClick(pages(dialog), Key.Key_Return)
    assert dialog.isVisible(), "a document is taken off its card, not here"
    click(dialog, 0)
    assert button(dialog, "Attach").text() == "Attach 1 page"


def test_escape_leaves_all_as_it_was(dialog: PagesDialog) -> None:
    chosen = heard(dialog.pages_chosen)
    press(dialog, "All")
    child(dialog, QDialogButtonBox).rejected.emit()

    assert not chosen


def test_a_screen_reader_hears_which_pages_are_checked(dialog: PagesDialog) -> None:
    cells = QAccessible.queryAccessibleInterface(pages(dialog))
    said = [(cells.child(row).text(QAccessible.Text.Name), cells.child(row).state()) for row in (0, 1)]

    assert [name for name, _ in said] == ["Page 1", "Page 2"]
    assert [state.checkable for _, state in said] == [1, 1]
    assert [state.checked for _, state in said] == [0, 1]


def test_pages_are_painted(dialog: PagesDialog, qtbot: QtBot) -> None:
    view = pages(dialog)

    def colors() -> list[str]:
        picture = view.viewport().grab().toImage()
        places = [view.visualRect(view.model().index(row, 0)).center() for row in range(4)]
        return [picture.pixelColor(place).name() for place in places]

    qtbot.waitUntil(lambda: colors() == ["#008080", "#ff6347", "#daa520", "#6a5acd"])


def test_the_rows_are_a_sound_model(dialog: PagesDialog) -> None:
    model = pages(dialog).pages
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.choose(range(4))
    model.toggle(2)

    assert model.chosen == (0, 1, 3)
    tester.deleteLater()
