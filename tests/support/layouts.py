"""Screens with a layout: tables, columns, code, forms, receipts. Needs a QGuiApplication.

Lengths are px. Text is 16 px high unless a function says otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from tests.support.screenshots import MONO, SANS, installed_font, png_bytes

INK, PAPER, FAINT = "#1f2328", "#ffffff", "#c8ccd2"

_ALIGNED = {"left": 0.0, "center": 0.5, "right": 1.0}


class Canvas:
    """An image that is drawn on line by line."""

    def __init__(self, width: int, height: int, *, paper: str = PAPER, ink: str = INK) -> None:
        self._image = QImage(width, height, QImage.Format.Format_RGB32)
        self._image.fill(QColor(paper))
        self._painter = QPainter(self._image)
        self._painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        self._ink = QColor(ink)

    def write(self, x: float, y: float, text: str, *, pixels: int = 16, family: str = SANS) -> float:
        """Draw `text` with its baseline at `y`; return its width."""
        font = installed_font(family, pixels)
        self._painter.setFont(font)
        self._painter.setPen(self._ink)
        self._painter.drawText(QPointF(x, y), text)
        return QFontMetricsF(font).horizontalAdvance(text)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self._painter.setPen(QColor(FAINT))
        self._painter.drawLine(QPointF(x0, y0), QPointF(x1, y1))

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        self._painter.setPen(QColor(FAINT))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRoundedRect(QRectF(x, y, width, height), 4, 4)

    def png(self) -> bytes:
        self._painter.end()
        return png_bytes(self._image)


def width_of(text: str, *, pixels: int = 16, family: str = SANS) -> float:
    return QFontMetricsF(installed_font(family, pixels)).horizontalAdvance(text)


# ── tables ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it is drawn. A "\\n" in a cell begins its next line; `places` are columns' edges in px."""

    cells: tuple[tuple[str, ...], ...]
    places: tuple[int, ...]
    alignments: tuple[str, ...]
    ruled: bool = False
    pitch: int = 34

    @property
    def words(self) -> list[list[str]]:
        """The cells as they are read: lines of one cell joined."""
        return [[cell.replace("\n", " ") for cell in row] for row in self.cells]


ORDERS = Sheet(
    (
        ("Order", "Customer", "City", "Items", "Total"),
        ("A-10377", "Lin Wei", "Vienna", "12", "1,204.50"),
        ("A-10378", "", "Hangzhou", "3", "86.00"),
        ("A-10379", "Maria Rossi", "", "40", "12,960.75"),
        ("A-10380", "John O'Neil", "Lisbon", "", "7.20"),
        ("A-10381", "Aiko Tanaka", "Geneva", "5", ""),
        ("A-10382", "Peter Novak", "Dublin", "17", "431.15"),
    ),
    (40, 160, 320, 460, 560, 700),
    ("left", "left", "left", "right", "right"),
)

STOCK = Sheet(
    (
        ("商品名称", "规格", "数量", "单价", "备注"),
        ("燕麦奶", "1 升", "24", "19.80", "冷藏"),
        ("绿茶", "100 克", "8", "45.00", ""),
        ("全麦面包", "", "15", "12.50", "当日"),
        ("黑巧克力", "70%", "60", "28.00", "促销"),
        ("纸袋", "大号", "200", "0.50", "环保"),
    ),
    (40, 200, 320, 420, 540, 700),
    ("left", "left", "right", "right", "left"),
)

WRAPPED = Sheet(
    (
        ("Option", "Meaning", "Default"),
        ("timeout", "The longest silence between two\npieces of an answer", "120 s"),
        ("retries", "How often a request is sent again", "2"),
        ("proxy", "Where requests go first; empty\nmeans straight to the server", "none"),
        ("language", "That of the window", "system"),
    ),
    (40, 200, 560, 700),
    ("left", "left", "left"),
    pitch=40,
)

