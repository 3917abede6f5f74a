"""Pixels without transparency, for whatever knows none."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter


def on_paper(image: QImage) -> QImage:
    """Without transparency: on white, or on black where that would hide light text."""
    if not image.hasAlphaChannel():
        return image
    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.black if _is_light(image) else Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    return paper


def _is_light(image: QImage) -> bool:
    """Whether what is opaque is lighter than middle grey, on the average."""
    mean: QColor = image.scaled(
        1, 1, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    ).pixelColor(0, 0)
    return mean.lightness() > 127  # noqa: PLR2004 - half of 255
