"""Asks whether a link is to be opened that may not lead where it seems to."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent, QTextOption
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from desktop.domain.link_targets import Doubt, LinkTarget
from desktop.domain.text import QT_TRANSLATE_NOOP
from desktop.ui.detail_text import DetailText
from desktop.ui.plain_label import PlainLabel
from desktop.ui.theme import SPACE

_REASONS = {
    Doubt.OTHER_HOST: QT_TRANSLATE_NOOP("DoubtfulLinkDialog", "Its words name another place."),
    Doubt.LOOK_ALIKE: QT_TRANSLATE_NOOP(
        "DoubtfulLinkDialog",
        "The name has letters that look like others. What begins with “xn--” is how it is really spelt.",
    ),
    Doubt.USER: QT_TRANSLATE_NOOP(
        "DoubtfulLinkDialog",
        "A user name stood before it, which can pass for the name of a place. It is left out.",
    ),
    Doubt.ODD_NUMBER: QT_TRANSLATE_NOOP(
        "DoubtfulLinkDialog", "It was written as a number in a form that hides which computer it is."
    ),
    Doubt.PRIVATE: QT_TRANSLATE_NOOP(
        "DoubtfulLinkDialog", "That is this computer or its own network, not a place on the Internet."
    ),
    Doubt.INVISIBLE: QT_TRANSLATE_NOOP(
        "DoubtfulLinkDialog", "Its words contain characters that cannot be seen."
    ),
    Doubt.MORE_THAN_ADDRESS: QT_TRANSLATE_NOOP(
        "DoubtfulLinkDialog", "It begins an e-mail that already has a text or further recipients."
    ),
    Doubt.LONG: QT_TRANSLATE_NOOP("DoubtfulLinkDialog", "Its address is unusually long."),
}

_WIDTH = 480
_LONGEST_WORD = 30
"""Characters of a host that are as wide as the dialog has room for."""
_SHORT_ADDRESS = 200
"""Characters of an address that are seen at once, in any script."""


class DoubtfulLinkDialog(QDialog):
    """Says where `target` leads, and why that is asked. Open it with `open()`; it is gone when it is closed.

    Signals:
        confirmed: It may be opened.
    """

    confirmed = Signal()

    def __init__(self, target: LinkTarget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Open link"))
        self.target = target
        lead = self._label(self.tr("This link leads to"))
        host = self._label(_breakable(target.host))
        host.setProperty("role", "heading")
        host.setAccessibleName(target.host)
        reasons = [self._label(_reason(doubt)) for doubt in target.doubts]
        address = self._address()
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * SPACE, 4 * SPACE, 5 * SPACE, 4 * SPACE)
        column.setSpacing(3 * SPACE)
        for widget in (lead, host, *reasons, address, self._buttons()):
            column.addWidget(widget)
        self.setFixedWidth(_WIDTH)

    def accept(self) -> None:
        self.confirmed.emit()
        super().accept()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Only now the address knows how many lines it takes.
        self.adjustSize()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _address(self) -> DetailText:
        address = DetailText(self)
        address.setAccessibleName("Address")
        address.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        if len(self.target.shown) > _SHORT_ADDRESS:
            # A bar that comes later stands on the ends of the lines.
            address.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        address.setPlainText(self.target.shown)
        return address

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        copy = buttons.addButton(self.tr("Copy address"), QDialogButtonBox.ButtonRole.ActionRole)
        cancel = buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.addButton(self.tr("Open"), QDialogButtonBox.ButtonRole.AcceptRole)
        # Enter, pressed by habit, opens nothing; on another button it presses that.
        cancel.setDefault(True)
        cancel.setFocus()
        copy.clicked.connect(self._copy)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.target.address)

    def _label(self, words: str) -> PlainLabel:
        label = PlainLabel(words, self)
        label.setWordWrap(True)
        return label


def _breakable(host: str) -> str:
    """`host` with places where a line may end: a label is as wide as its longest word."""
    return host if len(host) <= _LONGEST_WORD else "\u200b".join(host)


def _reason(doubt: Doubt) -> str:
    return QCoreApplication.translate("DoubtfulLinkDialog", _REASONS[doubt])
