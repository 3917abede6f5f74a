"""An answer fails, and its button is pressed: each next step in the real window."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from desktop.domain.errors import AppError
from desktop.domain.events import Finished, Notice, RetryScheduled, TextDelta
from desktop.domain.provider_errors import ProxyUnreachable, ServerUnreachable
from desktop.domain.refusals import (
    ContextTooLong,
    KeyRejected,
    ModelNotFound,
    RateLimited,
    RegionalKeyRejected,
    RequestTooLarge,
)
from desktop.domain.settings import Endpoint, Settings
from desktop.ui.banner import Banner
from desktop.ui.settings.dialog import SettingsDialog, SettingsPage
from desktop.ui.settings.server_list import ServerList
from desktop.ui.transcript.ending import AnswerEnding
from desktop.ui.transcript.retrying import RetryLine
from tests.conftest import Run
from tests.support.pictures import image
from tests.support.qt import child, first
from tests.support.scripted import ScriptedSource
from tests.support.windows import OpenWindow, open_window

HOST = "dashscope.aliyuncs.com"
BEIJING, SINGAPORE = Endpoint(), Endpoint(region="ap-southeast-1")
SETTINGS = Settings(model="qwen3-vl-plus", language="en", theme="light")
DONE = (TextDelta("Well."), Finished("stop"))
REGIONAL = RegionalKeyRejected(host=HOST, status=401)
Scenario = Callable[[OpenWindow], Awaitable[None]]


@pytest.fixture
def in_window(run: Run, undressed: QApplication, tmp_path: Path) -> Callable[[Scenario], None]:
    """Runs a scenario in a window of its own."""

    def in_window(scenario: Scenario) -> None:
        async def opened() -> None:
            async with open_window(undressed, tmp_path, SETTINGS) as window:
                await scenario(window)

        run(opened())

    return in_window


async def fail(window: OpenWindow, error: AppError, question: str = "What is this?") -> None:
    """Ask something, and get `error`."""
    window.backend.answer_with(error)
    window.session.composer.put(question, [image("a.png")])
    window.session.send("")
    await window.answered()


def press(window: OpenWindow, words: str) -> None:
    """A button of the last answer's ending."""
    ending = window.window.findChildren(AnswerEnding)[-1]
    shown = [each for each in ending.findChildren(QPushButton) if not each.isHidden()]
    next(each for each in shown if each.text() == words).click()


async def pressed(window: OpenWindow, words: str) -> ScriptedSource:
    """Press a button that asks again, and wait for the answer; gives who was asked."""
    source = window.backend.answer_with(*DONE)
    press(window, words)
    await window.answered()
    assert "Well." in window.painted
    return source


def banner_words(window: OpenWindow) -> str:
    banner = child(window.window, Banner)
    return "" if banner.isHidden() else child(banner, QLabel).text()


def press_banner(window: OpenWindow, words: str) -> None:
    buttons = child(window.window, Banner).findChildren(QPushButton)
    next(each for each in buttons if each.text() == words).click()


def test_try_again(in_window: Callable[[Scenario], None]) -> None:
    async def scenario(window: OpenWindow) -> None:
        await fail(window, RateLimited(host=HOST, status=429))
        source = await pressed(window, "Try again")
        assert source.requests[0].question.text == "What is this?"
        assert window.prompt.hasFocus()

    in_window(scenario)


def test_escape_ends_the_wait_for_a_retry(in_window: Callable[[Scenario], None]) -> None:
    async def scenario(window: OpenWindow) -> None:
        busy = RateLimited(host=HOST, status=429)
        window.backend.answer_with(RetryScheduled(busy, 60.0), asyncio.Event())
        window.session.composer.put("What is this?", [])
        window.session.send("")
        await first(window.session.chat.transcript.changed)
        line = child(window.window, RetryLine)
        assert line.isVisible()
        QTest.keyClick(window.prompt, Qt.Key.Key_Escape)
        assert not window.session.chat.is_busy
        assert line.isHidden()

    in_window(scenario)


def test_send_images_smaller(in_window: Callable[[Scenario], None]) -> None:
    async def scenario(window: OpenWindow) -> None:
        await fail(window, RequestTooLarge(host=HOST, status=413))
        source = await pressed(window, "Send images smaller")
        assert len(source.requests[0].question.images) == 1

    in_window(scenario)


def test_ask_only_this_question(in_window: Callable[[Scenario], None]) -> None:
    async def scenario(window: OpenWindow) -> None:
        await fail(window, RateLimited(host=HOST, status=429), "One?")
        await pressed(window, "Try again")
        await fail(window, ContextTooLong(host=HOST, status=400), "Two?")
        source = await pressed(window, "Ask only this question")
        assert [message.text for message in source.requests[0].messages] == ["Two?"]
        labels = [label.text() for label in window.window.findChildren(QLabel)]
        assert Notice.ASKED_ALONE.value in labels

    in_window(scenario)


