"""Following the end of what grows, as long as the reader is there."""

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize
from PySide6.QtWidgets import QScrollArea, QToolButton, QWidget

from desktop.ui.icons import icon
from desktop.ui.theme import SPACE, colors_of

NEAR = 4 * SPACE
"""A reader no further from the end than this, in device-independent px, is at the end."""

_ICON = QSize(16, 16)


class EndFollower(QObject):
    """Keeps a scroll area at its end while it is there; else what is read stays, and a button leads back.

    `parts` stand below one another in the area; the caller adds to them and takes from them.
    """

    def __init__(self, area: QScrollArea, parts: Sequence[QWidget]) -> None:
        super().__init__(area)
        self._area = area
        self._bar = area.verticalScrollBar()
        self._parts = parts
        self._is_following = True
        self._anchor: QWidget | None = None
        self._anchor_top = 0
        self._button = QToolButton(area)
        self._button.setProperty("role", "floating")
        self._button.setAccessibleName("Jump to the end")
        self._button.setToolTip(self.tr("Jump to the end"))
        self._button.setIconSize(_ICON)
        self._button.hide()
        self._button.clicked.connect(self.follow)
        self._bar.valueChanged.connect(self._on_bar_value_changed)
        self._bar.rangeChanged.connect(self._on_bar_range_changed)
        area.installEventFilter(self)
        self._show_icon()

    def follow(self) -> None:
        """Go to the end and stay there."""
        self._is_following = True
        self._bar.setValue(self._bar.maximum())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place_button()
        elif event.type() == QEvent.Type.PaletteChange:
            self._show_icon()
        return super().eventFilter(watched, event)

    def _on_bar_value_changed(self, value: int) -> None:
        self._is_following = value >= self._bar.maximum() - NEAR
        self._button.setVisible(not self._is_following)
        self._anchor = self._first_seen()
        self._anchor_top = self._top(self._anchor) if self._anchor is not None else 0

    def _on_bar_range_changed(self, _minimum: int, maximum: int) -> None:
        if self._is_following:
            self._bar.setValue(maximum)
        elif self._anchor is not None and self._anchor in self._parts:
            # Something above may have come, or have another height now.
            self._bar.setValue(self._bar.value() + self._top(self._anchor) - self._anchor_top)
        self._button.setVisible(not self._is_following)

    def _first_seen(self) -> QWidget | None:
        """The part at the upper edge of what is seen."""
        begun = bisect_right(self._parts, self._bar.value(), key=self._top)
        return self._parts[max(0, begun - 1)] if self._parts else None

    def _top(self, part: QWidget) -> int:
        content = self._area.widget()
        assert content is not None
        return part.mapTo(content, QPoint(0, 0)).y()

    def _place_button(self) -> None:
        size = self._button.sizeHint()
        room = self._area.contentsRect()
        self._button.resize(size)
        self._button.move(room.center().x() - size.width() // 2, room.bottom() - size.height() - 2 * SPACE)
        self._button.raise_()

    def _show_icon(self) -> None:
        self._button.setIcon(icon("arrow-down", colors_of(self._area.palette()).text))
