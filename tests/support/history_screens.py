"""States of the window that are about what is kept of conversations."""

from PySide6.QtWidgets import QPushButton, QTabWidget

from desktop.domain.events import Finished, TextDelta
from desktop.domain.history_errors import HistoryFull
from desktop.ui.settings.confirming import Confirming
from desktop.ui.settings.dialog import SettingsDialog
from desktop.ui.settings.history import HistoryPage
from desktop.ui.window import SMALLEST
from tests.support.qt import child, first
from tests.support.stage import Stage, State, until


async def settings_history(stage: Stage) -> None:
    stage.shell.open_settings()
    dialog = child(stage.shell.window, SettingsDialog)
    measured = first(stage.session.history.measured)
    tabs = child(dialog, QTabWidget)
    tabs.setCurrentIndex(3)
    await measured
    stage.picture = dialog


async def settings_history_asking(stage: Stage) -> None:
    await settings_history(stage)
    page = child(stage.shell.window, HistoryPage)
    child(page, Confirming).findChildren(QPushButton)[0].click()


async def settings_history_smallest(stage: Stage) -> None:
    """As narrow as the window can be."""
    await settings_history_asking(stage)
    child(stage.shell.window, SettingsDialog).resize(SMALLEST)


async def settings_history_emptied(stage: Stage) -> None:
    await settings_history(stage)
    measured = first(stage.session.history.measured)
    page = child(stage.shell.window, HistoryPage)
    buttons = child(page, Confirming).findChildren(QPushButton)
    buttons[0].click()
    buttons[1].click()
    await measured


async def deleted(stage: Stage) -> None:
    stage.session.settings.change(side_list=True)
    stage.backend.answer_with(TextDelta(stage.answer), Finished("stop"))
    await stage.asked()
    gone = stage.session.library.current.id
    stage.session.library.begin()
    await _ask_again(stage)
    stage.session.library.deletion.delete([gone])


async def deleted_smallest(stage: Stage) -> None:
    await deleted(stage)
    _make_small(stage)


async def not_kept(stage: Stage) -> None:
    stage.session.library.begin(is_kept=False)
    stage.backend.answer_with(TextDelta(stage.answer), Finished("stop"))
    await stage.asked()


async def not_kept_empty(stage: Stage) -> None:
    stage.session.library.begin(is_kept=False)


async def not_kept_smallest(stage: Stage) -> None:
    await not_kept(stage)
    _make_small(stage)


async def not_saved(stage: Stage) -> None:
    stage.backend.answer_with(TextDelta(stage.answer), Finished("stop"))
    await stage.asked()
    stage.session.keeper.problem_raised.emit(HistoryFull())


async def saved_again(stage: Stage) -> None:
    await not_saved(stage)
    stage.session.keeper.problem_solved.emit()


async def _ask_again(stage: Stage) -> None:
    stage.backend.answer_with(TextDelta(stage.answer), Finished("stop"))
    await stage.ask("And this?", "这个呢？")
    await until(stage.session.chat.busy_changed, lambda: not stage.session.chat.is_busy)


def _make_small(stage: Stage) -> None:
    stage.session.settings.change(side_list=False)
    stage.shell.window.resize(SMALLEST)


STATES: tuple[State, ...] = (
    settings_history,
    settings_history_asking,
    settings_history_smallest,
    settings_history_emptied,
    deleted,
    deleted_smallest,
    not_kept,
    not_kept_empty,
    not_kept_smallest,
    not_saved,
    saved_again,
)
