"""Follows links that were clicked: those of the web in the browser, after a question where that is due."""

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.domain.link_targets import LinkTarget
from desktop.ui.doubtful_link_dialog import DoubtfulLinkDialog


class LinkOpening(QObject):
    """Asks in a dialog over `window` before it opens a link that there are doubts about."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def follow(self, target: LinkTarget) -> None:
        """Open `target`, which a user has just chosen."""
        if not target.doubts:
            _open(target)
            return
        dialog = DoubtfulLinkDialog(target, self._window)
        dialog.confirmed.connect(lambda: _open(target))
        dialog.open()


def _open(target: LinkTarget) -> None:
    url = QUrl(target.address, QUrl.ParsingMode.StrictMode)
    # What Qt reads otherwise than it was judged is not opened.
    if url.toEncoded().toStdString() == target.address:
        QDesktopServices.openUrl(url)
