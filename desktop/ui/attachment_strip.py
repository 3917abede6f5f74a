"""The attached images in a row: thumbnail, size, what the model will see of it."""

from functools import lru_cache

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui.icons import icon
from desktop.ui.image_words import change_words
from desktop.ui.spoken import SpokenRows
from desktop.ui.theme import RADIUS, SPACE, Colors, colors_of
from desktop.viewmodels.attachments import AttachmentList, AttachmentRole
from desktop.viewmodels.composer import Attachment

Index = QModelIndex | QPersistentModelIndex

_THUMBNAIL = 64
_CROSS = 16


class AttachmentStrip(QListView):
    """A horizontal list of the attached images; Delete removes, dragging or Ctrl+arrow reorders.

    Signals:
        removal_requested: The row of the image to remove.
    """

    removal_requested = Signal(int)

    def __init__(self, rows: AttachmentList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._delegate = _Card(self)
        self._cross_pressed: int | None = None
        self.setModel(SpokenRows(rows, self._delegate.words, self))
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Attachments")
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setSpacing(SPACE)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if row >= 0 and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove(row)
        elif row >= 0 and is_control and event.key() == Qt.Key.Key_Left:
            self._move(row, row - 1)
        elif row >= 0 and is_control and event.key() == Qt.Key.Key_Right:
            self._move(row, row + 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._cross_pressed = self._cross_at(event)
        if self._cross_pressed is None:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._cross_pressed = self._cross_pressed, None
        if pressed is None:
            super().mouseReleaseEvent(event)
        elif pressed == self._cross_at(event):
            self.removal_requested.emit(pressed)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _cross_at(self, event: QMouseEvent) -> int | None:
        """The row whose cross the left button touches."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        on_cross = index.isValid() and cross_of(self.visualRect(index)).contains(place)
        return index.row() if on_cross and event.button() == Qt.MouseButton.LeftButton else None

    def _remove(self, row: int) -> None:
        self.removal_requested.emit(row)
        self._select(min(row, self._rows.rowCount() - 1))

    def _move(self, row: int, to: int) -> None:
        if 0 <= to < self._rows.rowCount():
            self._rows.move(row, to if to < row else to + 1)
            self._select(to)

    def _select(self, row: int) -> None:
        if row >= 0:
            self.setCurrentIndex(self.model().index(row, 0))

    def _fit(self) -> None:
        self.setFixedHeight(self._delegate.height() + 4 * SPACE)


class _Card(QStyledItemDelegate):
    """Paints one attached image: picture, pixels, what is seen, tokens, and a cross to remove it."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def height(self) -> int:
        return max(_THUMBNAIL, 4 * self._view.fontMetrics().lineSpacing()) + 4 * SPACE

    def words(self, index: Index) -> str:
        """What the card at `index` says."""
        return ", ".join([str(index.data()), *self._lines(_attachment(index))])

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = self._view.fontMetrics()
        lines = [*self._lines(_attachment(index)), "0" * 16]
        width = max(metrics.horizontalAdvance(line) for line in lines)
        return QSize(_THUMBNAIL + width + _CROSS + 8 * SPACE, self.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colors = colors_of(self._view.palette())
        rect: QRect = option.rect
        attachment = _attachment(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colors.accent if self._view.currentIndex() == index else colors.border)
        painter.setBrush(colors.window)
        painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), RADIUS, RADIUS)
        self._paint_picture(painter, rect, attachment)
        self._paint_words(painter, rect, attachment, colors)
        icon("x", colors.muted).paint(painter, cross_of(rect))
        painter.restore()

    def _paint_picture(self, painter: QPainter, rect: QRect, attachment: Attachment) -> None:
        ratio = self._view.devicePixelRatioF()
        side = int(_THUMBNAIL * ratio)
        pixmap = _picture(attachment.image.thumbnail, side)
        pixmap.setDevicePixelRatio(ratio)
        size = pixmap.deviceIndependentSize().toSize()
        frame = QRect(rect.left() + 2 * SPACE, rect.top(), _THUMBNAIL, rect.height())
        painter.drawPixmap(frame.center() - QPoint(size.width() // 2, size.height() // 2), pixmap)

    def _paint_words(self, painter: QPainter, rect: QRect, attachment: Attachment, colors: Colors) -> None:
        line_height = self._view.fontMetrics().lineSpacing()
        lines = [attachment.image.name, *self._lines(attachment)]
        left = rect.left() + _THUMBNAIL + 4 * SPACE
        top = rect.center().y() - line_height * len(lines) // 2
        width = rect.right() - left - 2 * SPACE
        for number, line in enumerate(lines):
            painter.setPen(colors.muted if number else colors.text)
            room = width - _CROSS if number == 0 else width
            elided = self._view.fontMetrics().elidedText(line, Qt.TextElideMode.ElideMiddle, room)
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRect(left, top + number * line_height, room, line_height), flags, elided)

    def _lines(self, attachment: Attachment) -> list[str]:
        image = attachment.image
        lines = [str(image.size)]
        if seen := attachment.seen:
            if seen.size != image.size:
                lines[0] += " · " + self.tr("seen as {size}").format(size=seen.size)
            tokens = self._view.locale().toString(seen.tokens)
            lines.append(self.tr("≈ {tokens} tokens").format(tokens=tokens))
        return lines + ([change_words(image, image.change)] if image.change else [])


@lru_cache(maxsize=64)
def _picture(thumbnail: bytes, side: int) -> QPixmap:
    # The bytes are a small PNG that our own image worker made.
    pixmap = QPixmap()
    pixmap.loadFromData(thumbnail)
    mode = Qt.AspectRatioMode.KeepAspectRatio
    return pixmap.scaled(side, side, mode, Qt.TransformationMode.SmoothTransformation)


def cross_of(rect: QRect) -> QRect:
    """Where the cross stands in the card at `rect`."""
    return QRect(rect.right() - _CROSS - SPACE, rect.top() + 2 * SPACE, _CROSS, _CROSS)


def _attachment(index: Index) -> Attachment:
    attachment = index.data(AttachmentRole.ATTACHMENT)
    assert isinstance(attachment, Attachment)
    return attachment
