"""Colours, spacing and shapes of the whole window; no widget carries a style sheet of its own."""

from dataclasses import dataclass, fields
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

SPACE = 4
"""One step of distance, in device-independent px; every margin is a multiple."""
RADIUS = 8
READING_WIDTH = 760
"""Widest line of text, in device-independent px."""
BUTTON = 32
"""Side of a square button, in device-independent px."""


@dataclass(frozen=True, slots=True)
class Colors:
    """One role, one colour. Text roles keep 4.5 : 1 on `window`, `surface` and `raised` (a test counts)."""

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
    selection="#c9d7ff",
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
    selection="#34457f",
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
    """The colours that belong to `palette`, told by the lightness of its window."""
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT  # noqa: PLR2004 - half of 255


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
    app.setStyleSheet(_style_sheet(colors))


def _mixed(one: QColor, other: QColor) -> QColor:
    return QColor(*((a + b) // 2 for a, b in zip(one.getRgb(), other.getRgb(), strict=True)))


def _style_sheet(colors: Colors) -> str:
    names = {entry.name: getattr(colors, entry.name).name() for entry in fields(colors)}
    hover = colors.text.name(QColor.NameFormat.HexArgb).replace("#ff", "#14")
    return Template(_SHEET).substitute(names, hover=hover, radius=RADIUS, small=RADIUS - 2)


# Selectors name classes of desktop.ui, or the dynamic property `role` of a plain Qt widget.
_SHEET = """
QToolTip { border: 1px solid $border; padding: 4px; background: $raised; color: $text; }
QMenuBar { background: $window; border-bottom: 1px solid $border; }
QMenuBar::item { padding: 4px 10px; background: transparent; border-radius: ${small}px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $raised; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 20px; border-radius: ${small}px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }

QToolButton { border: 1px solid transparent; border-radius: ${radius}px; padding: 5px; background: transparent; color: $text; }
QToolButton:hover { background: $hover; }
QToolButton:focus { border-color: $accent; }
QToolButton[role="primary"] { background: $accent; color: $on_accent; }
QToolButton[role="primary"]:disabled { background: $border; }
QToolButton[role="primary"]:focus { border-color: $text; }
QToolButton[role="quiet"] { color: $muted; padding: 3px 5px; }
QToolButton[role="model"] { font-weight: 600; padding: 6px 10px; }
QToolButton[role="tile"] { border: 1px solid $border; background: $raised; padding: 8px; }
QToolButton[role="tile"]:hover { border-color: $accent; }
QToolButton[role="tile"]:focus { border-color: $accent; }
QToolButton[role="floating"] { background: $raised; border: 1px solid $border; border-radius: 16px; padding: 6px 12px; }
QToolButton[role="floating"]:hover { border-color: $accent; }
QToolButton::menu-indicator { image: none; }

QPushButton { border: 1px solid $border; border-radius: ${radius}px; padding: 6px 14px; background: $raised; color: $text; }
QPushButton:hover { border-color: $accent; }
QPushButton:focus { border-color: $accent; }
QPushButton:default { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton:default:focus { border-color: $text; }
QPushButton:disabled { color: $muted; border-color: $border; background: $window; }

QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit[role="field"] {
  border: 1px solid $border; border-radius: ${small}px; padding: 5px 8px; background: $surface; color: $text; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QPlainTextEdit[role="field"]:focus { border-color: $accent; }

QLabel[role="muted"] { color: $muted; }
QLabel[role="title"] { font-weight: 600; }
QLabel[role="danger"] { color: $danger; }
QLabel[role="success"] { color: $success; }
QLabel[role="heading"] { font-weight: 600; }

QFrame[role="card"] { background: $raised; border: 1px solid $border; border-radius: 14px; }
QFrame[role="card"][active="true"] { border-color: $accent; }
QFrame[role="bubble"] { background: $code_background; border-radius: 12px; }
QFrame[role="banner"] { background: $raised; border: 1px solid $warning; border-radius: ${radius}px; }
QFrame[role="banner"][tone="danger"] { border-color: $danger; }
QFrame[role="side"] { background: $window; border-right: 1px solid $border; }
QWidget[role="page"] { background: $surface; }
QFrame[role="popup"] { background: $raised; border: 1px solid $border; border-radius: ${radius}px; }
QPlainTextEdit[role="prompt"] { background: transparent; border: none; }
QListView { background: transparent; border: none; outline: none; }
QListView::item { border-radius: ${small}px; padding: 5px 8px; color: $text; }
QListView::item:hover { background: $hover; }
QListView::item:selected { background: $selection; color: $text; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 4px; margin: 2px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""
