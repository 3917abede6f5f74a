"""The line on top: conversations, new, the model, settings."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop.ui.actions import Actions
from desktop.ui.icons import icon
from desktop.ui.model_picker import ModelPicker
from desktop.ui.theme import BUTTON, SPACE, colors_of


class Header(QWidget):
    """Buttons for the actions of the table, around the model picker."""

    def __init__(self, actions: Actions, picker: ModelPicker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[tuple[QToolButton, str]] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, SPACE)
        row.addWidget(self._button(actions, "side_list", "panel-left", "Conversation list"))
        row.addWidget(self._button(actions, "new", "square-pen", "New conversation"))
        row.addStretch(1)
        row.addWidget(picker)
        row.addStretch(1)
        # As wide as the two on the left, so that the picker stands in the middle.
        row.addSpacing(BUTTON + row.spacing())
        row.addWidget(self._button(actions, "settings", "settings", "Settings"))
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _button(self, actions: Actions, action: str, picture: str, name: str) -> QToolButton:
        button = QToolButton(self)
        words = actions[action].text().replace("&", "").rstrip("…")
        keys = actions[action].shortcut().toString()
        button.setToolTip(f"{words} ({keys})" if keys else words)
        button.setAccessibleName(name)
        button.setFixedSize(BUTTON, BUTTON)
        button.setIconSize(QSize(18, 18))
        button.clicked.connect(actions[action].trigger)
        self._buttons.append((button, picture))
        return button

    def _dress(self) -> None:
        for button, picture in self._buttons:
            button.setIcon(icon(picture, colors_of(self.palette()).muted))
