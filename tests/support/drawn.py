"""Lines of text drawn on a small image, as bytes. Needs a QGuiApplication."""

from collections.abc import Sequence
from io import BytesIO

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from tests.support.screenshots import SANS, installed_font, png_bytes


def drawn(
    lines: Sequence[str],
    *,
    size: tuple[int, int] = (640, 240),
    ink: str = "black",
    paper: str = "white",
    degrees: float = 0,
    scale: int = 1,
) -> bytes:
    """A PNG of `size` px with 20 px text, turned clockwise by `degrees`."""
    image = QImage(size[0] * scale, size[1] * scale, QImage.Format.Format_ARGB32)
    image.fill(QColor(paper))
    painter = QPainter(image)
    painter.scale(scale, scale)
    painter.rotate(degrees)
    painter.setFont(installed_font(SANS, 20))
    painter.setPen(QColor(ink))
    for number, line in enumerate(lines):
        painter.drawText(QPointF(30, 50 + 36 * number), line)
    painter.end()
    return png_bytes(image)


def coded(text: str, kind: zxingcpp.BarcodeFormat) -> bytes:
    """A PNG of a barcode, alone on its white page."""
    symbol = zxingcpp.create_barcode(text, kind)
    pixels = np.pad(np.asarray(zxingcpp.write_barcode_to_image(symbol, scale=4)), 40, constant_values=255)
    height, width = pixels.shape
    return png_bytes(QImage(pixels.tobytes(), width, height, width, QImage.Format.Format_Grayscale8))


def faxed(png: bytes) -> bytes:
    """The image in a red frame, which becomes a pattern of dots in black and white."""
    fax = BytesIO()
    with Image.open(BytesIO(png)) as image:
        framed = image.convert("RGB")
        inner = (10, 10, image.width - 10, image.height - 10)
        ImageDraw.Draw(framed).rectangle(inner, outline="red", width=5)
        framed.convert("1").save(fax, "PNG")
    return fax.getvalue()
