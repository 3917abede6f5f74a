"""How a server is painted in the list: its name, and below it what is known of it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui.theme import RADIUS, SPACE, Colors, colors_of

FACTS_ROLE = Qt.ItemDataRole.UserRole + 1
"""What stands in the second line; the first is the item's own text."""

_HOVER_ALPHA = 20
_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

State = QStyle.StateFlag


class ServerRows(QStyledItemDelegate):
    """Two lines, each cut where there is no room: all rows are of one height in every script."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, 2 * self._view.fontMetrics().lineSpacing() + 3 * SPACE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        colors = colors_of(self._view.palette())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room: QRect = option.rect
        self._paint_ground(painter, room, option.state, colors)
        above = room.adjusted(2 * SPACE, SPACE, -2 * SPACE, -room.height() // 2)
        below = room.adjusted(2 * SPACE, room.height() // 2, -2 * SPACE, -SPACE)
        self._write(painter, above, index.data(), colors.text)
        is_chosen = bool(option.state & State.State_Selected)
        self._write(painter, below, index.data(FACTS_ROLE), colors.text if is_chosen else colors.muted)
        painter.restore()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _paint_ground(self, painter: QPainter, room: QRect, state: State, colors: Colors) -> None:
        ground = QColor(colors.text)
        ground.setAlpha(_HOVER_ALPHA if state & State.State_MouseOver else 0)
        painter.setPen(colors.accent if state & State.State_HasFocus else Qt.PenStyle.NoPen)
        painter.setBrush(colors.selection if state & State.State_Selected else ground)
        painter.drawRoundedRect(room.adjusted(0, 0, -1, -1), RADIUS - 2, RADIUS - 2)

    def _write(self, painter: QPainter, room: QRect, words: str, color: QColor) -> None:
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(color)
        # Characters of another script may be higher than the line: they reach into the gap.
        painter.drawText(room, _START | Qt.TextFlag.TextDontClip | Qt.TextFlag.TextSingleLine, shown)
