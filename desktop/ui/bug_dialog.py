"""Says that the app itself is at fault, and lets one go on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from desktop.ui.plain_label import PlainLabel
from desktop.ui.theme import SPACE

_WIDTH = 480


class BugDialog(QDialog):
    """Open it with `open()`.

    Signals:
        copy_requested: The diagnostics are wanted in the clipboard.
    """

    copy_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Something went wrong"))
        words = (
            _line(self.tr("Something went wrong inside Viewfinder."), "heading"),
            _line(self.tr("Your conversations are still there. You can go on."), ""),
            _line(
                self.tr(
                    "The diagnostics say where it happened, with versions and settings."
                    " They hold no question, no answer, no key and no name of a file of yours."
                ),
                "muted",
            ),
        )
        buttons = QDialogButtonBox(self)
        self._copy = buttons.addButton(self.tr("Copy diagnostics"), QDialogButtonBox.ButtonRole.ActionRole)
        go_on = buttons.addButton(self.tr("Go on"), QDialogButtonBox.ButtonRole.RejectRole)
        self._copy.clicked.connect(self.copy_requested)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * SPACE, 4 * SPACE, 5 * SPACE, 4 * SPACE)
        column.setSpacing(2 * SPACE)
        for widget in (*words, buttons):
            column.addWidget(widget)
        self.setFixedWidth(_WIDTH)
        _make_default(go_on)

    def show_copied(self) -> None:
        """The diagnostics are in the clipboard."""
        self._copy.setMinimumWidth(self._copy.width())  # what is beside it stays where it is
        self._copy.setText(self.tr("Copied"))


def _make_default(button: QPushButton) -> None:
    """Enter goes on: whoever typed when the dialog came copies nothing."""
    button.setDefault(True)
    button.setFocus()


def _line(words: str, role: str) -> PlainLabel:
    label = PlainLabel(words)
    label.setProperty("role", role)
    label.setWordWrap(True)
    return label
