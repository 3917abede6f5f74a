"""The app's own window: opened, painted and closed as ever, over a history and settings of its own."""

import asyncio
import os
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop.app import Window, make_application, make_session
from desktop.connection import Connection
from desktop.diagnosis.bugs import Bugs
from desktop.diagnosis.hooks import lead_to, loop_handler
from desktop.display import has_display
from desktop.domain.settings import Settings
from desktop.runtime.loop import qt_loop
from desktop.runtime.tasks import TaskOwner
from desktop.selftest.finding import CheckFailed, Finding, note, ok
from desktop.storage.settings_file import SettingsFile
from desktop.ui.window import MainWindow
from desktop.viewmodels.diagnosis import Diagnosis
from desktop.viewmodels.settings import SettingsViewModel

_SECONDS = 10.0
"""Longest wait for the window to be painted."""

_COLOURS = 5
"""A window that shows anything has more; the welcome page has hundreds."""

_STEP = 7
"""In px: of every so many columns and rows one is looked at."""


def check(folder: Path) -> Finding:
    has_screen = has_display(os.environ)
    if not has_screen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = make_application()
    bugs = _Bugs()
    lead_to(bugs)
    with qt_loop(app) as loop:
        loop.set_exception_handler(loop_handler(bugs))
        picture = loop.run_until_complete(_opened(app, folder, bugs))
    if bugs.first:
        raise CheckFailed(f"The window met a bug of its own: {bugs.first}.")
    if len(colours(picture)) < _COLOURS:
        raise CheckFailed("The window stayed blank.")
    seen = f"{picture.width()}×{picture.height()} px"
    if not has_screen:
        return note(f"painted, {seen}, but offscreen: there is no display.")
    return ok(f"painted, {seen}, by Qt's platform {app.platformName()}")


def colours(picture: QImage) -> set[int]:
    """Those of some of the pixels of `picture`, as Qt writes them."""
    return {
        picture.pixel(x, y)
        for y in range(0, picture.height(), _STEP)
        for x in range(0, picture.width(), _STEP)
    }


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


class _Bugs(Bugs):
    """Keeps the class of the first, and writes nothing down."""

    first = ""

    def note(self, error: BaseException, where: str) -> None:
        self.first = self.first or f"{type(error).__name__} in a {where}"


class _NoSecrets:
    """Implements the port `SecretStore`: nobody's keys are looked at here."""

    async def get(self, host: str) -> None:
        return None

    async def set(self, host: str, key: str) -> None:
        """Not kept."""

    async def delete(self, host: str) -> None:
        """There is none."""


class _Paints(QObject):
    """Knows when a window has been painted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.seen = asyncio.Event()
        window.installEventFilter(self)
        window.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen.set()
        return False


async def _opened(app: QApplication, folder: Path, bugs: Bugs) -> QImage:
    """What the window looks like; it is closed again."""
    tasks, ended = TaskOwner(bugs.note), asyncio.Event()
    connection = Connection({}, secrets=_NoSecrets())
    settings = Settings()
    store = SettingsFile(folder / "settings.json", settings)
    session = make_session(SettingsViewModel(settings, store, connection, tasks), connection, tasks, folder)
    diagnosis = Diagnosis(bugs, lambda _: "", tasks)
    try:
        window = Window(app, session, ended, diagnosis)
        window.open(None)
        session.open()
        picture = await _painted(app)
        await ended.wait()
    finally:
        diagnosis.close()
        session.quit()
        await tasks.aclose()
        await session.aclose()
        await connection.aclose()
    return picture


async def _painted(app: QApplication) -> QImage:
    """The main window's picture once it was painted; it is told to close."""
    main = next(each for each in app.topLevelWidgets() if isinstance(each, MainWindow))
    paints = _Paints(main)
    try:
        async with asyncio.timeout(_SECONDS):
            await paints.seen.wait()
    except TimeoutError:
        raise CheckFailed(f"The window was not painted within {_SECONDS:g} s.") from None
    picture = main.grab().toImage()
    main.close()
    return picture