@pytest.mark.parametrize(
    ("error", "words", "page"),
    [
        (KeyRejected(host=HOST, status=401), "Open settings", SettingsPage.CONNECTION),
        (ProxyUnreachable(proxy="proxy:1"), "Open network settings", SettingsPage.NETWORK),
    ],
)
def test_open_settings(
    in_window: Callable[[Scenario], None], error: AppError, words: str, page: SettingsPage
) -> None:
    async def scenario(window: OpenWindow) -> None:
        await fail(window, error)
        press(window, words)
        assert window.shell.settings_page is page

    in_window(scenario)


def test_the_settings_show_the_server_that_refused(in_window: Callable[[Scenario], None]) -> None:
    async def scenario(window: OpenWindow) -> None:
        settings = window.session.settings
        await fail(window, KeyRejected(host=HOST, status=401))
        settings.take(settings.settings.at(Endpoint("ollama")))
        press(window, "Open settings")
        dialog = child(window.window, SettingsDialog)
        await first(dialog.completed)
        assert child(dialog, ServerList).current == BEIJING

        dialog.reject()
        window.shell.open_settings()
        again = window.window.findChildren(SettingsDialog)[-1]
        await first(again.completed)
        assert child(again, ServerList).current == Endpoint("ollama")

    in_window(scenario)


def test_what_may_work_as_it_is_can_be_tried_as_it_is(in_window: Callable[[Scenario], None]) -> None:
    async def scenario(window: OpenWindow) -> None:
        await fail(window, ProxyUnreachable(proxy="proxy:1"))
        await pressed(window, "Try again")

    in_window(scenario)


def test_choose_a_model(in_window: Callable[[Scenario], None]) -> None:
    async def scenario(window: OpenWindow) -> None:
        await fail(window, ModelNotFound(host=HOST, status=404, model="x"))
        press(window, "Choose a model")
        assert any(
            each.windowType().name == "Popup" for each in QApplication.topLevelWidgets() if each.isVisible()
        )

    in_window(scenario)


def test_another_region_takes_the_key_and_the_question(in_window: Callable[[Scenario], None]) -> None:
    async def scenario(window: OpenWindow) -> None:
        window.backend.home = SINGAPORE
        servers = window.session.settings.servers
        await fail(window, REGIONAL)
        found = first(servers.home_found)
        press(window, "Try the other regions")
        assert banner_words(window) == "Asking the other regions…"
        await found
        assert banner_words(window) == "The key works in Singapore."
        source = window.backend.answer_with(*DONE)
        begun = first(window.session.chat.busy_changed)
        press_banner(window, "Use Singapore")
        await begun
        await window.answered()
        assert window.session.settings.settings.endpoint == SINGAPORE
        assert len(source.requests) == 1
        assert "Well." in window.painted

    in_window(scenario)


def test_no_region_takes_the_key(in_window: Callable[[Scenario], None]) -> None:
    async def scenario(window: OpenWindow) -> None:
        window.backend.home = REGIONAL
        await fail(window, REGIONAL)
        ended = first(window.session.settings.servers.home_not_found)
        press(window, "Try the other regions")
        await ended
        assert banner_words(window).startswith("None of the regions takes the API key.")
        press_banner(window, "Open settings")
        assert window.shell.settings_page is SettingsPage.CONNECTION

    in_window(scenario)


def test_the_search_itself_can_be_tried_again(in_window: Callable[[Scenario], None]) -> None:
    async def scenario(window: OpenWindow) -> None:
        servers = window.session.settings.servers
        window.backend.home = ServerUnreachable(host=HOST)
        await fail(window, REGIONAL)
        ended = first(servers.home_not_found)
        press(window, "Try the other regions")
        await ended
        window.backend.home = SINGAPORE
        found = first(servers.home_found)
        press_banner(window, "Try again")
        await found
        assert banner_words(window) == "The key works in Singapore."

    in_window(scenario)


def test_what_the_settings_look_for_is_not_told_in_the_window(in_window: Callable[[Scenario], None]) -> None:
    async def scenario(window: OpenWindow) -> None:
        window.backend.home = SINGAPORE
        servers = window.session.settings.servers
        found = first(servers.home_found)
        servers.find_home(BEIJING)
        await found
        assert banner_words(window) == ""

    in_window(scenario)


def test_a_question_that_is_not_shown_any_more_is_not_asked(in_window: Callable[[Scenario], None]) -> None:
    async def scenario(window: OpenWindow) -> None:
        window.backend.home = SINGAPORE
        settings = window.session.settings
        await fail(window, REGIONAL)
        found = first(settings.servers.home_found)
        press(window, "Try the other regions")
        await found
        window.session.library.begin()
        source = window.backend.answer_with(*DONE)
        moved = first(settings.servers.test_ended)
        press_banner(window, "Use Singapore")
        await moved
        await asyncio.sleep(0)
        assert settings.settings.endpoint == SINGAPORE
        assert not source.requests

    in_window(scenario)
