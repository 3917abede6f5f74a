"""What is asked before a link is opened that may not lead where it seems to, and what is opened at all."""

import pytest
from hypothesis import given
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.link_targets import Doubt, LinkTarget, link_target, link_with_words
from desktop.ui.detail_text import DetailText
from desktop.ui.doubtful_link_dialog import DoubtfulLinkDialog
from desktop.ui.link_opening import LinkOpening
from tests.support.hrefs import hrefs
from tests.support.link_hand import Browser
from tests.support.qt import child, heard

DISGUISED = link_with_words("http://good.com@xn--80ak6aa92e.com/a?b=<i>", "good.com")


@pytest.fixture
def target() -> LinkTarget:
    assert DISGUISED is not None
    return DISGUISED


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def dialog(window: QWidget, target: LinkTarget) -> DoubtfulLinkDialog:
    dialog = DoubtfulLinkDialog(target, window)
    dialog.open()
    return dialog


def button(dialog: DoubtfulLinkDialog, words: str) -> QPushButton:
    buttons = child(dialog, QDialogButtonBox).buttons()
    found = next(each for each in buttons if each.text() == words)
    assert isinstance(found, QPushButton)
    return found


def test_it_says_where_the_link_leads_and_why_it_asks(dialog: DoubtfulLinkDialog) -> None:
    labels = dialog.findChildren(QLabel)

    assert [label.text() for label in labels] == [
        "This link leads to",
        "xn--80ak6aa92e.com",
        "Its words name another place.",
        "The name has letters that look like others. What begins with “xn--” is how it is really spelt.",
        "A user name stood before it, which can pass for the name of a place. It is left out.",
    ]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    assert child(dialog, DetailText).toPlainText() == "http://xn--80ak6aa92e.com/a?b=%3Ci%3E"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_enter_and_escape_open_nothing(dialog: DoubtfulLinkDialog, key: Qt.Key) -> None:
    confirmed, finished = heard(dialog.confirmed), heard(dialog.finished)

    QTest.keyClick(dialog, key)

    assert finished == [QDialog.DialogCode.Rejected]
    assert confirmed == []


def test_enter_on_its_own_button_opens_it(dialog: DoubtfulLinkDialog, qtbot: QtBot) -> None:
    confirmed = heard(dialog.confirmed)
    follow = button(dialog, "Open")
    qtbot.waitUntil(dialog.isActiveWindow)

    follow.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(follow, Qt.Key.Key_Return)

    assert len(confirmed) == 1


def test_only_its_own_button_opens_it(dialog: DoubtfulLinkDialog) -> None:
    confirmed = heard(dialog.confirmed)

    button(dialog, "Copy address").click()
    assert QGuiApplication.clipboard().text() == "http://xn--80ak6aa92e.com/a?b=%3Ci%3E"
    assert dialog.isVisible()
    assert confirmed == []

    button(dialog, "Open").click()
    assert len(confirmed) == 1


def test_a_long_host_is_seen_whole(window: QWidget) -> None:
    name = "a" * 60 + "." + "b" * 60 + ".local"
    target = link_target(f"https://{name}/")
    assert target is not None
    dialog = DoubtfulLinkDialog(target, window)
    dialog.open()

    host = child(dialog, QLabel, name)
    assert host.text().replace("\u200b", "") == name
    assert host.sizeHint().width() <= dialog.width()


def test_a_long_address_covers_nothing(window: QWidget) -> None:
    target = link_target("https://example.com/" + "a" * 3000)
    assert target is not None
    dialog = DoubtfulLinkDialog(target, window)
    dialog.open()
    address = child(dialog, DetailText)

    assert address.geometry().bottom() < child(dialog, QDialogButtonBox).geometry().top()
    line = address.document().firstBlock().layout().lineAt(0)
    assert line.width() <= address.viewport().width()


@pytest.mark.parametrize("doubt", Doubt)
def test_each_doubt_has_a_sentence(window: QWidget, doubt: Doubt) -> None:
    dialog = DoubtfulLinkDialog(LinkTarget("http://e.com", "http://e.com", "e.com", (doubt,)), window)

    assert dialog.findChildren(QLabel)[2].text().endswith(".")


# ── opening ─────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def opening(window: QWidget) -> LinkOpening:
    return LinkOpening(window)


def test_a_link_without_doubts_is_opened_at_once(opening: LinkOpening) -> None:
    target = link_target("https://EXAMPLE.com./a/../b?c=d%20e")
    assert target is not None

    with Browser() as browser:
        opening.follow(target)

    assert browser.opened == ["https://example.com/b?c=d%20e"]


def test_one_with_doubts_is_opened_when_that_is_confirmed(
    window: QWidget, opening: LinkOpening, target: LinkTarget
) -> None:
    with Browser() as browser:
        opening.follow(target)
        assert browser.opened == []
        button(child(window, DoubtfulLinkDialog), "Open").click()

    assert browser.opened == [target.address]


@given(hrefs)
def test_qt_reads_in_an_address_what_was_judged(href: str) -> None:
    target = link_target(href)
    if target is not None:
        url = QUrl(target.address, QUrl.ParsingMode.StrictMode)
        assert url.toEncoded().toStdString() == target.address
