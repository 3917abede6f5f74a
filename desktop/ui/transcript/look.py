"""How blocks and runs look: Qt text formats out of a font and the theme's colours."""

from enum import IntEnum
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QFont,
    QFontDatabase,
    QFontInfo,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
    QTextFrameFormat,
    QTextListFormat,
    QTextTableFormat,
)

from desktop.markdown.blocks import Alignment, Container, Marker, Path, Run, Style
from desktop.ui.theme import SPACE, Colors

PATH: Final = QTextFormat.Property.UserProperty.value + 1
"""On a text block: the containers it stands in, a letter each ("q" quote, "i" item)."""
CODE: Final = PATH + 1
"""On a text block: a line of code. The value says which: `ONLY`, `FIRST`, `INNER` or `LAST`."""
LANGUAGE: Final = PATH + 2
"""On the first line of code: its language."""
BULLET: Final = PATH + 3
"""On a text block that begins an item without a number: a `Bullet`."""


class Bullet(IntEnum):
    """What is painted before an item."""

    DISC = 1
    CIRCLE = 2
    SQUARE = 3
    TO_DO = 4
    DONE = 5


FIRST, LAST = 1, 2
INNER, ONLY = 0, FIRST | LAST

QUOTE_INDENT = 4 * SPACE
ITEM_INDENT = 6 * SPACE
CODE_PADDING = 3 * SPACE
CODE_HEADER = 5 * SPACE
"""Room above code for the name of its language."""

_GAP = 2 * SPACE
_TABLE_GAP = 3 * SPACE
_BELOW_TABLE = SPACE
"""The margin of what follows a table is added to it."""
_DEEPEST = 8
"""Containers beyond this indent no further, or a narrow window would have no room for words."""

