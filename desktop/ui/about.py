"""What this is, and whose work it stands on."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from desktop import __version__
from desktop.paths import resource
from desktop.ui.notices_dialog import NoticesDialog
from desktop.ui.plain_label import PlainLabel
from desktop.ui.theme import SPACE
from desktop.viewmodels.notices import Notices

_LOGO = QSize(72, 72)


class AboutDialog(QDialog):
    """Name, version, licences."""

    def __init__(self, notices: Notices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notices = notices
        self.setWindowTitle(self.tr("About Viewfinder"))
        logo = PlainLabel(parent=self)
        logo.setPixmap(
            QIcon(str(resource("icons", "viewfinder.svg"))).pixmap(_LOGO, self.devicePixelRatioF())
        )
        title = _line(self.tr("Viewfinder {version}").format(version=__version__), "heading")
        purpose = _line(self.tr("Drop a screenshot, ask, and read the streamed answer."), "")
        licence = _line(self.tr("Free software under the MIT licence."), "muted")
        thanks = _line(
            self.tr(
                "Built with Qt and PySide6 (LGPL), httpx, qasync, keyring, markdown-it-py and Pygments."
                " The on-device reader uses RapidOCR with the PP-OCR models, ONNX Runtime and ZXing-C++."
                " Icons by Lucide (ISC)."
            ),
            "muted",
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        others = buttons.addButton(self.tr("Third-party software…"), QDialogButtonBox.ButtonRole.ActionRole)
        others.clicked.connect(self._on_others_clicked)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(8 * SPACE, 6 * SPACE, 8 * SPACE, 4 * SPACE)
        column.setSpacing(3 * SPACE)
        column.addWidget(logo, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (title, purpose, licence, thanks):
            column.addWidget(label)
        column.addWidget(buttons)
        self._column = column
        self.setFixedWidth(440)

    def showEvent(self, event: QShowEvent) -> None:
        # Qt takes at most two thirds of the screen for it otherwise, and cuts words where that is little.
        self.setFixedHeight(self._column.totalHeightForWidth(self.width()))
        super().showEvent(event)

    def _on_others_clicked(self) -> None:
        NoticesDialog(self._notices, self).open()


def _line(words: str, role: str) -> PlainLabel:
    label = PlainLabel(words)
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label
