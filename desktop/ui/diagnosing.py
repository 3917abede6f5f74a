"""Our own bugs as the user meets them: one dialog, a notice after a crash, and the diagnostics to copy."""

from PySide6.QtCore import QLocale, QObject, qVersion
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.ui.banner import Banner
from desktop.ui.bug_dialog import BugDialog
from desktop.viewmodels.diagnosis import Diagnosis


class Diagnosing(QObject):
    """Follows `diagnosis` for `window`; `action` copies the diagnostics, and `banner` says so."""

    def __init__(self, diagnosis: Diagnosis, window: QWidget, banner: Banner, action: QAction) -> None:
        super().__init__(banner)
        self._diagnosis = diagnosis
        self._window = window
        self._banner = banner
        self._dialog: BugDialog | None = None
        diagnosis.bug_met.connect(self._on_diagnosis_bug_met)
        diagnosis.report_ready.connect(self._on_diagnosis_report_ready)
        banner.offer_taken.connect(self._on_banner_offer_taken)
        action.triggered.connect(self._copy)
        if diagnosis.take_crash():
            words = self.tr("Viewfinder ended unexpectedly last time. Your conversations are still there.")
            banner.offer(words, self.tr("Copy diagnostics"), by=self)

    def _on_diagnosis_bug_met(self) -> None:
        """Say it once, however many there are: a bug may come with each frame."""
        if self._dialog is None:
            dialog = BugDialog(self._window)
            dialog.copy_requested.connect(self._copy)
            dialog.finished.connect(self._on_dialog_finished)
            dialog.open()
            self._dialog = dialog  # only now: one that cannot be shown keeps no other from it

    def _on_dialog_finished(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()

    def _on_banner_offer_taken(self, by: object) -> None:
        if by is self:
            self._copy()

    def _copy(self) -> None:
        self._diagnosis.ask_for_report(_seen())

    def _on_diagnosis_report_ready(self, report: str) -> None:
        QGuiApplication.clipboard().setText(report)
        if self._dialog is None:
            self._banner.show_work(self.tr("The diagnostics are in the clipboard."))
        else:
            self._dialog.show_copied()


def _seen() -> dict[str, str]:
    """Of the screen, which only its own thread may look at."""
    screens = QGuiApplication.screens()
    sizes = (
        f"{each.size().width()} × {each.size().height()} at {each.devicePixelRatio():g}" for each in screens
    )
    return {
        "Viewfinder": QGuiApplication.applicationVersion(),
        "Qt": qVersion(),
        "Platform": QGuiApplication.platformName(),
        "Screens": ", ".join(sizes),
        "Locale": QLocale.system().name(),
    }
