"""Asks whether a key may go to a server unencrypted."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from desktop.ui.plain_label import PlainLabel
from desktop.ui.theme import SPACE

_WIDTH = 440


class UnencryptedDialog(QDialog):
    """About `host`, as `endpoints.host_of` names it. Open it with `open()`; it is gone when it is closed.

    Signals:
        confirmed: The key may go there.
    """

    confirmed = Signal()

    def __init__(self, host: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Send unencrypted"))
        question = self._label(self.tr("Send the key to {host} unencrypted?").format(host=host))
        question.setProperty("role", "title")
        danger = self._label(
            self.tr(
                "Whoever is on the way there can read the key, the questions and the images, and change the"
                " answers. If the server knows https://, enter its address with that instead."
            )
        )
        buttons = QDialogButtonBox(self)
        cancel = buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        send = QPushButton(self.tr("Send unencrypted"))
        send.setProperty("role", "danger")  # before it is styled
        buttons.addButton(send, QDialogButtonBox.ButtonRole.AcceptRole)
        # Enter, pressed by habit, sends nothing; on the other button it presses that.
        cancel.setDefault(True)
        cancel.setFocus()
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * SPACE, 4 * SPACE, 5 * SPACE, 4 * SPACE)
        column.setSpacing(3 * SPACE)
        for widget in (question, danger, buttons):
            column.addWidget(widget)
        self.setMinimumWidth(_WIDTH)

    def accept(self) -> None:
        self.confirmed.emit()
        super().accept()

    def _label(self, words: str) -> PlainLabel:
        label = PlainLabel(words, self)
        label.setWordWrap(True)
        return label
