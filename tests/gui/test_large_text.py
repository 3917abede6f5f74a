"""Text of twice its size: rows break and pages scroll, downwards only."""

from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QTabWidget, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.settings import Settings
from desktop.storage.settings_file import SettingsFile
from desktop.ui import theme
from desktop.ui.composer import ComposerPane
from desktop.ui.flow import FlowLayout
from desktop.ui.settings.appearance import AppearancePage
from desktop.ui.settings.dialog import SettingsDialog
from desktop.ui.side_list import SideList
from desktop.ui.welcome import WelcomePane
from desktop.ui.window import SMALLEST
from desktop.viewmodels.conversations import ConversationList
from desktop.viewmodels.settings import SettingsViewModel
from tests.conftest import Run
from tests.support.libraries import LibraryBench
from tests.support.pictures import image
from tests.support.qt import child
from tests.support.windows import open_window


def lay_out() -> None:
    """Place what is to be placed now; the loop's own events, that run other tasks, are left for it."""
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


@pytest.fixture
def large(undressed: QApplication) -> None:
    font = QFont(undressed.font())
    font.setPointSizeF(font.pointSizeF() * 2)
    theme.apply(undressed, Qt.ColorScheme.Light, font)


def test_no_settings_page_scrolls_sideways(run: Run, large: None, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = LibraryBench(tmp_path / "a folder whose name takes more room than there is" / "history")
        store = SettingsFile(tmp_path / "settings.json")
        settings = SettingsViewModel(Settings(), store, bench.backend, bench.tasks)
        dialog = SettingsDialog(settings, bench.history)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: bool(dialog.findChildren(AppearancePage)))

        tabs = child(dialog, QTabWidget)
        for index in range(tabs.count()):
            tabs.setCurrentIndex(index)
            page = tabs.currentWidget()
            assert isinstance(page, QScrollArea)
            lay_out()
            assert page.horizontalScrollBar().maximum() == 0, tabs.tabText(index)
        await bench.aclose()

    run(scenario())


def test_the_welcome_scrolls_before_anything_is_squashed(large: None, qtbot: QtBot) -> None:
    welcome = WelcomePane()
    qtbot.addWidget(welcome)
    welcome.show_model("on-device-reader", needs_key=False)
    welcome.resize(480, 200)
    welcome.show()

    page = welcome.widget()
    assert page is not None
    assert welcome.verticalScrollBar().maximum() > 0
    squashed = [each for each in page.findChildren(QPushButton) if each.height() < each.sizeHint().height()]
    assert not squashed


@pytest.mark.parametrize("percent", [200, 250])
@pytest.mark.parametrize("count", [0, 2, 20])
def test_in_the_smallest_window_no_row_of_the_composer_lies_on_another(
    run: Run, undressed: QApplication, tmp_path: Path, percent: int, count: int
) -> None:
    async def scenario() -> None:
        settings = Settings(model="qwen3-vl-plus", text_percent=percent)
        async with open_window(undressed, tmp_path, settings) as window:
            window.window.resize(SMALLEST)
            window.session.composer.put("What?", [image(f"{n}.png") for n in range(count)])
            lay_out()
            pane = child(window.window, ComposerPane)
            children = pane.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            rows = [each.geometry() for each in children if each.isVisible()]
            overlaps = [(one, other) for one, other in combinations(rows, 2) if one.intersects(other)]

            assert len(rows) > 2
            assert not overlaps
            assert window.window.rect().contains(QRect(pane.mapTo(window.window, QPoint()), pane.size()))

    run(scenario())


def test_the_list_of_conversations_grows_with_its_letters(undressed: QApplication, qtbot: QtBot) -> None:
    font = QFont(undressed.font())
    theme.apply(undressed, Qt.ColorScheme.Light, font)
    side = SideList(ConversationList())
    qtbot.addWidget(side)
    usual, smallest = side.sizeHint().width(), side.minimumWidth()
    font.setPointSizeF(font.pointSizeF() * 2)
    theme.apply(undressed, Qt.ColorScheme.Light, font)

    assert side.sizeHint().width() == pytest.approx(2 * usual, rel=0.1)
    assert side.minimumWidth() == smallest
    assert child(side, QToolButton, "New conversation").sizeHint().width() < side.sizeHint().width()


@pytest.mark.parametrize(
    ("width", "places"),
    [
        (320, [(0, 0), (110, 0), (220, 0)]),
        (319, [(0, 0), (110, 0), (0, 50)]),
        (210, [(0, 0), (110, 0), (0, 50)]),
        (100, [(0, 0), (0, 50), (0, 100)]),
        (20, [(0, 0), (0, 50), (0, 100)]),
    ],
)
def test_items_flow_as_words_do(width: int, places: list[tuple[int, int]], qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    flow = FlowLayout(10, parent)
    boxes = [QWidget(parent) for _ in range(4)]
    for box in boxes:
        box.setFixedSize(100, 40)
        flow.addWidget(box)
    boxes[1].hide()

    flow.setGeometry(QRect(0, 0, width, 500))

    shown = [box for box in boxes if not box.isHidden()]
    assert [(box.x(), box.y()) for box in shown] == places
    assert flow.heightForWidth(width) == places[-1][1] + 40
    assert flow.sizeHint() == QSize(320, 40)
