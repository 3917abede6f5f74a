"""How blocks and runs look: Qt text formats out of a font and the theme's colours."""

from math import floor
from unicodedata import bidirectional

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QFontMetricsF,
    QTextCharFormat,
    QTextFormat,
    QTextOption,
)

from desktop.markdown.blocks import Run, Style
from desktop.ui.theme import Colors
from desktop.ui.transcript.box import MarkKind

_HEADING_SCALE = (1.5, 1.3, 1.15, 1.0, 0.92, 0.92)
_FAINTEST_HEADING = 6
_CODE_SCALE = 0.92
_LINE_HEIGHT, _HEADING_LINE_HEIGHT = 1.55, 1.35
"""Of text, in its size. Fonts' own heights differ: 1.17 for DejaVu, 1.45 for Noto CJK."""
_STRONG = ("L", "R", "AL")
DECISIVE = 100
"""So many characters are looked at for the first letter, which says from where one reads."""


class Look:
    """Formats for one font and one set of colours; makes each once."""

    def __init__(self, font: QFont, colors: Colors) -> None:
        self.font = font
        self.colors = colors
        self._runs: dict[tuple[Style, str, int], QTextCharFormat] = {}
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        # By its real name: in a list of families Qt does not resolve "monospace".
        self._code_families = [QFontInfo(fixed).family(), *font.families()]
        self._marked: dict[MarkKind, QTextCharFormat] = {}
        self._rightwards = _option(Qt.LayoutDirection.LeftToRight)
        self._leftwards = _option(Qt.LayoutDirection.RightToLeft)
        metrics = QFontMetricsF(font)
        self._column, self._cap_height = metrics.averageCharWidth(), metrics.capHeight()
        self._fonts: dict[int, QFont] = {}
        self._line_heights: dict[int, int] = {}
        self._sizes: dict[int, float] = {}
        self._baselines: dict[int, int] = {}
        self._em = _size(font)

    # ── characters ──────────────────────────────────────────────────────────────────────────────

    def characters(self, run: Run, heading: int = 0) -> QTextCharFormat:
        """For `run` in a paragraph, or in a heading of this level."""
        key = (run.style, run.href, heading)
        if key not in self._runs:
            self._runs[key] = self._new_characters(run, heading)
        return self._runs[key]

    def plain(self) -> QTextCharFormat:
        return self.characters(Run(""))

    def code(self) -> QTextCharFormat:
        return self._code_characters(self.plain())

    def table_head(self, run: Run) -> QTextCharFormat:
        return self.characters(Run("", run.style | Style.BOLD, run.href))

    def _new_characters(self, run: Run, heading: int) -> QTextCharFormat:
        characters = QTextCharFormat()
        characters.setForeground(QBrush(self.text_color(heading)))
        self._scale(characters, _HEADING_SCALE[heading - 1] if heading else 1.0)
        if heading or run.style & Style.BOLD:
            characters.setFontWeight(QFont.Weight.DemiBold)
        characters.setFontItalic(bool(run.style & Style.ITALIC))
        characters.setFontStrikeOut(bool(run.style & Style.STRIKE))
        if run.style & (Style.CODE | Style.MATH):
            characters = self._code_characters(characters, _HEADING_SCALE[heading - 1] if heading else 1.0)
        if run.href:
            characters.setAnchor(True)
            characters.setAnchorHref(run.href)
            characters.setForeground(QBrush(self.colors.link))
            characters.setFontUnderline(True)
        return characters

    def _code_characters(self, base: QTextCharFormat, scale: float = 1.0) -> QTextCharFormat:
        characters = QTextCharFormat(base)
        characters.setFontFamilies(self._code_families)
        characters.setFontFixedPitch(True)
        self._scale(characters, _CODE_SCALE * scale)
        return characters

    def _scale(self, characters: QTextCharFormat, factor: float) -> None:
        if self.font.pointSizeF() > 0:
            characters.setFontPointSize(self.font.pointSizeF() * factor)
        else:
            size = round(self.font.pixelSize() * factor)
            characters.setProperty(QTextFormat.Property.FontPixelSize.value, size)

    # ── what is painted ─────────────────────────────────────────────────────────────────────────

    def font_of(self, heading: int) -> QFont:
        """Of a paragraph (0), or of a heading of this level."""
        if heading not in self._fonts:
            self._fonts[heading] = self.characters(Run(""), heading).font().resolve(self.font)
        return self._fonts[heading]

    @property
    def em(self) -> float:
        """The size of the font, in device-independent px."""
        return self._em

    @property
    def cap_height(self) -> float:
        """Of a capital letter, in device-independent px."""
        return self._cap_height

    def size(self, heading: int) -> float:
        """Of the font of a paragraph (0), or of a heading of this level, in device-independent px."""
        if heading not in self._sizes:
            self._sizes[heading] = _size(self.font_of(heading))
        return self._sizes[heading]

    def text_color(self, heading: int) -> QColor:
        return self.colors.muted if heading == _FAINTEST_HEADING else self.colors.text

    def line_height(self, heading: int = 0) -> int:
        """Of a line of text, in device-independent px: whole, so that all lines are as far apart."""
        if heading not in self._line_heights:
            height = _HEADING_LINE_HEIGHT if heading else _LINE_HEIGHT
            self._line_heights[heading] = round(height * self.size(heading))
        return self._line_heights[heading]

    def baseline(self, heading: int = 0) -> int:
        """Of a line of text, from its top, in device-independent px."""
        if heading not in self._baselines:
            metrics = QFontMetricsF(self.font_of(heading))
            above = (self.line_height(heading) - metrics.height()) / 2
            self._baselines[heading] = round(above + metrics.ascent())
        return self._baselines[heading]

    def marked(self, kind: MarkKind) -> QTextCharFormat:
        """Laid over what is selected or found."""
        if kind not in self._marked:
            self._marked[kind] = QTextCharFormat()
            self._marked[kind].setBackground(QBrush(self._ground(kind)))
        return self._marked[kind]

    def wrapped(self, text: str) -> QTextOption:
        """Words wrap, anywhere if they must; which way it is read, the first letter of `text` says."""
        return self._leftwards if is_leftwards(text) else self._rightwards

    def columns(self, width: float) -> float:
        """So many letters stand in a line of `width`, about."""
        return width / self._column

    def estimate(self, text: str, width: float, heading: int = 0) -> float:
        """The height of `text` in lines of `width`, about."""
        return self.estimate_of(*extent(text), width, heading)

    def estimate_of(self, columns: float, line_ends: int, width: float, heading: int = 0) -> float:
        """The same of a text of this `extent`."""
        lines = columns * self._column / max(width, self._column) + line_ends
        return (floor(lines) + 1) * self.line_height(heading)

    def _ground(self, kind: MarkKind) -> QColor:
        match kind:
            case MarkKind.FOUND:
                return self.colors.found
            case MarkKind.CURRENT:
                return self.colors.current
            case MarkKind.SELECTED:
                return self.colors.selection


def extent(text: str) -> tuple[float, int]:
    """How many letters' room `text` takes, about, and its line ends."""
    columns = len(text) if text.isascii() else (len(text) + len(text.encode("utf-8", "replace"))) / 2
    return columns, text.count("\n")


def is_leftwards(text: str) -> bool:
    """Whether `text` is read from the right, which its first letter says."""
    if text[:1].isascii() and text[:1].isalpha():
        return False
    kinds = (bidirectional(character) for character in text[:DECISIVE])
    return next((kind for kind in kinds if kind in _STRONG), "L") != "L"


def _size(font: QFont) -> float:
    """The height of the font's em square, in device-independent px."""
    return float(QFontInfo(font).pixelSize())


def _option(direction: Qt.LayoutDirection) -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(direction)
    is_leftwards = direction is Qt.LayoutDirection.RightToLeft
    option.setAlignment(Qt.AlignmentFlag.AlignRight if is_leftwards else Qt.AlignmentFlag.AlignLeft)
    return option
