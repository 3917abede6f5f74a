"""Draw the bundled samples again: `python packaging/samples.py` (all text on them is invented).

Needs the fonts DejaVu Sans Mono, DejaVu Sans and Noto Sans CJK SC.
"""

import os
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import zxingcpp
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QImage,
    QLinearGradient,
    QPainter,
    QPen,
    QPolygonF,
    QRadialGradient,
)

SAMPLES = Path(__file__).resolve().parent.parent / "resources" / "samples"
THUMBNAIL = QSize(264, 192)
FONTS = ("DejaVu Sans", "DejaVu Sans Mono", "Noto Sans CJK SC")

LEFT, CENTER, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight


def main() -> int:
    """Draw both samples; exit status 1 when a font is missing."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication(sys.argv)
    if missing := set(FONTS) - set(QFontDatabase.families()):
        print("Missing fonts:", ", ".join(sorted(missing)), file=sys.stderr)
        return 1
    SAMPLES.mkdir(parents=True, exist_ok=True)
    for name, image in (("receipt.png", receipt()), ("error.png", error_screen())):
        image.save(str(SAMPLES / name))
        thumbnail(image).save(str(SAMPLES / name.replace(".png", ".thumbnail.png")))
        print(SAMPLES / name, f"{image.width()}×{image.height()}")
    app.quit()
    return 0


def thumbnail(image: QImage) -> QImage:
    """The image's upper part, as the tiles of the empty window show it on a screen of 200 %."""
    mode = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    filling = image.scaled(THUMBNAIL, mode, Qt.TransformationMode.SmoothTransformation)
    return filling.copy(QRect(QPoint((filling.width() - THUMBNAIL.width()) // 2, 0), THUMBNAIL))


def font(pixels: int, family: str = "DejaVu Sans Mono", bold: bool = False) -> QFont:
    chosen = QFont([family, "Noto Sans CJK SC"])
    chosen.setPixelSize(pixels)
    chosen.setBold(bold)
    chosen.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return chosen


class Page:
    """A painter that writes rows from top to bottom between two margins (px)."""

    def __init__(self, painter: QPainter, left: float, right: float, top: float) -> None:
        self.painter, self.left, self.right, self.y = painter, left, right, top

    def row(self, *cells: tuple[str, Qt.AlignmentFlag], size: int = 22, bold: bool = False) -> None:
        height = round(size * 1.55)
        self.painter.setFont(font(size, bold=bold))
        for text, alignment in cells:
            # One baseline for the row: a box would sink where a fallback font is taller.
            spare = self.right - self.left - self.painter.fontMetrics().horizontalAdvance(text)
            x = self.left + {LEFT: 0.0, CENTER: spare / 2, RIGHT: spare}[alignment]
            self.painter.drawText(QPointF(x, self.y + height * 0.7), text)
        self.y += height

    def rule(self) -> None:
        pen = QPen(self.painter.pen().color(), 2, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([5, 4])
        before = self.painter.pen()
        self.painter.setPen(pen)
        self.painter.drawLine(QPointF(self.left, self.y + 14), QPointF(self.right, self.y + 14))
        self.painter.setPen(before)
        self.y += 30

    def gap(self, height: float) -> None:
        self.y += height


# ── a till receipt ──────────────────────────────────────────────────────────────────────────────

INK = QColor("#24262b")
ITEMS = (
    ("Oat milk 燕麦奶 1 L", "2 x 3.90", "7.80"),
    ("Sourdough loaf 面包", "1 x 4.60", "4.60"),
    ("Green tea 绿茶 100 g", "1 x 8.95", "8.95"),
    ("Free-range eggs 鸡蛋", "1 x 3.75", "3.75"),
    ("Apples 苹果 1.240 kg", "2.80/kg", "3.47"),
    ("Dark chocolate 70%", "3 x 2.15", "6.45"),
    ("Paper bag 纸袋", "1 x 0.20", "0.20"),
)
RECEIPT_LINK = "https://receipts.example/r/0417-004182"


def receipt() -> QImage:
    """700 px wide, as a scanner app would cut it out."""
    image = QImage(700, 1250, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    _desk(painter, image)
    _paper(painter, QRectF(34, 30, 632, 1186))
    painter.setPen(INK)
    _receipt_text(Page(painter, 76, 624, 62))
    painter.end()
    return image


def _desk(painter: QPainter, image: QImage) -> None:
    light = QRadialGradient(QPointF(260, 300), 1200)
    light.setColorAt(0, QColor("#8a7663"))
    light.setColorAt(1, QColor("#57483b"))
    painter.fillRect(image.rect(), light)


def _paper(painter: QPainter, area: QRectF) -> None:
    edge = _torn_edge(area)
    painter.setPen(Qt.PenStyle.NoPen)
    for spread in range(9, 0, -1):
        painter.setBrush(QColor(20, 12, 6, 14))
        painter.drawPolygon(edge.translated(spread * 0.4, spread * 1.2))
    sheen = QLinearGradient(area.topLeft(), area.bottomRight())
    sheen.setColorAt(0, QColor("#fdfcf9"))
    sheen.setColorAt(1, QColor("#f0ede6"))
    painter.setBrush(sheen)
    painter.drawPolygon(edge)


def _torn_edge(area: QRectF) -> QPolygonF:
    teeth = 40
    step = area.width() / teeth
    points = [area.topLeft(), area.topRight()]
    for tooth in range(teeth + 1):
        depth = 9 if tooth % 2 else 0
        points.append(QPointF(area.right() - tooth * step, area.bottom() - depth))
    return QPolygonF(points)


def _receipt_text(page: Page) -> None:
    page.row(("MAPLE & RIVER", CENTER), size=40, bold=True)
    page.row(("枫河便利店", CENTER), size=30)
    page.gap(6)
    page.row(("28 Willow Lane, Riverside", CENTER))
    page.row(("Tel. 555 0142", CENTER))
    page.rule()
    page.row(("2026-03-14  18:42", LEFT), ("Till 03", RIGHT))
    page.row(("Cashier: Lin Wei", LEFT), ("No. 004182", RIGHT))
    page.rule()
    for name, count, amount in ITEMS:
        page.row((name, LEFT), (amount, RIGHT))
        page.row(("  " + count, LEFT), size=19)
    page.rule()
    page.row(("Subtotal 小计", LEFT), ("35.22", RIGHT))
    page.row(("Member discount 会员", LEFT), ("-1.76", RIGHT))
    page.row(("TOTAL 合计", LEFT), ("EUR 33.46", RIGHT), size=32, bold=True)
    page.row(("incl. VAT 7%", LEFT), ("2.19", RIGHT), size=19)
    page.rule()
    page.row(("CARD **** 4821", LEFT), ("APPROVED", RIGHT))
    page.gap(10)
    _code(page, RECEIPT_LINK)


def _code(page: Page, text: str) -> None:
    symbol = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    pixels = np.asarray(zxingcpp.write_barcode_to_image(symbol, scale=4, add_quiet_zones=False))
    side = len(pixels)
    code = QImage(pixels.tobytes(), side, side, side, QImage.Format.Format_Grayscale8)
    painter, top = page.painter, page.y
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Darken)
    painter.drawImage(QPointF(page.left, top), code)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    beside = Page(painter, page.left + side + 26, page.right, top + 4)
    beside.row(("Thank you!", LEFT), size=26, bold=True)
    beside.row(("谢谢惠顾，欢迎再来", LEFT), size=24)
    beside.row(("Scan for your e-receipt", LEFT), size=20)


# ── a screen with an error on it ────────────────────────────────────────────────────────────────

PROMPT, PLAIN, DIM, RED = QColor("#7ee787"), QColor("#e6e6e6"), QColor("#9aa4b2"), QColor("#ff7b72")
TERMINAL = (
    (PROMPT, "~/orders $ python export_orders.py --month 2026-02"),
    (PLAIN, "Reading 12 480 orders from orders.db"),
    (PLAIN, "Writing build/report-2026-02.xlsx"),
    (PLAIN, "Traceback (most recent call last):"),
    (DIM, '  File "export_orders.py", line 88, in <module>'),
    (PLAIN, "    main(sys.argv[1:])"),
    (DIM, '  File "export_orders.py", line 61, in main'),
    (PLAIN, "    sheet.append(row_for(order))"),
    (DIM, '  File "orders/rows.py", line 27, in row_for'),
    (PLAIN, "    return [order.id, CURRENCIES[order.currency], order.total]"),
    (RED, "KeyError: 'CHF'"),
    (PROMPT, "~/orders $ "),
)
DIALOG = (
    "The report could not be written.",
    "Order 10 377 uses the currency CHF, which has no",
    "exchange rate for February 2026.",
)


def error_screen() -> QImage:
    """A 1440×900 desktop: a terminal with a traceback, and the application's dialog over it."""
    image = QImage(1440, 900, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    sky = QLinearGradient(0, 0, 1440, 900)
    sky.setColorAt(0, QColor("#2f4858"))
    sky.setColorAt(1, QColor("#6a8caf"))
    painter.fillRect(image.rect(), sky)
    _terminal(painter, QRectF(70, 56, 1130, 560))
    _dialog(painter, QRectF(660, 540, 690, 290))
    painter.end()
    return image


class Look(NamedTuple):
    """The colours of a window: title bar, what is under it, and the title."""

    bar: str
    body: str
    ink: str


DARK, LIGHT = Look("#30343b", "#15181d", "#c9ced6"), Look("#e4e6ea", "#fafafa", "#33373d")


def _window(painter: QPainter, area: QRectF, title: str, look: Look) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for spread in range(18, 0, -1):
        painter.setBrush(QColor(0, 0, 0, 7))
        painter.drawRoundedRect(area.adjusted(-spread, -spread + 6, spread, spread + 6), 14, 14)
    painter.setBrush(QColor(look.bar))
    painter.drawRoundedRect(area, 10, 10)
    painter.setBrush(QColor(look.body))
    painter.drawRoundedRect(area.adjusted(0, 42, 0, 0), 10, 10)
    painter.drawRect(QRectF(area.left(), area.top() + 42, area.width(), 20))
    for place, color in enumerate(("#ff5f57", "#febc2e", "#28c840")):
        painter.setBrush(QColor(color))
        painter.drawEllipse(QPointF(area.left() + 24 + 24 * place, area.top() + 21), 7, 7)
    painter.setPen(QColor(look.ink))
    painter.setFont(font(17, "DejaVu Sans"))
    painter.drawText(QRectF(area.left(), area.top(), area.width(), 42), Qt.AlignmentFlag.AlignCenter, title)


def _terminal(painter: QPainter, area: QRectF) -> None:
    _window(painter, area, "Terminal — orders", DARK)
    painter.setFont(font(20))
    for number, (color, text) in enumerate(TERMINAL):
        painter.setPen(color)
        painter.drawText(QPointF(area.left() + 28, area.top() + 90 + 33 * number), text)
    cursor = QRectF(area.left() + 28 + 12.04 * len(TERMINAL[-1][1]), area.top() + 72 + 33 * 11, 12, 24)
    painter.fillRect(cursor, PLAIN)


def _dialog(painter: QPainter, area: QRectF) -> None:
    _window(painter, area, "Monthly report", LIGHT)
    left, top = area.left(), area.top() + 42
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#d1242f"))
    painter.drawEllipse(QPointF(left + 62, top + 70), 30, 30)
    painter.setPen(QPen(Qt.GlobalColor.white, 6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for slope in (-11, 11):
        painter.drawLine(QPointF(left + 51, top + 70 - slope), QPointF(left + 73, top + 70 + slope))
    painter.setPen(QColor("#1f2328"))
    for number, text in enumerate(DIALOG):
        painter.setFont(font(21 if number == 0 else 19, "DejaVu Sans", bold=number == 0))
        painter.drawText(QPointF(left + 120, top + 56 + 38 * number), text)
    _button(
        painter, QRectF(area.right() - 314, area.bottom() - 66, 160, 42), "Show details", "#ffffff", "#1f2328"
    )
    _button(painter, QRectF(area.right() - 138, area.bottom() - 66, 112, 42), "Close", "#0969da", "#ffffff")


def _button(painter: QPainter, area: QRectF, text: str, fill: str, ink: str) -> None:
    painter.setPen(QPen(QColor("#b8bec6"), 1))
    painter.setBrush(QColor(fill))
    painter.drawRoundedRect(area, 7, 7)
    painter.setPen(QColor(ink))
    painter.setFont(font(18, "DejaVu Sans"))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


if __name__ == "__main__":
    sys.exit(main())
