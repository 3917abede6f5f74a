"""The field where the question is typed: Enter, input methods, and what a paste means."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.prompt import PromptEdit
from tests.support import mime
from tests.support.pictures import png
from tests.support.qt import heard

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def prompt(qtbot: QtBot) -> PromptEdit:
    prompt = PromptEdit()
    qtbot.addWidget(prompt)
    prompt.resize(400, 60)
    prompt.show()
    return prompt


class Paints(QObject):
    """Counts how often `widget` is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def compose(prompt: PromptEdit, preedit: str, commit: str = "") -> None:
    """What an input method sends: `preedit` is being composed, `commit` is decided."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(prompt, event)


def copy(data: QMimeData) -> None:
    QGuiApplication.clipboard().setMimeData(data)


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_enter_sends(prompt: PromptEdit, key: Key) -> None:
    sent = heard(prompt.send_requested)
    QTest.keyClicks(prompt, "What is this?")
    QTest.keyClick(prompt, key)

    assert len(sent) == 1
    assert prompt.toPlainText() == "What is this?"


def test_shift_enter_breaks_the_line(prompt: PromptEdit) -> None:
    sent = heard(prompt.send_requested)
    QTest.keyClicks(prompt, "one")
    QTest.keyClick(prompt, Key.Key_Return, SHIFT)
    QTest.keyClicks(prompt, "two")

    assert prompt.toPlainText() == "one\ntwo"
    assert not sent


def test_enter_while_composing_sends_nothing(prompt: PromptEdit, qtbot: QtBot) -> None:
    sent = heard(prompt.send_requested)
    compose(prompt, "zhe shi")
    QTest.keyClick(prompt, Key.Key_Return)
    assert not sent
    compose(prompt, "", "这是什么")
    assert prompt.toPlainText() == "这是什么"
    QTest.keyClick(prompt, Key.Key_Return)
    assert not sent, "it is the Enter that ended the composition, passed on"

    def enter_sends() -> bool:
        QTest.keyClick(prompt, Key.Key_Return)
        return len(sent) == 1

    qtbot.waitUntil(enter_sends)


def test_the_placeholder_makes_room_for_what_is_composed(prompt: PromptEdit) -> None:
    prompt.setPlaceholderText("What is asked?")
    compose(prompt, "zhe")
    assert prompt.placeholderText() == ""
    compose(prompt, "")
    assert prompt.placeholderText() == "What is asked?"


def test_a_composition_that_is_given_up_leaves_enter_as_it_was(prompt: PromptEdit) -> None:
    sent = heard(prompt.send_requested)
    compose(prompt, "zhe")
    compose(prompt, "")
    QTest.keyClick(prompt, Key.Key_Return)

    assert len(sent) == 1


def test_tab_leaves_the_field(prompt: PromptEdit) -> None:
    assert prompt.tabChangesFocus()


def test_it_grows_with_its_text_up_to_ten_lines(prompt: PromptEdit) -> None:
    line = prompt.fontMetrics().lineSpacing()
    one = prompt.sizeHint().height()
    for text, height in (("a\nb\nc", one + 2 * line), ("\n" * 50, one + 9 * line), ("", one)):
        prompt.setPlainText(text)
        assert prompt.sizeHint().height() == prompt.maximumHeight() == height
        assert prompt.minimumSizeHint().height() == one, "where room is scarce, it scrolls"


def test_a_long_placeholder_has_room(prompt: PromptEdit) -> None:
    one = prompt.sizeHint().height()
    prompt.setPlaceholderText("Drop or paste an image, " * 6)
    assert prompt.sizeHint().height() > one
    prompt.setPlainText("x")
    assert prompt.sizeHint().height() == one


def written_out() -> QMimeData:
    return mime.plain_text(mime.data_url(png()))


def on_a_phone() -> QMimeData:
    return mime.addresses([QUrl("mtp://phone/DCIM/a.jpg")])


@pytest.mark.parametrize(
    "data",
    [mime.browser_picture, mime.pixels, mime.dragged_browser_picture, written_out, on_a_phone],
)
def test_a_picture_without_text_is_an_image(prompt: PromptEdit, data: Callable[[], QMimeData]) -> None:
    pasted = heard(prompt.images_pasted)
    copy(data())
    prompt.paste()

    assert len(pasted) == 1
    assert prompt.toPlainText() == ""


def test_the_other_paste_takes_the_address_itself(prompt: PromptEdit) -> None:
    copy(on_a_phone())
    prompt.paste_other()

    assert prompt.toPlainText() == "mtp://phone/DCIM/a.jpg"


def test_out_of_word_the_text_is_meant(prompt: PromptEdit) -> None:
    pasted = heard(prompt.images_pasted)
    copy(mime.word_text("Total 12.50"))
    prompt.paste()

    assert prompt.toPlainText() == "Total 12.50"
    assert not pasted


def test_the_other_paste_takes_word_s_picture(prompt: PromptEdit) -> None:
    pasted = heard(prompt.images_pasted)
    copy(mime.word_text("Total 12.50"))
    prompt.paste_other()

    assert len(pasted) == 1
    assert prompt.toPlainText() == ""


def test_the_other_paste_takes_the_names_of_files(prompt: PromptEdit, tmp_path: Path) -> None:
    pasted = heard(prompt.images_pasted)
    copy(mime.files(tmp_path / "a.png"))
    prompt.paste_other()

    assert prompt.toPlainText().endswith("/a.png")
    assert not pasted


def test_the_other_paste_of_text_alone_is_the_text(prompt: PromptEdit) -> None:
    pasted = heard(prompt.images_pasted)
    copy(mime.plain_text("only text"))
    prompt.paste_other()

    assert prompt.toPlainText() == "only text", "there is nothing else that could be meant"
    assert not pasted


def test_pasted_text_is_plain(prompt: PromptEdit) -> None:
    data = mime.plain_text("bold")
    data.setHtml("<b>bold</b>")
    copy(data)
    prompt.paste()

    assert prompt.toPlainText() == "bold"


def test_other_words_of_the_placeholder_are_painted(prompt: PromptEdit, qtbot: QtBot) -> None:
    prompt.setPlaceholderText("Read the text")
    prompt.clearFocus()  # a blinking cursor paints, too
    QApplication.processEvents()
    paints = Paints(prompt.viewport())
    prompt.setPlaceholderText("What is asked?")

    qtbot.waitUntil(lambda: paints.count > 0)
