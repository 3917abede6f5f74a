"""A question's images and links, as they were sent."""

from dataclasses import replace

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.images import ImageChange
from desktop.domain.messages import Attachable, ImagePart, LinkPart, Message, user_message
from desktop.runtime.tasks import TaskOwner
from desktop.ui.elided import ElidedLabel
from desktop.ui.theme import RADIUS, colors_of
from desktop.ui.transcript.picture import LinkTile, MoreTile, PictureTile
from desktop.ui.transcript.question import QuestionView
from desktop.viewmodels.pictures import Pictures
from tests.conftest import Run
from tests.support.kept import Shelf, kept
from tests.support.pictures import image
from tests.support.qt import child, first

LINK = "https://pictures.example.com/2024/panorama.jpg?w=800"


def shown(qtbot: QtBot, *items: Attachable) -> QuestionView:
    return displayed(qtbot, user_message("What is it?", items), Pictures(None, TaskOwner()))


def displayed(qtbot: QtBot, question: Message, pictures: Pictures) -> QuestionView:
    view = QuestionView(question, pictures)
    qtbot.addWidget(view)
    view.resize(700, 600)
    view.show()
    QApplication.sendPostedEvents()
    return view


def test_a_picture_says_what_was_changed(qtbot: QtBot) -> None:
    changed = replace(image("a.heic"), change=ImageChange("image/heic", turned=True))
    view = shown(qtbot, changed)
    picture = child(view, PictureTile)

    assert picture.accessibleName() == "Image: a.heic"
    assert picture.toolTip().splitlines() == [
        "a.heic",
        "1920×1080",
        "re-encoded: HEIC → PNG · turned upright",
    ]


def test_a_picture_is_painted_once_it_is_decoded(qtbot: QtBot) -> None:
    view = shown(qtbot, image("a.png"))
    picture = child(view, PictureTile)

    def color() -> str:
        return picture.grab().toImage().pixelColor(picture.rect().center()).name()

    qtbot.waitUntil(lambda: color() == "#008080")


def color_of(tile: PictureTile) -> str:
    """In its corner of the left, where no icon is."""
    return tile.grab().toImage().pixelColor(RADIUS, tile.height() // 2).name()


def test_a_kept_image_is_painted_when_it_comes(qtbot: QtBot, run: Run) -> None:
    async def scenario() -> None:
        pictures = Pictures(Shelf("red"), TaskOwner())
        here, lost = kept("here.png", color="red"), kept("lost.png", color="blue")
        view = displayed(qtbot, Message("user", (ImagePart(here), ImagePart(lost))), pictures)
        tile, other = child(view, PictureTile, "Image: here.png"), child(view, PictureTile, "Image: lost.png")
        background = color_of(other)
        for _ in range(2):
            await first(pictures.arrived)

        assert color_of(tile) == "#ff0000"
        assert color_of(other) == colors_of(view.palette()).border.name() != background
        assert other.toolTip().splitlines()[0] == "lost.png"

    run(scenario())


def test_a_link_is_a_tile_with_its_whole_address_behind_it(qtbot: QtBot) -> None:
    view = shown(qtbot, image("a.png"), LinkPart(LINK))
    tile = child(view, LinkTile)

    assert [label.text() for label in tile.findChildren(ElidedLabel)] == [
        "panorama.jpg",
        "pictures.example.com",
    ]
    assert tile.toolTip() == LINK
    assert tile.accessibleName() == f"Web address: {LINK}"


def test_images_and_links_stand_in_their_order(qtbot: QtBot) -> None:
    view = shown(qtbot, image("a.png"), LinkPart(LINK), image("b.png"))
    tiles = [*view.findChildren(PictureTile), *view.findChildren(LinkTile)]
    names = [each.accessibleName() for each in sorted(tiles, key=lambda each: each.x())]

    assert names == ["Image: a.png", f"Web address: {LINK}", "Image: b.png"]


def test_of_very_many_the_first_are_shown(qtbot: QtBot) -> None:
    view = shown(qtbot, *(image(f"{number}.png") for number in range(60)))
    more = child(view, MoreTile)

    assert len(view.findChildren(PictureTile)) == 8
    assert more.text() == "+52"
    assert more.accessibleName() == "52 more images"
    assert more.accessibleDescription().startswith("8.png, 9.png, ")
    assert more.toolTip().splitlines()[-2:] == ["27.png", "…"]


def test_nine_are_all_shown(qtbot: QtBot) -> None:
    view = shown(qtbot, *(image(f"{number}.png") for number in range(9)))

    assert len(view.findChildren(PictureTile)) == 9
    assert not view.findChildren(MoreTile)
