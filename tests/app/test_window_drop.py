"""What is dropped and pasted anywhere in the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget

from desktop.domain.messages import LinkPart
from desktop.domain.settings import Settings
from desktop.ui.attachment_strip import AttachmentStrip
from desktop.ui.banner import Banner
from desktop.ui.composer import ComposerPane
from desktop.ui.drop_frame import DropFrame
from desktop.ui.window import MainWindow
from tests.conftest import Run
from tests.support import mime
from tests.support.qt import child
from tests.support.windows import OpenWindow, open_window

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
VL_PLUS = Settings(model="qwen3-vl-plus", language="en", theme="light")


def _laid_out(widget: QWidget) -> int:
    """Its height once everything has its place, in px."""
    layout = widget.window().layout()
    assert layout is not None
    layout.activate()
    QApplication.sendPostedEvents()
    return widget.height()


def names(window: OpenWindow) -> list[str]:
    return [image.name for image in window.session.composer.images]


def test_images_are_taken_anywhere_in_the_window(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, VL_PLUS) as window:
            window.drop(mime.files(Path("a.png")))
            await window.loaded()
            window.window.resize(900, 700)
            places = [QPoint(x, y) for x in range(20, 900, 60) for y in range(40, 690, 40)]
            below = {each for place in places if (each := window.window.childAt(place))}
            refused = [each for each in below if window.drag_over(each, mime.pixels()) != (True, True)]

            assert not refused
            assert not child(window.window, DropFrame).isVisible()

    run(scenario())


@pytest.mark.parametrize(
    ("data", "taken"),
    [
        (mime.plain_text("text"), False),
        (mime.addresses([QUrl("mailto:a@example.com")]), False),
        (mime.addresses([QUrl("mtp://phone/DCIM/a.jpg")]), True),  # to say what to do
        (mime.addresses([QUrl("https://example.com/a.png")]), True),
        (mime.dragged_browser_picture(), True),
    ],
)
def test_what_cannot_be_taken_is_refused_at_the_pointer(
    run: Run, undressed: QApplication, tmp_path: Path, data: QMimeData, taken: bool
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, VL_PLUS) as window:
            assert window.drag_over(window.window, data) == (taken, taken)

    run(scenario())


def test_a_web_address_is_attached_as_it_is(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, VL_PLUS) as window:
            window.drop(mime.addresses([QUrl("https://example.com/a.png")]))

            assert window.session.composer.items == (LinkPart("https://example.com/a.png"),)
            assert not window.session.composer.is_loading, "nothing is fetched"

    run(scenario())


def test_pixels_that_come_with_an_address_are_meant(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, VL_PLUS) as window:
            window.drop(mime.dragged_browser_picture())
            await window.loaded()

            assert names(window) == ["Pasted image.png"]
            assert len(window.session.composer.items) == 1

    run(scenario())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (mime.addresses([QUrl("https://example.com/a.png")]), "Add the image at example.com"),
        (
            mime.addresses([QUrl("https://example.com/a.png"), QUrl("http://example.com/b.png")]),
            "Add 2 web addresses",
        ),
        (mime.files(Path("a.png"), Path("b.png")), "Add 2 images"),
        (mime.pixels(), "Add the image"),
        (mime.promised_file(), "Save these files first, and drop them from there"),
    ],
)
def test_the_window_says_what_dropping_will_do(
    run: Run, undressed: QApplication, tmp_path: Path, data: QMimeData, words: str
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, VL_PLUS) as window:
            assert isinstance(window.window, MainWindow)
            said: list[str] = []
            window.window.dragged_over.connect(said.append)
            window.drag_over(window.window, data)

            assert said == [words, ""]
            assert not child(window.window, AttachmentStrip).isVisible()

    run(scenario())


def test_the_room_for_an_image_is_made_before_it_is_dropped(
    run: Run, undressed: QApplication, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, VL_PLUS) as window:
            assert isinstance(window.window, MainWindow)
            pane, strip = child(window.window, ComposerPane), child(window.window, AttachmentStrip)
            window.window.dragged_over.connect(lambda _: rooms.append((strip.isVisible(), _laid_out(pane))))
            rooms: list[tuple[bool, int]] = []
            window.drop(mime.files(Path("a.png")))
            await window.loaded()
            rooms.append((strip.isVisible(), _laid_out(pane)))

            assert rooms == [(True, rooms[0][1])] * 3

    run(scenario())


@pytest.mark.parametrize(
    "data",
    [
        mime.promised_file(),
        mime.addresses([QUrl("content://media/7")]),
        mime.mail_attachments({"a.png": b""}),
    ],
)
def test_files_that_another_program_keeps_get_a_sentence(
    run: Run, undressed: QApplication, tmp_path: Path, data: QMimeData
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, VL_PLUS) as window:
            window.drop(data)

            assert "Save them to a folder" in child(child(window.window, Banner), QLabel).text()
            assert not window.session.composer.items

    run(scenario())


def test_what_a_mail_program_hands_out_is_attached(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, VL_PLUS) as window:
            window.drop(mime.mail_attachments({"scan.tif": b"1", "letter.docx": b"2", "photo.heic": b"3"}))
            await window.loaded()

            assert names(window) == ["scan.tif", "photo.heic"]

    run(scenario())


def test_a_dropped_file_is_copied_never_moved(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, VL_PLUS) as window:
            # A file manager that is told “moved” removes the file.
            said = window.drop(mime.files(Path("a.png")), SHIFT)
            await window.loaded()

            assert said == Qt.DropAction.CopyAction

    run(scenario())


def test_a_picture_is_pasted_wherever_the_focus_is(run: Run, undressed: QApplication, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path, VL_PLUS) as window:
            QGuiApplication.clipboard().setMimeData(mime.browser_picture())
            child(window.window, QToolButton, "Settings").setFocus()
            window.press(Key.Key_V, CONTROL)
            await window.loaded()
            assert names(window) == ["Pasted image.png"]
            window.session.composer.remove(0)
            QGuiApplication.clipboard().setMimeData(mime.word_text("Total"))
            window.press(Key.Key_V, CONTROL | SHIFT)
            await window.loaded()
            assert names(window) == ["Pasted image.png"]
            assert window.prompt.toPlainText() == ""

    run(scenario())
