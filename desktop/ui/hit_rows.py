"""Paints a hit: the conversation and its day, then a line or two of what was found, the places marked."""

from functools import lru_cache

from PySide6.QtCore import (
    QCoreApplication,
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
)
from PySide6.QtGui import QBrush, QColor, QFont, QFontInfo, QFontMetricsF, QPainter, QTextCharFormat
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.history import Hit
from desktop.ui.icons import icon
from desktop.ui.marked_lines import MarkedLines
from desktop.ui.theme import SPACE, Colors, colors_of
from desktop.viewmodels.history_search import HitRole

Index = QModelIndex | QPersistentModelIndex

_LINES = 2
"""Of an excerpt."""
_LINE_HEIGHT = 1.45
"""In the size of the text: Chinese fonts are higher than others."""
_ICON = 14
_WEEK = 7
_KEPT = 128
"""Texts that are laid out: of all hits, a title and an excerpt each."""


class HitRows(QStyledItemDelegate):
    """The rows of one `view`, whose model tells what `HitRole` asks for."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._fitted = lru_cache(_KEPT)(MarkedLines)

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._line_height() * (1 + self._excerpt_lines(index)) + 3 * SPACE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        colors = colors_of(self._view.palette())
        painter.save()
        panel = QStyle.PrimitiveElement.PE_PanelItemViewItem
        self._view.style().drawPrimitive(panel, option, painter, self._view)
        room = _inner(rect)
        room.setHeight(self._line_height())
        title = room.adjusted(0, 0, -self._paint_day(painter, room, index, colors), 0)
        self._paint_title(painter, title, index, colors)
        if self._excerpt_lines(index):
            self._paint_excerpt(painter, room.translated(0, room.height() + SPACE // 2), index, colors)
        painter.restore()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _line_height(self) -> int:
        return round(_LINE_HEIGHT * QFontInfo(self._view.font()).pixelSize())

    def _excerpt_lines(self, index: Index) -> int:
        """How many lines stand below the title: none if the title is what was found."""
        if hit_at(index).message is None:
            return 0
        wanted = QFontMetricsF(self._view.font()).horizontalAdvance(index.data(HitRole.EXCERPT))
        return 1 if wanted <= self._excerpt_width() else _LINES

    def _excerpt_width(self) -> int:
        return _inner(self._view.viewport().rect()).width() - _ICON - SPACE

    def _paint_day(self, painter: QPainter, room: QRect, index: Index, colors: Colors) -> int:
        """Gives the width that it takes, distance included."""
        words, metrics = day_words(index.data(HitRole.WHEN)), QFontMetricsF(self._view.font())
        width = round(metrics.horizontalAdvance(words))
        painter.setPen(colors.muted)
        painter.drawText(QPointF(room.right() + 1 - width, self._baseline(room.top())), words)
        return width + 2 * SPACE

    def _paint_title(self, painter: QPainter, room: QRect, index: Index, colors: Colors) -> None:
        font = QFont(self._view.font())
        font.setWeight(QFont.Weight.DemiBold)
        is_found = hit_at(index).message is None
        words = index.data(HitRole.EXCERPT if is_found else HitRole.TITLE)
        marks = index.data(HitRole.MARKS) if is_found else ()
        lines = self._fitted(words, marks, font, room.width(), 1)
        painter.setPen(colors.text)
        place = QPointF(room.left(), self._baseline(room.top()))
        lines.draw(painter, 0, place, _found(colors, colors.text))

    def _paint_excerpt(self, painter: QPainter, room: QRect, index: Index, colors: Colors) -> None:
        top = room.top() + (room.height() - _ICON) // 2
        picture = "user" if hit_at(index).is_question else "sparkles"
        icon(picture, colors.muted).paint(painter, QRect(room.left(), top, _ICON, _ICON))
        words, marks = index.data(HitRole.EXCERPT), index.data(HitRole.MARKS)
        lines = self._fitted(words, marks, self._view.font(), self._excerpt_width(), _LINES)
        painter.setPen(colors.muted)
        for number in range(len(lines.lines)):
            baseline = self._baseline(room.top() + number * room.height())
            place = QPointF(room.left() + _ICON + SPACE, baseline)
            lines.draw(painter, number, place, _found(colors, colors.text))

    def _baseline(self, top: int) -> float:
        """Of the line that begins at `top`; all in px of the list."""
        metrics = QFontMetricsF(self._view.font())
        return round(top + (self._line_height() - metrics.height()) / 2 + metrics.ascent())


def hit_at(index: Index) -> Hit:
    hit = index.data(HitRole.HIT)
    assert isinstance(hit, Hit)
    return hit


def spoken_hit(index: Index) -> str:
    """All that a row says, as one line of plain text."""
    hit = hit_at(index)
    title, day = index.data(HitRole.TITLE), day_words(hit.summary.used)
    if hit.message is None:
        return f"{title}, {day}"
    return f"{title}, {day}. {_speaker(hit)}: {hit.excerpt}"


def hit_tip(index: Index) -> str:
    """What a row says, in lines of plain text."""
    hit = hit_at(index)
    title = str(index.data(HitRole.TITLE))
    return title if hit.message is None else f"{title}\n{_speaker(hit)}: {hit.excerpt}"


def day_words(seconds: float) -> str:
    """The day of a time, since the epoch, as briefly as it can be told; of today, the time."""
    moment, locale = QDateTime.fromMSecsSinceEpoch(round(seconds * 1000)), QLocale()
    days = moment.date().daysTo(QDateTime.currentDateTime().date())
    brief = QLocale.FormatType.ShortFormat
    if days <= 0:
        return locale.toString(moment.time(), brief)
    if days < _WEEK:
        return locale.standaloneDayName(moment.date().dayOfWeek(), brief)
    return locale.toString(moment.date(), brief)


def _speaker(hit: Hit) -> str:
    if hit.is_question:
        return QCoreApplication.translate("hits", "Question")
    return QCoreApplication.translate("hits", "Answer")


def _found(colors: Colors, ink: QColor) -> QTextCharFormat:
    found = QTextCharFormat()
    found.setBackground(QBrush(colors.found))
    found.setForeground(QBrush(ink))
    return found


def _inner(rect: QRect) -> QRect:
    return rect.adjusted(2 * SPACE, SPACE, -2 * SPACE, -SPACE)
