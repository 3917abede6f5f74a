"""Questions and answers in every state that they can be in."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import NextStep
from desktop.domain.events import FinishReason, Notice, Usage
from desktop.domain.models import READER_MODEL
from desktop.domain.provider_errors import ConnectionLost
from desktop.domain.refusals import KeyRejected
from desktop.ui.detail_text import DetailText
from desktop.ui.transcript.picture import PictureTile
from desktop.ui.transcript.text import MessageText
from tests.support.pictures import image
from tests.support.qt import child, heard
from tests.support.shown_transcript import ShownTranscript, words_in, words_of
from tests.support.transcripts import Talk


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


Kind = TypeVar("Kind", bound=QWidget)


class Seen(ShownTranscript):
    """A view and what can be seen in it."""

    def __init__(self, qtbot: QtBot, talk: Talk) -> None:
        super().__init__(qtbot, talk, 700, 700)

    def said(self) -> list[str]:
        """The words of labels and buttons that are visible."""
        labels = [label.text() for label in self._visible(QLabel)]
        return [words for words in labels + [b.text() for b in self._visible(QAbstractButton)] if words]

    def texts(self) -> list[str]:
        """The words of the messages' texts, from the top."""
        return [words for words in words_in(self.column) if words]

    def text_named(self, name: str) -> MessageText:
        return next(text for text in self._visible(MessageText) if text.accessibleName() == name)

    def words_named(self, name: str) -> str:
        return words_of(self.text_named(name).blocks)

    def buttons(self) -> dict[str, QAbstractButton]:
        return {button.accessibleName() or button.text(): button for button in self._visible(QAbstractButton)}

    def press_button(self, name: str) -> None:
        QTest.mouseClick(self.buttons()[name], Qt.MouseButton.LeftButton)

    def _visible(self, kind: type[Kind]) -> list[Kind]:
        return [widget for widget in self.view.findChildren(kind) if widget.isVisible()]


def test_before_the_first_word(qtbot: QtBot) -> None:
    talk = Talk().ask().begin()
    seen = Seen(qtbot, talk)

    assert "Waiting for the first word… 0 s" in seen.said()
    assert seen.texts() == ["What is it?"]
    assert seen.buttons() == {}


def test_while_the_reader_reads(qtbot: QtBot) -> None:
    assert "Reading… 0 s" in Seen(qtbot, Talk().ask().begin(READER_MODEL)).said()


def test_the_seconds_go_on(qtbot: QtBot) -> None:
    seen = Seen(qtbot, Talk().ask().begin())

    qtbot.waitUntil(lambda: "Waiting for the first word… 1 s" in seen.said())


def test_thoughts_are_folded_away_with_their_time(qtbot: QtBot) -> None:
    talk = Talk().ask().begin().think("Let me ", "see.")
    seen = Seen(qtbot, talk)
    assert "Thinking… 0 s" in seen.said()
    assert seen.texts() == ["What is it?"]

    talk.stream("It is this.").finish(thinking_seconds=3.2)

    assert "Thought for 3 s" in seen.said()
    assert seen.texts() == ["What is it?", "It is this."]


def test_thoughts_can_be_unfolded_while_they_come(qtbot: QtBot) -> None:
    talk = Talk().ask().begin().think("*One* ")
    seen = Seen(qtbot, talk)

    seen.press_button("Thinking… 0 s")
    talk.think("two")

    qtbot.waitUntil(lambda: seen.words_named("Reasoning") == "*One* two")
    seen.press_button("Thinking… 0 s")
    assert "*One* two" not in seen.texts()


def test_what_an_answer_cost(qtbot: QtBot) -> None:
    usage = Usage(prompt_tokens=2481, completion_tokens=118, total_tokens=2599)
    seen = Seen(qtbot, Talk().ask().answer("Yes.", usage=usage, seconds=3.24))

    assert "2,481 + 118 tokens · 3.2 s · qwen3-vl-plus" in seen.said()


@pytest.mark.parametrize(
    ("usage", "words"),
    [
        (None, "1.0 s · qwen3-vl-plus"),
        (Usage(), "1.0 s · qwen3-vl-plus"),
        (Usage(total_tokens=1200), "1,200 tokens · 1.0 s · qwen3-vl-plus"),
    ],
)
def test_what_the_server_did_not_say_is_not_shown(usage: Usage | None, words: str, qtbot: QtBot) -> None:
    assert words in Seen(qtbot, Talk().ask().answer("Yes.", usage=usage, seconds=1)).said()


def test_copying_gives_the_markdown(qtbot: QtBot) -> None:
    Seen(qtbot, Talk().ask().answer("# A *b*\n")).press_button("Copy")

    assert QGuiApplication.clipboard().text() == "# A *b*\n"


def test_copied_are_the_letters_that_are_shown(qtbot: QtBot) -> None:
    # Qt reads "rm" behind the first, which is no character.
    Seen(qtbot, Talk().ask().answer("\ufffe\u7200\u6d00")).press_button("Copy")

    assert QGuiApplication.clipboard().text() == "\ufffd\u7200\u6d00"


