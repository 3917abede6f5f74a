"""What all attachments come to, once there are many of them or they are too many."""

from PySide6.QtWidgets import QWidget

from desktop.ui.elided import ElidedLabel
from desktop.ui.image_words import megabytes
from desktop.ui.model_words import model_name
from desktop.ui.theme import SPACE

_FEW = 3
"""So few are told by their cards alone."""


class TotalsLine(ElidedLabel):
    """One line, hidden while there is nothing to add to the cards."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setContentsMargins(2 * SPACE, 0, 2 * SPACE, 0)
        self.hide()

    def show_totals(self, count: int, total_bytes: int, tokens: int | None, too_much_for: str) -> None:
        """`count` attachments of `total_bytes`; `too_much_for`: the model that takes less in, or nothing."""
        self.setVisible(count > _FEW or bool(too_much_for))
        if self.isHidden():
            return
        words = (
            [self.tr("More than {model} takes in").format(model=model_name(too_much_for))]
            if too_much_for
            else []
        )
        words.append(self.tr("{n} images").format(n=count) if count > 1 else self.tr("1 image"))
        words.append(megabytes(total_bytes))
        if tokens is not None:
            words.append(self.tr("≈ {n} tokens").format(n=self.locale().toString(tokens)))
        self.setText(" · ".join(words))
        self._dress("warning" if too_much_for else "muted")

    def _dress(self, role: str) -> None:
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)
