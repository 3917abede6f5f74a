"""Nearly empty screens: a lone word, a toast in a corner, a dialog, a form. Needs a QGuiApplication."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QLinearGradient, QPainter

from tests.support.screenshots import CJK, Row, Screenshot, installed_font, png_bytes

SIZES = {
    "1080p": (1920, 1080, 1.0),
    "1440p": (2560, 1440, 1.0),
    "4K": (3840, 2160, 1.0),
    "4K 200%": (3840, 2160, 2.0),
}
"""Width and height in px, and the factor by which letters are larger."""

PAPERS = ("light", "dark", "wallpaper", "petals")


@dataclass(frozen=True, slots=True)
class Scene:
    """`rows` where the centre of their box stands, in shares of the screen; text of `pixels`."""

    rows: tuple[Row, ...]
    place: tuple[float, float] = (0.5, 0.5)
    pixels: int = 18
    boxed: bool = True


SCENES = {
    "word": Scene((("Saved",),), (0.4, 0.6), boxed=False),
    "word zh": Scene((("已保存",),), (0.6, 0.3), boxed=False),
    "button": Scene((("OK",),), (0.7, 0.8), 16),
    "toast": Scene((("Screenshot copied",), ("Press Ctrl+V to paste it",)), (0.88, 0.92), 15),
    "toast zh": Scene((("截图已复制到剪贴板",),), (0.88, 0.08), 16),
    "dialog": Scene((("Disk full",), ("Free some space and try again.",), ("Cancel",)), pixels=16),
    "dialog zh": Scene((("磁盘空间不足",), ("请清理后重试。",), ("取消",)), pixels=16),
    "form": Scene((("Sign in",), ("Password",)), (0.3, 0.4), boxed=False),
}


def sparse(scene: str, size: str, paper: str = "light") -> Screenshot:
    """The screen of a key of `SCENES`, a key of `SIZES` and one of `PAPERS`."""
    shown = SCENES[scene]
    width, height, scale = SIZES[size]
    image = _background(width, height, paper)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.TextAntialiasing | QPainter.RenderHint.Antialiasing)
    _paint(painter, shown, QPointF(width * shown.place[0], height * shown.place[1]), scale, paper)
    painter.end()
    return Screenshot(f"{scene} {size} {paper}", png_bytes(image), shown.rows)


def _background(width: int, height: int, paper: str) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#1e1e1e" if paper == "dark" else "#ffffff"))
    if paper in ("wallpaper", "petals"):
        painter = QPainter(image)
        shade = QLinearGradient(0, 0, width, height)
        shade.setColorAt(0, QColor("#142846"))
        shade.setColorAt(1, QColor("#8c4a78"))
        painter.fillRect(image.rect(), shade)
        if paper == "petals":
            _petals(painter, width, height)
        painter.end()
    return image


def _petals(painter: QPainter, width: int, height: int) -> None:
    """Something to see nearly everywhere, none of it text."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number in range(60):
        painter.save()
        painter.translate(width * (number * 0.618 % 1), height * (number * 0.755 % 1))
        painter.rotate(math.degrees(number))
        painter.setPen(QColor(60, 40, 80))
        painter.setBrush(QColor(150 + number % 90, 80 + number, 120))
        painter.drawEllipse(QRectF(0, 0, width / 6 + number, height / 9))
        painter.restore()


def _paint(painter: QPainter, scene: Scene, centre: QPointF, scale: float, paper: str) -> None:
    font = installed_font(CJK, round(scene.pixels * scale))
    painter.setFont(font)
    step, metrics = 2 * scene.pixels * scale, QFontMetricsF(font)
    width = max(metrics.horizontalAdvance(row[0]) for row in scene.rows) + 2 * step
    box = QRectF(0, 0, width, step * (len(scene.rows) + 1))
    box.moveCenter(centre)
    boxed = scene.boxed or paper == "petals"
    if boxed:
        painter.setPen(QColor("#808890"))
        painter.setBrush(QColor("#2b2d31" if paper == "dark" else "#ffffff"))
        painter.drawRoundedRect(box, 6 * scale, 6 * scale)
    painter.setPen(QColor("#1f2328" if paper == "light" or (boxed and paper != "dark") else "#e4e6ea"))
    for number, (text,) in enumerate(scene.rows):
        painter.drawText(QPointF(box.left() + step, box.top() + step * (number + 1.2)), text)