def test_answering_again_and_going_to_other_answers(qtbot: QtBot) -> None:
    talk = Talk().ask()
    question = talk.conversation.leaf
    talk.answer("one").begin(question=question).stream("two").finish()
    seen = Seen(qtbot, talk)
    again, siblings = heard(seen.view.regenerate_requested), heard(seen.view.sibling_requested)
    assert "2/2" in seen.said()
    assert not seen.buttons()["Next answer"].isEnabled()

    seen.press_button("Regenerate")
    seen.press_button("Previous answer")

    assert again == [1]
    assert siblings == [(1, -1)]


def test_an_only_answer_has_no_others(qtbot: QtBot) -> None:
    assert not {"Previous answer", "Next answer"} & set(Seen(qtbot, Talk().ask().answer("x")).buttons())


@pytest.mark.parametrize(
    ("finish", "words"),
    [
        ("cancelled", "Stopped"),
        ("interrupted", "Cut short before its end."),
        ("length", "Cut off: the answer reached the limit of its length."),
        ("content_filter", "Cut off: the service's content filter stepped in."),
    ],
)
def test_an_answer_that_ended_early_keeps_what_came(finish: FinishReason, words: str, qtbot: QtBot) -> None:
    seen = Seen(qtbot, Talk().ask().answer("Half an ans", finish=finish))

    assert words in seen.said()
    assert "Half an ans" in seen.texts()


def test_a_lost_connection_keeps_what_came_and_offers_to_try_again(qtbot: QtBot) -> None:
    error = ConnectionLost(host="example.com")
    seen = Seen(qtbot, Talk().ask().answer("Half", finish="interrupted", error=error))
    steps = heard(seen.view.next_step_requested)

    seen.press_button("Try again")

    assert "Cut off: The connection to example.com broke off." in seen.said()
    assert "Half" in seen.texts()
    assert steps == [(1, NextStep.RETRY)]
    assert "Details" not in seen.buttons()


def test_a_refusal_shows_the_servers_words_only_when_asked(qtbot: QtBot) -> None:
    error = KeyRejected(host="<b>{0}%1", status=401, detail='<script>{"code": "invalid_api_key"}')
    talk = Talk().ask().begin().finish(finish="interrupted", error=error)
    seen = Seen(qtbot, talk)
    steps = heard(seen.view.next_step_requested)
    assert seen.texts() == ["What is it?"]

    seen.press_button("Details")
    seen.press_button("Open settings")

    assert child(seen.view, DetailText).toPlainText() == error.detail
    assert any(words.startswith("<b>{0}%1 rejected the API key.") for words in seen.said())
    assert steps == [(1, NextStep.OPEN_SETTINGS)]
    assert "Copy" not in seen.buttons()


def test_what_was_read_is_shown_as_markdown_and_copied_without_marks(qtbot: QtBot) -> None:
    text = "\\# no heading\n\n| Tea | 12.50 |\n| --- | --: |\n| Rice |  |\n\n```\nif x:\n    y\n```\n"
    talk = Talk().ask().begin(READER_MODEL).notice(Notice.READER_CANNOT_ANSWER).stream(text).finish()
    seen = Seen(qtbot, talk)
    seen.press_button("Copy")

    assert "# no heading" in seen.words_named("Answer")
    assert "|" not in seen.words_named("Answer")
    assert QGuiApplication.clipboard().text() == "# no heading\n\nTea\t12.50\nRice\t\n\nif x:\n    y"
    assert Notice.READER_CANNOT_ANSWER.value in seen.said()
    assert any("on this device" in words for words in seen.said())


def test_a_notice_names_lines(qtbot: QtBot) -> None:
    talk = Talk().ask().begin(READER_MODEL).stream("x")
    seen = Seen(qtbot, talk.notice(Notice.CODE_HARD_TO_READ, block="2", lines="7, 9"))

    assert "Hard to read in code block 2: line 7, 9. Compare with the image." in seen.said()


def test_a_question_shows_its_images(qtbot: QtBot) -> None:
    images = tuple(image(f"{number}.png") for number in range(1, 5))
    seen = Seen(qtbot, Talk().ask("Which?", images))
    pictures = seen.view.findChildren(PictureTile)

    assert [picture.accessibleName() for picture in pictures] == [f"Image: {n}.png" for n in range(1, 5)]
    assert all(picture.height() <= 96 for picture in pictures)
    assert seen.texts() == ["Which?"]


def test_a_broken_thumbnail_breaks_nothing(qtbot: QtBot) -> None:
    broken = replace(image(), thumbnail=b"no picture")

    assert Seen(qtbot, Talk().ask("", (broken,))).texts() == []


def test_a_bubble_is_as_wide_as_its_words_and_no_wider_than_it_may_be(qtbot: QtBot) -> None:
    short = Seen(qtbot, Talk().ask("Hi")).text_named("Question")
    long = Seen(qtbot, Talk().ask("many words " * 60)).text_named("Question")

    assert short.width() < 100
    assert 300 < long.width() <= 0.8 * 700
    assert long.height() > 2 * short.height()
