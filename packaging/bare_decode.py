"""What nobody can do without: decode an image and make it small, in a process that does nothing else.

Reads one path a line, and answers each with the seconds of CPU that `QImage` takes for its bytes.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

SIDE = 256
"""Longest side of the thumbnail in px."""


def cost(data: bytes) -> float:
    """Seconds of CPU to decode all pixels and scale them smoothly."""
    began = time.process_time()
    image = QImage.fromData(data)
    image.scaled(SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return time.process_time() - began


if __name__ == "__main__":
    for line in sys.stdin:
        print(cost(Path(line.rstrip("\n")).read_bytes()), flush=True)
