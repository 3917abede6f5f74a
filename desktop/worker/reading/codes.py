"""QR codes, barcodes and their like in an image."""

from typing import NamedTuple

import zxingcpp

from desktop.domain.images import Box
from desktop.worker.reading.array import Pixels


class Code(NamedTuple):
    """`symbology` is the kind's own name: "QR Code", "EAN-13". `box` in px."""

    symbology: str
    text: str
    box: Box


def codes(pixels: Pixels) -> list[Code]:
    """Every code that can be read, in no order."""
    return [
        Code(str(barcode.format), barcode.text, _bounds(barcode.position))
        for barcode in zxingcpp.read_barcodes(pixels)
        if barcode.text
    ]


def _bounds(position: zxingcpp.Position) -> Box:
    corners = position.top_left, position.top_right, position.bottom_right, position.bottom_left
    xs, ys = [corner.x for corner in corners], [corner.y for corner in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))
