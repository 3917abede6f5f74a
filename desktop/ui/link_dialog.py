"""Asks for the web address of an image."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.plain_label import PlainLabel
from desktop.ui.theme import SPACE
from desktop.ui.web_address import web_address

_WIDTH = 440


class LinkDialog(QDialog):
    """One line. Open it with `open()`.

    Signals:
        address_entered: The whole address, http or https.
    """

    address_entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Add web address"))
        words = PlainLabel(self.tr("Address of an image on the web:"), self)
        self._line = QLineEdit(self)
        self._line.setAccessibleName("Web address")
        self._line.setPlaceholderText("https://")
        words.setBuddy(self._line)
        note = PlainLabel(self.tr("Nothing is fetched yet: the address itself is attached."), self)
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._add = buttons.addButton(self.tr("Add"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._line.textChanged.connect(self._show_readiness)
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * SPACE, 4 * SPACE, 5 * SPACE, 4 * SPACE)
        column.setSpacing(2 * SPACE)
        for widget in (words, self._line, note, buttons):
            column.addWidget(widget)
        self.setMinimumWidth(_WIDTH)
        self._show_readiness()

    def accept(self) -> None:
        if address := web_address(self._line.text()):
            self.address_entered.emit(address)
            super().accept()

    def _show_readiness(self) -> None:
        self._add.setEnabled(bool(web_address(self._line.text())))
