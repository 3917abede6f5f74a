"""The images of a question, small and with round corners, and the links to some."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from desktop.domain.images import KeptImage, Picture
from desktop.ui.attachment_words import link_host, link_title
from desktop.ui.elided import ElidedLabel
from desktop.ui.icons import icon
from desktop.ui.image_words import described
from desktop.ui.plain_label import PlainLabel
from desktop.ui.theme import RADIUS, SPACE, colors_of
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.tips import plain_tip
from desktop.viewmodels.pictures import Pictures

_ICON = QSize(20, 20)
_NAMED = 20
"""So many names a tool tip lists."""
_ROOM = QSize(160, 96)
"""For one image, in device-independent px."""


class PictureTile(QWidget):
    """Shows the thumbnail of `image`: asked of `pictures`, and decoded by `thumbnails`, once it is seen."""

    def __init__(
        self, image: Picture, pictures: Pictures, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._image = image
        self._pictures = pictures
        self._thumbnails = thumbnails
        size = QSize(image.size.width, image.size.height)
        size.scale(_ROOM, Qt.AspectRatioMode.KeepAspectRatio)
        self.setFixedSize(size.expandedTo(QSize(1, 1)))
        self.setToolTip(plain_tip(described(image)))
        self.setAccessibleName(f"Image: {image.name}")
        self.setAccessibleDescription(described(image))
        thumbnails.decoded.connect(self.update)
        pictures.arrived.connect(self._on_pictures_arrived)

    def paintEvent(self, event: QPaintEvent) -> None:
        png = self._pictures.thumbnail(self._image)
        if png is None:
            return
        side = max(self.width(), self.height())
        picture = self._thumbnails.picture(png, side, self.devicePixelRatioF()) if png else QPixmap()
        if picture is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        corners = QPainterPath()
        corners.addRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        painter.setClipPath(corners)
        if picture.isNull():
            self._paint_missing(painter)
        else:
            painter.drawPixmap(self.rect(), picture)

    def _paint_missing(self, painter: QPainter) -> None:
        colors = colors_of(self.palette())
        painter.fillRect(self.rect(), colors.border)
        place = QRect(QPoint(), _ICON)
        place.moveCenter(self.rect().center())
        icon("image", colors.muted).paint(painter, place)

    def _on_pictures_arrived(self, digest: str) -> None:
        if isinstance(self._image, KeptImage) and self._image.digest == digest:
            self.update()


class MoreTile(PlainLabel):
    """Stands for the images `names` that are not shown."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(f"+{len(names)}", parent)
        self.setProperty("role", "more")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedSize(_ROOM)
        self.setToolTip(plain_tip("\n".join([*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])])))
        self.setAccessibleName(self.tr("{n} more images").format(n=len(names)))
        self.setAccessibleDescription(", ".join(names))


class LinkTile(QFrame):
    """Shows where a question's image lies on the web; nothing is fetched."""

    def __init__(self, url: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "link")
        self.setToolTip(plain_tip(url))
        self.setAccessibleName(f"Web address: {url}")
        self._picture = PlainLabel()
        title, host = ElidedLabel(), ElidedLabel()
        title.setText(link_title(url))
        host.setText(link_host(url))
        host.setProperty("role", "muted")
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(0)
        grid.addWidget(self._picture, 0, 0, 4, 1)
        grid.addWidget(title, 1, 1)
        grid.addWidget(host, 2, 1)
        grid.setRowStretch(0, 1)
        grid.setRowStretch(3, 1)
        self.setFixedWidth(_ROOM.width())
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        drawn = icon("link", colors_of(self.palette()).muted)
        self._picture.setPixmap(drawn.pixmap(_ICON, self.devicePixelRatioF()))
