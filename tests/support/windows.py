"""The app's own window over its own view models; only the answers are written by the test."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QPointF, Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app import Window
from desktop.connection import load_catalog
from desktop.diagnosis.bugs import Bugs
from desktop.domain.ports import ImageLoader
from desktop.domain.settings import Settings
from desktop.runtime.tasks import TaskOwner
from desktop.storage.history import SqliteHistory
from desktop.storage.settings_file import SettingsFile
from desktop.ui.drop_frame import DropFrame
from desktop.ui.prompt import PromptEdit
from desktop.ui.shell import Shell
from desktop.ui.transcript.view import TranscriptView
from desktop.viewmodels.composer import ComposerViewModel
from desktop.viewmodels.diagnosis import Diagnosis
from desktop.viewmodels.picker import PickerViewModel
from desktop.viewmodels.session import SessionViewModel
from desktop.viewmodels.settings import SettingsViewModel
from tests.support.pictures import ScriptedFolders, ScriptedLinks, ScriptedLoader
from tests.support.qt import child, first
from tests.support.scripted import ScriptedBackend
from tests.support.shown_transcript import words_in

BOTH = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
LEFT = Qt.MouseButton.LeftButton
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class OpenWindow:
    """A window on the screen, and the hands and eyes of its user."""

    def __init__(self, app: QApplication, folder: Path, settings: Settings, loader: ImageLoader) -> None:
        catalog = load_catalog()
        self._app = app
        self.backend = ScriptedBackend()
        self.folders, self.links = ScriptedFolders(), ScriptedLinks()
        self.bugs = Bugs()
        self.tasks = TaskOwner(self.bugs.note)
        self.ended = asyncio.Event()
        store = SettingsFile(folder / "settings.json")
        self.session = SessionViewModel(
            SettingsViewModel(settings, store, self.backend, self.tasks),
            PickerViewModel(catalog, self.backend, self.tasks),
            ComposerViewModel(loader, self.folders, self.links, self.tasks),
            store=SqliteHistory(folder / "history"),
            backend=self.backend,
            loader=loader,
            links=self.links,
            tasks=self.tasks,
        )
        self.diagnosis = Diagnosis(self.bugs, "\n".join, self.tasks)
        self.keeper = Window(app, self.session, self.ended, self.diagnosis)
        self.keeper.open(None)
        self.session.open()

    @property
    def shell(self) -> Shell:
        return self.keeper._shell

    @property
    def window(self) -> QWidget:
        return self.shell.window

    @property
    def prompt(self) -> PromptEdit:
        return child(self.window, PromptEdit)

    @property
    def painted(self) -> str:
        """All words of the transcript."""
        return "\n".join(words_in(child(self.window, TranscriptView).column))

    def action(self, name: str) -> QAction:
        return child(self.shell, QAction, name)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        QTest.keyClick(self.window, key, modifier)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.prompt, text)

    def enter(self) -> None:
        QTest.keyClick(self.prompt, Qt.Key.Key_Return)

    def drop(self, mime: QMimeData, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> Qt.DropAction:
        """Drag `mime` to the middle of the window, whatever stands there, and let it go.

        Gives what the window said that it did with it.
        """
        middle = self.window.rect().center()
        widget = self.window.childAt(middle) or self.window
        enter = QDragEnterEvent(widget.rect().center(), BOTH, mime, LEFT, modifier)
        QApplication.sendEvent(widget, enter)
        event = QDropEvent(QPointF(widget.rect().center()), BOTH, mime, LEFT, modifier)
        QApplication.sendEvent(widget, event)
        return event.dropAction() if event.isAccepted() else Qt.DropAction.IgnoreAction

    def drag_over(self, widget: QWidget, mime: QMimeData) -> tuple[bool, bool]:
        """Drag `mime` over `widget` and away: is it taken there, and did the frame show?"""
        enter = QDragEnterEvent(widget.rect().center(), BOTH, mime, LEFT, NO_MODIFIER)
        QApplication.sendEvent(widget, enter)
        shown = child(self.window, DropFrame).isVisible()
        QApplication.sendEvent(widget, QDragLeaveEvent())
        return enter.isAccepted(), shown

    async def active(self) -> None:
        """Until the window takes keys."""
        while not self.window.isActiveWindow():
            await first(self._app.focusWindowChanged)

    async def loaded(self) -> None:
        while self.session.composer.is_loading:
            await first(self.session.composer.loading_changed)

    async def answered(self) -> None:
        while self.session.chat.is_busy:
            await first(self.session.chat.answer_finished)

    async def aclose(self) -> None:
        self.shell.close()
        self.session.quit()
        await self.tasks.aclose()
        await self.session.aclose()
        self.keeper._appearance.deleteLater()
        self.keeper.deleteLater()
        await deleted()


async def deleted() -> None:
    """Until Qt has deleted what was to be deleted later."""
    marker = QObject()
    gone = first(marker.destroyed)
    marker.deleteLater()
    await gone


@asynccontextmanager
async def open_window(
    app: QApplication, folder: Path, settings: Settings | None = None, loader: ImageLoader | None = None
) -> AsyncIterator[OpenWindow]:
    window = OpenWindow(app, folder, settings or Settings(), loader or ScriptedLoader())
    try:
        await window.active()
        yield window
    finally:
        await window.aclose()
