"""How far the reading of the images is, and a way to end it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QToolButton, QWidget

from desktop.ui.elided import ElidedLabel
from desktop.ui.theme import SPACE
from desktop.viewmodels.progress import LoadProgress

_PATIENCE_MS = 300
"""What takes no longer is not worth a line that comes and goes."""


class LoadingLine(QWidget):
    """Hidden while nothing is read.

    Signals:
        cancel_requested: What is not read yet is not wanted.
    """

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ElidedLabel(parent=self)
        self._words.setProperty("role", "muted")
        self._bar = QProgressBar(self)
        self._bar.setAccessibleName("Images read")
        self._bar.setTextVisible(False)
        self._cancel = QToolButton(self)
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.setToolTip(self.tr("Cancel reading (Esc)"))
        self._cancel.setAccessibleName("Cancel reading")
        self._cancel.setProperty("role", "quiet")
        self._cancel.clicked.connect(self.cancel_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, 0, 2 * SPACE, 0)
        row.setSpacing(2 * SPACE)
        row.addWidget(self._words, 1)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self.show)
        self.hide()

    def show_progress(self, progress: LoadProgress | None, *, is_waiting_to_send: bool) -> None:
        """`is_waiting_to_send`: the question goes off once all is read, and that is to be seen at once."""
        if progress is None and not is_waiting_to_send:
            self._patience.stop()
            self.hide()
            return
        self._words.setText(self._said(progress, is_waiting_to_send))
        total, done = (progress.total, progress.done) if progress else (0, 0)
        self._bar.setVisible(total > 1)
        if total > 1:
            self._bar.setRange(0, total)
            self._bar.setValue(done)
        self._cancel.setVisible(progress is not None)
        if is_waiting_to_send:
            self.show()
        elif self.isHidden() and not self._patience.isActive():
            self._patience.start()

    def _said(self, progress: LoadProgress | None, is_waiting_to_send: bool) -> str:
        if progress is None or is_waiting_to_send:
            return self.tr("Will be sent when the images are read…")
        if progress.total == 1:
            return self.tr("Reading the image…")
        return self.tr("Reading images: {done} of {total}").format(done=progress.done, total=progress.total)
