"""Rules: where the grey of a page steps in a straight line, along thin lines and the edges of fills."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from desktop.worker.reading.array import Pixels

Mask = NDArray[np.uint8]
"""Height × width: not 0 where there is a rule."""

CONTRAST = 6
"""The least step of grey across a rule. The faintest of spreadsheets is 20, the edge of a shaded row 7."""

DOWN, ACROSS = 0.9, 3.0
"""The shortest rules, in line heights: longer than the strokes of letters (0.7), than dashes."""

THICK = 7
"""Px: as high, at most, as two steps of a thick rule and the place between them."""


def rules(shades: Pixels, line: float) -> tuple[Mask, Mask]:
    """Where grey steps in a straight line, down and across; within a rule that crosses it does not."""
    beside, below = _steps(shades, 1), _steps(shades, 0)
    pieces = grown(_straight(beside, DOWN * line, 0), 1, THICK)
    across = _straight(below, ACROSS * line, 1, _filled(pieces, THICK, 1))
    down = _straight(beside, DOWN * line, 0, _filled(across, 1, THICK))
    return down, across


def _steps(shades: Pixels, axis: int) -> tuple[Mask, Mask]:
    """Where the next pixel along `axis` is lighter, and where it is darker.

    Along a rule all are of one kind; in what JPEG leaves around letters both are mixed.
    """
    here, before = (shades[:, 1:], shades[:, :-1]) if axis else (shades[1:], shades[:-1])
    return _placed(cv2.subtract(here, before), axis), _placed(cv2.subtract(before, here), axis)


def _placed(steps: Any, axis: int) -> Mask:
    """A mask of the steps that count, as large as the page."""
    before = (0, 0, 1, 0) if axis else (1, 0, 0, 0)
    large = cv2.threshold(steps, CONTRAST - 1, 1, cv2.THRESH_BINARY)[1]
    return np.asarray(cv2.copyMakeBorder(large, *before, cv2.BORDER_CONSTANT, value=0), np.uint8)


def _straight(steps: tuple[Mask, Mask], length: float, axis: int, bridges: Mask | None = None) -> Mask:
    """Steps of one kind that go on for `length` px along `axis`, over `bridges`."""
    lighter, darker = (step if bridges is None else step | bridges for step in steps)
    return _opened(lighter, length, axis) | _opened(darker, length, axis)


def grown(mask: Mask, width: int, height: int) -> Mask:
    return np.asarray(cv2.dilate(mask, np.ones((height, width), np.uint8)), np.uint8)


def _filled(mask: Mask, width: int, height: int) -> Mask:
    """With the places between the two steps of a rule."""
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((height, width), np.uint8)), np.uint8)


def _opened(mask: Mask, length: float, axis: int) -> Mask:
    """What goes on for `length` px along `axis`."""
    long = max(3, round(length) | 1)
    kernel = np.ones((1, long) if axis else (long, 1), np.uint8)
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel), np.uint8)
