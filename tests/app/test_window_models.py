"""A model is chosen in the app's own window, at whichever server has it."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit

from desktop.domain.models import READER_MODEL, Listed
from desktop.domain.ports import FoundServer
from desktop.domain.settings import Endpoint, Settings
from desktop.ui.model_picker import ModelPicker
from desktop.viewmodels.picker_groups import row_id
from tests.conftest import Run
from tests.support.qt import child, heard
from tests.support.stage import until
from tests.support.windows import OpenWindow, open_window

DASHSCOPE, CUSTOM = Endpoint(), Endpoint("custom", base_url="https://models.example/v1")
LM_STUDIO = Endpoint("lmstudio")
SERVERS = Settings(endpoint=DASHSCOPE, others=(CUSTOM,), model="qwen3-vl-plus")


async def ask_for_models(window: OpenWindow) -> None:
    window.backend.listed_at = {CUSTOM: ("llava",)}
    window.backend.found = (FoundServer(LM_STUDIO, (Listed("gemma"),)),)
    window.action("choose_model").trigger()
    rows = window.session.picker.rows
    await until(rows.rowsInserted, lambda: rows.row_of(row_id(LM_STUDIO, "gemma")) >= 0)
    await until(rows.rowsInserted, lambda: rows.row_of(row_id(CUSTOM, "llava")) >= 0)


def take(window: OpenWindow, typed: str) -> None:
    line = child(window.window, QLineEdit, "Filter models")
    QTest.keyClicks(line, typed)
    QTest.keyClick(line, Qt.Key.Key_Return)


def button(window: OpenWindow) -> str:
    return child(window.window, ModelPicker).text()


def test_a_model_of_another_server_is_chosen_with_it(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(qapp, tmp_path, SERVERS) as window:
            changes = heard(window.session.settings.changed)
            assert button(window) == "qwen3-vl-plus · DashScope"
            await ask_for_models(window)
            take(window, "llava")
            assert changes == [replace(SERVERS.at(CUSTOM), model="llava")]
            assert button(window) == "llava · models.example"
            assert window.session.model.id == "llava"
            assert not child(window.window, QFrame, "Models").isVisible()

    run(scenario())


def test_a_server_that_was_found_becomes_one_of_the_users(
    run: Run, qapp: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(qapp, tmp_path, SERVERS) as window:
            await ask_for_models(window)
            take(window, "gemma")
            settings = window.session.settings.settings
            assert settings == replace(SERVERS.at(LM_STUDIO), model="gemma")
            assert settings.endpoints == (DASHSCOPE, LM_STUDIO, CUSTOM)
            assert button(window) == "gemma · LM Studio"

    run(scenario())


def test_the_reader_leaves_the_servers_as_they_are(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(qapp, tmp_path, SERVERS) as window:
            await ask_for_models(window)
            take(window, "on-device")
            assert window.session.settings.settings == replace(SERVERS, model=READER_MODEL)
            assert button(window) == "On-device reader"

    run(scenario())


@pytest.mark.parametrize(
    ("endpoint", "model", "can_think"),
    [
        (DASHSCOPE, "qwen3-vl-plus", True),
        (DASHSCOPE, "qwen-vl-max", False),
        (Endpoint("siliconflow"), "qwen3-vl-plus", True),
        (LM_STUDIO, "qwen3-vl-plus", False),
    ],
)
def test_thinking_can_be_switched_where_the_servers_switch_is_known(
    run: Run, qapp: QApplication, tmp_path: Path, endpoint: Endpoint, model: str, *, can_think: bool
) -> None:
    async def scenario() -> None:
        async with open_window(qapp, tmp_path, Settings(endpoint=endpoint, model=model)) as window:
            assert window.session.can_think is can_think

    run(scenario())