_HEADING_SCALE = (1.5, 1.3, 1.15, 1.0, 1.0, 1.0)
_HEADING_TOP = (5 * SPACE, 5 * SPACE, 4 * SPACE, 4 * SPACE, 4 * SPACE, 4 * SPACE)
_CODE_SCALE = 0.92
_LINE_HEIGHT = 1.55
"""Of text, in its size. Fonts' own heights differ: 1.17 for DejaVu, 1.45 for Noto CJK."""
_CODE_LINE_HEIGHT = 1.4
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
_FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value
_BULLETS = (Bullet.DISC, Bullet.CIRCLE, Bullet.SQUARE)
_NARROW_NUMBER = 2
"""Digits that an item's indent has room for."""
_ALIGNMENT = {
    "": Qt.AlignmentFlag.AlignLeft,
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


def indent(path: str) -> int:
    """How far a block in `path` (letters) stands from the left edge, in device-independent px."""
    return sum(QUOTE_INDENT if letter == "q" else ITEM_INDENT for letter in path[:_DEEPEST])


def room_above_code(language: str) -> int:
    """How far the box of code reaches over its first line, in device-independent px."""
    return CODE_PADDING + (CODE_HEADER if language else 0)


class Look:
    """Formats for one font and one set of colours; makes each once."""

    def __init__(self, font: QFont, colors: Colors) -> None:
        self.font = font
        self.colors = colors
        self._runs: dict[tuple[Style, str, int], QTextCharFormat] = {}
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        # By its real name: in a list of families Qt does not resolve "monospace".
        self._code_families = [QFontInfo(fixed).family(), *font.families()]
        self._line_percent = 100 * _LINE_HEIGHT * _size(font) / QFontMetricsF(font).height()

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
        characters.setForeground(QBrush(self.colors.text))
        self._scale(characters, _HEADING_SCALE[heading - 1] if heading else 1.0)
        if heading or run.style & Style.BOLD:
            characters.setFontWeight(QFont.Weight.DemiBold)
        characters.setFontItalic(bool(run.style & Style.ITALIC))
        characters.setFontStrikeOut(bool(run.style & Style.STRIKE))
        if run.style & (Style.CODE | Style.MATH):
            characters = self._code_characters(characters, _HEADING_SCALE[heading - 1] if heading else 1.0)
        if run.style & Style.CODE:
            characters.setBackground(QBrush(self.colors.code_background))
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

    # ── blocks ──────────────────────────────────────────────────────────────────────────────────

    def paragraph(self, path: Path, marker: Marker | None = None) -> QTextBlockFormat:
        gap = SPACE if Container.ITEM in path else _GAP
        block = self._block(path, gap, gap)
        if marker is not None:
            self._mark(block, path, marker)
        return block

    def heading(self, path: Path, marker: Marker | None, level: int) -> QTextBlockFormat:
        block = self._block(path, _HEADING_TOP[level - 1], _GAP)
        if marker is not None:
            self._mark(block, path, marker)
        return block

    def rule(self, path: Path) -> QTextBlockFormat:
        block = self._block(path, 0, 0)
        block.setProperty(QTextFormat.Property.BlockTrailingHorizontalRulerWidth.value, 1)
        block.setBackground(QBrush(self.colors.border))
        return block

    def code_line(
        self, path: Path, place: int, language: str, *, below_code: bool = False
    ) -> QTextBlockFormat:
        """One line of code; `place` is `FIRST` and `LAST`, or'ed. `below_code`: other code ends above."""
        top = _GAP + room_above_code(language) if place & FIRST else 0
        if place & FIRST and below_code:
            # Of two margins Qt takes the larger one, and both boxes reach into it.
            top += CODE_PADDING
        block = self._block(path, top, _GAP + CODE_PADDING if place & LAST else 0)
        block.setLineHeight(_CODE_LINE_HEIGHT * _CODE_SCALE * _size(self.font), _FIXED)
        block.setLeftMargin(block.leftMargin() + CODE_PADDING)
        block.setRightMargin(CODE_PADDING)
        block.setProperty(CODE, place)
        if place & FIRST and language:
            block.setProperty(LANGUAGE, language)
        return block

    def plain_line(self) -> QTextBlockFormat:
        return self._block((), 0, 0)

    def strut(self) -> QTextBlockFormat:
        """For the text block that Qt wants before and after a table: next to no height."""
        block = QTextBlockFormat()
        block.setLineHeight(1.0, _FIXED)
        return block

    def _block(self, path: Path, top: int, bottom: int) -> QTextBlockFormat:
        letters = "".join("q" if container is Container.QUOTE else "i" for container in path)
        block = QTextBlockFormat()
        block.setLineHeight(self._line_percent, _PROPORTIONAL)
        block.setTopMargin(top)
        block.setBottomMargin(bottom)
        block.setLeftMargin(indent(letters))
        if letters:
            block.setProperty(PATH, letters)
        return block

    # ── lists and tables ────────────────────────────────────────────────────────────────────────

    def item(self, marker: Marker) -> QTextListFormat:
        """For a list of this one item: Qt paints its number, a bullet is painted by us.

        The text block's own margin makes room for both.
        """
        item = QTextListFormat()
        item.setIndent(0)
        if marker.number is None:
            item.setStyle(QTextListFormat.Style.ListStyleUndefined)
        else:
            item.setStyle(QTextListFormat.Style.ListDecimal)
            item.setStart(marker.number)
        return item

    def _mark(self, block: QTextBlockFormat, path: Path, marker: Marker) -> None:
        if marker.number is None:
            block.setProperty(BULLET, _bullet(path, marker).value)
        else:
            digits = max(0, len(str(marker.number)) - _NARROW_NUMBER)
            width = QFontMetricsF(self.font).horizontalAdvance("0" * digits)
            block.setLeftMargin(block.leftMargin() + width)

    def table(self, path: Path, *, below_code: bool) -> QTextTableFormat:
        table = QTextTableFormat()
        table.setBorderCollapse(True)
        table.setBorder(1)
        table.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        table.setBorderBrush(QBrush(self.colors.border))
        table.setCellPadding(1.5 * SPACE)
        table.setCellSpacing(0)
        table.setHeaderRowCount(1)
        table.setLeftMargin(indent("i" * len(path)))
        # Qt leaves out the margin of the text block above.
        table.setTopMargin(_TABLE_GAP + CODE_PADDING if below_code else _TABLE_GAP)
        table.setBottomMargin(_BELOW_TABLE)
        return table

    def cell(self, alignment: Alignment) -> QTextBlockFormat:
        block = QTextBlockFormat()
        block.setAlignment(_ALIGNMENT[alignment])
        return block


def _size(font: QFont) -> float:
    """The height of the font's em square, in device-independent px."""
    return float(QFontInfo(font).pixelSize())


def _bullet(path: Path, marker: Marker) -> Bullet:
    if marker.checked is not None:
        return Bullet.DONE if marker.checked else Bullet.TO_DO
    return _BULLETS[min(path.count(Container.ITEM), len(_BULLETS)) - 1]
