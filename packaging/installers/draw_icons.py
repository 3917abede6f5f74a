"""Draw SVG files as PNG files: `python draw_icons.py SVG SIZE PNG [SVG SIZE PNG …]`, in `.venv`."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer


def drawn(svg: str, size: int) -> QImage:
    """The drawing in the file `svg` as an image of `size` px a side.

    Raises:
        ValueError: Qt cannot read it.
    """
    renderer = QSvgRenderer(svg)
    if not renderer.isValid():
        raise ValueError(f"{svg} is no drawing that Qt reads")
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image.convertToFormat(QImage.Format.Format_ARGB32)


def main(arguments: list[str]) -> int:
    """The exit status is 1 where a file could not be written."""
    tasks = zip(arguments[::3], arguments[1::3], arguments[2::3], strict=True)
    return int(not all(drawn(svg, int(size)).save(png) for svg, size, png in tasks))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
