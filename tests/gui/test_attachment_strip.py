"""The attached images in a row: removed and put in order by keys and by hand."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QAction, QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.domain.images import ImageChange, ImageInput, Size
from desktop.domain.messages import LinkPart
from desktop.domain.models import Model
from desktop.domain.settings import Endpoint
from desktop.ui.attachment_card import AttachmentCard, attachment_at, cross_of
from desktop.ui.attachment_strip import AttachmentStrip
from desktop.viewmodels.attachments import AttachmentList, Index
from desktop.viewmodels.composer import Attachment
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

    def __init__(self, qtbot: QtBot, rows: type[AttachmentList] = AttachmentList) -> None:
        self.composer = composer()
        self.composer.put("", [image(f"{name}.png", (3840, 2160)) for name in "abc"])
        self.rows = rows(self.composer)
        self.view = AttachmentStrip(self.rows)
        self.view.removal_requested.connect(self.composer.remove)
        self.fetched = heard(self.view.fetch_requested)
        self.paged = heard(self.view.pages_requested)
        qtbot.addWidget(self.view)
        self.view.resize(1200, self.view.sizeHint().height())
        self.view.show()

    def select(self, row: int) -> None:
        self.view.setCurrentIndex(self.view.model().index(row, 0))

    def press(self, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.view, key, modifier)

    def click(self, place: QPoint) -> None:
        QTest.mouseClick(self.view.viewport(), LEFT, pos=place)

    def action(self, row: int) -> QRect:
        """Where the words stand for what can be done with the card at `row`."""
        card = self.view.itemDelegate()
        assert isinstance(card, AttachmentCard)
        return card.action_at(self.card(row), attachment_at(self.view.model().index(row, 0)))

    def menu(self) -> dict[str, QAction]:
        """What the menu that is open offers, by its words."""
        menus = [menu for menu in self.view.findChildren(QMenu) if menu.isVisible()]
        assert len(menus) == 1
        return {action.text(): action for action in menus[0].actions()}

    def tip(self, row: int) -> str:
        return str(self.view.model().index(row, 0).data(Qt.ItemDataRole.ToolTipRole))

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
            "shrunk from 9000×6000 · re-encoded: BMP → PNG",
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


# ── links ───────────────────────────────────────────────────────────────────────────────────────

LINK = "https://example.com/2024/panorama.jpg?w=800"


def test_a_link_says_where_it_leads_and_what_is_not_known(strip: Strip) -> None:
    strip.composer.set_model(Model("qwen3-vl-plus"), full_detail=False, endpoint=Endpoint())
    strip.composer.put("", [LinkPart(LINK)])

    assert strip.words(0) == "panorama.jpg, example.com, size unknown until fetched"


def test_a_link_says_when_it_must_be_fetched(strip: Strip) -> None:
    near = Endpoint("custom", base_url="http://localhost:11434/v1")
    strip.composer.set_model(Model("qwen3-vl:8b"), full_detail=False, endpoint=near)
    strip.composer.put("", [LinkPart(LINK)])

    assert strip.words(0).endswith("web addresses are not taken here")


def test_a_click_on_fetch_asks_for_it(strip: Strip) -> None:
    strip.composer.put("", [image("a.png"), LinkPart(LINK)])
    assert strip.action(0).isEmpty()
    strip.click(strip.action(1).center())

    assert strip.fetched == [1]


# ── documents ───────────────────────────────────────────────────────────────────────────────────


class _Document(AttachmentList):
    """A list whose only row has several pages."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | Attachment | None:
        attachment = super().data(index, role)
        return replace(attachment, pages=12) if isinstance(attachment, Attachment) else attachment


@pytest.fixture
def document(qtbot: QtBot) -> Strip:
    strip = Strip(qtbot, _Document)
    page = ImageChange("image/tiff", frames=12, page=2)
    strip.composer.put("", [replace(image("contract.tif"), change=page)])
    return strip


def test_a_click_on_the_line_below_chooses_pages(document: Strip) -> None:
    document.click(document.action(0).center())

    assert document.paged == [0]
    assert document.words(0).endswith("page 3 of 12 · re-encoded: TIFF → PNG")


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_enter_opens_what_can_be_done(document: Strip, key: Key) -> None:
    document.select(0)
    document.press(key)
    assert list(document.menu()) == ["Choose pages…", "Remove"]
    document.menu()["Choose pages…"].trigger()

    assert document.paged == [0]


