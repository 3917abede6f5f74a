"""The app as macOS starts it: `python -m tests.support.file_opener EARLY LATE`.

The system tells the application object to open EARLY before its loop runs, and LATE, as an address, once
that has been taken.
"""

import sys
from collections.abc import Callable
from unittest.mock import patch

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent

from desktop import app
from desktop.cli import main as run
from desktop.ui.application import Application


def _told(make: Callable[[], Application], early: str, late: str) -> Callable[[], Application]:
    def made() -> Application:
        application = make()
        waiting = [QFileOpenEvent(QUrl.fromLocalFile(late))]

        def tell_late() -> None:
            if waiting:
                QCoreApplication.postEvent(application, waiting.pop())

        application.opened.connect(tell_late)
        QCoreApplication.sendEvent(application, QFileOpenEvent(early))
        return application

    return made


def main() -> int:
    early, late = sys.argv[1:]
    with patch("desktop.app.make_application", _told(app.make_application, early, late)):
        return run([])


if __name__ == "__main__":
    sys.exit(main())
