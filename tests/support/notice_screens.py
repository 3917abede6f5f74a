"""States that show whose work comes with the app; see `screens`."""

from PySide6.QtWidgets import QLineEdit, QPushButton

from desktop.ui.about import AboutDialog
from desktop.ui.notices_dialog import NoticesDialog
from tests.support.qt import child, first
from tests.support.stage import Stage, State


async def about(stage: Stage) -> None:
    stage.picture = _about(stage)


async def notices(stage: Stage) -> None:
    stage.picture = await opened(stage, "")


async def notices_found(stage: Stage) -> None:
    stage.picture = await opened(stage, "lgpl")


async def notices_not_found(stage: Stage) -> None:
    dialog = await opened(stage, "")
    child(dialog, QLineEdit).setText(stage.say("no such thing", "没有这个"))
    stage.picture = dialog


async def opened(stage: Stage, needle: str) -> NoticesDialog:
    """The list of others' work, as the button in About opens it, with a text and all that fits `needle`."""
    about_dialog = _about(stage)
    read = first(stage.session.notices.text_read)
    buttons = {button.text(): button for button in about_dialog.findChildren(QPushButton)}
    next(button for words, button in buttons.items() if "…" in words).click()
    dialog = child(about_dialog, NoticesDialog)
    await read
    if needle:
        read = first(stage.session.notices.text_read)
        child(dialog, QLineEdit).setText(needle)
        await read
    return dialog


def _about(stage: Stage) -> AboutDialog:
    dialog = AboutDialog(stage.session.notices, stage.shell.window)
    dialog.open()
    return dialog


STATES: tuple[State, ...] = (about, notices, notices_found, notices_not_found)
