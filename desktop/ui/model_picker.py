"""The button that says which model answers, and opens the list of all there are."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from desktop.domain.models import READER_MODEL
from desktop.domain.visible import on_one_line
from desktop.ui.icons import icon
from desktop.ui.mnemonics import unmarked
from desktop.ui.model_picker_popup import ModelPopup
from desktop.ui.model_words import model_name, searched_words
from desktop.ui.theme import colors_of
from desktop.ui.tips import plain_tip
from desktop.viewmodels.picker import PickerViewModel

_FEWEST_DIGITS = 16
"""Narrowest that the button becomes, in the font's own measure."""


class ModelPicker(QToolButton):
    """Says which model answers and whose it is; opens the list.

    Signals:
        opened: The list is open: servers may be asked for their models.
        refresh_requested: All servers are to be asked for their models.
        unencrypted_requested: The host to which a key is perhaps to be sent unencrypted.
    """

    opened = Signal()
    refresh_requested = Signal()
    unencrypted_requested = Signal(str)

    def __init__(self, picker: PickerViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        picker.set_words(searched_words)
        self.setProperty("role", "model")
        self.setAccessibleName("Model")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the words
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._popup = ModelPopup(picker, self)
        self._popup.refresh_requested.connect(self.refresh_requested)
        self._popup.unencrypted_requested.connect(self.unencrypted_requested)
        self.clicked.connect(self.open)
        self._dress()

    def show_model(self, model_id: str, provider: str) -> None:
        name = model_name(model_id)
        words = on_one_line(name if model_id == READER_MODEL else f"{name} · {provider}")
        self.setText(unmarked(words))
        self.setAccessibleDescription(words)
        tip = self.tr("Choose the model that answers")
        self.setToolTip(plain_tip(f"{words}\n{tip}"))

    def open(self) -> None:
        """Open the list under the button, or above it where there is no room below, ready to type."""
        button = QRect(self.mapToGlobal(self.rect().topLeft()), self.size())
        self._popup.open_beside(button, self.screen().availableGeometry())
        self.opened.emit()

    def minimumSizeHint(self) -> QSize:
        # Some ids are longer than a narrow window is wide: their middle is left out there.
        hint = super().minimumSizeHint()
        return QSize(
            min(hint.width(), _FEWEST_DIGITS * self.fontMetrics().horizontalAdvance("0")), hint.height()
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        self.setIcon(icon("chevron-down", colors_of(self.palette()).muted))
