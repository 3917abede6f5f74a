"""Paints one attachment: picture, name, what is known of it, what can be done, and a cross to remove it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.images import ImageInput
from desktop.ui.attachment_words import (
    CardAction,
    action_words,
    actions_of,
    all_words,
    lines_of,
    title_of,
    usual_line,
)
from desktop.ui.icons import icon
from desktop.ui.theme import RADIUS, SPACE, Colors, colors_of
from desktop.ui.thumbnails import Thumbnails
from desktop.viewmodels.attachments import AttachmentRole
from desktop.viewmodels.composer import Attachment

Index = QModelIndex | QPersistentModelIndex

_THUMBNAIL = 64
_CROSS = 16
_LINK = 24
_FEWEST_LINES = 4
_LEFT = _THUMBNAIL + 4 * SPACE
"""Where the words begin."""
_FEW = 3
"""So few cards may be as wide as their words."""
_ALIGNED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class AttachmentCard(QStyledItemDelegate):
    """The cards of one `view`; all of them are of one size, so that many are laid out at once."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._size = QSize(0, 0)
        self._thumbnails = Thumbnails(self)
        self._thumbnails.decoded.connect(view.viewport().update)

    def wanted_height(self, attachments: list[Attachment]) -> int:
        """What the cards of `attachments` need to say everything."""
        most = max((_line_count(each) for each in attachments), default=0)
        lines = max(most, _FEWEST_LINES) * self._view.fontMetrics().lineSpacing()
        return max(_THUMBNAIL, lines) + 4 * SPACE

    def least_height(self) -> int:
        """Room for a title and one line."""
        return 2 * self._view.fontMetrics().lineSpacing() + 2 * SPACE

    def fit(self, attachments: list[Attachment], height: int) -> bool:
        """Be `height` high, and as wide as `attachments` need; whether that is another size than before."""
        before = self._size
        self._size = QSize(self._width(attachments, self._view.fontMetrics()), height)
        return self._size != before

    def action_at(self, rect: QRect, attachment: Attachment) -> QRect:
        """Where the words for the card's action stand in the card at `rect`; empty if none stand there."""
        action, last = actions_of(attachment)[0], _line_count(attachment) - 1
        if action is CardAction.REMOVE or last >= self._lines_in(rect, attachment):
            return QRect()
        metrics = self._view.fontMetrics()
        room = self._line(rect, attachment, last)
        room.setWidth(min(room.width(), metrics.horizontalAdvance(action_words(action)) + SPACE))
        return room

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colors = colors_of(self._view.palette())
        rect: QRect = option.rect
        attachment = attachment_at(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colors.accent if self._view.currentIndex() == index else colors.border)
        painter.setBrush(colors.window)
        painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), RADIUS, RADIUS)
        self._paint_picture(painter, rect, attachment, colors)
        self._paint_words(painter, rect, attachment, colors)
        icon("x", colors.muted).paint(painter, cross_of(rect))
        painter.restore()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _width(self, attachments: list[Attachment], metrics: QFontMetrics) -> int:
        edges = _LEFT + _CROSS + 4 * SPACE
        usual = metrics.horizontalAdvance(usual_line()) + edges
        room = self._view.viewport().width() - 2 * self._view.spacing()
        if not 0 < len(attachments) <= _FEW:
            return min(usual, max(room, _LEFT))
        wanted = max(metrics.horizontalAdvance(line) for each in attachments for line in all_words(each))
        share = room // len(attachments) - 2 * self._view.spacing()
        return min(max(usual, min(wanted + edges, share)), max(room, _LEFT))

    def _paint_picture(self, painter: QPainter, rect: QRect, attachment: Attachment, colors: Colors) -> None:
        frame = QRect(rect.left() + 2 * SPACE, rect.top(), _THUMBNAIL, rect.height())
        if not isinstance(attachment.item, ImageInput):
            icon("link", colors.muted).paint(painter, _centered(QSize(_LINK, _LINK), frame))
            return
        ratio = self._view.devicePixelRatioF()
        side = min(_THUMBNAIL, rect.height() - 2 * SPACE)
        picture = self._thumbnails.picture(attachment.item.thumbnail, side, ratio)
        if picture is not None:
            size = picture.deviceIndependentSize().toSize()
            painter.drawPixmap(_centered(size, frame).topLeft(), picture)

    def _paint_words(self, painter: QPainter, rect: QRect, attachment: Attachment, colors: Colors) -> None:
        middle, right = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight
        self._write(painter, self._line(rect, attachment, 0), title_of(attachment), colors.text, middle)
        lines = lines_of(attachment)
        shown = self._lines_in(rect, attachment)
        for number, words in enumerate(lines[: shown - 1], 1):
            is_warning = attachment.must_be_fetched and number == len(lines)
            color = colors.warning if is_warning else colors.muted
            self._write(painter, self._line(rect, attachment, number), words, color, right)
        action = self.action_at(rect, attachment)
        if not action.isEmpty():
            self._write(painter, action, action_words(actions_of(attachment)[0]), colors.link, right)

    def _write(
        self, painter: QPainter, room: QRect, words: str, color: QColor, elided: Qt.TextElideMode
    ) -> None:
        painter.setPen(color)
        painter.drawText(room, _ALIGNED, self._view.fontMetrics().elidedText(words, elided, room.width()))

    def _lines_in(self, rect: QRect, attachment: Attachment) -> int:
        """How many lines of the words there is room for in the card at `rect`."""
        room = (rect.height() - 2 * SPACE) // self._view.fontMetrics().lineSpacing()
        return max(1, min(_line_count(attachment), room))

    def _line(self, rect: QRect, attachment: Attachment, number: int) -> QRect:
        """Where line `number` of the words stands; beside the first one is the cross."""
        height = self._view.fontMetrics().lineSpacing()
        top = rect.center().y() - height * self._lines_in(rect, attachment) // 2 + number * height
        left = rect.left() + _LEFT
        right = rect.right() - 2 * SPACE - (0 if number else _CROSS)
        return QRect(left, top, right - left, height)


def cross_of(rect: QRect) -> QRect:
    """Where the cross stands in the card at `rect`."""
    return QRect(rect.right() - _CROSS - SPACE, rect.top() + 2 * SPACE, _CROSS, _CROSS)


def attachment_at(index: Index) -> Attachment:
    attachment = index.data(AttachmentRole.ATTACHMENT)
    assert isinstance(attachment, Attachment)
    return attachment


def _line_count(attachment: Attachment) -> int:
    has_action = actions_of(attachment)[0] is not CardAction.REMOVE
    if not isinstance(attachment.item, ImageInput):
        return 3 + has_action
    has_change = attachment.is_preparing or attachment.item.change is not None
    return 2 + (attachment.seen is not None) + has_change + has_action


def _centered(size: QSize, frame: QRect) -> QRect:
    placed = QRect(frame.topLeft(), size)
    placed.moveCenter(frame.center())
    return placed
