"""A theme that changes while the window is open reaches every icon of it."""

from dataclasses import fields
from pathlib import Path

from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QToolButton, QWidget

from desktop.domain.image_errors import BrokenImage
from desktop.domain.settings import Settings
from desktop.ui.theme import DARK, LIGHT, Colors
from tests.conftest import Run
from tests.support.windows import open_window


def ink(icon: QIcon) -> QColor:
    """The colour of the opaque pixels of a one-coloured icon."""
    picture = icon.pixmap(32, 32).toImage()
    pixels = (picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height()))
    return max(pixels, key=QColor.alpha)


def odd_ones(window: QWidget, colors: Colors) -> list[str]:
    """Buttons whose icon has a colour that is none of `colors`."""
    known = {getattr(colors, entry.name).name() for entry in fields(colors)}
    buttons = [*window.findChildren(QToolButton), *window.findChildren(QPushButton)]
    # Tiles show pictures, and buttons without a name are Qt's own.
    ours = [each for each in buttons if name_of(each) and each.property("role") != "tile"]
    drawn = [each for each in ours if not each.icon().isNull()]
    assert len(drawn) > 8
    return [name_of(each) for each in drawn if ink(each.icon()).name() not in known]


def name_of(button: QAbstractButton) -> str:
    return button.accessibleName() or button.text()


def test_icons_follow_the_theme(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, Settings(theme="light", side_list=True)) as window:
            window.shell.show_error(BrokenImage(name="a.png"))
            window.shell.open_settings()
            assert not odd_ones(window.window, LIGHT)
            window.session.settings.change(theme="dark")
            assert not odd_ones(window.window, DARK)
            window.session.settings.change(theme="light")
            assert not odd_ones(window.window, LIGHT)

    run(scenario())
