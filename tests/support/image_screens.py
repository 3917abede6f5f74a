"""States of the window that are about images: links, pages, folders, many, and what was changed."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.domain.image_errors import BrokenImage, EmptyFile, refused_together
from desktop.domain.images import ImageBytes, ImageChange, ImageFile, ImageInput, Size, digest
from desktop.domain.messages import LinkPart
from desktop.domain.settings import Endpoint
from desktop.ui.banner import Banner
from desktop.ui.link_dialog import LinkDialog
from desktop.ui.pages_dialog import PagesDialog
from desktop.viewmodels.composer import FolderFound, PageChoice
from tests.support import mime
from tests.support.encoded import frames
from tests.support.pictures import png
from tests.support.qt import child
from tests.support.stage import ERROR, RECEIPT, Stage, State, until

LINK = "https://pictures.example.com/2024/panorama.jpg"
SCREEN = Size(3840, 2160)
COLORS = ("teal", "tomato", "goldenrod", "slateblue", "seagreen", "orchid")


def drawn(name: str, change: ImageChange | None = None, size: Size = SCREEN, number: int = 0) -> ImageInput:
    """An image as the loader makes it, with a plain thumbnail."""
    small = png((320, 320 * size.height // size.width), COLORS[number % len(COLORS)])
    return ImageInput(
        name, "image/jpeg", small * 900, size, digest(f"{name}{number}".encode()), small, change
    )


async def changed(stage: Stage) -> None:
    photo = drawn("IMG_2041.HEIC", ImageChange("image/heic", turned=True), Size(4032, 3024))
    large = ImageChange("image/tiff", lossy=True, from_size=Size(12000, 9000), limit="pixels")
    scan = drawn("survey of the old town.tif", large, Size(6650, 4987), 1)
    stage.session.composer.put(stage.say("What is on these?", "这些图里有什么？"), [photo, scan])


async def many(stage: Stage) -> None:
    images = [drawn(f"screenshot {number:02}.png", number=number) for number in range(60)]
    stage.session.composer.put("", images)


async def too_many(stage: Stage) -> None:
    images = [drawn(f"scan {number:03}.png", size=Size(4000, 4000), number=number) for number in range(140)]
    stage.session.settings.change(full_detail=True)
    stage.session.composer.put("", images)


async def loading(stage: Stage) -> None:
    stage.session.composer.put("", [drawn("screenshot 01.png"), drawn("screenshot 02.png", number=1)])
    stage.session.composer.add([ImageFile(path) for path in (ERROR, RECEIPT) * 15])
    await until(stage.session.composer.progress_changed, lambda: _is_half_done(stage))


async def link(stage: Stage) -> None:
    stage.session.composer.add_links([LINK])
    await stage.attach(ERROR)


async def link_out_of_reach(stage: Stage) -> None:
    stage.session.composer.add_links(["http://pictures.example.com/old.jpg", "https://nas.local/photo.jpg"])


async def link_refused(stage: Stage) -> None:
    endpoint = Endpoint("custom", base_url="http://localhost:11434/v1")
    stage.session.settings.change(endpoint=endpoint, model="qwen3-vl:8b")
    await link(stage)


async def link_offered(stage: Stage) -> None:
    stage.session.composer.put(stage.say(f"What is on {LINK} ?", f"{LINK} 上面是什么？"), [])


async def link_dialog(stage: Stage) -> None:
    dialog = LinkDialog(stage.shell.window)
    dialog.open()
    stage.picture = dialog


async def link_asked(stage: Stage) -> None:
    stage.backend.answer_with(stage.never)
    words = stage.say("What changed?", "有什么变化？")
    await stage.attach(ERROR)
    stage.session.composer.put(words, [*stage.session.composer.items, LinkPart(LINK)])
    stage.session.send("")


async def document(stage: Stage) -> None:
    stage.session.composer.add([ImageBytes("contract.tif", frames("TIFF", 12))])
    await stage.loaded()


async def pages(stage: Stage) -> None:
    thumbnails = tuple(png((226, 320), COLORS[number % len(COLORS)]) for number in range(12))
    dialog = PagesDialog(PageChoice("", "contract.tif", thumbnails, (0, 2)), stage.shell.window)
    dialog.open()
    stage.picture = dialog


async def folder(stage: Stage) -> None:
    files = tuple(Path(f"{number}.png") for number in range(34))
    name = stage.say("Screens", "截图")
    stage.session.composer.folder_found.emit(FolderFound(name, files))


async def images_refused(stage: Stage) -> None:
    await stage.attach(RECEIPT)
    names = ("notes.png", "a.heic", "b.png", "c.png", "d.png")
    stage.shell.show_error(
        refused_together([*(BrokenImage(name=each) for each in names), EmptyFile(name="e.png")])
    )


async def details(stage: Stage) -> None:
    await images_refused(stage)
    child(child(stage.shell.window, Banner), QPushButton, "Details").click()


async def dragged_over(stage: Stage) -> None:
    stage.held = mime.addresses([QUrl(LINK)])
    middle, none = stage.shell.window.rect().center(), Qt.KeyboardModifier.NoModifier
    left, copy = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    QApplication.sendEvent(stage.shell.window, QDragEnterEvent(middle, copy, stage.held, left, none))


async def reader_photo(stage: Stage) -> None:
    stage.session.settings.change(model="on-device-reader", rotated_photos=True)
    await stage.attach(RECEIPT)


def _is_half_done(stage: Stage) -> bool:
    progress = stage.session.composer.progress
    return progress is None or progress.done * 2 >= progress.total


STATES: tuple[State, ...] = (
    changed,
    many,
    too_many,
    loading,
    link,
    link_out_of_reach,
    link_refused,
    link_offered,
    link_dialog,
    link_asked,
    document,
    pages,
    folder,
    images_refused,
    details,
    dragged_over,
    reader_photo,
)
