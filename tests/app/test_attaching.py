"""Folders, pages, links and many images in the whole window."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QToolButton

from desktop.app import _attach
from desktop.domain.events import Finished, TextDelta
from desktop.domain.image_errors import IsAFolder, LinkPrivate
from desktop.domain.messages import LinkPart
from desktop.domain.settings import Endpoint, Settings
from desktop.imaging.loader import WorkerImageLoader
from desktop.ui.attachment_strip import AttachmentStrip
from desktop.ui.banner import Banner
from desktop.ui.link_dialog import LinkDialog
from desktop.ui.pages_dialog import PagesDialog
from desktop.ui.transcript.picture import LinkTile
from desktop.worker.process import WorkerProcess
from tests.conftest import Run
from tests.support import mime
from tests.support.pictures import ScriptedLoader, png
from tests.support.qt import child, first
from tests.support.windows import OpenWindow, open_window

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
VL_PLUS = Settings(model="qwen3-vl-plus", language="en", theme="light")
NEAR = Settings(
    endpoint=Endpoint("custom", base_url="http://localhost:11434/v1"),
    model="qwen3-vl:8b",
    language="en",
)
LINK = "https://example.com/a.png"


def names(window: OpenWindow) -> list[str]:
    return [image.name for image in window.session.composer.images]


def banner_words(window: OpenWindow) -> str:
    return child(child(window.window, Banner), QLabel).text()


def banner_button(window: OpenWindow) -> QPushButton:
    buttons = child(window.window, Banner).findChildren(QPushButton)
    (button,) = [each for each in buttons if each.isVisible()]
    return button


def answer_banner(window: OpenWindow) -> None:
    QTest.mouseClick(banner_button(window), LEFT)


def folders(window: OpenWindow, loader: ScriptedLoader, **contents: int) -> list[Path]:
    """Folders of so many images, by their names."""
    for name, count in contents.items():
        loader.refuse(name, IsAFolder)
        window.folders.contents[Path(name).absolute()] = tuple(Path(name, f"{n}.png") for n in range(count))
    return [Path(name) for name in contents]


def test_a_folder_is_asked_about_and_taken_by_a_click(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        loader = ScriptedLoader()
        async with open_window(undressed, tmp_path, VL_PLUS, loader) as window:
            found = first(window.session.composer.folder_found)
            window.drop(mime.files(*folders(window, loader, Screens=3)))
            await found
            await window.loaded()
            assert banner_words(window) == "“Screens” holds 3 images. Attach them?"
            assert not names(window)
            answer_banner(window)
            await window.loaded()

            assert names(window) == ["0.png", "1.png", "2.png"]
            assert child(window.window, Banner).isHidden()

    run(scenario())


def test_of_more_than_there_is_room_for_the_first_are_offered(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        loader = ScriptedLoader()
        async with open_window(undressed, tmp_path, VL_PLUS, loader) as window:
            window.drop(mime.files(*folders(window, loader, Scans=300)))
            await window.loaded()
            assert banner_button(window).text() == "Attach the first 250 of 300 images"
            answer_banner(window)
            await window.loaded()

            assert names(window) == [f"{number}.png" for number in range(250)]
            assert child(window.window, Banner).isHidden(), "what was left out was said before"

    run(scenario())


def test_several_folders_are_one_question(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        loader = ScriptedLoader()
        async with open_window(undressed, tmp_path, VL_PLUS, loader) as window:
            window.drop(mime.files(*folders(window, loader, Screens=3, Photos=1), Path("a.png")))
            await window.loaded()
            assert banner_words(window) == "2 folders hold 4 images. Attach them?"
            assert names(window) == ["a.png"]

    run(scenario())


def test_a_folder_that_was_declined_is_not_attached_with_the_next(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        loader = ScriptedLoader()
        async with open_window(undressed, tmp_path, VL_PLUS, loader) as window:
            window.drop(mime.files(*folders(window, loader, Screens=3)))
            await window.loaded()
            QTest.mouseClick(child(child(window.window, Banner), QToolButton, "Close notice"), LEFT)
            window.drop(mime.files(*folders(window, loader, Photos=1)))
            await window.loaded()
            assert banner_words(window) == "“Photos” holds 1 image. Attach it?"
            answer_banner(window)
            await window.loaded()

            assert len(names(window)) == 1

    run(scenario())


def test_escape_ends_the_reading_before_the_answer(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        loader = ScriptedLoader()
        loader.hold("b.png")
        async with open_window(undressed, tmp_path, VL_PLUS, loader) as window:
            window.backend.answer_with(window.ended)
            window.type("What is this?")
            window.enter()
            window.drop(mime.files(Path("a.png"), Path("b.png"), Path("c.png")))
            while not names(window):
                await first(window.session.composer.attachments_changed)
            window.press(Key.Key_Escape)
            assert not window.session.composer.is_loading
            assert names(window) == ["a.png"]
            assert window.session.chat.is_busy
            window.press(Key.Key_Escape)
            assert not window.session.chat.is_busy

    run(scenario())


def test_a_folder_takes_the_enter_back_that_waits(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        loader = ScriptedLoader()
        async with open_window(undressed, tmp_path, VL_PLUS, loader) as window:
            window.type("What are these?")
            window.drop(mime.files(*folders(window, loader, Screens=3)))
            window.enter()
            await window.loaded()
            await asyncio.sleep(0)

            assert not window.session.chat.is_busy
            assert banner_words(window) == "“Screens” holds 3 images. Attach them?"

    run(scenario())


def test_cancel_sends_nothing_by_itself(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        loader = ScriptedLoader()
        loader.hold("b.png")
        async with open_window(undressed, tmp_path, VL_PLUS, loader) as window:
            window.type("What are these?")
            window.drop(mime.files(Path("a.png"), Path("b.png")))
            window.enter()
            child(window.window, QToolButton, "Cancel reading").click()
            await asyncio.sleep(0)

            assert not window.session.composer.is_loading
            assert not window.session.chat.is_busy
            assert window.prompt.toPlainText() == "What are these?"

    run(scenario())


@pytest.mark.parametrize("way", ["drop", "paste"])
def test_an_image_written_out_in_its_address_is_attached(
    run: Run, undressed: QApplication, tmp_path: Path, way: str
) -> None:
    async def scenario() -> None:
        worker = WorkerProcess()
        async with open_window(undressed, tmp_path, VL_PLUS, WorkerImageLoader(worker)) as window:
            url = mime.data_url(png((64, 48)))
            if way == "drop":
                window.drop(mime.addresses([QUrl(url)]))
            else:
                QGuiApplication.clipboard().setMimeData(mime.plain_text(url))
                window.press(Key.Key_V, CONTROL)
            await window.loaded()

            assert names(window) == ["Pasted image.png"]
            assert window.prompt.toPlainText() == ""
            window.drop(mime.addresses([QUrl("data:text/html,<p>")]))
            await window.loaded()
            assert "is not an image that can be read here" in banner_words(window)
        await worker.aclose()

    run(scenario())


def test_the_command_line_names_files_by_path_and_by_url(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        loader = ScriptedLoader()
        async with open_window(undressed, tmp_path, VL_PLUS, loader) as window:
            written_out = mime.data_url(png())
            _attach(window.session.composer, ["a.png", LINK, "file:///shots/b%20c.png", written_out])
            await window.loaded()

            assert sorted(names(window)) == ["a.png", "b c.png", "data:image/png"]
            assert LinkPart(LINK) in window.session.composer.items

    run(scenario())


def test_what_is_out_of_reach_is_said_of_a_paste_too(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, VL_PLUS) as window:
            phone = mime.addresses([QUrl("mtp://phone/DCIM/a.jpg")])
            QGuiApplication.clipboard().setMimeData(phone)
            window.press(Key.Key_V, CONTROL)

            assert "Save them to a folder" in banner_words(window)
            assert window.prompt.toPlainText() == ""

    run(scenario())


def test_an_address_is_typed_attached_and_sent(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, VL_PLUS) as window:
            script = window.backend.answer_with(TextDelta("A cat."), Finished("stop"))
            window.press(Key.Key_L, CONTROL)
            dialog = child(window.window, LinkDialog)
            QTest.keyClicks(child(dialog, QLineEdit), LINK)
            QTest.keyClick(child(dialog, QLineEdit), Key.Key_Return)
            assert window.session.composer.items == (LinkPart(LINK),)
            window.type("What is this?")
            window.enter()
            await window.answered()

            assert script.requests[0].question.links == (LINK,)
            assert child(window.window, LinkTile).toolTip() == LINK

    run(scenario())


def test_a_link_becomes_an_image_by_a_click(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, NEAR) as window:
            window.drop(mime.addresses([QUrl(LINK)]))
            window.type("What is this?")
            window.enter()
            assert not window.session.chat.is_busy, "this server takes no addresses"
            child(window.window, AttachmentStrip).fetch_requested.emit(0)
            await window.loaded()

            assert names(window) == ["a.png"]
            assert child(window.window, QToolButton, "Send").isEnabled()

    run(scenario())


def test_a_link_that_is_not_fetched_says_why_and_stays(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, VL_PLUS) as window:
            window.links.errors[LINK] = LinkPrivate(name="example.com")
            window.drop(mime.addresses([QUrl(LINK)]))
            refused = first(window.session.composer.image_refused)
            child(window.window, AttachmentStrip).fetch_requested.emit(0)
            await refused

            assert "private network" in banner_words(window)
            assert window.session.composer.items == (LinkPart(LINK),)

    run(scenario())


def test_other_pages_of_a_document_are_chosen(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        loader = ScriptedLoader()
        loader.page_counts["contract.tif"] = 4
        async with open_window(undressed, tmp_path, VL_PLUS, loader) as window:
            window.drop(mime.files(Path("contract.tif")))
            await window.loaded()
            found = first(window.session.composer.pages_found)
            child(window.window, AttachmentStrip).pages_requested.emit(0)
            await found
            child(window.window, PagesDialog).pages_chosen.emit((1, 3))
            await window.loaded()

            changes = [image.change for image in window.session.composer.images]
            assert [change.page for change in changes if change] == [1, 3]

    run(scenario())


@pytest.mark.parametrize("model", ["on-device-reader", "qwen3-vl-plus"])
def test_photos_are_turned_for_the_reader_only(
    run: Run, undressed: QApplication, tmp_path: Path, model: str
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, Settings(model=model, language="en")) as window:
            switch = child(window.window, QToolButton, "Rotated photo")
            assert switch.isVisible() is (model == "on-device-reader")
            switch.click()

            assert window.session.settings.settings.rotated_photos

    run(scenario())
