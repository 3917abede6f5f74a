"""A key is shown to nobody, stays with the server that it was typed for, and is tried there."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from desktop.domain.errors import KeyringSlow, NoKeyring
from desktop.domain.models import DEFAULT_MODEL
from desktop.domain.ports import KeyOrigin
from desktop.domain.provider_errors import CertificateUntrusted, NothingListens
from desktop.domain.refusals import KeyRejected, RegionalKeyRejected
from desktop.domain.settings import Endpoint, Settings
from desktop.ui.detail_text import DetailText
from desktop.ui.settings.dialog import SettingsPage
from tests.conftest import Run
from tests.support.backends import SlowBackend
from tests.support.qt import child, first, heard
from tests.support.serving import BEIJING, KEY, OLLAMA, OPENROUTER, PLAN_KEY, SINGAPORE
from tests.support.settings_window import LEFT, OpenSettings

HOST = "dashscope.aliyuncs.com"
SEVERAL = Settings(others=(OLLAMA, OPENROUTER))


def test_the_key_is_hidden_sent_off_and_cleared(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path)
        line = child(opened.dialog, QLineEdit, "API key")
        assert line.echoMode() == QLineEdit.EchoMode.Password
        opened.write("API key", KEY)
        assert line.text() == ""
        await opened.idle()

        assert list(opened.backend.keys.values()) == [KEY]
        assert "keyring" in opened.words("Key state")
        assert opened.words("Test result") == f"{HOST} answered. It works."
        assert opened.typed("Default model") == DEFAULT_MODEL
        assert KEY not in "".join(label.text() for label in opened.dialog.findChildren(QLabel))

    run(scenario())


def test_the_key_can_be_looked_at_while_it_is_typed(qtbot: QtBot, tmp_path: Path) -> None:
    opened = OpenSettings(qtbot, tmp_path)
    line, eye = child(opened.dialog, QLineEdit, "API key"), child(opened.dialog, QToolButton, "Show key")
    QTest.mouseClick(eye, LEFT)
    assert line.echoMode() == QLineEdit.EchoMode.Normal
    QTest.mouseClick(eye, LEFT)
    assert line.echoMode() == QLineEdit.EchoMode.Password


def test_a_typed_key_stays_with_its_service(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, SEVERAL)
        line = child(opened.dialog, QLineEdit, "API key")
        QTest.keyClicks(line, KEY)
        opened.choose("Region", 1)
        assert line.text() == KEY, "another region of the same service"
        opened.select(1)
        assert line.text() == ""
        QTest.keyClicks(line, KEY)
        opened.write("Base URL", "https://elsewhere.example/v1")
        assert line.text() == "", "it was typed for the host before"
        QTest.keyClicks(line, KEY)
        opened.servers.remove(opened.servers.endpoints[1])
        assert line.text() == ""
        await opened.idle()

        assert not opened.backend.keys

    run(scenario())


def test_a_key_typed_before_the_address_stays(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, Settings(Endpoint("custom")))
        QTest.keyClicks(child(opened.dialog, QLineEdit, "API key"), KEY)
        opened.write("Base URL", "https://api.example/v1")
        assert opened.typed("API key") == KEY
        await opened.idle()

    run(scenario())


def test_a_keyring_that_lets_wait_says_so(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path)
        opened.backend.keyring_gate.clear()
        opened.servers.look_for_keys()
        await first(opened.servers.key_state_changed)
        assert opened.words("Key state") == "Waiting for the system keyring…"
        opened.backend.key_error = KeyringSlow(seconds=20)
        opened.backend.keyring_gate.set()
        await opened.idle()

        assert opened.words("Key state") == str(KeyringSlow(seconds=20))

    run(scenario())


def test_without_a_keyring_it_says_how_long_the_key_holds(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path)
        opened.backend.key_error = NoKeyring()
        opened.write("API key", KEY)
        await opened.idle()

        assert opened.words("Key state") == str(NoKeyring())

    run(scenario())


def test_a_key_of_the_environment_is_told_by_its_variable(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        backend = SlowBackend(lambda _: False)
        backend.origins["cn-beijing"] = KeyOrigin.ENVIRONMENT
        opened = OpenSettings(qtbot, tmp_path, Settings(OPENROUTER), backend)
        opened.servers.look_for_keys()
        await opened.idle()

        words = "The key comes from the environment variable OPENROUTER_API_KEY."
        assert opened.words("Key state") == words
        assert not opened.button("Forget key").isEnabled()

    run(scenario())


def test_a_stored_key_can_be_forgotten(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path)
        assert not opened.button("Forget key").isEnabled()
        opened.write("API key", KEY)
        await opened.idle()
        opened.click("Forget key")
        await opened.idle()

        assert not opened.backend.keys
        assert opened.words("Key state") == "No key is stored for this host."

    run(scenario())


@pytest.mark.parametrize(
    ("endpoint", "host"),
    [(SINGAPORE, "modelstudio.console.alibabacloud.com"), (OPENROUTER, "openrouter.ai"), (OLLAMA, None)],
)
def test_the_page_for_keys_is_the_server_s(
    qtbot: QtBot, tmp_path: Path, endpoint: Endpoint, host: str | None
) -> None:
    opened = OpenSettings(qtbot, tmp_path, Settings(endpoint))
    pages = heard(opened.dialog.page_requested)
    if host is None:
        assert "Get a key…" not in opened.buttons
    else:
        opened.click("Get a key…")
        assert [page.host() for page in pages] == [host]


# ── trying it ───────────────────────────────────────────────────────────────────────────────────


def test_a_rejected_key_says_so(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path)
        opened.backend.check_error = error = KeyRejected(host=HOST, status=401)
        QTest.keyClicks(child(opened.dialog, QLineEdit, "API key"), KEY)
        said: list[object] = []
        opened.servers.test_started.connect(
            lambda _: said.extend([opened.button("Test").isEnabled(), opened.words("Test result")])
        )
        opened.click("Test")
        await opened.idle()

        assert said == [False, f"Asking {HOST}…"]
        assert opened.words("Test result") == str(error)
        assert opened.button("Test").isEnabled()
        assert not opened.backend.keys, "trying a key does not keep it"

    run(scenario())


def test_the_server_s_own_words_stand_behind_details(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path)
        known = "Incorrect API key provided. <b>(invalid_api_key)</b>"
        opened.backend.check_error = KeyRejected(host=HOST, status=401, detail=known)
        opened.click("Test")
        await opened.idle()
        words = child(opened.dialog, DetailText, "Test details")
        assert (words.isHidden(), words.toPlainText()) == (True, known)
        opened.click("Details")
        assert not words.isHidden()

        opened.backend.check_error = None
        opened.click("Test")
        await opened.idle()
        assert words.isHidden()
        assert "Details" not in opened.buttons

    run(scenario())


def test_what_failed_can_be_tried_again(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, Settings(OLLAMA))
        opened.backend.check_error = NothingListens(host="localhost:11434")
        opened.click("Test")
        await opened.idle()
        opened.backend.check_error = None
        opened.click("Try again")
        await opened.idle()

        assert opened.words("Test result") == "localhost:11434 answered. It works."
        assert "Try again" not in opened.buttons

    run(scenario())


def test_what_the_network_s_settings_mend_leads_there(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path)
        opened.backend.check_error = CertificateUntrusted(host=HOST)
        opened.click("Test")
        await opened.idle()
        opened.click("Open network settings")
        assert opened.dialog.page is SettingsPage.NETWORK
        await opened.idle()

    run(scenario())


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "typed"])
def test_a_key_finds_its_home(run: Run, qtbot: QtBot, tmp_path: Path, kept: bool) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path)
        opened.backend.check_error = RegionalKeyRejected(host=HOST, status=401)
        opened.backend.home = SINGAPORE
        QTest.keyClicks(child(opened.dialog, QLineEdit, "API key"), KEY)
        opened.click("Save key" if kept else "Test")
        await opened.idle()
        said = heard(opened.servers.home_search_started)
        opened.click("Try the other regions")
        await opened.idle()
        assert said == [BEIJING]
        assert opened.words("Test result") == "The key works in Singapore."

        opened.backend.check_error = None
        opened.click("Use Singapore")
        await opened.idle()
        assert opened.settings.endpoint == SINGAPORE
        assert opened.backend.keys[repr(SINGAPORE)] == KEY
        assert child(opened.dialog, QComboBox, "Region").currentData() == "ap-southeast-1"
        assert opened.words("Test result") == "dashscope-intl.aliyuncs.com answered. It works."
        assert opened.typed("API key") == "", "it is kept"

    run(scenario())


def test_a_home_that_could_not_be_looked_for_is_looked_for_again(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path)
        opened.backend.home = NothingListens(host=HOST)
        opened.servers.find_home(BEIJING, KEY)
        await opened.idle()
        opened.backend.home = SINGAPORE
        opened.click("Try again")
        await opened.idle()

        assert opened.words("Test result") == "The key works in Singapore."

    run(scenario())


def test_a_plan_s_key_is_told_by_its_looks(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path)
        line = child(opened.dialog, QLineEdit, "API key")
        QTest.keyClicks(line, PLAN_KEY)
        assert "belong to a plan" in opened.words("Test result")
        QTest.keyClick(line, Qt.Key.Key_Return)
        await opened.idle()
        assert not opened.backend.keys
        assert line.text() == PLAN_KEY, "it was not sent"

        opened.click("Use Coding Plan")
        assert (line.text(), opened.words("Test result")) == (PLAN_KEY, "")
        opened.click("Save key")
        await opened.idle()
        assert opened.backend.keys == {repr(Endpoint(plan="coding")): PLAN_KEY}

    run(scenario())


def test_where_no_plan_is_sold_its_key_is_tried_elsewhere(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, Settings(Endpoint(region="us-east-1")))
        opened.backend.home = Endpoint(plan="token")
        line = child(opened.dialog, QLineEdit, "API key")
        QTest.keyClicks(line, PLAN_KEY)
        opened.click("Try the other regions")
        await opened.idle()
        assert opened.words("Test result") == "The key works in China (Beijing) · Token Plan."
        line.clear()
        assert "Try the other regions" not in opened.buttons

    run(scenario())


def test_what_is_told_of_another_server_is_not_shown(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        backend = SlowBackend(lambda settings: settings.endpoint == BEIJING)
        opened = OpenSettings(qtbot, tmp_path, SEVERAL, backend)
        opened.click("Test")
        await first(opened.servers.test_started)
        opened.select(1)
        assert opened.button("Test").isEnabled()
        backend.gate.set()
        await opened.idle()

        assert opened.words("Test result") == ""

    run(scenario())