CENTRED = Sheet(
    (
        ("Team", "Played", "Won", "Points"),
        ("Harbour United", "18", "11", "36"),
        ("Old Mill Rovers", "18", "9", "31"),
        ("Northgate", "17", "9", "30"),
        ("St. Clement's", "18", "2", "9"),
    ),
    (40, 260, 380, 500, 640),
    ("left", "center", "center", "center"),
)


def sheet(table: Sheet, *, ruled: bool = False, size: tuple[int, int] = (760, 360)) -> bytes:
    """A PNG of `table`, with or without lines around its cells."""
    canvas, y = Canvas(*size), 40.0
    lefts, rights = table.places[:-1], table.places[1:]
    for row in table.cells:
        height = table.pitch + 22 * max(cell.count("\n") for cell in row)
        if ruled:
            _frame_cells(canvas, table, y, height)
        for left, right, alignment, cell in zip(lefts, rights, table.alignments, row, strict=True):
            for number, line in enumerate(cell.split("\n")):
                free = right - left - 24 - width_of(line)
                canvas.write(left + 12 + free * _ALIGNED[alignment], y + 23 + 22 * number, line)
        y += height
    return canvas.png()


def _frame_cells(canvas: Canvas, table: Sheet, y: float, height: float) -> None:
    for place in table.places:
        canvas.rule(place, y, place, y + height)
    canvas.rule(table.places[0], y, table.places[-1], y)
    canvas.rule(table.places[0], y + height, table.places[-1], y + height)


# ── columns of text ─────────────────────────────────────────────────────────────────────────────

HARBOUR = (
    "The harbour was built in three stages over forty years. Its first quay took only small boats, "
    "which brought grain and timber from the villages along the coast. Larger ships had to wait outside "
    "until the tide was high enough."
)
BRIDGE = (
    "A bridge followed when the railway came. It carried two tracks and a narrow path for people on foot, "
    "who paid a penny each way. Today it is closed to trains, and the path has become a garden in which "
    "visitors may sit and look over the water."
)
MARKET = (
    "On Saturdays the market fills the square behind the church. Farmers sell apples, cheese and bread; "
    "in winter there is hot soup. It has been held without a break since the year in which the town "
    "received its charter."
)


def wrapped(text: str, width: float, *, pixels: int = 16) -> list[str]:
    """`text` in lines at most `width` wide."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, pixels=pixels) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def article(
    columns: Sequence[str], *, headline: str = "", width: int = 340, gutter: int = 44, shift: int = 0
) -> bytes:
    """Columns of wrapped text under a headline that spans them; each column begins `shift` px lower."""
    total = 60 + len(columns) * (width + gutter) - gutter
    canvas, top = Canvas(total, 420), 50
    if headline:
        canvas.write(30, 60, headline, pixels=30)
        top = 110
    for number, column in enumerate(columns):
        for line_number, line in enumerate(wrapped(column, width)):
            x, y = 30 + number * (width + gutter), top + shift * number + 24 * line_number
            canvas.write(x, y, line)
    return canvas.png()


SIDEBAR = ("Inbox", "Starred", "Sent", "Drafts", "Archive", "Spam", "Trash")


def mail() -> bytes:
    """A list of folders beside a letter; their lines stand at heights of their own."""
    canvas = Canvas(900, 420)
    for number, folder in enumerate(SIDEBAR):
        canvas.write(30, 60 + 41 * number, folder)
    for number, line in enumerate(wrapped(HARBOUR, 600)):
        canvas.write(240, 72 + 25 * number, line)
    for number, line in enumerate(wrapped(MARKET, 600)):
        canvas.write(240, 220 + 25 * number, line)
    return canvas.png()


POEM = (
    "春江潮水连海平，海上明月共潮生。滟滟随波千万里，何处春江无月明。江流宛转绕芳甸，月照花林皆似霰。"
    "空里流霜不觉飞，汀上白沙看不见。江天一色无纤尘，皎皎空中孤月轮。"
)


def chinese_columns() -> bytes:
    """The same text in two columns of 18 characters a line, 18 px high."""
    canvas = Canvas(760, 240)
    for x in (30, 400):
        for number in range(0, len(POEM), 18):
            canvas.write(x, 50 + 28 * number / 18, POEM[number : number + 18], pixels=18)
    return canvas.png()


STEPS = (
    ("•", "Open the settings and choose the connection that you want to use for this project."),
    ("•", "Press Save."),
    ("1.", "Start the program again, and wait until the first picture is shown."),
    ("2.", "Done"),
)


def steps() -> bytes:
    """A list whose items wrap."""
    canvas, y = Canvas(520, 240), 40
    for mark, text in STEPS:
        canvas.write(30, y, mark)
        for line in wrapped(text, 420):
            canvas.write(56, y, line)
            y += 24
        y += 8
    return canvas.png()


# ── code ────────────────────────────────────────────────────────────────────────────────────────

PYTHON = """\
class Queue:
    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._waiting: list[Job] = []

    def put(self, job: Job) -> bool:
        if len(self._waiting) >= self._limit:
            for other in self._waiting:
                if other.is_stale():
                    self._waiting.remove(other)
                    break
            else:
                return False
        self._waiting.append(job)
        return True
