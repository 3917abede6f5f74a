"""The line on top: conversations, new, the model, settings."""

import re

from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop.ui.actions import Actions
from desktop.ui.icon_button import IconButton
from desktop.ui.model_picker import ModelPicker
from desktop.ui.theme import BUTTON, SPACE
from desktop.ui.tips import plain_tip

_MNEMONIC = re.compile(r"\(&\w\)|&")
"""Where scripts have no letters for it, the letter stands in brackets behind the words."""


class Header(QWidget):
    """Buttons for the actions of the table, around the model picker."""

    def __init__(self, actions: Actions, picker: ModelPicker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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

    def _button(self, actions: Actions, action: str, picture: str, name: str) -> QToolButton:
        button = IconButton(picture, name, self)
        words = _MNEMONIC.sub("", actions[action].text()).rstrip("…")
        keys = actions[action].shortcut().toString()
        button.setToolTip(plain_tip(f"{words} ({keys})" if keys else words))
        button.setFixedSize(BUTTON, BUTTON)
        button.clicked.connect(actions[action].trigger)
        return button
