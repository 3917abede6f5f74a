"""Every field of the settings changes them, and the key is shown to nobody."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from desktop.domain.errors import KeyringSlow, NoKeyring
from desktop.domain.messages import Parameters
from desktop.domain.models import DEFAULT_MODEL, READER_MODEL
from desktop.domain.refusals import KeyRejected
from desktop.domain.settings import Endpoint, Settings, TimeLimits
from desktop.storage.settings_file import SettingsFile
from desktop.ui.settings.appearance import AppearancePage
from desktop.ui.settings.dialog import SettingsDialog
from desktop.viewmodels.settings import SettingsViewModel
from tests.conftest import Run
from tests.support.libraries import LibraryBench
from tests.support.qt import child, first, heard

KEY = "sk-0123456789abcdef0123456789abcdef"
BEIJING = "dashscope.aliyuncs.com"
LEFT = Qt.MouseButton.LeftButton


class Opened:
    """The dialog over a real view model and a real file."""

    def __init__(self, qtbot: QtBot, folder: Path, settings: Settings | None = None) -> None:
        bench = LibraryBench(folder / "history")
        self.backend = bench.backend
        self.model = SettingsViewModel(
            settings or Settings(), SettingsFile(folder / "settings.json"), bench.backend, bench.tasks
        )
        self.dialog = SettingsDialog(self.model, bench.history)
        qtbot.addWidget(self.dialog)
        self.dialog.show()
        qtbot.waitUntil(lambda: bool(self.dialog.findChildren(AppearancePage)))  # the last one made

    @property
    def settings(self) -> Settings:
        return self.model.settings

    def choose(self, name: str, row: int) -> None:
        """Take a row of a combo box by its keys."""
        box = child(self.dialog, QComboBox, name)
        step = Qt.Key.Key_Down if row > box.currentIndex() else Qt.Key.Key_Up
        while box.currentIndex() != row:
            QTest.keyClick(box, step)

    def write(self, name: str, text: str) -> None:
        line = child(self.dialog, QLineEdit, name)
        line.selectAll()
        QTest.keyClick(line, Qt.Key.Key_Delete)
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Return)

    def words(self, name: str) -> str:
        return child(self.dialog, QLabel, name).text()

    def button(self, text: str) -> QPushButton:
        return next(each for each in self.dialog.findChildren(QPushButton) if each.text() == text)

    def click(self, text: str) -> None:
        QTest.mouseClick(self.button(text), LEFT)

    async def idle(self) -> None:
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(others)


@pytest.mark.parametrize(
    ("do", "changed"),
    [
        (
            lambda it: it.choose("Provider", 1),
            Settings(endpoint=Endpoint("custom")),
        ),
        (lambda it: it.choose("Region", 1), Settings(endpoint=Endpoint(region="ap-southeast-1"))),
        (lambda it: it.write("Workspace ID", " ws-1 "), Settings(endpoint=Endpoint(workspace="ws-1"))),
        (lambda it: it.write("Default model", "qwen-vl-max"), Settings(model="qwen-vl-max")),
        (lambda it: it.write("Default model", ""), Settings(model=READER_MODEL)),
        (lambda it: it.write("Thinking budget", "4096"), Settings(thinking_budget=4096)),
        (lambda it: it.write("Temperature", "0.7"), Settings(parameters=Parameters(temperature=0.7))),
        (lambda it: it.write("Top P", "0.8"), Settings(parameters=Parameters(top_p=0.8))),
        (lambda it: it.write("Longest answer", "512"), Settings(parameters=Parameters(max_tokens=512))),
        (lambda it: it.write("Seed", "7"), Settings(parameters=Parameters(seed=7))),
        (lambda it: it.write("Seconds to connect", "5"), Settings(limits=TimeLimits(connect=5))),
        (lambda it: it.write("Longest silence", "30.5"), Settings(limits=TimeLimits(idle=30.5))),
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
    run: Run, qtbot: QtBot, tmp_path: Path, do: Callable[[Opened], None], changed: Settings
) -> None:
    async def scenario() -> None:
        opened = Opened(qtbot, tmp_path)
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
        limits=TimeLimits(5, 30.5),
        theme="dark",
        text_percent=150,
    )
    opened = Opened(qtbot, tmp_path, settings)
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
    opened = Opened(qtbot, tmp_path)
    opened.model.changed.connect(lambda _: pytest.fail("nothing that counts was entered"))
    line = child(opened.dialog, QLineEdit, name)
    QTest.keyClicks(line, written)

    assert not (line.text() == written and line.hasAcceptableInput())


def test_an_emptied_number_is_the_server_s_own_again(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = Opened(qtbot, tmp_path, Settings(parameters=Parameters(temperature=0.5)))
        opened.write("Temperature", "")
        await opened.idle()

        assert opened.settings.parameters.temperature is None

    run(scenario())


def test_only_the_fields_of_the_provider_are_shown(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = Opened(qtbot, tmp_path)
        region, address = (
            child(opened.dialog, QComboBox, "Region"),
            child(opened.dialog, QLineEdit, "Base URL"),
        )
        assert (region.isVisible(), address.isVisible()) == (True, False)
        opened.choose("Provider", 1)
        assert (region.isVisible(), address.isVisible()) == (False, True)
        assert "http" in opened.words("Host"), "asks for an address"
        opened.write("Base URL", "http://localhost:11434/v1/")
        assert "localhost:11434" in opened.words("Host")
        await opened.idle()

    run(scenario())


def test_the_key_is_hidden_sent_off_and_cleared(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = Opened(qtbot, tmp_path)
        line = child(opened.dialog, QLineEdit, "API key")
        assert line.echoMode() == QLineEdit.EchoMode.Password
        opened.write("API key", KEY)
        assert line.text() == ""
        await opened.idle()

        assert list(opened.backend.keys.values()) == [KEY]
        assert "keyring" in opened.words("Key state")
        assert opened.words("Test result") == f"{BEIJING} answered. It works."
        assert child(opened.dialog, QLineEdit, "Default model").text() == DEFAULT_MODEL
        assert KEY not in "".join(label.text() for label in opened.dialog.findChildren(QLabel))

    run(scenario())


def test_the_key_can_be_looked_at_while_it_is_typed(qtbot: QtBot, tmp_path: Path) -> None:
    opened = Opened(qtbot, tmp_path)
    line, eye = child(opened.dialog, QLineEdit, "API key"), child(opened.dialog, QToolButton, "Show key")
    QTest.mouseClick(eye, LEFT)
    assert line.echoMode() == QLineEdit.EchoMode.Normal
    QTest.mouseClick(eye, LEFT)
    assert line.echoMode() == QLineEdit.EchoMode.Password


def test_a_rejected_key_says_so(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = Opened(qtbot, tmp_path)
        opened.backend.check_error = error = KeyRejected(host=BEIJING, status=401)
        QTest.keyClicks(child(opened.dialog, QLineEdit, "API key"), KEY)
        said: list[object] = []
        opened.model.test_started.connect(
            lambda _: said.extend([opened.button("Test").isEnabled(), opened.words("Test result")])
        )
        opened.click("Test")
        await opened.idle()

        assert said == [False, f"Asking {BEIJING}…"]
        assert opened.words("Test result") == str(error)
        assert opened.button("Test").isEnabled()
        assert not opened.backend.keys, "trying a key does not keep it"

    run(scenario())


def test_a_keyring_that_lets_wait_says_so(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = Opened(qtbot, tmp_path)
        opened.backend.keyring_gate.clear()
        opened.model.look_for_key()
        await first(opened.model.key_state_changed)
        assert opened.words("Key state") == "Waiting for the system keyring…"
        opened.backend.key_error = KeyringSlow(seconds=20)
        opened.backend.keyring_gate.set()
        await opened.idle()

        assert opened.words("Key state") == str(KeyringSlow(seconds=20))

    run(scenario())


def test_without_a_keyring_it_says_how_long_the_key_holds(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = Opened(qtbot, tmp_path)
        opened.backend.key_error = NoKeyring()
        opened.write("API key", KEY)
        await opened.idle()

        assert opened.words("Key state") == str(NoKeyring())

    run(scenario())


def test_a_stored_key_can_be_forgotten(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = Opened(qtbot, tmp_path)
        assert not opened.button("Forget key").isEnabled()
        opened.write("API key", KEY)
        await opened.idle()
        opened.click("Forget key")
        await opened.idle()

        assert not opened.backend.keys
        assert opened.words("Key state") == "No key is stored for this host."

    run(scenario())


def test_the_page_for_keys_is_the_region_s(qtbot: QtBot, tmp_path: Path) -> None:
    opened = Opened(qtbot, tmp_path, replace(Settings(), endpoint=Endpoint(region="ap-southeast-1")))
    pages = heard(opened.dialog.page_requested)
    opened.click("Get a key…")

    assert [page.host() for page in pages] == ["modelstudio.console.alibabacloud.com"]


def test_what_changes_elsewhere_is_shown_but_not_under_the_user_s_hands(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    async def scenario() -> None:
        opened = Opened(qtbot, tmp_path)
        line = child(opened.dialog, QLineEdit, "Default model")
        opened.model.change(model="qwen-vl-max", text_percent=140)
        assert line.text() == "qwen-vl-max"
        assert child(opened.dialog, QSpinBox, "Text size").value() == 140
        QTest.keyClicks(line, "-latest")
        opened.model.change(theme="dark")
        assert line.text() == "qwen-vl-max-latest"
        await opened.idle()

    run(scenario())


def test_escape_closes(qtbot: QtBot, tmp_path: Path) -> None:
    opened = Opened(qtbot, tmp_path)
    finished = heard(opened.dialog.finished)
    QTest.keyClick(opened.dialog, Qt.Key.Key_Escape)

    assert len(finished) == 1
    assert not opened.dialog.isVisible()


@pytest.fixture
def opened_with(qtbot: QtBot, tmp_path: Path) -> Callable[[Settings], Opened]:
    return lambda settings: Opened(qtbot, tmp_path, settings)


def test_tab_goes_through_the_page_before_it_closes(qtbot: QtBot, tmp_path: Path) -> None:
    opened = Opened(qtbot, tmp_path)
    child(opened.dialog, QComboBox, "Provider").setFocus()
    stops = []
    for _ in range(9):
        stop = opened.dialog.focusWidget()
        stops.append(stop.accessibleName() or stop.property("text"))
        opened.dialog.focusNextChild()

    assert stops == [
        *("Provider", "Region", "Workspace ID", "API key", "Show key"),
        *("Save key", "Test", "Get a key…", "Close"),
    ]


@pytest.mark.parametrize(
    ("name", "written", "shown"),
    [("Temperature", "", ""), ("Top P", "0", "0.8"), ("Seconds to connect", "", "5"), ("Seed", "-", "")],
)
def test_a_field_that_is_left_shows_what_is_in_force(
    run: Run, opened_with: Callable[[Settings], Opened], name: str, written: str, shown: str
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
