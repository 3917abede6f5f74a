"""The page about the network shows what holds, and what cannot hold it says at once."""

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.errors import NoKeyring
from desktop.domain.settings import Network, Settings
from desktop.ui.settings.dialog import SettingsPage
from tests.conftest import Run
from tests.support.qt import child
from tests.support.settings_window import OpenSettings

PROXY = Network("custom", "http://proxy.example:8080", "anna")
OWN = ("Proxy address", "Proxy user", "Proxy password")


def shown(opened: OpenSettings) -> list[bool]:
    return [child(opened.dialog, QLineEdit, name).isVisible() for name in OWN]


def test_only_a_proxy_of_one_s_own_has_fields(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, page=SettingsPage.NETWORK)
        assert shown(opened) == [False, False, False]
        opened.choose("Proxy", 2)
        assert shown(opened) == [True, True, True]
        assert opened.words("Proxy problem") == "Enter the proxy's address."
        opened.write("Proxy address", "proxy.example:8080")
        assert opened.words("Proxy problem") == ""
        opened.write("Proxy user", " anna ")
        await opened.idle()
        assert opened.stored.network == PROXY
        opened.choose("Proxy", 0)
        assert shown(opened) == [False, False, False]
        await opened.idle()

    run(scenario())


def test_a_pasted_proxy_stands_in_its_fields(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        settings = Settings(network=Network("custom"))
        opened = OpenSettings(qtbot, tmp_path, settings, page=SettingsPage.NETWORK)
        opened.write("Proxy address", "http://anna:secret@proxy.example:8080")
        await opened.idle()

        assert [opened.typed(name) for name in OWN] == [PROXY.proxy_url, "anna", ""]
        assert opened.words("Proxy password state") == "The password is stored in the system keyring."
        assert opened.backend.proxy_passwords == {PROXY: "secret"}
        assert "secret" not in "".join(label.text() for label in opened.dialog.findChildren(QLabel))

    run(scenario())


def test_what_is_no_proxy_is_said_and_stays_to_be_corrected(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, Settings(network=PROXY), page=SettingsPage.NETWORK)
        opened.write("Proxy address", "ftp://x")
        assert "is not the address of a proxy" in opened.words("Proxy problem")
        assert opened.typed("Proxy address") == "ftp://x"
        assert opened.settings.network == PROXY
        opened.write("Proxy address", PROXY.proxy_url)
        assert opened.words("Proxy problem") == ""
        await opened.idle()

    run(scenario())


def test_a_password_is_saved_and_forgotten(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, Settings(network=PROXY), page=SettingsPage.NETWORK)
        line = child(opened.dialog, QLineEdit, "Proxy password")
        assert line.echoMode() == QLineEdit.EchoMode.Password
        await opened.idle()
        assert opened.words("Proxy password state") == "No password is stored for this proxy."
        QTest.keyClicks(line, "secret")
        opened.click("Save password")
        await opened.idle()
        assert (line.text(), opened.backend.proxy_passwords[PROXY]) == ("", "secret")
        opened.click("Forget password")
        await opened.idle()

        assert opened.words("Proxy password state") == "No password is stored for this proxy."
        assert not opened.button("Forget password").isEnabled()

    run(scenario())


def test_without_a_keyring_it_says_how_long_the_password_holds(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, Settings(network=PROXY), page=SettingsPage.NETWORK)
        opened.backend.proxy_error = NoKeyring()
        opened.write("Proxy password", "secret")
        await opened.idle()

        assert opened.words("Proxy password state") == "The password is kept until the app is closed."
        assert opened.button("Forget password").isEnabled()

    run(scenario())


def test_a_certificate_file_is_chosen_and_cleared(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, page=SettingsPage.NETWORK)
        (file := tmp_path / "company.pem").write_text("-")
        opened.click("Choose…")
        child(opened.dialog, QFileDialog).fileSelected.emit(str(file))
        child(opened.dialog, QFileDialog).close()
        assert opened.typed("Certificate file") == str(file)
        assert opened.settings.network.authorities_file == str(file)
        opened.click("Clear")
        assert opened.typed("Certificate file") == ""
        await opened.idle()

    run(scenario())


def test_a_missing_certificate_file_is_said(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        network = Network(authorities_file=str(tmp_path / "gone.pem"))
        opened = OpenSettings(qtbot, tmp_path, Settings(network=network), page=SettingsPage.NETWORK)
        await opened.idle()
        assert opened.words("Certificate file problem") == "The certificate file gone.pem cannot be used."
        opened.write("Certificate file", "")
        await opened.idle()
        assert opened.words("Certificate file problem") == ""

    run(scenario())


@pytest.mark.parametrize(("network", "row"), [(Network(), 0), (Network("none"), 1), (PROXY, 2)])
def test_what_is_set_is_shown(run: Run, qtbot: QtBot, tmp_path: Path, network: Network, row: int) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, Settings(network=network), page=SettingsPage.NETWORK)
        assert child(opened.dialog, QComboBox, "Proxy").currentIndex() == row
        assert [opened.typed(name) for name in OWN] == [network.proxy_url, network.proxy_user, ""]
        await opened.idle()

    run(scenario())


def test_what_is_being_typed_stays_when_another_field_is_kept(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, Settings(network=PROXY), page=SettingsPage.NETWORK)
        QTest.keyClicks(child(opened.dialog, QLineEdit, "Proxy user"), "-maria")
        opened.model.network.change(authorities_file="")
        opened.model.network.change(proxy_url="http://other.example:3128")
        assert opened.typed("Proxy user") == "anna-maria"
        await opened.idle()

    run(scenario())
