"""Which way is up in a photograph: by the shape of its lines of text, and by how well they read."""

from collections.abc import Sequence

import cv2
import numpy as np

from desktop.worker.reading.array import Pixels
from desktop.worker.reading.engine import Engine
from desktop.worker.reading.locate import Corners
from desktop.worker.reading.straight import size, straightened

SIDE = 1280
"""Longest side in px of the look: how lines run is seen in a small image."""

SAMPLES = 5
"""So many lines are read in two directions."""

TALL = 1.5
"""A line so many times higher than wide runs down or up."""


def quarters(pixels: Pixels, engine: Engine) -> int:
    """How many right angles clockwise the image must be turned; 0 where nothing tells."""
    scale = min(1.0, SIDE / max(pixels.shape[:2]))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    found = engine.detect(small.astype(np.uint8, copy=False)) / np.float32(scale)
    scores = [0.0] * 4
    for corners in sorted(found, key=lambda corners: -max(size(corners)))[:SAMPLES]:
        for turn in _directions(corners):
            scores[turn] += _legibility(straightened(pixels, corners), turn, engine)
    return max(range(4), key=scores.__getitem__)


def _directions(corners: Corners) -> Sequence[int]:
    width, height = size(corners)
    return (1, 3) if height > TALL * width else (0, 2)


def _legibility(line: Pixels, turn: int, engine: Engine) -> float:
    """Characters read, each as far as it is sure."""
    text, confidence = engine.recognise(np.ascontiguousarray(np.rot90(line, -turn)))
    return confidence * len(text)
