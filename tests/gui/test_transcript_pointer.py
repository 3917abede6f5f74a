"""What the pointer does in a transcript: follow links, copy code, push what is wide."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop.ui.transcript.box import WideBox
from desktop.ui.transcript.message import place_in
from tests.support.qt import heard
from tests.support.shown_transcript import SHIFT, ShownTranscript, clipboard, settle
from tests.support.transcripts import Talk

LINK = "See [the docs](https://example.com/a?b=c) and `more` words."
CODE = "```python\nprint(1)\nprint(2)\n```\n"
TABLE = "|" + " a wide column |" * 12 + "\n|" + "-|" * 12 + "\n|" + "cell|" * 12 + "\n"

outside = pytest.mark.qt_log_ignore("occurs outside target window")  # QTest's own
Show = Callable[[str], ShownTranscript]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    return lambda answer: ShownTranscript(qtbot, Talk().ask().answer(answer))


class Wide:
    """The first block of an answer, which is wider than its room; points are px of the viewport."""

    def __init__(self, shown: ShownTranscript) -> None:
        self._message, self._text = shown.message(1), shown.text(1)
        found = self._text.stack.found_at(QPointF(5, 5))
        assert found is not None
        assert isinstance(found[1], WideBox)
        self.box: WideBox = found[1]

    def in_view(self, point: QPointF) -> QPoint:
        return self._message.pos() + place_in(self._message, self._text).topLeft() + point.toPoint()

    @property
    def middle(self) -> QPoint:
        return self.in_view(QPointF(200, self.box.height / 2))

    @property
    def handle(self) -> QPoint:
        return self.in_view(self.box.bar().center())


def copy_button(wide: Wide) -> QPoint:
    """The first point at which a click copies."""
    room = [QPointF(x, y) for y in range(0, 40, 4) for x in range(0, 660, 6)]
    return wide.in_view(next(point for point in room if wide.box.copies_at(point) is not None))


# ── links ───────────────────────────────────────────────────────────────────────────────────────


def test_a_click_on_a_link_says_so_and_opens_nothing(show: Show) -> None:
    shown = show(LINK)
    activated = heard(shown.view.link_activated)

    shown.click(shown.place("the docs"))

    assert [target.address for target in activated] == ["https://example.com/a?b=c"]


def test_a_press_on_a_link_that_becomes_a_selection_follows_nothing(show: Show) -> None:
    shown = show(LINK)
    activated = heard(shown.view.link_activated)

    shown.select("the docs")
    shown.drag(shown.place("the docs"), shown.place("words"))
    shown.drag(shown.place("words"), shown.place("the docs"))

    assert activated == []


@pytest.mark.parametrize(
    "link",
    [
        "[click](javascript:alert(1))",
        "[click](file:///etc/passwd)",
        "[click](data:text/html,x)",
        "[click](x.md)",
    ],
)
def test_other_links_are_words(link: str, show: Show) -> None:
    shown = show(f"Please {link} here")
    activated = heard(shown.view.link_activated)

    shown.click(shown.place("click"))

    assert activated == []
    assert shown.words(1) == "Please click here"
    assert shown.view.viewport().cursor().shape() is Qt.CursorShape.IBeamCursor


def test_hovering_a_link_shows_where_it_goes(show: Show) -> None:
    shown = show(LINK)
    viewport = shown.view.viewport()

    shown.move(shown.place("the docs"))
    assert viewport.toolTip() == "https://example.com/a?b=c"
    assert viewport.cursor().shape() is Qt.CursorShape.PointingHandCursor

    shown.move(shown.place("words"))
    assert viewport.toolTip() == ""
    assert viewport.cursor().shape() is Qt.CursorShape.IBeamCursor

    shown.move(QPoint(1, 1))
    assert viewport.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_hovering_a_link_in_disguise_shows_where_it_goes(show: Show) -> None:
    shown = show("[https://good.com/](http://good.com@2130706433:80/<b>/%C3%A9)")

    shown.move(shown.place("good"))
    assert shown.view.viewport().toolTip() == "http://127.0.0.1/%3Cb%3E/é"


def test_a_click_begins_and_ends_on_the_same_link(show: Show) -> None:
    shown = show("[one](https://example.com/) [two](https://example.com/) [three](https://example.org/)")
    activated = heard(shown.view.link_activated)

    for begin, end in (("one", "two"), ("two", "three"), ("three", "one")):
        shown.press(shown.place(begin))
        shown.release(shown.place(end))

    assert activated == []


@pytest.mark.qt_log_ignore("not accepted by receiving widget")  # QTest's own
def test_other_buttons_follow_nothing(show: Show) -> None:
    shown = show(LINK)
    activated = heard(shown.view.link_activated)

    for button in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.BackButton):
        QTest.mouseClick(shown.view.viewport(), button, pos=shown.place("the docs"))

    assert activated == []


def test_a_link_that_comes_under_a_pressed_button_is_not_followed(qtbot: QtBot) -> None:
    talk = Talk().ask().begin().stream("words that stand there\n\n")
    shown = ShownTranscript(qtbot, talk)
    activated = heard(shown.view.link_activated)
    place = shown.place("words")

    shown.press(place)
    talk.stream("[now](https://example.com/)")
    settle()
    shown.release(shown.place("now"))

    assert activated == []


# ── the menu ────────────────────────────────────────────────────────────────────────────────────


def menu_at(shown: ShownTranscript, point: QPoint) -> QMenu:
    shown.open_menu(point)
    (menu,) = shown.view.findChildren(QMenu)
    assert menu.isVisible()
    return menu


def test_the_menu_opens_without_a_loop_of_its_own(show: Show) -> None:
    shown = show(LINK)
    shown.select("and more words")

    menu = menu_at(shown, shown.place("the docs"))

    actions = {action.text(): action for action in menu.actions()}
    assert list(actions) == ["Copy", "Copy as Markdown", "Copy link", "Select all"]
    actions["Copy link"].trigger()
    assert QGuiApplication.clipboard().text() == "https://example.com/a?b=c"
    actions["Copy"].trigger()
    assert QGuiApplication.clipboard().text() == "and more words"
    actions["Copy as Markdown"].trigger()
    assert QGuiApplication.clipboard().text().strip() == "and `more` words"
    menu.close()


def test_of_a_link_in_disguise_its_true_address_is_copied(show: Show) -> None:
    shown = show("[good.com](http://good.com@0x7f.1/a/../b)")

    menu = menu_at(shown, shown.place("good"))
    next(action for action in menu.actions() if action.text() == "Copy link").trigger()
    menu.close()

    assert QGuiApplication.clipboard().text() == "http://127.0.0.1/b"


def test_the_menu_offers_what_there_is(show: Show) -> None:
    shown = show(LINK)

    menu = menu_at(shown, shown.place("words"))

    assert {action.text(): action.isEnabled() for action in menu.actions()} == {
        "Copy": False,
        "Copy as Markdown": False,
        "Select all": True,
    }
    menu.actions()[-1].trigger()
    assert shown.selected() == "What is it?\n---\nSee the docs and more words."
    menu.close()
    settle()
    assert not shown.view.findChildren(QMenu)


# ── code ────────────────────────────────────────────────────────────────────────────────────────


def test_a_button_copies_the_code(show: Show) -> None:
    shown = show(CODE)

    shown.click(copy_button(Wide(shown)))

    assert clipboard()["text/plain"] == "print(1)\nprint(2)"


def test_a_button_that_copies_leaves_the_selection(show: Show) -> None:
    shown = show(CODE + "\nsome words\n")
    button = copy_button(Wide(shown))
    shown.select("some words")

    shown.drag(button, button + QPoint(2, 2))

    assert shown.selected() == "some words"
    assert QGuiApplication.clipboard().text() == "print(1)\nprint(2)"


# ── what is wide ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", [TABLE, "```\n" + "x" * 400 + "\n```\n"], ids=["table", "code"])
class TestWhatIsWide:
    def test_it_is_pushed_by_its_bar(self, text: str, show: Show) -> None:
        shown = show(text)
        wide, before = Wide(shown), shown.picture()
        begin = wide.handle

        shown.drag(begin, begin + QPoint(60, 0))

        assert wide.box.pushed == pytest.approx(wide.box.pushed_at(wide.box.bar().left()), abs=1)
        assert wide.handle.x() == pytest.approx(begin.x() + 60, abs=1)
        assert shown.picture() != before
        assert shown.selected() == ""

    @outside
    def test_it_is_pushed_to_its_end(self, text: str, show: Show) -> None:
        shown = show(text)
        wide = Wide(shown)

        shown.drag(wide.handle, wide.handle + QPoint(5000, 80))
        most = wide.box.pushed
        shown.drag(wide.handle, wide.handle - QPoint(5000, 80))

        assert most > 100
        assert wide.box.pushed == 0

    @pytest.mark.parametrize(("turned", "modifier"), [((0, -40), SHIFT), ((-40, 0), Qt.KeyboardModifier(0))])
    def test_it_is_pushed_by_the_wheel(
        self, turned: tuple[int, int], modifier: Qt.KeyboardModifier, text: str, show: Show
    ) -> None:
        shown = show(text + "\nwords\n" * 60)
        shown.scroll_to(0)
        wide, stays = Wide(shown), shown.position

        shown.turn(wide.middle, *turned, modifier)

        assert wide.box.pushed == 40
        assert shown.position == stays

    def test_the_wheel_scrolls_past_it(self, text: str, show: Show) -> None:
        shown = show(text + "\nwords\n" * 60)
        shown.scroll_to(0)
        wide = Wide(shown)

        shown.turn(wide.middle, 0, -60)

        assert wide.box.pushed == 0
        assert shown.position > 0


def test_what_is_pushed_stays_while_more_comes(qtbot: QtBot) -> None:
    talk = Talk().ask().begin().stream(TABLE, "| another ")
    shown = ShownTranscript(qtbot, talk)
    wide = Wide(shown)
    shown.turn(wide.middle, 0, -50, SHIFT)

    talk.stream("row | of | many |\n\nand words").finish()
    settle()

    assert Wide(shown).box.pushed == 50