@pytest.mark.parametrize("reason", [QContextMenuEvent.Reason.Keyboard, QContextMenuEvent.Reason.Mouse])
def test_the_menu_key_and_the_right_button_open_it_too(
    strip: Strip, reason: QContextMenuEvent.Reason
) -> None:
    strip.composer.put("", [image("a.png"), LinkPart(LINK)])
    strip.select(1)
    place = strip.card(1).center()
    QApplication.sendEvent(strip.view.viewport(), QContextMenuEvent(reason, place, place))
    assert list(strip.menu()) == ["Fetch the image", "Remove"]
    strip.menu()["Fetch the image"].trigger()
    assert strip.fetched == [1]

    strip.menu()["Remove"].trigger()
    assert strip.order == "a"
    assert len(strip.composer.items) == 1


def test_a_right_click_beside_the_cards_opens_nothing(strip: Strip) -> None:
    place = QPoint(strip.card(2).right() + 20, strip.card(2).center().y())
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, place)
    QApplication.sendEvent(strip.view.viewport(), event)

    assert not strip.view.findChildren(QMenu)


def test_a_hand_shows_what_can_be_clicked(document: Strip) -> None:
    for place, shape in (
        (document.action(0).center(), Qt.CursorShape.PointingHandCursor),
        (cross_of(document.card(0)).center(), Qt.CursorShape.PointingHandCursor),
        (document.card(0).topLeft() + QPoint(10, 10), Qt.CursorShape.ArrowCursor),
    ):
        QTest.mouseMove(document.view.viewport(), place)
        assert document.view.viewport().cursor().shape() == shape


# ── many ────────────────────────────────────────────────────────────────────────────────────────


def test_the_tool_tip_says_all_that_may_be_cut_on_the_card(document: Strip) -> None:
    assert document.tip(0).splitlines() == [
        "contract.tif",
        "1920×1080",
        "page 3 of 12 · re-encoded: TIFF → PNG",
    ]


def test_the_wheel_and_the_keys_scroll(strip: Strip) -> None:
    strip.composer.put("", [image(f"{number}.png") for number in range(250)])
    assert strip.card(249).left() > strip.view.width()
    bar = strip.view.horizontalScrollBar()
    middle = QPointF(strip.view.viewport().rect().center())
    wheel = QWheelEvent(
        middle,
        middle,
        QPoint(),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(strip.view.viewport(), wheel)
    assert bar.value() > 0
    strip.select(0)
    strip.press(Key.Key_End)

    assert strip.view.currentIndex().row() == 249
    assert strip.card(249).center().x() < strip.view.width()


class _Counted(AttachmentList):
    """Notes whose data was asked for."""

    asked: ClassVar[set[int]] = set()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | Attachment | None:
        self.asked.add(index.row())
        return super().data(index, role)


def test_only_what_is_seen_is_painted(qtbot: QtBot) -> None:
    strip = Strip(qtbot, _Counted)
    strip.composer.put("", [image(f"{number}.png") for number in range(250)])
    strip.view.viewport().grab()
    _Counted.asked.clear()
    strip.view.viewport().grab()

    assert _Counted.asked == set(range(len(_Counted.asked)))
    assert 1 < len(_Counted.asked) < 10


def test_few_cards_are_as_wide_as_their_words_and_many_are_alike(strip: Strip) -> None:
    change = ImageChange("image/tiff", lossy=True, from_size=Size(12_000, 9_000), limit="bytes")
    strip.composer.put("", [replace(image("one.tif"), change=change)])
    QApplication.sendPostedEvents()
    alone = strip.card(0).width()
    strip.composer.put("", [replace(image(f"{number}.tif"), change=change) for number in range(20)])
    QApplication.sendPostedEvents()

    assert strip.card(0).width() == strip.card(19).width() < alone


def test_where_room_is_scarce_a_card_says_less(document: Strip) -> None:
    full = document.view.sizeHint().height()
    document.view.resize(600, document.view.minimumSizeHint().height())
    QApplication.sendPostedEvents()

    assert document.view.minimumSizeHint().height() < full
    assert document.card(0).height() < document.view.height()
    assert document.action(0).isEmpty(), "there is still the menu"
