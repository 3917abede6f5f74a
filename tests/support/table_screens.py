"""Screens with tables as programs draw them, and screens that only look like tables. Needs a QApplication.

Real widgets and real HTML where Qt has them: each cell is known because it was put there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPalette,
    QStandardItem,
    QStandardItemModel,
    QTextDocument,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from tests.support.screenshots import MONO, SANS, installed_font, png_bytes

Cells = tuple[tuple[str, ...], ...]
Paint = Callable[[QPainter], None]

_NUMERIC = set("0123456789.,-+%€¥$ ")
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Look:
    """The font, in px, and the colours of a screen."""

    family: str = SANS
    pixels: int = 13
    ink: str = "#1f2328"
    paper: str = "#ffffff"
    rule: str = "#c8c8c8"

    @property
    def font(self) -> QFont:
        return installed_font(self.family, self.pixels)

    def width(self, text: str) -> float:
        return QFontMetricsF(self.font).horizontalAdvance(text)


DARK = Look(ink="#d8dee4", paper="#1e1f22", rule="#43454a")


@dataclass(frozen=True, slots=True)
class Screen:
    """What `paint` draws on `size` px at 100 %; `cells` are those of its only table, if it has one."""

    size: tuple[int, int]
    paint: Paint = field(repr=False)
    cells: Cells = ()
    paper: str = "#ffffff"

    def png(self, scale: float = 1.0) -> bytes:
        """As a desktop draws it at `scale`: sharp, not enlarged."""
        width, height = self.size
        image = QImage(round(width * scale), round(height * scale), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(scale)
        image.fill(QColor(self.paper))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        self.paint(painter)
        painter.end()
        return png_bytes(image)


def is_number(text: str) -> bool:
    return bool(text) and set(text) <= _NUMERIC


# ── drawn line by line ──────────────────────────────────────────────────────────────────────────


def spreadsheet(cells: Cells, look: Look = Look(), *, named: bool = True, pitch: int = 24) -> Screen:
    """Words at the left of cells, numbers at the right, between grey lines that go on beyond the content.

    `named`: letters over the columns and numbers before the rows.
    """
    widths = [round(max(map(look.width, column))) + 26 for column in zip(*cells, strict=True)]
    head = pitch if named else 0
    side = round(look.width("00")) + 14 if named else 0
    lefts = [side + sum(widths[:n]) for n in range(len(widths) + 1)]
    tops = [head + pitch * n for n in range(len(cells) + 1)]
    size = lefts[-1] + 60, tops[-1] + 50

    def paint(painter: QPainter) -> None:
        painter.setFont(look.font)
        if named:
            painter.fillRect(QRectF(0, 0, lefts[-1], head), QColor("#f0f0f0"))
            painter.fillRect(QRectF(0, 0, side, tops[-1]), QColor("#f0f0f0"))
        outer = [0] if named else []
        _rule(painter, [*outer, *lefts], [*outer, *tops], look)
        names = [chr(65 + n) for n in range(len(widths))] if named else []
        for left, width, name in zip(lefts, widths, names, strict=False):
            painter.drawText(QRectF(left, 0, width, head), _CENTRE, name)
        for number, (top, line) in enumerate(zip(tops, cells, strict=False), start=1):
            painter.drawText(QRectF(0, top, side, pitch), _CENTRE, str(number) if named else "")
            for left, width, text in zip(lefts, widths, line, strict=False):
                place = QRectF(left + 3, top, width - 6, pitch)
                painter.drawText(place, _RIGHT if is_number(text) else _LEFT, text)

    letters = ("", *(chr(65 + n) for n in range(len(widths))))
    numbered = tuple((str(n + 1), *row) for n, row in enumerate(cells))
    return Screen(size, paint, (letters, *numbered) if named else cells, look.paper)


def _rule(painter: QPainter, xs: Sequence[int], ys: Sequence[int], look: Look) -> None:
    painter.setPen(QColor(look.rule))
    for x in xs:
        painter.drawLine(QPointF(x, 0), QPointF(x, ys[-1]))
    for y in ys:
        painter.drawLine(QPointF(0, y), QPointF(xs[-1], y))
    painter.setPen(QColor(look.ink))


def invoice(cells: Cells, total: str, look: Look = Look(), *, pitch: int = 32) -> Screen:
    """A title, a ruled table whose last row has its first cells merged, and a line below it."""
    widths = [round(max(map(look.width, column))) + 44 for column in zip(*cells, strict=True)]
    lefts = [30 + sum(widths[:n]) for n in range(len(widths) + 1)]
    label, amount = total.split("|")
    rows = (*cells, (label, *("",) * (len(widths) - 2), amount))
    bottom = 70 + pitch * len(rows)

    def paint(painter: QPainter) -> None:
        painter.setFont(look.font)
        painter.setPen(QColor(look.ink))
        painter.drawText(QRectF(30, 20, 500, 40), _LEFT, "No. 20260314-0042")
        painter.drawText(QRectF(30, bottom + 16, 500, 30), _LEFT, "Paid in full, thank you.")
        for row, line in enumerate(rows):
            top, is_last = 70 + pitch * row, row == len(rows) - 1
            for column, text in enumerate(line):
                place = QRectF(lefts[column], top, widths[column], pitch)
                if is_last and column == 0:
                    place.setRight(lefts[-2])
                painter.setPen(QColor("#606060"))
                if not (is_last and 0 < column < len(widths) - 1):
                    painter.drawRect(place)
                painter.setPen(QColor(look.ink))
                painter.drawText(place.adjusted(8, 0, -8, 0), _CENTRE, text)

    return Screen((lefts[-1] + 40, bottom + 60), paint, rows, look.paper)


def statement(cells: Cells, look: Look = Look(), *, pitch: int = 27) -> Screen:
    """No lines; numbers and the headings over them at the right of columns, many of which are empty."""
    widths = [round(max(map(look.width, column))) + 36 for column in zip(*cells, strict=True)]
    lefts = [24 + sum(widths[:n]) for n in range(len(widths) + 1)]

    def paint(painter: QPainter) -> None:
        painter.setFont(look.font)
        painter.setPen(QColor(look.ink))
        for column, words in enumerate(zip(*cells, strict=True)):
            side = _RIGHT if any(map(is_number, words[1:])) and column > 1 else _LEFT
            for row, text in enumerate(words):
                painter.drawText(
                    QRectF(lefts[column], 20 + pitch * row, widths[column] - 18, pitch), side, text
                )

    return Screen((lefts[-1] + 24, 40 + pitch * len(cells)), paint, cells, look.paper)


def terminal(lines: Sequence[str], look: Look = DARK, *, spacing: float = 1.3) -> Screen:
    """Lines in characters of one width."""
    look = Look(MONO, look.pixels, look.ink, look.paper)
    pitch = round(look.pixels * spacing)

    def paint(painter: QPainter) -> None:
        painter.setFont(look.font)
        painter.setPen(QColor(look.ink))
        for number, line in enumerate(lines):
            painter.drawText(QPointF(16, 24 + pitch * number), line)

    width = round(look.width("x") * max(map(len, lines))) + 120
    return Screen((width, 40 + pitch * len(lines)), paint, paper=look.paper)


def editor(lines: Sequence[str], look: Look = DARK, *, first: int = 1) -> Screen:
    """Code with the numbers of its lines, in grey, at the right of their gutter."""
    look = Look(MONO, look.pixels, look.ink, look.paper)
    pitch = round(look.pixels * 1.5)

    def paint(painter: QPainter) -> None:
        painter.setFont(look.font)
        for number, line in enumerate(lines):
            top = 12 + pitch * number
            painter.setPen(QColor("#858585"))
            painter.drawText(QRectF(20, top, 40, pitch), _RIGHT, str(number + first))
            painter.setPen(QColor(look.ink))
            painter.drawText(QRectF(84, top, 900, pitch), _LEFT, line)

    return Screen((900, 24 + pitch * len(lines)), paint, paper=look.paper)


def chat(messages: Sequence[tuple[str, str]], look: Look = Look()) -> Screen:
    """Bubbles at the left and at the right, one message each, with their times."""

    def paint(painter: QPainter) -> None:
        painter.setFont(look.font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, (time, text) in enumerate(messages):
            width, y = look.width(text) + 28, 20 + 64 * number
            x = 540 - width if number % 2 else 20
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor("#cfe8ff" if number % 2 else "#eceff3"))
            painter.drawRoundedRect(QRectF(x, y, width, 34), 12, 12)
            painter.setPen(QColor(look.ink))
            painter.drawText(QRectF(x + 14, y, width, 34), _LEFT, text)
            painter.setPen(QColor("#777777"))
            painter.drawText(QRectF(x + 14, y + 36, 100, 20), _LEFT, time)

    return Screen((560, 30 + 64 * len(messages)), paint, paper=look.paper)


# ── HTML ────────────────────────────────────────────────────────────────────────────────────────


def html(body: str, cells: Cells = (), look: Look = Look(), *, width: int = 640) -> Screen:
    """What a page with `body` looks like."""
    document = QTextDocument()
    document.setDefaultFont(look.font)
    document.setDocumentMargin(20)
    document.setDefaultStyleSheet(f"body {{ color: {look.ink} }}")
    document.setHtml(f"<body>{body}</body>")
    document.setTextWidth(width)
    height = round(document.size().height())

    def paint(painter: QPainter) -> None:
        document.drawContents(painter)

    return Screen((width, height), paint, cells, look.paper)


def zebra(cells: Cells, look: Look = Look(), *, shade: str = "#f1f4f7") -> Screen:
    """An HTML table without lines, every other row shaded, between two paragraphs."""
    rows = "".join(
        f"<tr{f' bgcolor={shade!r}' if number % 2 else ''}>{_html_cells(row, number)}</tr>"
        for number, row in enumerate(cells)
    )
    table = f'<table border="0" cellspacing="0" cellpadding="7" width="100%">{rows}</table>'
    return html(f"<p>Figures of the last week.</p>{table}<p>All of them are provisional.</p>", cells, look)


def bordered(cells: Cells, look: Look = Look()) -> Screen:
    """An HTML table with lines, between two paragraphs."""
    rows = "".join(f"<tr>{_html_cells(row, number)}</tr>" for number, row in enumerate(cells))
    style = f"border-style: solid; border-color: {look.rule}"
    table = f'<table border="1" style="{style}" cellspacing="0" cellpadding="6">{rows}</table>'
    return html(f"<p>Figures of the last week.</p>{table}<p>All of them are provisional.</p>", cells, look)


def _html_cells(row: Sequence[str], number: int) -> str:
    side = [' align="right"' if is_number(cell) else "" for cell in row]
    tag = "th" if number == 0 else "td"
    left = ' align="left"' if number == 0 else ""
    return "".join(f"<{tag}{left}{s}>{cell}</{tag}>" for s, cell in zip(side, row, strict=True))


def two_columns(left: str, right: str, look: Look = Look()) -> Screen:
    """Running text in two columns side by side."""
    row = f'<tr><td width="50%">{left}</td><td>{right}</td></tr>'
    body = f'<table border="0" cellpadding="12" width="100%">{row}</table>'
    return html(body, look=look, width=760)


# ── widgets ─────────────────────────────────────────────────────────────────────────────────────


def _shown(widget: QWidget, size: tuple[int, int], look: Look, cells: Cells = ()) -> Screen:
    palette = QPalette()
    for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Window, QPalette.ColorRole.Button):
        palette.setColor(role, QColor(look.paper))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(role, QColor(look.ink))
    if look.paper != Look().paper:
        widget.setPalette(palette)
    widget.setFont(look.font)
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.resize(*size)
    widget.show()
    return Screen(size, lambda painter: widget.render(painter, QPoint(0, 0)), cells, look.paper)


def table_widget(cells: Cells, look: Look = Look(), *, numbered: bool = True) -> Screen:
    """A QTableWidget as it is by default: headings in the middle, row numbers, a line around each cell."""
    head, *body = cells
    widget = QTableWidget(len(body), len(head))
    widget.setFont(look.font)
    widget.setHorizontalHeaderLabels(list(head))
    widget.verticalHeader().setVisible(numbered)
    for row, line in enumerate(body):
        for column, text in enumerate(line):
            item = QTableWidgetItem(text)
            item.setTextAlignment(_RIGHT if is_number(text) else _LEFT)
            widget.setItem(row, column, item)
    widget.resizeColumnsToContents()
    shown = (("", *head), *((str(n), *line) for n, line in enumerate(body, start=1))) if numbered else cells
    return _shown(widget, _room(widget, look), look, shown)


def table_view(cells: Cells, look: Look = DARK) -> Screen:
    """A QTableView without row numbers, sorted by its first column."""
    head, *body = cells
    model = QStandardItemModel(len(body), len(head))
    model.setHorizontalHeaderLabels(list(head))
    for row, line in enumerate(body):
        for column, text in enumerate(line):
            item = QStandardItem(text)
            item.setTextAlignment(_RIGHT if is_number(text) else _LEFT)
            model.setItem(row, column, item)
    view = QTableView()
    view.setFont(look.font)
    view.setModel(model)
    model.setParent(view)
    view.verticalHeader().hide()
    colours = f"background: {look.paper}; color: {look.ink}"
    header = f"QHeaderView, QHeaderView::section {{ {colours}; border: 1px solid {look.rule} }}"
    view.setStyleSheet(f"QTableView {{ {colours}; gridline-color: {look.rule} }} {header}")
    view.resizeColumnsToContents()
    return _shown(view, _room(view, look), look, cells)


def _room(view: QTableView, look: Look) -> tuple[int, int]:
    side = look.pixels * 3
    across = sum(view.columnWidth(n) for n in range(view.model().columnCount()))
    down = sum(view.rowHeight(n) for n in range(view.model().rowCount()))
    return across + side + 40, down + 70


def preferences(fields: Sequence[tuple[str, str]], look: Look = Look()) -> Screen:
    """Tabs, labels with fields of different kinds, boxes to tick, buttons."""
    page = QWidget()
    form = QFormLayout(page)
    for number, (label, value) in enumerate(fields):
        form.addRow(label, _field(number, value))
    for text in ("Start with the system", "Send usage statistics"):
        form.addRow("", QCheckBox(text))
    tabs = QTabWidget()
    for name in ("General", "Appearance", "Network", "Keyboard"):
        tabs.addTab(page if name == "General" else QWidget(), name)
    dialog = QWidget()
    layout = QVBoxLayout(dialog)
    layout.addWidget(tabs)
    kinds = QDialogButtonBox.StandardButton
    layout.addWidget(QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.Apply))
    return _shown(dialog, (560, 40 * len(fields) + 180), look)


def _field(number: int, value: str) -> QWidget:
    if number % 4 == 0:
        box = QComboBox()
        box.addItem(value)
        return box
    if number % 4 == 1 and value.isdigit():
        spin = QSpinBox()
        spin.setMaximum(9999)
        spin.setValue(int(value))
        return spin
    return QLabel(value) if number % 4 == 2 else QLineEdit(value)
