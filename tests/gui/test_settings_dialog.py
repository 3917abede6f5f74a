"""Every field of the settings changes them, and shows them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTabWidget,
)
from pytestqt.qtbot import QtBot

from desktop.domain.messages import Parameters
from desktop.domain.models import READER_MODEL
from desktop.domain.settings import Endpoint, Network, Settings, TimeLimits
from desktop.storage.settings_file import SettingsFile
from desktop.ui.settings.dialog import SettingsPage
from tests.conftest import Run
from tests.support.qt import child, heard
from tests.support.settings_window import OpenSettings

THINKING = TimeLimits(thinking=900)


@pytest.mark.parametrize(
    ("do", "changed"),
    [
        (lambda it: it.choose("Region", 1), Settings(endpoint=Endpoint(region="ap-southeast-1"))),
        (lambda it: it.write("Workspace ID", " ws-1 "), Settings(endpoint=Endpoint(workspace="ws-1"))),
        (lambda it: it.choose("Plan", 1), Settings(endpoint=Endpoint(plan="coding"))),
        (
            lambda it: child(it.dialog, QCheckBox, "Find servers on this computer").click(),
            Settings(find_local=False),
        ),
        (lambda it: it.write("Default model", "qwen-vl-max"), Settings(model="qwen-vl-max")),
        (lambda it: it.write("Default model", ""), Settings(model=READER_MODEL)),
        (lambda it: it.write("Thinking budget", "4096"), Settings(thinking_budget=4096)),
        (lambda it: it.write("Temperature", "0.7"), Settings(parameters=Parameters(temperature=0.7))),
        (lambda it: it.write("Top P", "0.8"), Settings(parameters=Parameters(top_p=0.8))),
        (lambda it: it.write("Longest answer", "512"), Settings(parameters=Parameters(max_tokens=512))),
        (lambda it: it.write("Seed", "7"), Settings(parameters=Parameters(seed=7))),
        (lambda it: it.write("Seconds to connect", "5"), Settings(limits=TimeLimits(connect=5))),
        (lambda it: it.write("Seconds to the first word", "60"), Settings(limits=TimeLimits(first=60))),
        (lambda it: it.write("Longest silence", "30.5"), Settings(limits=TimeLimits(idle=30.5))),
        (lambda it: it.write("Longest silence of models that think", "900"), Settings(limits=THINKING)),
        (lambda it: it.choose("Proxy", 1), Settings(network=Network(proxy="none"))),
        (lambda it: it.choose("Theme", 2), Settings(theme="dark")),
        (lambda it: it.choose("Language", 2), Settings(language="zh_CN")),
        (lambda it: child(it.dialog, QSpinBox, "Text size").stepUp(), Settings(text_percent=110)),
        (lambda it: child(it.dialog, QCheckBox, "Streaming").click(), Settings(stream=False)),
        (
            lambda it: QTest.keyClicks(child(it.dialog, QPlainTextEdit, "Instructions"), "Be brief."),
            Settings(parameters=Parameters(instructions="Be brief.")),
        ),
    ],
)
def test_a_field_changes_its_setting_and_no_other(
    run: Run, qtbot: QtBot, tmp_path: Path, do: Callable[[OpenSettings], None], changed: Settings
) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path)
        do(opened)
        await opened.idle()

        assert opened.settings == changed
        assert SettingsFile(tmp_path / "settings.json").load() == (changed, None)

    run(scenario())


def test_fields_show_what_is_set(qtbot: QtBot, tmp_path: Path) -> None:
    parameters = Parameters(temperature=0.7, top_p=0.85, max_tokens=512, seed=7, instructions="Be brief.")
    settings = Settings(
        Endpoint(region="us-east-1", workspace="ws-1"),
        model="qwen-vl-max",
        stream=False,
        thinking_budget=4096,
        parameters=parameters,
        limits=TimeLimits(5, idle=30.5),
        theme="dark",
        text_percent=150,
    )
    opened = OpenSettings(qtbot, tmp_path, settings)
    lines = {line.accessibleName(): line.text() for line in opened.dialog.findChildren(QLineEdit)}

    assert lines["Workspace ID"] == "ws-1"
    assert lines["Default model"] == "qwen-vl-max"
    assert (lines["Temperature"], lines["Top P"], lines["Seed"]) == ("0.7", "0.85", "7")
    assert (lines["Seconds to connect"], lines["Longest silence"]) == ("5", "30.5")
    assert child(opened.dialog, QComboBox, "Region").currentData() == "us-east-1"
    assert child(opened.dialog, QComboBox, "Theme").currentData() == "dark"
    assert child(opened.dialog, QPlainTextEdit, "Instructions").toPlainText() == "Be brief."
    assert not child(opened.dialog, QCheckBox, "Streaming").isChecked()


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Temperature", "2.5"),
        ("Top P", "0"),
        ("Seed", "-1"),
        ("Longest answer", "many"),
        ("Temperature", "0,7"),
    ],
)
def test_a_number_out_of_range_cannot_be_entered(
    qtbot: QtBot, tmp_path: Path, name: str, written: str
) -> None:
    opened = OpenSettings(qtbot, tmp_path)
    opened.model.changed.connect(lambda _: pytest.fail("nothing that counts was entered"))
    line = child(opened.dialog, QLineEdit, name)
    QTest.keyClicks(line, written)

    assert not (line.text() == written and line.hasAcceptableInput())


def test_an_emptied_number_is_the_server_s_own_again(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, Settings(parameters=Parameters(temperature=0.5)))
        opened.write("Temperature", "")
        await opened.idle()

        assert opened.settings.parameters.temperature is None

    run(scenario())


def test_what_changes_elsewhere_is_shown_but_not_under_the_user_s_hands(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path)
        line = child(opened.dialog, QLineEdit, "Default model")
        opened.model.change(model="qwen-vl-max", text_percent=140)
        assert line.text() == "qwen-vl-max"
        assert child(opened.dialog, QSpinBox, "Text size").value() == 140
        QTest.keyClicks(line, "-latest")
        opened.model.change(theme="dark")
        assert line.text() == "qwen-vl-max-latest"
        await opened.idle()

    run(scenario())


@pytest.mark.parametrize("page", SettingsPage)
def test_it_opens_at_any_page(run: Run, qtbot: QtBot, tmp_path: Path, page: SettingsPage) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, page=page)
        assert opened.dialog.page is page
        assert child(opened.dialog, QTabWidget).tabText(page) == page.name.capitalize()
        await opened.idle()

    run(scenario())


def test_escape_closes(qtbot: QtBot, tmp_path: Path) -> None:
    opened = OpenSettings(qtbot, tmp_path)
    finished = heard(opened.dialog.finished)
    QTest.keyClick(opened.dialog, Qt.Key.Key_Escape)

    assert len(finished) == 1
    assert not opened.dialog.isVisible()


@pytest.mark.parametrize("page", [SettingsPage.ANSWERS, SettingsPage.NETWORK])
def test_tab_goes_down_the_page(run: Run, qtbot: QtBot, tmp_path: Path, page: SettingsPage) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, Settings(network=Network("custom")), page=page)
        tabs = child(opened.dialog, QTabWidget)
        tabs.tabBar().setFocus()
        heights = []
        while opened.dialog.focusNextChild() and tabs.currentWidget().isAncestorOf(
            stop := opened.dialog.focusWidget()
        ):
            heights.append(stop.mapTo(opened.dialog, stop.rect().topLeft()).y())
        assert len(heights) > 7
        assert heights == sorted(heights)
        await opened.idle()

    run(scenario())


@pytest.fixture
def opened_with(qtbot: QtBot, tmp_path: Path) -> Callable[[Settings], OpenSettings]:
    return lambda settings: OpenSettings(qtbot, tmp_path, settings)


@pytest.mark.parametrize(
    ("name", "written", "shown"),
    [("Temperature", "", ""), ("Top P", "0", "0.8"), ("Seconds to connect", "", "5"), ("Seed", "-", "")],
)
def test_a_field_that_is_left_shows_what_is_in_force(
    run: Run, opened_with: Callable[[Settings], OpenSettings], name: str, written: str, shown: str
) -> None:
    async def scenario() -> None:
        parameters = Parameters(temperature=0.5, top_p=0.8)
        opened = opened_with(Settings(parameters=parameters, limits=TimeLimits(connect=5)))
        child(opened.dialog, QTabWidget).setCurrentIndex(1)
        line = child(opened.dialog, QLineEdit, name)
        line.setFocus()
        opened.write(name, written)
        QApplication.sendEvent(line, QFocusEvent(QEvent.Type.FocusOut))
        await opened.idle()

        assert line.text() == shown
        assert opened.settings.limits.connect == 5

    run(scenario())
