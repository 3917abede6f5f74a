"""Colours, spacing and shapes of the whole window; no widget carries a style sheet of its own."""

from dataclasses import dataclass, fields
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from desktop.paths import resource

SPACE = 4
"""One step of distance, in device-independent px; every margin is a multiple."""
RADIUS = 8
READING_WIDTH = 760
"""Widest line of text, in device-independent px."""
BUTTON = 32
"""Side of a square button, in device-independent px."""
_HEADING_SCALE = 1.5
"""Size of a heading, relative to the text."""


@dataclass(frozen=True, slots=True)
class Colors:
    """One role, one colour.

    Words keep 4.5 : 1 on every ground, `text` and `muted` on `selection` too (tests count).
    """

    window: QColor
    surface: QColor
    raised: QColor
    border: QColor
    text: QColor
    muted: QColor
    accent: QColor
    on_accent: QColor
    link: QColor
    code_background: QColor
    selection: QColor
    found: QColor
    current: QColor
    danger: QColor
    warning: QColor
    success: QColor
    keyword: QColor
    string: QColor
    comment: QColor
    number: QColor
    function: QColor
    type_: QColor


def _colors(**names: str) -> Colors:
    return Colors(**{role: QColor(name) for role, name in names.items()})


LIGHT = _colors(
    window="#f3f4f7",
    surface="#ffffff",
    raised="#ffffff",
    border="#d5d9e2",
    text="#1b1e24",
    muted="#5a6170",
    accent="#3556cf",
    on_accent="#ffffff",
    link="#2a49c0",
    code_background="#f3f4f8",
    selection="#d2deff",
    found="#fff0b8",
    current="#ffd277",
    danger="#b3261e",
    warning="#8a5300",
    success="#1c6b36",
    keyword="#7a2aa8",
    string="#1c6b36",
    comment="#62697a",
    number="#9a3d00",
    function="#2a49c0",
    type_="#0d6570",
)

DARK = _colors(
    window="#15171b",
    surface="#1a1c21",
    raised="#23262d",
    border="#3a3f4a",
    text="#e7e9ee",
    muted="#a3abba",
    accent="#8aa2ff",
    on_accent="#10131c",
    link="#9db1ff",
    code_background="#23262d",
    selection="#2c3b6d",
    found="#4a4118",
    current="#7a5a10",
    danger="#ff8a80",
    warning="#f2b45c",
    success="#79cf93",
    keyword="#d2a3f5",
    string="#8fd3a0",
    comment="#98a0b0",
    number="#f5b27a",
    function="#9db1ff",
    type_="#7fd0da",
)


def colors_of(palette: QPalette) -> Colors:
    """The colours that belong to `palette`, told by its link colour: no style sheet touches that."""
    return DARK if palette.color(QPalette.ColorRole.Link) == DARK.link else LIGHT


def palette_of(colors: Colors) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(colors.window)
    for name, color in {
        role.Window: colors.window,
        role.WindowText: colors.text,
        role.Base: colors.surface,
        role.AlternateBase: colors.window,
        role.Text: colors.text,
        role.PlaceholderText: colors.muted,
        role.Button: colors.raised,
        role.ButtonText: colors.text,
        role.ToolTipBase: colors.raised,
        role.ToolTipText: colors.text,
        role.Highlight: colors.selection,
        role.HighlightedText: colors.text,
        role.Link: colors.link,
        role.LinkVisited: colors.link,
        role.Accent: colors.accent,
        role.Mid: colors.border,
    }.items():
        palette.setColor(name, color)
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, _mixed(colors.muted, colors.window))
    return palette


def apply(app: QApplication, scheme: Qt.ColorScheme, font: QFont) -> None:
    """Dress the whole application. `font` carries the text size that the user chose."""
    colors = DARK if scheme == Qt.ColorScheme.Dark else LIGHT
    app.setFont(font)
    app.setPalette(palette_of(colors))
    app.setStyleSheet(_style_sheet(colors, font))


def _mixed(one: QColor, other: QColor) -> QColor:
    return QColor(
        (one.red() + other.red()) // 2,
        (one.green() + other.green()) // 2,
        (one.blue() + other.blue()) // 2,
    )


def _style_sheet(colors: Colors, font: QFont) -> str:
    names = {entry.name: getattr(colors, entry.name).name() for entry in fields(colors)}
    hover = colors.text.name(QColor.NameFormat.HexArgb).replace("#ff", "#14")
    sheet = resource("themes", "window.qss").read_text(encoding="utf-8")
    heading = f"{_HEADING_SCALE * font.pointSizeF():g}"
    return Template(sheet).substitute(names, hover=hover, radius=RADIUS, small=RADIUS - 2, heading=heading)
