"""An answer fails because its key would go over http: the window asks, and asks again."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton

from desktop.domain.events import Finished, TextDelta
from desktop.domain.provider_errors import KeyInTheClear
from desktop.domain.settings import Endpoint, Settings
from desktop.ui.model_picker import ModelPicker
from desktop.ui.model_picker_popup import ModelPopup
from desktop.ui.transcript.ending import AnswerEnding
from desktop.ui.unencrypted_dialog import UnencryptedDialog
from tests.conftest import Run
from tests.support.pictures import image
from tests.support.qt import child
from tests.support.stage import until
from tests.support.windows import OpenWindow, deleted, open_window

HOST = "models.lan:8000"
SETTINGS = Settings(
    Endpoint("custom", base_url=f"http://{HOST}/v1"), model="a-model", language="en", theme="light"
)


def button(inside: UnencryptedDialog | AnswerEnding, words: str) -> QPushButton:
    return next(each for each in inside.findChildren(QPushButton) if each.text() == words)


async def refused(window: OpenWindow) -> UnencryptedDialog:
    """Ask something, be refused, and press what the answer offers."""
    window.backend.answer_with(KeyInTheClear(host=HOST))
    window.session.composer.put("What is this?", [image("a.png")])
    window.session.send("")
    await window.answered()
    button(window.window.findChildren(AnswerEnding)[-1], "Send unencrypted…").click()
    return child(window.window, UnencryptedDialog)


def test_it_is_asked_again_once_the_host_was_confirmed(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, SETTINGS) as window:
            dialog = await refused(window)
            said = " ".join(label.text() for label in dialog.findChildren(QLabel))
            assert HOST in said
            assert "read the key" in said
            source = window.backend.answer_with(TextDelta("Well."), Finished("stop"))
            button(dialog, "Send unencrypted").click()
            assert window.session.settings.settings.key_over_http == (HOST,)
            await window.answered()
            assert source.requests[0].question.text == "What is this?"
            assert "Well." in window.painted
            await deleted()
            assert not window.window.findChildren(UnencryptedDialog)

    run(scenario())


def test_enter_and_escape_send_nothing(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, SETTINGS) as window:
            for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
                dialog = await refused(window)
                source = window.backend.answer_with(TextDelta("Well."), Finished("stop"))
                QTest.keyClick(dialog, key)
                await deleted()
                assert not window.window.findChildren(UnencryptedDialog)
                assert not source.requests
                assert not window.session.settings.settings.key_over_http

    run(scenario())


def test_enter_on_its_own_button_sends(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, SETTINGS) as window:
            send = button(await refused(window), "Send unencrypted")
            window.backend.answer_with(TextDelta("Well."), Finished("stop"))
            send.setFocus(Qt.FocusReason.TabFocusReason)
            QTest.keyClick(send, Qt.Key.Key_Return)
            assert window.session.settings.settings.key_over_http == (HOST,)
            await window.answered()

    run(scenario())


def test_what_is_not_shown_any_more_is_not_asked_again(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, SETTINGS) as window:
            dialog = await refused(window)
            source = window.backend.answer_with(TextDelta("Well."), Finished("stop"))
            window.session.library.begin()
            button(dialog, "Send unencrypted").click()
            assert window.session.settings.settings.key_over_http == (HOST,)
            assert not source.requests
            assert not window.session.chat.is_busy

    run(scenario())


def test_the_list_of_models_offers_it_and_is_asked_for_again(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, SETTINGS) as window:
            window.backend.listed_at = {SETTINGS.endpoint: KeyInTheClear(host=HOST)}
            picker, popup = child(window.window, ModelPicker), child(window.window, ModelPopup)
            offered = next(each for each in popup.findChildren(QToolButton) if "unencrypted" in each.text())
            picker.open()
            assert not offered.isVisible()
            await until(window.session.picker.groups_changed, offered.isVisible)
            offered.click()
            assert not popup.isVisible()
            window.backend.listed_at = {SETTINGS.endpoint: ("their-model",)}
            button(child(window.window, UnencryptedDialog), "Send unencrypted").click()
            assert window.session.settings.settings.key_over_http == (HOST,)
            assert popup.isVisible()
            await until(window.session.picker.groups_changed, lambda: not offered.isVisible())
            assert "their-model" in {model.id for model in window.session.picker.catalog.models}

    run(scenario())
