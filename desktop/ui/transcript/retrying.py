"""Why there is no word of an answer yet, and when its question is asked again."""

from math import ceil
from time import monotonic

from PySide6.QtCore import QLocale, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.plain_label import PlainLabel
from desktop.ui.wording import sentence
from desktop.viewmodels.transcript import Retry

_TICK_MS = 1000


class RetryLine(PlainLabel):
    """Counts the seconds down, as long as it is seen; screen readers hear of each retry once.

    Signals:
        retold: It says something else, which may be higher or lower.
    """

    retold = Signal()

    def __init__(self, retry: Retry, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setWordWrap(True)
        self.setProperty("role", "muted")
        self._clock = QTimer(self, interval=_TICK_MS)
        self._clock.timeout.connect(self._tell)
        self._retry = retry
        self._tell()
        self._announce()

    def show_retry(self, retry: Retry) -> None:
        """Say `retry`, which may be the one that it says."""
        if retry != self._retry:
            self._retry = retry
            self._tell()
            self._announce()
            if self._clock.isActive():
                self._clock.start()  # anew: in whole seconds from now

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell()
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _tell(self) -> None:
        self.setText(self._words())
        self.retold.emit()

    def _words(self) -> str:
        seconds = ceil(self._retry.until - monotonic())
        reason = sentence(self._retry.error)
        if seconds <= 0:
            return self.tr("{reason} Trying again…").format(reason=reason)
        shown = QLocale().toString(seconds)
        return self.tr("{reason} Trying again in {seconds} s.").format(reason=reason, seconds=shown)

    def _announce(self) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.text()))
