"""Where something stands on paper, told from pixels alone."""

from itertools import groupby
from typing import NamedTuple

import numpy as np
from PIL import Image


class Band(NamedTuple):
    """A line of text, or anything else with blank paper above and below. Edges in px of the picture."""

    left: int
    top: int
    right: int
    bottom: int

    def at(self, x: float, y: float = 0.5) -> tuple[int, int]:
        """The place that far, 0 to 1, from its left and its upper edge."""
        return round(self.left + x * (self.right - self.left)), round(self.top + y * (self.bottom - self.top))


def bands(picture: Image.Image, left: int, top: int, right: int, bottom: int) -> list[Band]:
    """What stands between these edges, from above. The paper is what lies in the upper left corner."""
    pixels = np.asarray(picture.convert("RGB"))[top:bottom, left:right]
    has_ink = (pixels != pixels[0, 0]).any(axis=2)
    found = []
    for is_ink, rows in groupby(range(bottom - top), key=lambda row: bool(has_ink[row].any())):
        if is_ink:
            first, *rest = rows
            last = rest[-1] if rest else first
            columns = np.flatnonzero(has_ink[first : last + 1].any(axis=0))
            found.append(
                Band(left + int(columns[0]), top + first, left + int(columns[-1]) + 1, top + last + 1)
            )
    return found
