"""A QImage as the array that OpenCV and the reader take."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from desktop.worker.pixels.paper import on_paper
from desktop.worker.pixels.planes import channels

Pixels = NDArray[np.uint8]
"""Height × width × 3, blue first."""


def bgr(image: QImage) -> Pixels:
    """The pixels without transparency, in memory of their own."""
    flat = on_paper(image).convertToFormat(QImage.Format.Format_RGB32)
    return np.ascontiguousarray(channels(flat)[..., :3])
