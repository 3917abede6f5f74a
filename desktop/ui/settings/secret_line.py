"""A line in which a key or a password is typed."""

from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit

SHOWN_SECONDS = 30
"""Longer than it takes to compare a key with where it came from."""

_ALL_TYPED = frozenset(
    {
        Qt.InputMethodQuery.ImSurroundingText,
        Qt.InputMethodQuery.ImTextBeforeCursor,
        Qt.InputMethodQuery.ImTextAfterCursor,
        Qt.InputMethodQuery.ImCurrentSelection,
    }
)


class SecretLine(QLineEdit):
    """Shows dots in the place of what is typed; after `reveal` that itself, a while and in the active window.

    Signals:
        concealed: Dots are shown again.
    """

    concealed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._seen_enough = QTimer(self, singleShot=True, interval=SHOWN_SECONDS * 1000)
        self._seen_enough.timeout.connect(self.conceal)

    def reveal(self) -> None:
        hints = self.inputMethodHints()
        self.setEchoMode(QLineEdit.EchoMode.Normal)
        # It is no word that an input method should learn, or suggest to somebody else.
        self.setInputMethodHints(hints & ~Qt.InputMethodHint.ImhHiddenText)
        self._seen_enough.start()

    def conceal(self) -> None:
        if self.echoMode() is not QLineEdit.EchoMode.Password:
            self._seen_enough.stop()
            self.setEchoMode(QLineEdit.EchoMode.Password)
            self.concealed.emit()

    def drop(self) -> None:
        """Empty the line for good: what `clear` takes away, "Undo" brings back."""
        self.setText("")
        self.conceal()

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.WindowDeactivate:
            self.conceal()
        return super().event(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.conceal()
        super().hideEvent(event)

    def inputMethodQuery(self, query: Qt.InputMethodQuery, argument: Any = None) -> Any:
        """Input methods are other programs: they are told nothing of what stands here."""
        return "" if query in _ALL_TYPED else super().inputMethodQuery(query)
