"""One line that says what happened, as plain text, and offers the next step."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop.domain.errors import AppError, KeyringLocked, NextStep
from desktop.domain.image_errors import BrokenImage, EmptyFile, refused_together, too_many
from desktop.domain.provider_errors import ServerUnreachable
from desktop.domain.refusals import KeyMissing
from desktop.ui.banner import Banner
from desktop.ui.detail_text import DetailText
from tests.support.qt import child, heard

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def banner(qtbot: QtBot) -> Banner:
    banner = Banner()
    qtbot.addWidget(banner)
    return banner


def words(banner: Banner) -> str:
    return child(banner, QLabel).text()


def button(banner: Banner) -> QPushButton:
    """Of the next step."""
    (found,) = [each for each in banner.findChildren(QPushButton) if each.accessibleName() != "Details"]
    return found


def details(banner: Banner) -> QPushButton:
    return child(banner, QPushButton, "Details")


def test_it_is_hidden_until_there_is_something_to_say(banner: Banner) -> None:
    assert banner.isHidden()


@pytest.mark.parametrize(
    ("error", "says", "step"),
    [
        (BrokenImage(name="a.png"), "", None),
        (ServerUnreachable(host="example.com"), "Try again", NextStep.RETRY),
        (KeyringLocked(), "Open settings", NextStep.OPEN_SETTINGS),
        (KeyMissing(host="example.com", status=401), "Open settings", NextStep.OPEN_SETTINGS),
    ],
)
def test_it_offers_the_error_s_next_step(
    banner: Banner, error: AppError, says: str, step: NextStep | None
) -> None:
    steps = heard(banner.next_step_requested)
    banner.show_error(error)

    assert words(banner) == str(error)
    assert button(banner).isVisible() is (step is not None)
    assert button(banner).text() == says
    if step is not None:
        QTest.mouseClick(button(banner), LEFT)
        assert steps == [step]
        assert banner.isHidden()


def test_several_errors_stand_below_each_other_and_none_twice(banner: Banner) -> None:
    for error in (BrokenImage(name="a.png"), EmptyFile(name="b.png"), BrokenImage(name="a.png")):
        banner.show_error(error)

    assert words(banner).splitlines() == [str(BrokenImage(name="a.png")), str(EmptyFile(name="b.png"))]


def test_what_was_closed_is_not_said_again(banner: Banner) -> None:
    banner.show_error(BrokenImage(name="a.png"))
    QTest.mouseClick(child(banner, QToolButton), LEFT)
    assert banner.isHidden()
    banner.show_error(EmptyFile(name="b.png"))

    assert words(banner) == str(EmptyFile(name="b.png"))


def test_a_name_that_looks_like_html_is_shown_as_it_is(banner: Banner) -> None:
    name = '<img src="https://example.com/x.png"><b>a</b>.png'
    banner.show_error(BrokenImage(name=name))

    label = child(banner, QLabel)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert name in label.text()


def test_a_name_of_several_lines_is_no_several_errors(banner: Banner) -> None:
    error = BrokenImage(name="a\nb.png")
    banner.show_error(error)
    banner.show_error(error)

    assert words(banner) == str(error)


def test_many_refusals_are_one_sentence_and_a_list(banner: Banner) -> None:
    kinds = (BrokenImage, EmptyFile) * 20
    refusals = [kind(name=f"{number}.png") for number, kind in enumerate(kinds)]
    banner.show_error(refused_together(refusals))
    assert words(banner) == "40 images cannot be used: 0.png, 1.png, 2.png and 37 more."
    assert not child(banner, DetailText).isVisible()
    banner.activateWindow()
    QTest.keyClick(details(banner), Qt.Key.Key_Space)
    text = child(banner, DetailText)

    assert text.isVisible()
    assert text.toPlainText().splitlines() == [str(refusal) for refusal in refusals]
    assert text.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
    QApplication.sendPostedEvents()
    assert text.height() < 10 * text.fontMetrics().lineSpacing()
    assert text.verticalScrollBar().maximum() > 0
    QTest.keyClick(text, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert text.verticalScrollBar().value() == text.verticalScrollBar().maximum() > 0


def test_all_that_were_left_out_are_named(banner: Banner) -> None:
    left_out = [f"p{number}.png" for number in range(250, 300)]
    banner.show_error(too_many(left_out, 250))
    details(banner).click()

    assert child(banner, DetailText).toPlainText().splitlines() == left_out


def test_what_a_decoder_said_of_one_stands_behind_details(banner: Banner) -> None:
    banner.show_error(BrokenImage(name="a.png", detail="IDAT: CRC error"))
    banner.show_error(BrokenImage(name="b.png", detail="unexpected end"))
    details(banner).click()

    assert child(banner, DetailText).toPlainText() == "IDAT: CRC error\nunexpected end"


@pytest.mark.parametrize("lines", ["one\ntwo\nthree", "“一”已损坏。\n“二”已损坏。\n“三”已损坏。"])
def test_details_are_as_high_as_their_lines(banner: Banner, lines: str) -> None:
    banner.resize(700, 40)
    banner.show_error(BrokenImage(name="a.png", detail=lines))
    details(banner).click()
    text = child(banner, DetailText)
    line = text.fontMetrics().lineSpacing()

    assert 3 * line < text.height() < 6 * line
    assert text.verticalScrollBar().maximum() == 0


def test_details_close_with_what_they_are_about(banner: Banner) -> None:
    banner.show_error(BrokenImage(name="a.png", detail="IDAT: CRC error"))
    details(banner).click()
    banner.show_error(EmptyFile(name="b.png"))
    assert child(banner, DetailText).isVisible(), "the first one is still shown"
    banner.show_words("Something else.")
    assert not details(banner).isVisible()
    assert not child(banner, DetailText).isVisible()
    banner.show_error(BrokenImage(name="c.png", detail="unexpected end"))
    assert details(banner).isVisible()
    assert not child(banner, DetailText).isVisible()


def test_in_a_narrow_window_the_button_stands_below(banner: Banner) -> None:
    banner.offer("“Screens” holds 34 images. Attach them?", "Attach 34 images")
    for width, is_below in ((700, False), (200, True)):
        banner.resize(width, 120)
        QApplication.sendPostedEvents()
        assert (button(banner).y() >= child(banner, QLabel).geometry().bottom()) is is_below


def test_plain_words_offer_nothing(banner: Banner) -> None:
    banner.show_error(KeyringLocked())
    banner.show_words("A web address was dropped.")

    assert words(banner) == "A web address was dropped."
    assert not button(banner).isVisible()


def test_an_offer_is_taken_once(banner: Banner) -> None:
    taken = heard(banner.offer_taken)
    steps = heard(banner.next_step_requested)
    banner.offer("“Screens” holds 34 images. Attach them?", "Attach 34 images")
    assert (words(banner), button(banner).text()) == (
        "“Screens” holds 34 images. Attach them?",
        "Attach 34 images",
    )
    assert banner.is_offering
    QTest.mouseClick(button(banner), LEFT)

    assert (len(taken), steps) == (1, [])
    assert banner.isHidden()
    assert not banner.is_offering


def test_an_error_beside_an_offer_takes_it_not_away(banner: Banner) -> None:
    taken = heard(banner.offer_taken)
    banner.offer("“Screens” holds 34 images. Attach them?", "Attach 34 images")
    banner.show_error(BrokenImage(name="a.png"))

    assert words(banner).splitlines()[1:] == [str(BrokenImage(name="a.png"))]
    QTest.mouseClick(button(banner), LEFT)
    assert len(taken) == 1


def test_an_error_with_a_next_step_of_its_own_goes_before_an_offer(banner: Banner) -> None:
    taken, steps = heard(banner.offer_taken), heard(banner.next_step_requested)
    banner.offer("“Screens” holds 34 images. Attach them?", "Attach 34 images")
    banner.show_error(KeyringLocked())
    QTest.mouseClick(button(banner), LEFT)

    assert (taken, steps) == ([], [NextStep.OPEN_SETTINGS])


def test_an_offer_that_was_closed_is_none(banner: Banner) -> None:
    banner.offer("“Screens” holds 34 images. Attach them?", "Attach 34 images")
    QTest.mouseClick(child(banner, QToolButton), LEFT)

    assert not banner.is_offering
    banner.show_error(EmptyFile(name="b.png"))
    assert not button(banner).isVisible()


def test_good_news_look_like_no_warning_while_nothing_else_is_wrong(banner: Banner) -> None:
    banner.show_error(EmptyFile(name="b.png"))
    banner.show_error(BrokenImage(name="a.png"))
    banner.settle([BrokenImage(name="a.png")], "It can be read again.")
    assert banner.property("tone") == ""
    banner.settle([EmptyFile(name="b.png")], "It is full again.")
    assert banner.property("tone") == ""

    banner.hide()
    banner.show_error(BrokenImage(name="a.png"))
    banner.settle([BrokenImage(name="a.png")], "It can be read again.")
    assert banner.property("tone") == "quiet"
    banner.show_error(EmptyFile(name="b.png"))
    assert banner.property("tone") == ""


def test_an_offer_is_its_owner_s(banner: Banner) -> None:
    taken, owner = heard(banner.offer_taken), object()
    banner.offer("The key works in Singapore.", "Use Singapore", by=owner)
    assert banner.offered_by is owner
    QTest.mouseClick(button(banner), LEFT)
    assert taken == [owner]
    assert banner.offered_by is None


def test_work_is_no_warning(banner: Banner) -> None:
    banner.show_error(KeyringLocked())
    banner.show_work("Asking…")
    assert (words(banner), banner.property("tone")) == ("Asking…", "quiet")
    assert not button(banner).isVisible()
