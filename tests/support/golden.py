"""A page with everything on it that Markdown has, laid out and painted."""

from collections.abc import Iterable
from math import ceil, inf
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.markdown.stream import MarkdownStream
from desktop.ui.theme import LIGHT
from desktop.ui.transcript.look import Look
from desktop.ui.transcript.marks import Marks
from desktop.ui.transcript.stack import BlockStack

PAGE = Path(__file__).parents[1] / "data" / "golden.md"
WIDTH = 760
AROUND = 20
"""Room around what is painted, in device-independent px."""


def golden_page() -> str:
    # Line ends as they are in the file.
    return PAGE.read_bytes().decode("utf-8")


def stacked(texts: Iterable[str], look: Look, width: float = WIDTH) -> BlockStack:
    """What a text that came in these pieces is painted from, each laid out before the next came."""
    stack, stream = BlockStack(look), MarkdownStream()
    stack.set_width(width)
    for text in texts:
        stack.apply(stream.feed(text))
        stack.lay_out(0, inf)
    stack.apply(stream.finish())
    stack.lay_out(0, inf)
    return stack


def painted(
    stack: BlockStack, ground: QColor = LIGHT.surface, *, scale: int = 1, clip: QRectF | None = None
) -> QImage:
    """All of `stack`, or what `clip` touches of it, with room around it on a ground of one colour."""
    whole = QRectF(0, 0, WIDTH, ceil(stack.places.height))
    size = whole.adjusted(-AROUND, -AROUND, AROUND, AROUND).size().toSize() * scale
    image = QImage(size, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(ground)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(AROUND, AROUND)
    stack.paint(painter, clip or whole, Marks())
    painter.end()
    return image
