"""Boxes as a detector finds them, on pixels that have ink where the boxes are."""

from collections.abc import Iterable, Sequence

import numpy as np

from desktop.domain.images import Box
from desktop.worker.reading.array import Pixels
from desktop.worker.reading.layout import Region, Scene, regions


def piece(x: int, y: int, width: int = 100, height: int = 20) -> Box:
    return Box(x, y, x + width, y + height)


def shades(boxes: Iterable[Box], size: tuple[int, int] = (4000, 3200)) -> Pixels:
    """A white page on which each box is a block of ink, with some white above and below."""
    page = np.full((size[1], size[0]), 255, np.uint8)
    for box in boxes:
        inset = (box.y1 - box.y0) // 4
        page[box.y0 + inset : box.y1 - inset, box.x0 : box.x1] = 0
    return page


def arranged(boxes: Sequence[Box], **scene: object) -> list[Region]:
    """The regions of boxes that are full of ink."""
    return regions(Scene(boxes, shades(boxes), **scene))  # type: ignore[arg-type]


def monospaced(
    lines: Sequence[str], *, pitch: float = 9.6, line: int = 22, left: int = 40, top: int = 30
) -> Pixels:
    """A page of text in characters `pitch` px wide: a block of ink for each, with white between."""
    page = np.full((top + line * len(lines) + 40, 1400), 255, np.uint8)
    for number, text in enumerate(lines):
        y = top + line * number
        for place, character in enumerate(text):
            if character != " ":
                x = left + place * pitch
                page[y + 4 : y + 15, round(x + 0.12 * pitch) : round(x + 0.88 * pitch)] = 0
    return page


def lines_of(
    lines: Sequence[str], *, pitch: float = 9.6, line: int = 22, left: int = 40, top: int = 30
) -> list[Box]:
    """The boxes around the same lines."""
    return [
        Box(
            round(left + indent * pitch), top + line * n, round(left + len(text) * pitch), top + line * n + 19
        )
        for n, text in enumerate(lines)
        if text.strip() and (indent := len(text) - len(text.lstrip())) >= 0
    ]
