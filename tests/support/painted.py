"""Boxes of the transcript laid out and painted, and what can be seen in their pictures."""

from collections.abc import Sequence
from typing import TypeVar
from unicodedata import combining

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from desktop.ui.theme import LIGHT, Colors
from desktop.ui.transcript.box import Box, Mark
from desktop.ui.transcript.look import Look

WIDTH = 600.0

AnyBox = TypeVar("AnyBox", bound=Box)


def look(colors: Colors = LIGHT) -> Look:
    # Made late: a font from before the application has another resolution.
    return Look(QFont("DejaVu Sans", 10), colors)


def laid_out(box: AnyBox, width: float = WIDTH) -> AnyBox:
    """`box`, as it is once there was time for all of it."""
    box.set_width(width)
    while not box.lay_out():
        pass
    return box


def picture(
    box: Box,
    marks: Sequence[Mark] = (),
    *,
    width: float = WIDTH,
    clip: QRectF | None = None,
    ground: QColor = LIGHT.surface,
    scale: int = 1,
) -> QImage:
    """`box` on a ground of one colour; `clip` leaves the rest of that as it is."""
    size = QSizeF(width, box.height).toSize() * scale
    image = QImage(size, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(ground)
    painter = QPainter(image)
    box.paint(painter, clip or QRectF(QPointF(0, 0), size.toSizeF() / scale), marks)
    painter.end()
    return image


def colors_in(image: QImage, place: QRectF | None = None) -> set[str]:
    """The colours of the pixels in `place` (px of the image)."""
    rows = image.copy(place.toAlignedRect() if place is not None else image.rect())
    rows = rows.convertToFormat(QImage.Format.Format_RGB32)
    return {rows.pixelColor(x, y).name() for y in range(rows.height()) for x in range(rows.width())}


def is_untouched(image: QImage, place: QRectF, ground: QColor) -> bool:
    """Whether `place` (px of the image) has but one colour."""
    part = image.copy(place.toAlignedRect())
    blank = QImage(part)
    blank.fill(ground)
    return part == blank


def rows_of(image: QImage, top: float, bottom: float) -> QImage:
    """The pixels between two heights (px of the image)."""
    return image.copy(0, round(top), image.width(), round(bottom - top))


def carets(box: Box) -> list[tuple[float, float]]:
    """Where the caret of each offset stands, in 1/100 px."""
    places = (box.rectangle_of(offset).topLeft() for offset in range(len(box.text) + 1))
    return [(round(place.x(), 2), round(place.y(), 2)) for place in places]


def is_joined(text: str, offset: int) -> bool:
    """Whether `offset` is within what looks like one character."""
    around = text[max(0, offset - 1) : offset + 1]
    return "\u200d" in around or bool(combining(text[offset : offset + 1] or " "))


def centre_of(box: Box, offset: int) -> QPointF:
    return box.rectangle_of(offset).center()
