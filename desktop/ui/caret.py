"""The caret of whichever field has the focus: it blinks while somebody writes."""

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

_REST_MS = 10_000
"""After so long without input the caret stays; GTK's fields rest after the same time."""

_SYSTEMS_OWN = -1


class RestingCaret(QObject):
    """Lets the caret of `app` stay, visible, until it is moved again or the focus goes elsewhere.

    Each blink paints anew: twice a second, all day, in a window that nobody looks at. Qt has no time after
    which it would end, as GTK and macOS have.
    """

    def __init__(self, app: QGuiApplication, milliseconds: int = _REST_MS) -> None:
        super().__init__(app)
        self._hints = app.styleHints()
        self._is_resting = False
        self._timer = QTimer(self, singleShot=True, interval=milliseconds)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self._rest)
        # Said of every key and click in a field, also of those that leave the caret where it is.
        app.inputMethod().cursorRectangleChanged.connect(self._blink)
        app.focusObjectChanged.connect(self._blink)
        self._timer.start()

    def _rest(self) -> None:
        self._is_resting = True
        self._hints.setCursorFlashTime(0)

    def _blink(self) -> None:
        if self._is_resting:
            self._is_resting = False
            self._hints.setCursorFlashTime(_SYSTEMS_OWN)
        self._timer.start()
