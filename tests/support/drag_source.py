"""Another program, out of whose window something can be dragged.

    python -m tests.support.drag_source --file PNG

Says on stdout, a line each: `dragging` when a drag begins, `accepted` when what lies under the pointer would
take it, and at the end `refused`, or `taken` once the other program has fetched all it wants.
"""

import argparse
import sys

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

from tests.support.mime_offer import offered, parser

PLACE = QRect(20, 600, 120, 120)
"""Where its window stands: x, y, width, height in px."""


class _Source(QLabel):
    def __init__(self, options: argparse.Namespace) -> None:
        super().__init__("Drag me")
        self._options = options
        self._is_dragging = False
        self.setWindowTitle("Another program")
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setGeometry(PLACE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_dragging:
            return
        self._is_dragging = True
        drag = QDrag(self)
        drag.setMimeData(offered(self._options))
        drag.actionChanged.connect(_say_action)
        # Qt keeps it until the other program says that it has finished.
        drag.destroyed.connect(lambda: _say("taken"))
        _say("dragging")
        if drag.exec(Qt.DropAction.CopyAction) == Qt.DropAction.IgnoreAction:
            _say("refused")
        self._is_dragging = False


def _say_action(action: Qt.DropAction) -> None:
    if action != Qt.DropAction.IgnoreAction:
        _say("accepted")


def _say(word: str) -> None:
    print(word, flush=True)


def main() -> int:
    options = parser("A window from which something can be dragged.").parse_args()
    app = QApplication(sys.argv[:1])
    source = _Source(options)
    source.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
