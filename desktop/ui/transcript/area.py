"""A scroll area for messages: what is read stays where it is, or the end is followed."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.ui.theme import READING_WIDTH, SPACE
from desktop.ui.transcript.anchor import Anchor, anchor_at, y_of
from desktop.ui.transcript.column import MARGIN, MessageColumn, is_growing
from desktop.ui.transcript.following import EndFollower
from desktop.viewmodels.pictures import Pictures

_ROUNDS = 4
"""So often what is seen is looked at again when it turned out to have another height than was thought."""

_STEP = 6 * SPACE
"""A notch of the wheel moves three of these, an arrow key one, in device-independent px."""


class MessageArea(QAbstractScrollArea):
    """Shows the part of a `MessageColumn` that the reader is at.

    Signals:
        scrolled_by_hand: The reader went elsewhere by wheel, bar or keys.
    """

    scrolled_by_hand = Signal()

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.verticalScrollBar().setSingleStep(_STEP)
        self.column = MessageColumn(self.viewport(), pictures)
        self._anchor = Anchor()
        """What the reader sees at the upper edge: it stays there."""
        self._end = EndFollower(self)
        self._is_settling = False
        self.column.resized.connect(self.settle)

    @property
    def scrolled(self) -> int:
        """How much of the column lies above what is seen, in device-independent px."""
        return self.verticalScrollBar().value()

    @property
    def is_following(self) -> bool:
        """Whether the end is followed while it grows."""
        return self._end.is_following

    def follow(self) -> None:
        """Follow the end from the next time on that something settles."""
        self._end.is_following = True

    def go_to_end(self) -> None:
        """To the end, and follow it from now on."""
        self._end.is_following = True
        self.settle()
        self._end.look()

    def go_to(self, anchor: Anchor) -> None:
        """Let the reader see `anchor` at the upper edge."""
        if 0 <= anchor.message < len(self.column):
            self._end.is_following = False
            self._anchor = anchor
            self.settle()
            self._look()

    def shift(self, count: int) -> None:
        """So many messages stand before those that there were: what is known of those is theirs still."""
        self._anchor = self._anchor._replace(message=self._anchor.message + count)

    # ── where the reader is ─────────────────────────────────────────────────────────────────────

    def settle(self) -> None:
        """Make, lay out and place what is seen; what the reader sees stays, or the end is followed."""
        if self._is_settling:
            return
        self._is_settling = True
        if len(self.column) and is_growing(self.column[len(self.column) - 1]):
            self.column.make(len(self.column) - 1)
        top, height = self._wanted(), self.viewport().height()
        for _ in range(_ROUNDS if self.isVisible() and len(self.column) else 0):
            is_changed = self.column.see(top, top + height)
            before, top = top, self._wanted()
            if not is_changed and top == before:
                break
        self._scroll_to(top)
        self.column.place(self._left, self.scrolled)
        self._is_settling = False

    def _look(self) -> None:
        """See whether the reader is at the end; until there is one who sees anything, nobody knows."""
        if self.isVisible():
            self._end.look()

    def _wanted(self) -> int:
        """How far to scroll so that the reader sees what they saw, or the end."""
        most = max(0, self.column.height - self.viewport().height())
        return most if self._end.is_following else min(most, max(0, round(y_of(self.column, self._anchor))))

    def _scroll_to(self, top: int) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(height)
        bar.setRange(0, max(0, self.column.height - height))
        bar.setValue(top)

    @property
    def _width(self) -> int:
        return max(1, min(READING_WIDTH, self.width() - 2 * MARGIN))

    @property
    def _left(self) -> int:
        # The scroll bar stands in the margin, so that the column stays where it is when it comes.
        return max(MARGIN, (self.width() - self._width) // 2)

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def scrollContentsBy(self, _dx: int, dy: int) -> None:
        # Further than that nothing is left of what was painted, unless it stays: what stands above it came.
        if abs(dy) < self.viewport().height():
            self.viewport().scroll(0, dy)
        if not self._is_settling:
            self.scrolled_by_hand.emit()
            # Scrolled back a little, what was seen before stays, whatever turns out to stand above it.
            back = dy if 0 < dy < self.viewport().height() else 0
            anchor = anchor_at(self.column, self.scrolled + back)
            self._anchor = anchor._replace(dy=anchor.dy - back)
            self._end.look(is_back=dy > 0)
            self.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._end.place_button()
        self._is_settling = True
        self.column.set_width(self._width)
        self._is_settling = False
        self.settle()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.settle()
        if not self.is_following:
            self._look()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_end"):
            self._end.show_icon()
