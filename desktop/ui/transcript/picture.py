"""One image of a question, small and with round corners."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.images import ImageInput
from desktop.ui.theme import RADIUS

_ROOM = QSize(160, 96)
"""For one image, in device-independent px."""


class Picture(QLabel):
    """Shows the thumbnail of `image`; it is decoded when it is first seen, in the px of that screen."""

    def __init__(self, image: ImageInput, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._png = image.thumbnail
        self._ratio = 0.0
        size = QSize(image.size.width, image.size.height)
        size.scale(_ROOM, Qt.AspectRatioMode.KeepAspectRatio)
        self.setFixedSize(size.expandedTo(QSize(1, 1)))
        self.setToolTip(image.name)
        self.setAccessibleName(f"Image: {image.name}")

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._ratio != self.devicePixelRatioF():
            self._ratio = self.devicePixelRatioF()
            self.setPixmap(_thumbnail(self._png, self.size(), self._ratio))
        super().paintEvent(event)


def _thumbnail(png: bytes, size: QSize, ratio: float) -> QPixmap:
    """The picture with round corners, sharp at `ratio` px for each device-independent px."""
    picture = QImage.fromData(png)
    if picture.isNull():
        return QPixmap()
    mode = Qt.TransformationMode.SmoothTransformation
    picture = picture.scaled(size * ratio, Qt.AspectRatioMode.IgnoreAspectRatio, mode)
    rounded = QPixmap(picture.size())
    rounded.fill(Qt.GlobalColor.transparent)
    painter = QPainter(rounded)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(QRectF(rounded.rect()), RADIUS * ratio, RADIUS * ratio)
    painter.setClipPath(path)
    painter.drawImage(0, 0, picture)
    painter.end()
    rounded.setDevicePixelRatio(ratio)
    return rounded
