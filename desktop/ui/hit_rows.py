"""Paints a hit: the conversation and its day, then a line or two of what was found, the places marked."""

from functools import lru_cache

from PySide6.QtCore import (
    QCoreApplication,
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
)
from PySide6.QtGui import QBrush, QFont, QFontInfo, QFontMetricsF, QPainter, QTextCharFormat
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.history import Hit
from desktop.ui.icons import icon
from desktop.ui.marked_lines import MarkedLines
from desktop.ui.theme import SPACE, Colors, colors_of
from desktop.viewmodels.history_search import HIT_ROLE

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
    """The rows of one `view`, whose model lists hits."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._fitted = lru_cache(_KEPT)(MarkedLines)
        self._advance = lru_cache(_KEPT)(_advance)

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = 1 + self._excerpt_lines(hit_at(index))
        return QSize(0, lines * _line_height(self._view.font()) + 3 * SPACE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit, font, colors = hit_at(index), self._view.font(), colors_of(self._view.palette())
        panel = QStyle.PrimitiveElement.PE_PanelItemViewItem
        painter.save()
        self._view.style().drawPrimitive(panel, option, painter, self._view)
        room = _inner(option.rect)
        room.setHeight(_line_height(font))
        self._paint_head(painter, room, hit, str(index.data()), colors)
        if hit.message is not None:
            room.moveTop(room.top() + room.height() + SPACE // 2)
            self._paint_excerpt(painter, room, hit, colors)
        painter.restore()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _excerpt_lines(self, hit: Hit) -> int:
        """How many lines stand below the title: none if the title is what was found."""
        if hit.message is None:
            return 0
        return 1 if self._advance(hit.excerpt, self._view.font()) <= self._excerpt_width() else _LINES

    def _excerpt_width(self) -> int:
        return _inner(self._view.viewport().rect()).width() - _ICON - SPACE

    def _paint_head(self, painter: QPainter, room: QRect, hit: Hit, title: str, colors: Colors) -> None:
        """The title, and behind it the day."""
        font, baseline, day = self._view.font(), _baseline(self._view.font()), day_words(hit.summary.used)
        width = round(self._advance(day, font))
        painter.setPen(colors.muted)
        painter.drawText(QPoint(room.right() + 1 - width, room.top() + baseline), day)
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        words, marks = (hit.excerpt, hit.marks) if hit.message is None else (title, ())
        lines = self._fitted(words, marks, bold, room.width() - width - 2 * SPACE, 1)
        painter.setPen(colors.text)
        lines.draw(painter, 0, QPointF(room.left(), room.top() + baseline), _found(colors))

    def _paint_excerpt(self, painter: QPainter, room: QRect, hit: Hit, colors: Colors) -> None:
        """`room` is that of its first line."""
        font, height = self._view.font(), room.height()
        top = room.top() + (height - _ICON) // 2
        picture = "user" if hit.is_question else "sparkles"
        icon(picture, colors.muted).paint(painter, QRect(room.left(), top, _ICON, _ICON))
        lines = self._fitted(hit.excerpt, hit.marks, font, self._excerpt_width(), _LINES)
        place = QPointF(room.left() + _ICON + SPACE, room.top() + _baseline(font))
        painter.setPen(colors.muted)
        for number in range(len(lines.lines)):
            lines.draw(painter, number, place + QPointF(0, number * height), _found(colors))


def hit_at(index: Index) -> Hit:
    hit = index.data(HIT_ROLE)
    assert isinstance(hit, Hit)
    return hit


def spoken_hit(index: Index) -> str:
    """All that a row says, as one line of plain text."""
    hit = hit_at(index)
    title, day = str(index.data()), day_words(hit.summary.used)
    if hit.message is None:
        return f"{title}, {day}"
    return f"{title}, {day}. {_speaker(hit)}: {hit.excerpt}"


def hit_tip(index: Index) -> str:
    """What a row says, in lines of plain text."""
    hit = hit_at(index)
    title = str(index.data())
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


def _found(colors: Colors) -> QTextCharFormat:
    found = QTextCharFormat()
    found.setBackground(QBrush(colors.found))
    found.setForeground(QBrush(colors.text))
    return found


def _advance(text: str, font: QFont) -> float:
    """How wide `text` is in one line, in device-independent px."""
    return QFontMetricsF(font).horizontalAdvance(text)


def _line_height(font: QFont) -> int:
    return round(_LINE_HEIGHT * QFontInfo(font).pixelSize())


def _baseline(font: QFont) -> int:
    """Of a line, from its top, in device-independent px."""
    metrics = QFontMetricsF(font)
    return round((_line_height(font) - metrics.height()) / 2 + metrics.ascent())


def _inner(rect: QRect) -> QRect:
    return rect.adjusted(2 * SPACE, SPACE, -2 * SPACE, -SPACE)
