"""Draw every state of the window: `python -m tests.support.screens FOLDER [NAME…]`.

One process draws at one scale (QT_SCALE_FACTOR), in both themes and both languages. The real window
over the real view models, real images through the real image worker; only the answers are written here.
"""

import asyncio
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton

from desktop.connection import load_catalog
from desktop.domain.events import (
    Finished,
    ReasoningDelta,
    TextDelta,
    Usage,
    UsageReported,
)
from desktop.domain.image_errors import UnsupportedImage
from desktop.domain.provider_errors import ConnectionLost, ServerUnreachable
from desktop.domain.refusals import KeyMissing, KeyRejected, RequestRejected
from desktop.domain.settings import Language, Settings, Theme
from desktop.imaging.loader import WorkerImageLoader
from desktop.runtime.loop import qt_loop
from desktop.runtime.tasks import TaskOwner
from desktop.storage.history import SqliteHistory
from desktop.storage.settings_file import SettingsFile
from desktop.ui.appearance import Appearance
from desktop.ui.shell import Shell
from desktop.ui.transcript.finder import Finder
from desktop.viewmodels.composer import ComposerViewModel
from desktop.viewmodels.picker import PickerViewModel
from desktop.viewmodels.session import SessionViewModel
from desktop.viewmodels.settings import SettingsViewModel
from desktop.worker.process import WorkerProcess
from tests.support import (
    diagnosis_screens,
    error_screens,
    history_screens,
    image_screens,
    link_screens,
    list_screens,
    notice_screens,
    picker_screens,
    search_screens,
    settings_screens,
    shop_screens,
    transcript_screens,
)
from tests.support.pictures import ScriptedFolders, ScriptedLinks
from tests.support.qt import child
from tests.support.scripted import ScriptedBackend
from tests.support.stage import ERROR, RECEIPT, Stage, State, until
from tests.support.windows import deleted

WINDOW = QSize(960, 720)


async def empty(stage: Stage) -> None:
    stage.session.settings.change(model="on-device-reader")


async def no_key(stage: Stage) -> None:
    stage.session.settings.servers.look_for_keys()
    await asyncio.sleep(0)


async def attached(stage: Stage) -> None:
    await stage.attach(ERROR, RECEIPT)
    question = stage.say("Compare these two.", "比较这两张图。")
    stage.session.composer.put(question, stage.session.composer.images)


async def waiting(stage: Stage) -> None:
    stage.backend.answer_with(stage.never)
    await stage.ask()


async def thinking(stage: Stage) -> None:
    words = stage.say("The dialog names the disk, so I look at the numbers first.", "先看对话框里的数字。")
    stage.backend.answer_with(ReasoningDelta(words), stage.never)
    await stage.ask()


