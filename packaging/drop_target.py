"""The app's window, onto which images are dropped, and what each drop costs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from cpu_time import cpu_of
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.settings import Settings
from desktop.imaging.loader import WorkerImageLoader
from desktop.worker.process import WorkerProcess
from tests.support.qt import first
from tests.support.windows import OpenWindow, open_window

_COPY = Qt.DropAction.CopyAction
_LEFT = Qt.MouseButton.LeftButton
_NONE = Qt.KeyboardModifier.NoModifier


class Cost(NamedTuple):
    """Seconds of CPU: of app and worker together, and of the window's thread alone."""

    cpu: float
    ui_thread: float


class DropTarget:
    """An open window and its worker."""

    def __init__(self, window: OpenWindow, worker: WorkerProcess) -> None:
        self._composer, self._window, self._worker = window.session.composer, window.window, worker

    async def drop(self, paths: Sequence[Path]) -> Cost:
        """Drop `paths` and wait until they are shown and can be sent."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        widget, place = await self._drag_in(mime)
        began = self._spent()
        QApplication.sendEvent(widget, QDropEvent(QPointF(place), _COPY, mime, _LEFT, _NONE))
        await self._shown(len(paths))
        return self._since(began)

    async def clear(self) -> None:
        self._composer.put("", ())
        await _settled()

    async def _drag_in(self, mime: QMimeData) -> tuple[QWidget, QPoint]:
        """Bring `mime` over the middle of the window, until the frame is painted that says so."""
        widget = self._window.childAt(self._window.rect().center()) or self._window
        place = widget.rect().center()
        QApplication.sendEvent(widget, QDragEnterEvent(place, _COPY, mime, _LEFT, _NONE))
        await _settled()
        return widget, place

    def _since(self, began: Cost) -> Cost:
        now = self._spent()
        return Cost(now.cpu - began.cpu, now.ui_thread - began.ui_thread)

    def _spent(self) -> Cost:
        assert self._worker.pid is not None
        return Cost(time.process_time() + cpu_of(self._worker.pid), time.thread_time())

    async def _shown(self, count: int) -> None:
        while not (self._composer.is_ready and len(self._composer.items) == count):
            await first(self._composer.readiness_changed)
        await _settled()


async def _settled() -> None:
    """Until the window has painted what changed, and run what it put off."""
    await asyncio.sleep(0.1)


@asynccontextmanager
async def drop_target(app: QApplication, folder: Path) -> AsyncIterator[DropTarget]:
    """A window that asks a model of the service, with a warm worker."""
    worker = WorkerProcess(idle=None)
    settings = Settings(model="qwen3-vl-plus", language="en", theme="light")
    try:
        await worker.start("inspect")
        async with open_window(app, folder, settings, WorkerImageLoader(worker)) as window:
            yield DropTarget(window, worker)
    finally:
        await worker.aclose()
