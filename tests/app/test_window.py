"""The whole window in one process: what a user does with hands and keys, and what is there to see."""

import asyncio
import gc
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QListView, QToolButton, QWidget

from desktop.domain.errors import NextStep
from desktop.domain.events import Finished, TextDelta
from desktop.domain.image_errors import BrokenImage
from desktop.domain.provider_errors import ConnectionLost
from desktop.domain.refusals import KeyRejected
from desktop.domain.settings import Settings
from desktop.imaging.loader import WorkerImageLoader
from desktop.ui.attachment_strip import AttachmentStrip
from desktop.ui.banner import Banner
from desktop.ui.settings.dialog import SettingsDialog
from desktop.viewmodels.conversations import ConversationRole
from desktop.worker.process import WorkerProcess
from tests.conftest import Run
from tests.support import mime
from tests.support.pictures import ScriptedLoader, png
from tests.support.qt import child, first
from tests.support.windows import OpenWindow, deleted, open_window

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
VL_PLUS = Settings(model="qwen3-vl-plus", language="en", theme="light")


def names(window: OpenWindow) -> list[str]:
    return [image.name for image in window.session.composer.images]


def test_a_dropped_image_a_question_and_enter_are_answered(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        picture = tmp_path / "截图.png"
        picture.write_bytes(png((640, 480)))
        worker = WorkerProcess()
        async with open_window(undressed, tmp_path, VL_PLUS, WorkerImageLoader(worker)) as window:
            script = window.backend.answer_with(TextDelta("A **teal** picture."), Finished("stop"))
            assert window.drop(mime.files(picture)) == Qt.DropAction.CopyAction
            await window.loaded()
            assert child(window.window, AttachmentStrip).isVisible()
            window.type("What is this?")
            window.enter()
            await window.answered()

            (request,) = script.requests
            assert request.question.text == "What is this?"
            assert [image.name for image in request.question.images] == ["截图.png"]
            assert "What is this?" in window.painted
            assert "A teal picture." in window.painted
            assert window.prompt.toPlainText() == ""
            assert not child(window.window, AttachmentStrip).isVisible()
        await worker.aclose()

    run(scenario())


def test_pasted_pixels_become_a_png(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        worker = WorkerProcess()
        async with open_window(undressed, tmp_path, VL_PLUS, WorkerImageLoader(worker)) as window:
            QGuiApplication.clipboard().setMimeData(mime.pixels())
            window.press(Key.Key_V, CONTROL)
            await window.loaded()
            (image,) = window.session.composer.images

            assert (image.media_type, image.size) == ("image/png", (12, 16))
        await worker.aclose()

    run(scenario())


def test_enter_with_an_image_alone_asks_what_the_placeholder_says(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, VL_PLUS) as window:
            script = window.backend.answer_with(TextDelta("Yes."), Finished("stop"))
            window.drop(mime.files(Path("a.png")))
            await window.loaded()
            placeholder = window.prompt.placeholderText()
            window.enter()
            await window.answered()

            assert script.requests[0].question.text == placeholder == "What does this image show?"

    run(scenario())


def test_enter_while_an_image_is_being_read_sends_once_it_is_there(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        loader = ScriptedLoader()
        gate = loader.hold("a.png")
        async with open_window(undressed, tmp_path, VL_PLUS, loader) as window:
            script = window.backend.answer_with(TextDelta("Yes."), Finished("stop"))
            window.drop(mime.files(Path("a.png")))
            window.type("What is this?")
            window.enter()
            window.enter()
            assert not window.session.chat.is_busy
            gate.set()
            await first(window.session.chat.answer_finished)

            assert len(script.requests) == 1
            assert [image.name for image in script.requests[0].question.images] == ["a.png"]

    run(scenario())


@pytest.mark.parametrize("by_key", [True, False])
def test_the_enter_that_waits_says_so_and_can_be_taken_back(
    run: Run, undressed: QApplication, tmp_path: Path, by_key: bool
) -> None:
    async def scenario() -> None:
        loader = ScriptedLoader()
        gate = loader.hold("a.png")
        async with open_window(undressed, tmp_path, VL_PLUS, loader) as window:
            window.drop(mime.files(Path("a.png")))
            window.type("What is this?")
            window.enter()
            assert "Will be sent when the images are read…" in [
                label.text() for label in window.window.findChildren(QLabel) if label.isVisible()
            ]
            if by_key:
                window.press(Key.Key_Escape)
            else:
                child(window.window, QToolButton, "Stop").click()
            assert not child(window.window, QToolButton, "Stop").isVisible()
            gate.set()
            await window.loaded()
            await asyncio.sleep(0)

            assert not window.session.chat.is_busy
            assert window.prompt.toPlainText() == "What is this?"

    run(scenario())


def test_an_image_that_is_refused_takes_the_enter_back(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        loader = ScriptedLoader()
        loader.refuse("a.png", BrokenImage)
        gate = loader.hold("a.png")
        async with open_window(undressed, tmp_path, VL_PLUS, loader) as window:
            window.drop(mime.files(Path("a.png")))
            window.type("What is this?")
            window.enter()
            gate.set()
            await window.loaded()
            await asyncio.sleep(0)

            assert not window.session.chat.is_busy
            assert window.prompt.toPlainText() == "What is this?"
            assert child(child(window.window, Banner), QLabel).text() == str(BrokenImage(name="a.png"))

    run(scenario())


def test_escape_stops_and_keeps_what_came(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, VL_PLUS) as window:
            window.backend.answer_with(TextDelta("Half an"), asyncio.Event())
            window.type("What is this?")
            window.enter()
            assert child(window.window, QToolButton, "Stop").isVisible()
            await first(window.session.chat.transcript.text_appended)
            window.press(Key.Key_Escape)

            assert not window.session.chat.is_busy
            assert child(window.window, QToolButton, "Send").isVisible()
            assert "Half an" in window.painted

    run(scenario())


def test_the_menu_s_keys_work_wherever_the_focus_is(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, VL_PLUS) as window:
            settings = window.session.settings
            window.press(Key.Key_Plus, CONTROL)
            window.press(Key.Key_Equal, CONTROL)
            assert settings.settings.text_percent == 120
            window.press(Key.Key_0, CONTROL)
            window.press(Key.Key_Minus, CONTROL)
            assert settings.settings.text_percent == 90
            window.press(Key.Key_F9)
            assert settings.settings.side_list
            window.press(Key.Key_Comma, CONTROL)
            assert child(window.window, SettingsDialog).isVisible()
            child(window.window, SettingsDialog).close()
            await window.active()
            window.press(Key.Key_K, CONTROL)
            assert any(w.accessibleName() == "Models" for w in undressed.topLevelWidgets() if w.isVisible())

    run(scenario())


@pytest.mark.parametrize(("step", "end"), [(Key.Key_Plus, 250), (Key.Key_Minus, 60)])
def test_the_text_grows_and_shrinks_within_limits(
    run: Run, undressed: QApplication, tmp_path: Path, step: Key, end: int
) -> None:
    async def scenario() -> None:
        near = Settings(text_percent=end - 5 if end > 100 else end + 5)
        async with open_window(undressed, tmp_path, near) as window:
            for _ in range(2):
                window.press(step, CONTROL)
            assert window.session.settings.settings.text_percent == end

    run(scenario())


def test_a_new_conversation_keeps_the_old_one_in_the_list(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, VL_PLUS) as window:
            window.backend.answer_with(TextDelta("A dog."), Finished("stop"))
            window.type("What is this?")
            window.enter()
            await window.answered()
            window.press(Key.Key_N, CONTROL)
            await deleted()
            assert window.painted == ""
            rows = child(window.window, QListView, "Conversations").model()
            listed = [rows.index(row, 0) for row in range(rows.rowCount())]
            (row,) = [index for index in listed if index.data() == "What is this?"]
            summary = row.data(ConversationRole.SUMMARY)
            shown = first(window.session.library.current_changed)
            window.session.library.show(summary.id)
            await shown
            assert "A dog." in window.painted

    run(scenario())


def test_a_new_conversation_in_an_empty_window_is_an_empty_window(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, VL_PLUS) as window:
            window.press(Key.Key_N, CONTROL)
            window.press(Key.Key_N, CONTROL)

            assert window.painted == ""

    run(scenario())


def test_the_language_changes_at_once_and_nothing_is_lost(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, VL_PLUS) as window:
            window.backend.answer_with(TextDelta("A dog."), asyncio.Event())
            window.type("What is this?")
            window.enter()
            await first(window.session.chat.transcript.text_appended)
            window.type("And the next")
            window.drop(mime.files(Path("a.png")))
            await window.loaded()
            before = weakref.ref(window.shell)
            window.session.settings.change(language="zh_CN")
            await deleted()
            await deleted()

            assert window.action("new").text().startswith("新对话")
            assert window.prompt.toPlainText() == "And the next"
            assert names(window) == ["a.png"]
            assert "A dog." in window.painted
            assert window.session.chat.is_busy
            assert child(window.window, SettingsDialog).isVisible()
            assert not window.ended.is_set(), "the app goes on"
            gc.collect()
            assert before() is None

    run(scenario())


def test_a_closed_window_leaves_nothing_behind(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, VL_PLUS) as window:
            window.backend.answer_with(TextDelta("A dog."), Finished("stop"))
            window.drop(mime.files(Path("a.png")))
            await window.loaded()
            window.enter()
            await window.answered()
            window.press(Key.Key_Comma, CONTROL)
            window.press(Key.Key_K, CONTROL)
            shell = weakref.ref(window.shell)
            widgets = [weakref.ref(each) for each in window.window.findChildren(QWidget)]
            window.session.settings.change(language="zh_CN")
            await deleted()
            await deleted()
            gc.collect()

            assert shell() is None
            assert not [type(widget()) for widget in widgets if widget() is not None]

    run(scenario())


def test_closing_the_window_ends_the_app(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, VL_PLUS) as window:
            window.press(Key.Key_W, CONTROL)
            assert window.ended.is_set()

    run(scenario())


def test_an_error_offers_its_next_step(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, VL_PLUS) as window:
            window.backend.answer_with(TextDelta("Half"), ConnectionLost(host="example.com"))
            window.type("What is this?")
            window.enter()
            await window.answered()
            window.backend.answer_with(TextDelta("A whole answer."), Finished("stop"))
            window.shell._transcript.next_step_requested.emit(1, NextStep.RETRY)
            await window.answered()
            assert "A whole answer." in window.painted
            error = KeyRejected(host="example.com", status=401)
            assert error.next_step is not None
            window.shell._transcript.next_step_requested.emit(1, error.next_step)
            assert child(window.window, SettingsDialog).isVisible()

    run(scenario())


def test_every_control_has_a_name(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, VL_PLUS) as window:
            for name, kind in {
                "Prompt": QWidget,
                "Send": QToolButton,
                "Stop": QToolButton,
                "Model": QToolButton,
                "Attachments": QListView,
                "Transcript": QWidget,
                "Add images": QToolButton,
                "Settings": QToolButton,
            }.items():
                assert child(window.window, kind, name)
            buttons = window.window.findChildren(QToolButton)
            nameless = [each for each in buttons if not each.accessibleName() and not each.text()]
            assert not [each for each in nameless if each.isVisible()]

    run(scenario())
