"""The attached images in a row: removed and put in order by keys and by hand."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.images import ImageChange, ImageInput, Size
from desktop.domain.models import Model
from desktop.domain.settings import Endpoint
from desktop.ui.attachment_card import cross_of
from desktop.ui.attachment_strip import AttachmentStrip
from desktop.viewmodels.attachments import AttachmentList
from tests.support.pictures import composer, image
from tests.support.qt import heard

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def american() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


class Strip:
    """A strip over a composer with three images, bound as the composer's pane binds it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.composer = composer()
        self.composer.put("", [image(f"{name}.png", (3840, 2160)) for name in "abc"])
        self.rows = AttachmentList(self.composer)
        self.view = AttachmentStrip(self.rows)
        self.view.removal_requested.connect(self.composer.remove)
        qtbot.addWidget(self.view)
        self.view.resize(1200, self.view.sizeHint().height())
        self.view.show()

    def select(self, row: int) -> None:
        self.view.setCurrentIndex(self.view.model().index(row, 0))

    def press(self, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.view, key, modifier)

    def click(self, place: QPoint) -> None:
        QTest.mouseClick(self.view.viewport(), LEFT, pos=place)

    def card(self, row: int) -> QRect:
        return self.view.visualRect(self.view.model().index(row, 0))

    @property
    def order(self) -> str:
        return "".join(image.name[0] for image in self.composer.images)

    def words(self, row: int) -> str:
        """What a screen reader says of the card at `row`."""
        cell = QAccessible.queryAccessibleInterface(self.view).child(row)
        return cell.text(QAccessible.Text.Name)


@pytest.fixture
def strip(qtbot: QtBot) -> Strip:
    return Strip(qtbot)


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_delete_removes_and_marks_the_next(strip: Strip, key: Key) -> None:
    strip.select(1)
    strip.press(key)
    assert strip.order == "ac"
    strip.press(key)
    assert strip.order == "a"
    strip.press(key)
    strip.press(key)
    assert strip.order == ""


def test_control_and_arrows_put_images_in_order(strip: Strip) -> None:
    strip.select(0)
    for expected in ("bac", "bca", "bca"):
        strip.press(Key.Key_Right, CONTROL)
        assert strip.order == expected
    for expected in ("bac", "abc", "abc"):
        strip.press(Key.Key_Left, CONTROL)
        assert strip.order == expected
    assert strip.view.currentIndex().row() == 0


def test_arrows_alone_move_the_mark(strip: Strip) -> None:
    strip.select(0)
    strip.press(Key.Key_Right)

    assert strip.order == "abc"
    assert strip.view.currentIndex().row() == 1


def test_a_click_on_the_cross_removes(strip: Strip) -> None:
    strip.click(cross_of(strip.card(1)).center())

    assert strip.order == "ac"


def test_a_click_beside_the_cross_marks(strip: Strip) -> None:
    strip.click(strip.card(1).center())

    assert strip.order == "abc"
    assert strip.view.currentIndex().row() == 1


def test_a_press_elsewhere_that_ends_on_a_cross_removes_nothing(strip: Strip) -> None:
    removed = heard(strip.view.removal_requested)
    QTest.mousePress(strip.view.viewport(), LEFT, pos=strip.card(0).center())
    QTest.mouseRelease(strip.view.viewport(), LEFT, pos=cross_of(strip.card(1)).center())

    assert not removed


def test_another_button_removes_nothing(strip: Strip) -> None:
    QTest.mouseClick(strip.view.viewport(), Qt.MouseButton.RightButton, pos=cross_of(strip.card(1)).center())

    assert strip.order == "abc"


def test_a_card_says_size_what_is_seen_and_tokens(strip: Strip) -> None:
    strip.composer.set_model(Model("qwen3-vl-plus"), full_detail=False, endpoint=Endpoint())

    assert strip.words(0) == "a.png, 3840×2160 · seen as 2144×1184, ≈ 2,481 tokens"


def test_without_a_rule_a_card_says_the_size(strip: Strip) -> None:
    assert strip.words(0) == "a.png, 3840×2160"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (ImageChange("image/gif", frames=12), "first of 12 frames · re-encoded: GIF → PNG"),
        (ImageChange("image/png", turned=True), "turned upright"),
        (
            ImageChange("image/bmp", from_size=Size(9000, 6000)),
            "re-encoded: BMP → PNG · shrunk from 9000×6000",
        ),
    ],
)
def test_a_card_says_what_was_changed(strip: Strip, change: ImageChange, words: str) -> None:
    plain = image("changed.png")
    changed = ImageInput(
        plain.name, "image/png", plain.data, plain.size, plain.source_digest, plain.thumbnail, change
    )
    strip.composer.put("", [changed])

    assert strip.words(0).endswith(words)


def test_cards_are_painted(strip: Strip, qtbot: QtBot) -> None:
    middle = strip.card(0).left() + 8 + 32, strip.card(0).center().y()

    def has_thumbnail() -> bool:
        return strip.view.viewport().grab().toImage().pixelColor(*middle).name() == "#008080"

    qtbot.waitUntil(has_thumbnail)
