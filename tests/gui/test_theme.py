"""Colours that can be read, by the arithmetic of WCAG 2.2, and that reach every widget."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QProxyStyle,
    QPushButton,
    QStyle,
    QStyleOptionButton,
)
from pytestqt.qtbot import QtBot

from desktop.ui import theme
from desktop.ui.theme import DARK, LIGHT, Colors, colors_of, palette_of

THEMES = pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
GROUNDS = ("window", "surface", "raised", "code_background")
WORDS = (
    *("text", "muted", "link", "danger", "warning", "success"),
    *("keyword", "string", "comment", "number", "function", "type_"),
)
READABLE = 4.5
"""The least contrast of text (WCAG 2.2, criterion 1.4.3)."""
VISIBLE = 3.0
"""The least contrast of what is no text but must be seen (criterion 1.4.11)."""


def luminance(color: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_counted_as_the_standard_counts_it() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("white")) == pytest.approx(4.54, abs=0.01)


@THEMES
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("word", WORDS)
def test_words_can_be_read_on_every_ground(colors: Colors, word: str, ground: str) -> None:
    assert contrast(getattr(colors, word), getattr(colors, ground)) >= READABLE


@THEMES
def test_words_can_be_read_on_what_is_marked_and_on_the_accent(colors: Colors) -> None:
    for ground in (colors.selection, colors.found, colors.current):
        assert contrast(colors.text, ground) >= READABLE
    assert contrast(colors.muted, colors.selection) >= READABLE, "a marked row's second line"
    assert contrast(colors.on_accent, colors.accent) >= READABLE


@THEMES
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_accent_is_seen_on_every_ground(colors: Colors, ground: str) -> None:
    assert contrast(colors.accent, getattr(colors, ground)) >= VISIBLE


@THEMES
def test_a_palette_tells_its_colours(colors: Colors) -> None:
    assert colors_of(palette_of(colors)) is colors


@pytest.mark.parametrize(
    ("scheme", "colors"),
    [(Qt.ColorScheme.Light, LIGHT), (Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Unknown, LIGHT)],
)
def test_the_application_wears_a_theme(
    undressed: QApplication, scheme: Qt.ColorScheme, colors: Colors
) -> None:
    theme.apply(undressed, scheme, undressed.font())

    assert undressed.palette().color(QPalette.ColorRole.Window) == colors.window
    assert colors_of(undressed.palette()) is colors
    assert "$" not in undressed.styleSheet(), "every name was filled in"


class Illustrated(QProxyStyle):
    """Fusion on a desktop that has icons on the buttons of dialogs, as most have on Linux."""

    def styleHint(self, hint: QStyle.StyleHint, *about: Any) -> int:
        is_about_icons = hint == QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons
        return 1 if is_about_icons else super().styleHint(hint, *about)


def test_buttons_of_dialogs_wear_no_icons(undressed: QApplication, qtbot: QtBot) -> None:
    theme.apply(undressed, Qt.ColorScheme.Light, undressed.font())
    box, style = QDialogButtonBox(), Illustrated("Fusion")
    qtbot.addWidget(box)
    box.setStyle(style)
    button = box.addButton(QDialogButtonBox.StandardButton.Cancel)

    assert button.icon().isNull()


def test_a_button_wears_its_border_and_no_second_frame_where_the_keyboard_is(
    undressed: QApplication, qtbot: QtBot
) -> None:
    theme.apply(undressed, Qt.ColorScheme.Light, undressed.font())
    button = QPushButton(" " * 8)
    qtbot.addWidget(button)
    button.ensurePolished()
    picture = QImage(button.sizeHint(), QImage.Format.Format_RGB32)
    painter, option = QPainter(picture), QStyleOptionButton()
    button.initStyleOption(option)
    option.rect = picture.rect()
    option.state |= QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_KeyboardFocusChange
    button.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, button)
    painter.end()

    inner = picture.copy(picture.rect().adjusted(8, 4, -8, -4))
    assert {inner.pixel(x, y) for x in range(inner.width()) for y in range(inner.height())} == {
        LIGHT.raised.rgb()
    }
