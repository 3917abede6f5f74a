"""A guard against a PySide6 that loses references to None: after a few thousand, the process dies.

Seen with PySide6 6.12.0 on Python 3.11. From Python 3.12 on, None is immortal and cannot be lost.
"""

import sys
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QObject
from PySide6.QtGui import QImageReader, QTextCursor, QTextDocument

CALLS = 10_000
NOISE = 100
"""References to None that come and go by themselves meanwhile."""


def lost_by(method: Callable[[], None]) -> int:
    """How many references to None go missing in so many calls; it stops before the process dies of it."""
    before, lost = sys.getrefcount(None), 0
    for _ in range(CALLS):
        method()
        lost = before - sys.getrefcount(None)
        if lost > NOISE:
            break
    return lost


def test_void_methods_keep_none_alive(qapp: QObject) -> None:
    reader, receiver, document = QImageReader(QBuffer()), QObject(), QTextDocument()
    cursor = QTextCursor(document)
    methods: tuple[Callable[[], None], ...] = (
        lambda: reader.setAutoTransform(True),
        lambda: cursor.insertText(""),
        lambda: document.setModified(False),
        lambda: receiver.setObjectName("x"),
    )

    lost = [lost_by(method) for method in methods]

    if sys.version_info >= (3, 12):
        assert lost == [0] * len(methods)
    else:
        assert max(lost) <= NOISE