async def streaming(stage: Stage) -> None:
    text = stage.answer
    stage.backend.answer_with(TextDelta(text[: len(text) * 2 // 3]), stage.never)
    await stage.ask()


async def answered(stage: Stage) -> None:
    usage = UsageReported(Usage(prompt_tokens=1262, completion_tokens=148, total_tokens=1410))
    thought = ReasoningDelta(stage.say("The disk is full.", "磁盘已满。"))
    stage.backend.answer_with(thought, TextDelta(stage.answer), usage, Finished("stop"))
    await stage.asked()


async def find(stage: Stage) -> None:
    await answered(stage)
    child(stage.shell, QAction, "find").trigger()
    counted = child(stage.shell.window, Finder).counted
    child(stage.shell.window, QLineEdit, "Find in conversation").insert(stage.say("export", "导出"))
    await until(counted, child(stage.shell.window, QToolButton, "Next hit").isEnabled)


async def stopped(stage: Stage) -> None:
    stage.backend.answer_with(TextDelta(stage.answer[:140]), stage.never)
    await stage.ask()
    await asyncio.sleep(0.1)
    stage.session.chat.stop()


async def cut_off(stage: Stage) -> None:
    lost = ConnectionLost(host="dashscope.aliyuncs.com")
    stage.backend.answer_with(TextDelta(stage.answer[:140]), lost)
    await stage.asked()


async def refused(stage: Stage) -> None:
    words = "Range of max_tokens should be [1, 8192]"
    stage.backend.answer_with(
        RequestRejected(host="dashscope.aliyuncs.com", status=400, reason=words, detail=words)
    )
    await stage.asked()


async def key_missing(stage: Stage) -> None:
    stage.backend.answer_with(KeyMissing(host="dashscope.aliyuncs.com", status=401))
    await stage.asked()


async def key_rejected(stage: Stage) -> None:
    detail = "Incorrect API key provided. (invalid_api_key)"
    stage.backend.answer_with(KeyRejected(host="dashscope.aliyuncs.com", status=401, detail=detail))
    await stage.asked()


async def offline(stage: Stage) -> None:
    stage.backend.answer_with(ServerUnreachable(host="dashscope.aliyuncs.com"))
    await stage.asked()


async def sibling(stage: Stage) -> None:
    await answered(stage)
    stage.backend.answer_with(TextDelta(stage.answer[:200]), Finished("stop"))
    stage.session.chat.regenerate(1)
    await stage.finished()


async def image_refused(stage: Stage) -> None:
    await stage.attach(RECEIPT)
    stage.shell.show_error(UnsupportedImage(name="notes.png"))


async def side_list(stage: Stage) -> None:
    await answered(stage)
    stage.session.settings.change(side_list=True)
    stage.session.library.begin()
    await answered(stage)


async def picker(stage: Stage) -> None:
    await picker_screens.opened(stage)


STATES: tuple[State, ...] = (
    empty,
    no_key,
    attached,
    waiting,
    thinking,
    streaming,
    answered,
    find,
    sibling,
    stopped,
    cut_off,
    refused,
    key_missing,
    key_rejected,
    offline,
    image_refused,
    side_list,
    picker,
    *diagnosis_screens.STATES,
    *error_screens.STATES,
    *history_screens.STATES,
    *image_screens.STATES,
    *link_screens.STATES,
    *list_screens.STATES,
    *notice_screens.STATES,
    *picker_screens.STATES,
    *search_screens.STATES,
    *settings_screens.STATES,
    *shop_screens.STATES,
    *transcript_screens.STATES,
)


LOOKS: tuple[tuple[Theme, Language], ...] = (
    ("light", "en"),
    ("dark", "zh_CN"),
    ("dark", "en"),
    ("light", "zh_CN"),
)
"""Themes and languages; the first two have each of them once."""


def looks_of(state: State) -> tuple[tuple[Theme, Language], ...]:
    """In which looks `state` is drawn: those of one part of the window are many, and have two."""
    parts = (
        diagnosis_screens,
        error_screens,
        history_screens,
        image_screens,
        link_screens,
        list_screens,
        notice_screens,
        picker_screens,
        search_screens,
        settings_screens,
        transcript_screens,
    )
    return LOOKS[:2] if any(state in part.STATES for part in parts) else LOOKS


async def draw(app: QApplication, folder: Path, names: list[str]) -> None:
    """Write one PNG for each state and look, named after them and the scale."""
    images = WorkerProcess()
    scale = round(app.devicePixelRatio() * 100)
    try:
        for state in STATES:
            for theme, language in looks_of(state):
                if not names or state.__name__ in names:
                    target = folder / f"{state.__name__}-{theme}-{language}-{scale}.png"
                    await _draw_one(app, state, Settings(theme=theme, language=language), images, target)
    finally:
        await images.aclose()


async def _draw_one(
    app: QApplication,
    state: State,
    chosen: Settings,
    images: WorkerProcess,
    target: Path,
) -> None:
    chosen = replace(chosen, model="qwen3-vl-plus")
    tasks, backend, catalog = TaskOwner(), ScriptedBackend(), load_catalog()
    with tempfile.TemporaryDirectory() as place:
        store = SettingsFile(Path(place, "settings.json"))
        loader, links = WorkerImageLoader(images), ScriptedLinks()
        session = SessionViewModel(
            SettingsViewModel(chosen, store, backend, tasks),
            PickerViewModel(catalog, backend, tasks),
            ComposerViewModel(loader, ScriptedFolders(), links, tasks),
            store=SqliteHistory(Path(place, "history")),
            backend=backend,
            loader=loader,
            links=links,
            tasks=tasks,
        )
        appearance = Appearance(app, chosen)
        shell = Shell(session)
        shell.window.resize(WINDOW)
        shell.window.move(QPoint(0, 0))
        shell.show()
        session.open()
        stage = Stage(session, shell, backend, asyncio.Event(), chosen.language == "zh_CN")
        await state(stage)
        await asyncio.sleep(0.1)  # a frame or two, for what is coalesced
        (stage.picture or shell.window).grab().save(str(target))
        shell.close()
        session.quit()
        await tasks.aclose()
        await session.aclose()
        appearance.deleteLater()
        await deleted()  # with it goes its language, which the next window would speak too


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    QApplication.setStyle("Fusion")
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    with qt_loop(app) as loop:
        loop.run_until_complete(draw(app, folder, arguments[1:]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
