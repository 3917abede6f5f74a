"""A tilted line of text cut out of an image and laid level."""

import cv2
import numpy as np

from desktop.worker.reading.array import Pixels
from desktop.worker.reading.locate import Corners, height


def size(corners: Corners) -> tuple[int, int]:
    """Along the line and across it, in px."""
    return round(float(np.linalg.norm(corners[1] - corners[0]))), round(height(corners))


def straightened(pixels: Pixels, corners: Corners) -> Pixels:
    """What stands within `corners`, their first side on top."""
    width, high = size(corners)
    upright = np.array(((0, 0), (width, 0), (width, high), (0, high)), np.float32)
    turn = cv2.getPerspectiveTransform(np.asarray(corners, np.float32), upright)
    line = cv2.warpPerspective(
        pixels, turn, (width, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return line.astype(np.uint8, copy=False)