"""

SHELL = """\
$ git log --oneline --stat
4f21c0a Tell links from files
 desktop/intake.py    | 12 +++---
 tests/test_intake.py | 31 ++++++++++
9be07d3 Keep the order of images
$ ls -l build
total 48
-rw-r--r-- 1 ana staff  8120 Mar  2 09:14 report.txt
drwxr-xr-x 4 ana staff   128 Feb 27 18:40 cache
"""


def code(
    text: str, *, pixels: int = 16, paper: str = "#1e1e1e", ink: str = "#d4d4d4", family: str = MONO
) -> bytes:
    lines = text.splitlines()
    canvas = Canvas(900, 60 + round(1.4 * pixels * len(lines)), paper=paper, ink=ink)
    for number, line in enumerate(lines):
        canvas.write(40, 40 + 1.4 * pixels * number, line, pixels=pixels, family=family)
    return canvas.png()


def page_with_code() -> bytes:
    """A paragraph, six lines of code, another paragraph."""
    canvas, y = Canvas(900, 420), 50.0
    for line in wrapped(HARBOUR, 800):
        canvas.write(40, y, line)
        y += 24
    y += 24
    for line in PYTHON.splitlines()[:4]:
        canvas.write(60, y, line, family=MONO, pixels=15)
        y += 21
    y += 30
    for line in wrapped(MARKET, 800):
        canvas.write(40, y, line)
        y += 24
    return canvas.png()


# ── forms and receipts ──────────────────────────────────────────────────────────────────────────

SETTINGS = (
    ("Host:", "models.example.com"),
    ("Port:", "8443"),
    ("User name:", "lin.wei"),
    ("Time limit:", "30 s"),
    ("Language:", "English"),
)


def settings() -> bytes:
    """A dialog: a title, labels with their fields, two buttons."""
    canvas = Canvas(560, 340)
    canvas.write(230, 36, "Connection", pixels=17)
    for number, (label, value) in enumerate(SETTINGS):
        y = 84 + 42 * number
        canvas.write(40, y, label)
        canvas.frame(180, y - 22, 330, 32)
        canvas.write(192, y, value)
    canvas.write(330, 312, "Cancel")
    canvas.write(450, 312, "Save")
    return canvas.png()


RECEIPT = (
    ("Oat milk 1 L", "7.80"),
    ("Sourdough loaf", "4.60"),
    ("Green tea 100 g", "8.95"),
    ("Free-range eggs", "3.75"),
    ("Paper bag", "0.20"),
)


def receipt() -> bytes:
    """What was bought with its prices at the right edge, between centred lines."""
    canvas = Canvas(440, 400)
    for number, line in enumerate(("MAPLE & RIVER", "28 Willow Lane")):
        canvas.write((440 - width_of(line, pixels=20)) / 2, 50 + 32 * number, line, pixels=20)
    for number, (item, price) in enumerate(RECEIPT):
        y = 150 + 30 * number
        canvas.write(40, y, item)
        canvas.write(400 - width_of(price), y, price)
    canvas.write(160, 350, "Thank you!")
    return canvas.png()
