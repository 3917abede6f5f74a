"""What a decoder gives: upright pixels, their colours not judged yet."""

from typing import NamedTuple

from PySide6.QtGui import QImage

MEGAPIXELS = 120
"""The largest image that is decoded: 480 MB. Three 8K screens side by side have 100."""


class Raw(NamedTuple):
    """`image` has the format RGB32, ARGB32, Grayscale8 or CMYK8888.

    `narrowed`: it had more than 8 bits. `sound`: the decoder had nothing to complain of; another one might
    make something else of bytes that are not.
    """

    image: QImage
    narrowed: bool = False
    sound: bool = True
