"""Conversations that are not kept: begun on demand or always, said so, and never on the disk."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.domain.events import Finished, TextDelta
from desktop.domain.history import Summary
from desktop.domain.settings import Settings
from desktop.ui.not_kept_line import NotKeptLine
from tests.conftest import Run
from tests.support.qt import child
from tests.support.windows import OpenWindow, deleted, open_window

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENGLISH = Settings(model="qwen3-vl-plus", language="en")
NOTHING_KEPT = Settings(model="qwen3-vl-plus", language="en", keep_conversations=False)


def test_a_line_stands_above_what_is_not_kept(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, ENGLISH) as window:
            assert not line(window).isVisible()
            window.press(Key.Key_N, CONTROL | SHIFT)
            assert line(window).isVisible()
            assert "gone when the app is closed" in line(window).text()
            assert window.prompt.hasFocus()
            window.press(Key.Key_N, CONTROL)
            assert not line(window).isVisible()

    run(scenario())


def test_the_system_hears_of_no_files_for_what_is_not_kept(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, ENGLISH) as window:
            for new in ("new", "new_unkept"):
                window.action(new).trigger()
                window.action("add_images").trigger()
            told = QFileDialog.Option.DontUseNativeDialog
            dialogs = window.window.findChildren(QFileDialog)
            assert [each.testOption(told) for each in dialogs] == [False, True]
            for each in dialogs:
                each.reject()
                await deleted()

    run(scenario())


def test_what_is_not_kept_is_listed_and_never_written(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, ENGLISH) as window:
            window.action("new_unkept").trigger()
            await ask(window, "A secret?")
            secret = window.session.library.current.id
            window.action("new").trigger()
            await ask(window, "Kept?")
            assert not line(window).isVisible()
            assert [each.title for each in await kept(window)] == ["Kept?"]

            window.session.library.show(secret)
            assert line(window).isVisible()
            assert "A secret?" in window.painted

    run(scenario())


def test_all_can_begin_as_not_kept_from_the_first_on(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, NOTHING_KEPT) as window:
            assert line(window).isVisible()
            await ask(window, "One?")
            window.action("new").trigger()
            assert line(window).isVisible()
            await ask(window, "Two?")
            window.action("delete").trigger()
            assert line(window).isVisible(), "what takes its place is not kept either"
            assert await kept(window) == ()

    run(scenario())


def test_the_setting_holds_for_what_is_empty_and_what_begins(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, ENGLISH) as window:
            settings = window.session.settings
            settings.change(keep_conversations=False)
            assert line(window).isVisible()
            settings.change(keep_conversations=True)
            assert not line(window).isVisible()
            await ask(window, "Kept?")
            settings.change(keep_conversations=False)
            assert not line(window).isVisible(), "it has begun as one that is kept"

    run(scenario())


def test_another_setting_leaves_alone_what_was_begun_as_not_kept(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, ENGLISH) as window:
            window.action("new_unkept").trigger()
            window.session.settings.change(thinking=True)

            assert line(window).isVisible()

    run(scenario())


async def ask(window: OpenWindow, question: str) -> None:
    window.backend.answer_with(TextDelta("A receipt."), Finished("stop"))
    window.type(question)
    window.enter()
    await window.answered()


async def kept(window: OpenWindow) -> tuple[Summary, ...]:
    """The conversations on the disk, once all is there that is to be."""
    await window.session.keeper.settled(window.session.library.current.id)
    return await window.session.library._store.page(None, 100)


def line(window: OpenWindow) -> NotKeptLine:
    return child(window.window, NotKeptLine)
