"""The verb `read`: the codes and the lines of text in an image, in reading order, as they are read."""

import functools
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import cv2
import numpy as np

from desktop.domain.images import Box
from desktop.worker import layout
from desktop.worker.array import Pixels, bgr
from desktop.worker.codes import Code, codes
from desktop.worker.engine import Engine
from desktop.worker.locate import Corners, bounds, height, locate
from desktop.worker.picture import examine
from desktop.worker.wire import Frame

SURE_ENOUGH = 0.5
"""Below this, what was read is an icon rather than text. Source: rapidocr's own default."""

ORNAMENTS = " ●■○□"
"""What the buttons of a title bar and a cursor are read as."""

TILT = 0.03
"""Slope from which a line is straightened before it is read: 2 px on the width of a word."""

MARGIN = 0.12
"""White kept around a line, in its heights: an underscore at the very edge would be lost."""

Tilted: TypeAlias = dict[Box, Corners]


def read(_facts: Mapping[str, Any], data: bytes) -> Iterator[Frame]:
    """`located` with all boxes; `line` for each; `code` for each. Boxes in px. Refusals as of `inspect`."""
    pixels = bgr(examine(data).decode())
    found = codes(pixels)
    tilted, boxes = _located(pixels, found)
    rows = layout.reading_order(boxes, whole=tilted)
    yield Frame("located", {"boxes": [box for row in rows for box in row]})
    for number, row in enumerate(rows):
        for box in row:
            text, confidence = _engine().recognise(_cut_out(pixels, box, tilted))
            if confidence >= SURE_ENOUGH and (text := text.strip(ORNAMENTS)):
                yield Frame("line", {"box": box, "row": number, "text": text, "confidence": confidence})
    for code in found:
        yield Frame("code", code._asdict())


@functools.cache
def _engine() -> Engine:
    return Engine()


def _located(pixels: Pixels, found: list[Code]) -> tuple[Tilted, list[Box]]:
    """Pieces of text outside of codes; those that are not level are kept with their corners."""
    pieces = locate(pixels, _engine().detect)
    boxes = {bounds(corners): corners for corners in pieces}
    text = {box: c for box, c in boxes.items() if not any(_inside(box, code.box) for code in found)}
    return {box: corners for box, corners in text.items() if _is_tilted(corners)}, list(text)


def _inside(box: Box, outer: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return outer.x0 <= x <= outer.x1 and outer.y0 <= y <= outer.y1


def _is_tilted(corners: Corners) -> bool:
    across, down = np.abs(corners[1] - corners[0])
    return bool(down > max(2, TILT * across))


def _cut_out(pixels: Pixels, box: Box, tilted: Tilted) -> Pixels:
    if box in tilted:
        return _straightened(pixels, tilted[box])
    margin = round(MARGIN * layout.height(box))
    rows = slice(max(0, box.y0 - margin), box.y1 + margin)
    return pixels[rows, max(0, box.x0 - margin) : box.x1 + margin]


def _straightened(pixels: Pixels, corners: Corners) -> Pixels:
    size = round(float(np.linalg.norm(corners[1] - corners[0]))), round(height(corners))
    upright = np.array(((0, 0), (size[0], 0), size, (0, size[1])), np.float32)
    turn = cv2.getPerspectiveTransform(corners, upright)
    line = cv2.warpPerspective(pixels, turn, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return line.astype(np.uint8, copy=False)
