"""The verb `read`: the text and the codes in an image, in reading order, as they are read."""

import functools
from collections.abc import Iterator, Mapping
from statistics import median
from typing import Any

import numpy as np

from desktop.domain.images import Box
from desktop.worker.pixels.picture import examine
from desktop.worker.reading.array import bgr
from desktop.worker.reading.codes import codes
from desktop.worker.reading.columns import height
from desktop.worker.reading.direction import quarters
from desktop.worker.reading.engine import Engine
from desktop.worker.reading.ink import grey, tightened
from desktop.worker.reading.lattice import lattices
from desktop.worker.reading.layout import Scene, boxes, regions
from desktop.worker.reading.locate import Corners, bounds, locate
from desktop.worker.reading.page import Page
from desktop.worker.reading.transcribe import Transcriber
from desktop.worker.wire import Frame

TILT = 0.03
"""Slope from which a line is straightened before it is read: 2 px on the width of a word."""


def read(facts: Mapping[str, Any], data: bytes) -> Iterator[Frame]:
    """`located` with all boxes, then the frames of `Transcriber`. Boxes in px. Refusals as of `inspect`.

    `rotated`: first find out which way is up.
    """
    pixels = bgr(examine(data).decode())
    page = Page.of(pixels, quarters(pixels, _engine()) if facts.get("rotated") else 0)
    page, corners = page.levelled(locate(page.pixels, _engine().detect))
    symbols = {code.box: code for code in codes(page.pixels)}
    shades = grey(page.pixels)
    tilted = {bounds(piece): piece for piece in corners if _is_tilted(piece)}
    level = [tightened(shades, bounds(piece)) for piece in corners if not _is_tilted(piece)]
    text = dict.fromkeys(box for box in (*tilted, *level) if not any(_inside(box, code) for code in symbols))
    line = median(map(height, text)) if text else 0
    found = regions(Scene(list(text), shades, tilted, symbols, lattices(shades, line) if text else ()))
    yield Frame("located", {"boxes": [page.original(box) for region in found for box in boxes(region)]})
    transcriber = Transcriber(page, _engine(), tilted, symbols)
    for region in found:
        yield from transcriber.frames(region)


@functools.cache
def _engine() -> Engine:
    return Engine()


def _inside(box: Box, outer: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return outer.x0 <= x <= outer.x1 and outer.y0 <= y <= outer.y1


def _is_tilted(corners: Corners) -> bool:
    across, down = np.abs(corners[1] - corners[0])
    return bool(down > max(2, TILT * across))
