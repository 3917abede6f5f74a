"""JPEG with full colour resolution, which Qt's writer does not offer: coloured text on a screen needs it."""

import cv2
from PySide6.QtGui import QImage

from desktop.worker.array import bgr


def jpeg(image: QImage, quality: int) -> bytes:
    """`image` without its transparency; `quality` is libjpeg's, 1…100."""
    sampling = (cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444)
    done, data = cv2.imencode(".jpg", bgr(image), [cv2.IMWRITE_JPEG_QUALITY, quality, *sampling])
    if not done:
        raise ValueError("the JPEG writer failed")
    return data.tobytes()
