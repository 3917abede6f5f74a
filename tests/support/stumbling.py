"""The app with a bug in it: `python -m tests.support.stumbling BUG [ARGUMENT…]`.

Of the window, `look` is no bug: it prints what the banner says and what the diagnostics are, and quits.
"""

import asyncio
import faulthandler
import os
import signal
import sys
from collections.abc import Mapping
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import qFatal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel

from desktop.cli import main as run
from desktop.ui.banner import Banner
from desktop.ui.window import MainWindow
from tests.support.diagnosing import SECRET, raise_secret
from tests.support.stage import until


async def _bug_in_asking(*arguments: Any) -> int:
    raise RuntimeError(f"{SECRET} {arguments}")


async def _bug_in_task(*_: Any) -> None:
    QApplication.clipboard().clear()
    try:
        raise_secret()
    finally:
        _end()


async def _look(*_: Any) -> None:
    clipboard = QApplication.clipboard()
    for banner in _window().findChildren(Banner):
        print([each.text() for each in banner.findChildren(QLabel) if not banner.isHidden()])
    action = next(each for each in _window().actions() if each.objectName() == "copy_diagnostics")
    assert isinstance(action, QAction)
    action.trigger()
    await until(clipboard.dataChanged, lambda: bool(clipboard.text()))
    print(clipboard.text())
    clipboard.clear()
    _end()


async def _segfault(*_: Any) -> None:
    faulthandler._sigsegv()  # type: ignore[attr-defined]  # Python's own, for tests


async def _fatal(*_: Any) -> None:
    qFatal(f'"{SECRET}"')


async def _kill(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _window() -> MainWindow:
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))


def _end() -> None:
    asyncio.get_running_loop().call_soon(_window().close)


BUGS: Mapping[str, tuple[str, Any]] = {
    "ask": ("desktop.terminal._ask", _bug_in_asking),
    "start": ("desktop.app.make_session", lambda *_: raise_secret()),
    "task": ("desktop.app._warm_up", _bug_in_task),
    "look": ("desktop.app._warm_up", _look),
    "segfault": ("desktop.app._warm_up", _segfault),
    "fatal": ("desktop.app._warm_up", _fatal),
    "kill": ("desktop.app._warm_up", _kill),
}


if __name__ == "__main__":
    with patch(*BUGS[sys.argv[1]]):
        sys.exit(run(sys.argv[2:]))
