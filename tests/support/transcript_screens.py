"""States of the window that are about answers: all of Markdown as it is and marked, and some cut short."""

import asyncio

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit

from desktop.domain.events import Finished, TextDelta
from desktop.domain.provider_errors import ConnectionLost
from desktop.domain.refusals import KeyRejected
from desktop.ui.transcript.find_pane import FindPane
from desktop.ui.transcript.finder import Finder
from desktop.ui.transcript.selection import WHOLE, Place, Selection
from desktop.ui.transcript.view import TranscriptView
from desktop.ui.window import SMALLEST
from tests.support.golden import golden_page
from tests.support.qt import child, first
from tests.support.stage import Stage, State

_QUESTION = "What does this show?\n\n  Blanks stay, as do *stars*\nand  <tags>.\n\n中文问题，עברית"
_SHORT_QUESTION = "Why?"
_FIRST_SELECTED = 60
"""A block in the middle of the answer."""
_ROUNDS = 6
"""Heights are guesses until somebody looks."""


async def page(stage: Stage) -> None:
    """The window is as high as all of it."""
    stage.backend.answer_with(TextDelta(golden_page()), Finished("stop"))
    stage.session.composer.put(_QUESTION, [])
    stage.session.send("")
    await stage.finished()
    await _show_all(stage)


async def marked_page(stage: Stage) -> None:
    """What was found is marked, and what is selected below it."""
    await page(stage)
    pane = child(stage.shell.window, FindPane)
    counted = first(child(stage.shell.window, Finder).counted)
    pane.open()
    child(pane, QLineEdit).setText("text")
    await counted
    await _show_all(stage)
    selected = Selection(Place(1, 0, _FIRST_SELECTED, 0), Place(1, 0, *WHOLE))
    child(stage.shell.window, TranscriptView).selecting.set(selected)


async def cut_short(stage: Stage) -> None:
    """In every way after which an answer can go on."""
    host, text = "dashscope.aliyuncs.com", stage.answer[:60]
    for end in (
        Finished("length"),
        ConnectionLost(host=host, detail="connection reset by peer"),
        KeyRejected(host=host, status=401, detail="Incorrect API key provided."),
    ):
        stage.backend.answer_with(TextDelta(text), end)
        stage.session.composer.put(_SHORT_QUESTION, [])
        stage.session.send("")
        await stage.finished()


async def cut_short_narrow(stage: Stage) -> None:
    """In the narrowest window."""
    stage.shell.window.resize(SMALLEST.width(), stage.shell.window.height())
    await cut_short(stage)


async def _show_all(stage: Stage) -> None:
    window, view = stage.shell.window, child(stage.shell.window, TranscriptView)
    for _ in range(_ROUNDS):
        window.resize(QSize(window.width(), window.height() - view.height() + view.column.height))
        await asyncio.sleep(0.02)


STATES: tuple[State, ...] = (page, marked_page, cut_short, cut_short_narrow)
