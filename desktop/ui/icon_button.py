"""A button with an icon that follows the theme."""

from typing import Literal

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QToolButton, QWidget

from desktop.ui.icons import icon
from desktop.ui.theme import colors_of


class IconButton(QToolButton):
    """Shows the Lucide icon `picture` with sides of `side` px; `name` is its accessible name.

    `ink` is the role of `theme.Colors` that it is drawn in; disabled, it is muted.
    """

    def __init__(
        self,
        picture: str,
        name: str,
        parent: QWidget | None = None,
        *,
        side: int = 18,
        ink: Literal["muted", "text", "on_accent"] = "muted",
    ) -> None:
        super().__init__(parent)
        self._picture = picture
        self._ink = ink
        self.setAccessibleName(name)
        self.setIconSize(QSize(side, side))
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        colors = colors_of(self.palette())
        self.setIcon(icon(self._picture, getattr(colors, self._ink), colors.muted))
