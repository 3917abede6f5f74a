"""The settings in the real window: they open where they are asked for, and stay there in another language."""

import gc
import weakref
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.settings import Endpoint, Settings
from desktop.ui.settings.dialog import SettingsDialog, SettingsPage
from tests.conftest import Run
from tests.support.qt import child
from tests.support.windows import deleted, open_window


def dialog(window: QWidget) -> SettingsDialog:
    return child(window, SettingsDialog)


@pytest.mark.parametrize("page", SettingsPage)
def test_another_language_leaves_the_page_open(
    run: Run, undressed: QApplication, tmp_path: Path, page: SettingsPage
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, Settings()) as window:
            window.shell.open_settings(page)
            window.session.settings.change(language="zh_CN")
            await deleted()
            await deleted()
            assert dialog(window.window).page is page

    run(scenario())


def test_open_settings_are_brought_to_another_page(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, Settings()) as window:
            window.shell.open_settings(SettingsPage.NETWORK)
            window.shell.open_settings()
            assert dialog(window.window).page is SettingsPage.NETWORK, "where they were left"
            window.shell.open_settings(SettingsPage.CONNECTION)
            assert dialog(window.window).page is SettingsPage.CONNECTION

    run(scenario())


def test_closed_settings_leave_nothing_behind(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        settings = Settings(others=(Endpoint("ollama"), Endpoint("custom")))
        async with open_window(undressed, tmp_path, settings) as window:
            for page in SettingsPage:
                window.shell.open_settings(page)
                await deleted()
            await deleted()
            parts = [weakref.ref(each) for each in dialog(window.window).findChildren(QWidget)]
            dialog(window.window).close()
            await deleted()
            await deleted()
            gc.collect()

            assert len(parts) > 60, "every page was made"
            assert not [type(part()) for part in parts if part() is not None]
            assert window.shell.settings_page is None
            window.session.settings.servers.remove(Endpoint("custom"))  # nobody hears it

    run(scenario())
