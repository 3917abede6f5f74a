"""The model picker, by keyboard first."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QToolButton
from pytestqt.qtbot import QtBot

from desktop.connection import load_catalog
from desktop.domain.models import READER_MODEL
from desktop.domain.provider_errors import ServerUnreachable
from desktop.domain.settings import Settings
from desktop.runtime.tasks import TaskOwner
from desktop.ui.model_picker import ModelPicker
from desktop.viewmodels.picker import PickerViewModel
from tests.conftest import Run
from tests.support.qt import child, first, heard
from tests.support.scripted import ScriptedBackend

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CATALOG = load_catalog()


class Opened:
    """A picker over the real catalogue, its list open."""

    def __init__(self, qtbot: QtBot) -> None:
        self.backend = ScriptedBackend()
        self.model = PickerViewModel(CATALOG, self.backend, TaskOwner())
        self.chosen = heard(self.model.model_chosen)
        self.picker = ModelPicker(self.model)
        self.picker.refresh_requested.connect(lambda: self.model.refresh(Settings()))
        qtbot.addWidget(self.picker)
        self.picker.show()
        QTest.mouseClick(self.picker, Qt.MouseButton.LeftButton)
        self.popup = next(f for f in self.picker.findChildren(QFrame) if f.accessibleName() == "Models")
        self.line = child(self.popup, QLineEdit, "Filter models")
        self.list = child(self.popup, QListView, "Model list")

    def type(self, text: str) -> None:
        QTest.keyClicks(self.line, text)

    def press(self, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.line, key, modifier)

    @property
    def marked(self) -> str:
        return str(self.list.currentIndex().data())

    @property
    def status(self) -> str:
        return next(label.text() for label in self.popup.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def opened(qtbot: QtBot) -> Opened:
    return Opened(qtbot)


def test_the_list_opens_ready_to_type_at_the_reader(opened: Opened) -> None:
    assert opened.popup.isVisible()
    assert opened.marked == READER_MODEL


def test_typing_filters_and_enter_takes_the_first(opened: Opened) -> None:
    opened.type("qwen3-vl-pl")
    assert opened.marked == "qwen3-vl-plus"
    opened.press(Key.Key_Return)

    assert opened.chosen == ["qwen3-vl-plus"]
    assert not opened.popup.isVisible()


def test_arrows_walk_the_list_and_stop_at_its_ends(opened: Opened) -> None:
    opened.press(Key.Key_Up)
    assert opened.marked == READER_MODEL
    opened.press(Key.Key_Down)
    assert opened.marked == CATALOG.models[0].id
    opened.press(Key.Key_PageDown)
    assert opened.marked == CATALOG.models[8].id
    for _ in range(len(CATALOG.models)):
        opened.press(Key.Key_Down)
    assert opened.marked == CATALOG.models[-1].id


def test_escape_chooses_nothing(opened: Opened) -> None:
    opened.type("qwen")
    opened.press(Key.Key_Escape)

    assert not opened.popup.isVisible()
    assert not opened.chosen


def test_a_name_that_nobody_lists_can_be_typed(opened: Opened) -> None:
    opened.type("my-own-model:8b")
    assert opened.status == "Enter uses “my-own-model:8b” as it is typed"
    opened.press(Key.Key_Return)

    assert opened.chosen == ["my-own-model:8b"]


def test_so_can_a_name_that_others_begin_with(opened: Opened) -> None:
    opened.type("qwen3-vl")
    assert opened.status == "Shift+Enter uses “qwen3-vl” as it is typed"
    opened.press(Key.Key_Return, SHIFT)

    assert opened.chosen == ["qwen3-vl"]


def test_a_name_that_is_typed_whole_is_marked_before_longer_ones(opened: Opened) -> None:
    opened.type("qwen-vl-max")
    assert opened.list.model().rowCount() > 1
    opened.press(Key.Key_Return)

    assert opened.chosen == ["qwen-vl-max"]


def test_a_click_takes_a_row(opened: Opened) -> None:
    row = opened.list.model().index(2, 0)
    QTest.mouseClick(
        opened.list.viewport(), Qt.MouseButton.LeftButton, pos=opened.list.visualRect(row).center()
    )

    assert opened.chosen == [CATALOG.models[1].id]


def test_opened_again_it_shows_all(opened: Opened) -> None:
    opened.type("nothing like it")
    opened.press(Key.Key_Escape)
    opened.picker.open()

    assert opened.line.text() == ""
    assert opened.list.model().rowCount() == len(CATALOG.models) + 1
    assert opened.status == ""


def test_a_refresh_says_how_it_goes_and_keeps_a_mark(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        opened = Opened(qtbot)
        opened.backend.listed = ("local-vision-7b",)
        opened.type("vision")
        said: list[str] = []
        opened.model.refreshing_changed.connect(lambda _: said.append(opened.status))
        QTest.mouseClick(child(opened.popup, QToolButton, "Refresh models"), Qt.MouseButton.LeftButton)
        await first(opened.model.catalog_changed)
        assert said == ["Asking the server…", "Up to date"]
        opened.press(Key.Key_Return)
        assert opened.chosen == ["local-vision-7b"]
        await asyncio.sleep(0)

    run(scenario())


def test_a_refresh_that_fails_says_why(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        opened = Opened(qtbot)
        opened.backend.listed = error = ServerUnreachable(host="localhost:11434")
        opened.picker.refresh_requested.emit()
        await first(opened.model.refresh_failed)
        assert opened.status == str(error)
        await asyncio.sleep(0)

    run(scenario())


def test_the_button_says_which_model_and_whose(opened: Opened) -> None:
    opened.picker.show_model("qwen3-vl-plus", "DashScope")
    assert opened.picker.text() == "qwen3-vl-plus · DashScope"
    opened.picker.show_model(READER_MODEL, "DashScope")
    assert opened.picker.text() == "On-device reader"
    assert opened.picker.accessibleName() == "Model"


def test_a_row_says_what_is_known_of_its_model(opened: Opened) -> None:
    cell = QAccessible.queryAccessibleInterface(opened.list).child(1)

    words = cell.text(QAccessible.Text.Name)
    assert words.startswith(f"{CATALOG.models[0].id}, Current models, context ")


def test_rows_are_painted(opened: Opened) -> None:
    picture = opened.list.grab().toImage()
    colors = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 3) for y in range(60)}

    assert len(colors) > 2


def test_enter_keeps_the_model_that_answers(opened: Opened) -> None:
    opened.picker.show_model("qwen3-vl-plus", "DashScope")
    opened.picker.open()
    assert opened.marked == "qwen3-vl-plus"
    assert opened.list.viewport().rect().contains(opened.list.visualRect(opened.list.currentIndex()))
    opened.press(Key.Key_Return)

    assert opened.chosen == ["qwen3-vl-plus"]


def test_enter_keeps_a_model_that_nobody_lists(opened: Opened) -> None:
    opened.picker.show_model("my-own-model:8b", "localhost")
    opened.picker.open()
    opened.press(Key.Key_Return)

    assert not opened.popup.isVisible()
    assert not opened.chosen


@pytest.mark.parametrize("corner", ["bottomRight", "topLeft", "topRight", "bottomLeft"])
def test_the_list_stays_on_the_screen(opened: Opened, corner: str) -> None:
    screen = opened.picker.screen().availableGeometry()
    opened.picker.move(getattr(screen, corner)())
    opened.picker.open()

    assert screen.contains(opened.popup.geometry())
