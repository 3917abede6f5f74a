"""How the rows of the model picker are painted, all of one height: two lines."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui.model_words import facts_of, kind_words, model_name, state_words, title_words
from desktop.ui.theme import RADIUS, SPACE, Colors, colors_of
from desktop.ui.wording import sentence
from desktop.viewmodels.picker_groups import Choice, Heading, ListState, Row
from desktop.viewmodels.picker_rows import PickerRole

Index = QModelIndex | QPersistentModelIndex
State = QStyle.StateFlag

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MIDDLE, _END = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight
_BAR = 3
"""Width of the bar before the model that answers."""


class ModelRowPainter(QStyledItemDelegate):
    """A model: its name and kind, and what is known of it below. A server: its name and how far it is."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, 2 * self._view.fontMetrics().lineSpacing() + 3 * SPACE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(PickerRole.ROW)
        colors = colors_of(self._view.palette())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Heading):
            if index.row() > 0:
                _paint_border(painter, option.rect, colors)
            self._paint_heading(painter, option.rect, row, colors)
        else:
            is_marked = bool(option.state & State.State_Selected)
            self._paint_ground(painter, option.rect, colors, is_marked=is_marked)
            self._paint_choice(
                painter, option.rect, row, colors, is_current=index.data(PickerRole.IS_CURRENT)
            )
        painter.restore()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _paint_heading(self, painter: QPainter, room: QRect, heading: Heading, colors: Colors) -> None:
        above, below = _lines(room)
        has_failed = heading.state is ListState.FAILED and heading.error is not None
        line = above if has_failed else below
        painter.setPen(colors.warning if has_failed else colors.muted)
        free = _write(painter, line, state_words(heading), _RIGHT)
        if has_failed and heading.error is not None:
            painter.setPen(colors.muted)
            _write(painter, below, sentence(heading.error), _LEFT)
        painter.setPen(colors.text)
        painter.setFont(_bold(painter.font()))
        _write(painter, free, title_words(heading), _LEFT)

    def _paint_ground(self, painter: QPainter, room: QRect, colors: Colors, *, is_marked: bool) -> None:
        if is_marked:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.selection)
            painter.drawRoundedRect(room, RADIUS, RADIUS)

    def _paint_choice(
        self, painter: QPainter, room: QRect, choice: Choice, colors: Colors, *, is_current: bool
    ) -> None:
        above, below = _lines(room)
        painter.setPen(colors.muted)
        free = _write(painter, above, kind_words(choice), _RIGHT)
        _write(painter, below, facts_of(choice.model, choice.price), _LEFT)
        if is_current:
            _paint_bar(painter, room, colors)
            painter.setFont(_bold(painter.font()))
        painter.setPen(colors.text)
        _write(painter, free, model_name(choice.model.id), _LEFT, _MIDDLE)


def _lines(room: QRect) -> tuple[QRect, QRect]:
    inner = room.adjusted(2 * SPACE, SPACE, -2 * SPACE, -SPACE)
    half = inner.height() // 2
    above = QRect(inner.left(), inner.top(), inner.width(), half)
    return above, above.translated(0, half)


def _write(
    painter: QPainter,
    line: QRect,
    words: str,
    side: Qt.AlignmentFlag,
    cut: Qt.TextElideMode = _END,
) -> QRect:
    """Write at one side of `line`, and return what is left of it."""
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(words, cut, line.width())
    painter.drawText(line, side, shown)
    taken = metrics.horizontalAdvance(shown) + 2 * SPACE if shown else 0
    return line.adjusted(0, 0, -taken, 0) if side == _RIGHT else line.adjusted(taken, 0, 0, 0)


def _paint_border(painter: QPainter, room: QRect, colors: Colors) -> None:
    painter.setPen(colors.border)
    painter.drawLine(room.left() + 2 * SPACE, room.top(), room.right() - 2 * SPACE, room.top())


def _paint_bar(painter: QPainter, room: QRect, colors: Colors) -> None:
    bar = QRect(room.left(), room.top() + 2 * SPACE, _BAR, room.height() - 4 * SPACE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colors.accent)
    painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold
