"""Servers stand in a list, one of them in its fields."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from desktop.domain.refusals import KeyRejected
from desktop.domain.settings import Endpoint, Settings
from desktop.ui.settings.connection import ConnectionPage
from tests.conftest import Run
from tests.support.qt import child
from tests.support.serving import BEIJING, KEY, OLLAMA, OPENROUTER, SINGAPORE, SettingsBench
from tests.support.settings_window import OpenSettings

HOST = "dashscope.aliyuncs.com"
SEVERAL = Settings(others=(OLLAMA, OPENROUTER))


# ── the list ────────────────────────────────────────────────────────────────────────────────────


def test_each_server_is_told_with_its_host_and_its_key(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        unfinished = Endpoint("custom")
        opened = OpenSettings(qtbot, tmp_path, Settings(others=(OLLAMA, OPENROUTER, unfinished)))
        opened.backend.keys[repr(OPENROUTER)] = KEY
        opened.servers.look_for_keys()
        await opened.idle()

        assert opened.rows == [
            f"> DashScope · China (Beijing), asked next · {HOST} · needs a key",
            "OpenRouter, openrouter.ai · key in the keyring",
            "Ollama, localhost:11434 · needs no key",
            "OpenAI-compatible, no address yet",
        ]

    run(scenario())


def test_a_server_is_added_chosen_and_removed(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path)
        assert not opened.button("Remove").isEnabled(), "one is needed"
        opened.add("LM Studio")
        added = Endpoint("lmstudio")
        await opened.idle()
        assert opened.stored == Settings(others=(added,))
        assert opened.rows[1].startswith("> LM Studio")

        opened.click("Ask this server")
        assert (opened.settings.endpoint, opened.settings.others) == (added, (BEIJING,))
        opened.click("Remove")
        await opened.idle()
        assert opened.stored == Settings()
        assert opened.rows[0].startswith("> DashScope")

    run(scenario())


def test_one_more_of_a_service_is_another_region(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, SEVERAL)
        opened.add("DashScope")
        opened.add("DashScope")
        opened.add("Ollama")
        await opened.idle()

        assert {each.region for each in opened.servers.endpoints if each.provider == "dashscope"} == {
            *("cn-beijing", "ap-southeast-1", "us-east-1")
        }
        assert len(opened.servers.endpoints) == 5, "there is one Ollama"
        assert opened.rows[4].startswith("> Ollama")

    run(scenario())


def test_what_is_added_elsewhere_comes_into_the_list(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path)
        opened.servers.add(OLLAMA)
        assert opened.rows[1].startswith("Ollama"), "and what is shown stays"
        opened.servers.remove(BEIJING)
        assert [row[:8] for row in opened.rows] == ["> Ollama"]
        await opened.idle()

    run(scenario())


# ── the address ─────────────────────────────────────────────────────────────────────────────────


def test_only_the_fields_of_the_kind_are_shown(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, SEVERAL)
        boxes = [child(opened.dialog, QComboBox, name) for name in ("Region", "Plan")]
        lines = [child(opened.dialog, QLineEdit, name) for name in ("Workspace ID", "Base URL")]
        shown = [each.isVisible() for each in (*boxes, *lines)]
        assert shown == [True, True, True, False]
        opened.select(2)
        shown = [each.isVisible() for each in (*boxes, *lines)]
        assert shown == [False, False, False, True]
        assert lines[1].placeholderText() == "http://localhost:11434/v1"
        assert opened.words("Host") == "Questions and images go to localhost:11434."
        await opened.idle()

    run(scenario())


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("http://10.0.0.5:8000/v1/", "Questions and images go to 10.0.0.5:8000."),
        ("https://api.openai.com/v1", "This is OpenAI. Questions and images go to api.openai.com."),
        (f"https://{HOST}/compatible-mode/v1", f"This is DashScope. Questions and images go to {HOST}."),
        ("https://no address", "“https://no address” is not a web address that can be used."),
    ],
)
def test_a_pasted_address_is_recognised(
    run: Run, qtbot: QtBot, tmp_path: Path, written: str, told: str
) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, Settings(Endpoint("custom")))
        assert opened.words("Host") == "Enter the server's address, with http:// or https://."
        opened.write("Base URL", written)
        assert opened.words("Host") == told
        await opened.idle()

    run(scenario())


def test_a_region_without_a_shared_host_asks_for_a_workspace(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path)
        opened.choose("Region", 4)
        workspace = child(opened.dialog, QLineEdit, "Workspace ID")
        assert workspace.placeholderText() == "Needed in this region"
        assert "needs the ID of a workspace" in opened.words("Host")
        assert opened.words("Key state") == ""
        opened.write("Workspace ID", "ws-1")
        assert "ws-1.eu-central-1.maas.aliyuncs.com" in opened.words("Host")
        await opened.idle()

    run(scenario())


def test_a_plan_that_a_region_does_not_sell_is_dropped(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, Settings(Endpoint(plan="coding")))
        assert not child(opened.dialog, QLineEdit, "Workspace ID").isVisible()
        opened.choose("Region", 2)
        assert opened.settings.endpoint == Endpoint(region="us-east-1")
        assert not child(opened.dialog, QComboBox, "Plan").isVisible(), "there is nothing to choose"
        await opened.idle()

    run(scenario())


def test_a_server_does_not_become_another_one_of_the_list(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, Settings(others=(SINGAPORE,)))
        QTest.keyClick(child(opened.dialog, QComboBox, "Region"), Qt.Key.Key_Down)
        assert opened.words("Host") == "This server is in the list already."
        assert child(opened.dialog, QComboBox, "Region").currentData() == "cn-beijing"
        assert opened.servers.endpoints == (SINGAPORE, BEIJING)
        await opened.idle()

    run(scenario())


def test_tab_goes_through_the_page_before_it_closes(qtbot: QtBot, tmp_path: Path) -> None:
    opened = OpenSettings(qtbot, tmp_path, SEVERAL)
    child(opened.dialog, QListWidget, "Servers").setFocus()
    stops = []
    for _ in range(13):
        stop = opened.dialog.focusWidget()
        stops.append(stop.accessibleName() or stop.property("text"))
        opened.dialog.focusNextChild()

    assert stops == [
        *("Servers", "Add server", "Remove", "Region", "Plan", "Workspace ID", "API key", "Show key"),
        *("Save key", "Test", "Get a key…", "Find servers on this computer", "Close"),
    ]


# ── the keys go where something is lacking ──────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "stop"),
    [("Other, OpenAI-compatible", "Base URL"), ("OpenAI", "API key"), ("LM Studio", "")],
)
def test_what_a_new_server_lacks_can_be_typed_at_once(
    kind: str, stop: str, run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path)
        opened.button("Add server").setFocus()
        opened.add(kind)
        await opened.idle()
        focus = opened.dialog.focusWidget()
        assert focus is (child(opened.dialog, QLineEdit, stop) if stop else opened.button("Add server"))

    run(scenario())


def test_a_button_that_can_no_longer_be_pressed_hands_the_keys_to_its_own_field(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, Settings(others=(OLLAMA,)))
        pressed = {"Test": "API key", "Ask this server": "Servers", "Remove": "Servers"}
        after = []
        for words in pressed:
            opened.select(1)
            opened.button(words).setFocus()
            opened.click(words)
            await opened.idle()
            after.append(opened.dialog.focusWidget().accessibleName())
        assert after == list(pressed.values())

    run(scenario())


def test_what_came_of_a_test_is_seen_where_the_page_is_longer_than_the_window(
    run: Run, qtbot: QtBot, tmp_path: Path
) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, SEVERAL)
        opened.backend.check_error = KeyRejected(host=HOST, status=401, detail="no")
        opened.dialog.resize(480, 360)
        opened.click("Test")
        await opened.idle()
        details = opened.button("Details")
        qtbot.waitUntil(lambda: details.visibleRegion().boundingRect() == details.rect())

    run(scenario())


def test_a_password_in_an_address_is_neither_kept_nor_shown(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, Settings(Endpoint("custom")))
        opened.write("Base URL", "https://anna:secret@models.example/v1?key=secret")
        assert opened.typed("Base URL") == "https://models.example/v1"
        await opened.idle()
        assert opened.stored.endpoint == Endpoint("custom", base_url="https://models.example/v1")

    run(scenario())
    assert "secret" not in (tmp_path / "settings.json").read_text("utf-8")


def test_what_came_of_a_test_is_announced(
    run: Run, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        opened = OpenSettings(qtbot, tmp_path, SEVERAL)
        events = list[QAccessibleEvent]()
        monkeypatch.setattr(QAccessible, "updateAccessibility", events.append)
        opened.click("Test")
        await opened.idle()
        told = [each.message() for each in events if isinstance(each, QAccessibleAnnouncementEvent)]
        assert told == [f"Asking {HOST}…", f"{HOST} answered. It works."]

    run(scenario())


def test_what_changes_while_the_page_is_made_is_shown(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        bench = SettingsBench(tmp_path, SEVERAL)
        bench.backend.keys[repr(OPENROUTER)] = KEY
        page = ConnectionPage(bench.model)
        qtbot.addWidget(page)
        steps = page.fill()
        next(steps)
        bench.servers.look_for_keys()
        await bench.idle()
        for _ in steps:
            if OPENROUTER in bench.settings.others:
                bench.servers.choose(OPENROUTER)
                bench.servers.remove(BEIJING)
                await bench.idle()
        shown = child(page, QListWidget, "Servers")
        assert [shown.item(row).text() for row in range(shown.count())] == ["OpenRouter", "Ollama"]
        assert shown.currentRow() == 0
        assert "keyring" in child(page, QLabel, "Key state").text()

    run(scenario())
