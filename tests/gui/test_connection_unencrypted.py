"""The settings say which server is asked unencrypted, ask before a key goes there, and take that back."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.provider_errors import KeyInTheClear
from desktop.domain.settings import Endpoint, Settings
from desktop.ui.settings.unencrypted import Unencrypted
from desktop.ui.unencrypted_dialog import UnencryptedDialog
from tests.conftest import Run
from tests.support.qt import child
from tests.support.serving import LOCAL
from tests.support.settings_window import OpenSettings

HOST = "models.lan:8000"
FAR = Endpoint("custom", base_url=f"http://{HOST}/v1")
SECURE = Endpoint("custom", base_url="https://models.example/v1")
TAKE_BACK = "Send no key there"


def test_a_test_that_was_held_back_goes_on_once_confirmed(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, Settings(FAR, language="en"))
        assert "no key is sent there" in opened.words("Encryption")
        opened.backend.check_error = KeyInTheClear(host=HOST)
        opened.write("API key", "sk-0123456789abcdef")
        await opened.idle()
        assert opened.words("Test result") == str(KeyInTheClear(host=HOST))

        opened.backend.check_error = None
        opened.click("Send unencrypted…")
        dialog = child(opened.dialog, UnencryptedDialog)
        next(each for each in dialog.findChildren(QPushButton) if each.text() == "Send unencrypted").click()
        await opened.idle()
        assert opened.words("Test result") == f"{HOST} answered. It works."
        assert opened.stored.key_over_http == (HOST,)
        assert "You let the key be sent there" in opened.words("Encryption")

        opened.click(TAKE_BACK)
        await opened.idle()
        assert not opened.stored.key_over_http
        assert TAKE_BACK not in opened.buttons

    run(scenario())


@pytest.mark.parametrize("endpoint", [LOCAL, SECURE, Endpoint(), Endpoint("custom"), Endpoint("ollama")])
def test_of_others_nothing_is_said(endpoint: Endpoint, run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, Settings(endpoint, key_over_http=(HOST,)))
        assert not child(opened.dialog, Unencrypted).isVisible()
        await opened.idle()

    run(scenario())


def test_it_is_said_as_soon_as_the_address_is_entered(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, Settings(SECURE, key_over_http=(HOST,)))
        line = child(opened.dialog, Unencrypted)
        for address, is_told in ((FAR.base_url, True), (SECURE.base_url, False), ("http://[x", False)):
            opened.write("Base URL", address)
            assert line.isVisible() is is_told
        await opened.idle()

    run(scenario())
