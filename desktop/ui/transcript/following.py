"""Following the end of what grows, as long as the reader is there."""

from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import QAbstractScrollArea, QToolButton

from desktop.ui.icons import icon
from desktop.ui.theme import SPACE, colors_of

NEAR = 4 * SPACE
"""A reader no further from the end than this, in device-independent px, is at the end."""

_ICON = QSize(16, 16)


class EndFollower(QObject):
    """Knows whether the reader is at the end; if not, a button leads back."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._bar = area.verticalScrollBar()
        self.is_following = True
        self._button = QToolButton(area)
        self._button.setProperty("role", "floating")
        self._button.setAccessibleName("Jump to the end")
        self._button.setToolTip(self.tr("Jump to the end"))
        self._button.setIconSize(_ICON)
        self._button.hide()
        self._button.clicked.connect(self.follow)
        self.show_icon()

    def follow(self) -> None:
        """Go to the end and stay there."""
        self.is_following = True
        self._bar.setValue(self._bar.maximum())
        self._button.hide()

    def look(self, *, is_back: bool = False) -> None:
        """The reader has scrolled: see where that led. Who scrolls back leaves the end, by the least step."""
        self.is_following = not is_back and self._bar.value() >= self._bar.maximum() - NEAR
        self._button.setVisible(not self.is_following)

    def place_button(self) -> None:
        """The area has another size."""
        size = self._button.sizeHint()
        room = self._area.contentsRect()
        self._button.resize(size)
        self._button.move(room.center().x() - size.width() // 2, room.bottom() - size.height() - 2 * SPACE)
        self._button.raise_()

    def show_icon(self) -> None:
        """The area has another palette."""
        self._button.setIcon(icon("arrow-down", colors_of(self._area.palette()).text))
