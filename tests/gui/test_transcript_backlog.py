"""What is long comes bit by bit: the end of a conversation first, an answer from its beginning."""

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.transcript.anchor import Anchor, anchor_at, y_of
from desktop.ui.transcript.reasoning import Reasoning
from desktop.ui.transcript.view import TranscriptView
from tests.support.markdown import ANSWER
from tests.support.qt import child
from tests.support.shown_transcript import ShownTranscript, settle
from tests.support.transcripts import Talk, conversation_of

PARAGRAPHS = "\n\n".join(f"Paragraph {n} with some words." for n in range(600))


def long_talk(messages: int) -> Talk:
    texts = [(f"Question {n}?", f"{ANSWER}\n\nAnswer {n}.") for n in range(messages // 2)]
    talk = Talk()
    talk.show(conversation_of(text for pair in texts for text in pair))
    return talk


def made(shown: ShownTranscript) -> list[int]:
    return [index for index, _ in shown.column.made()]


def seen(shown: ShownTranscript) -> list[int]:
    """The messages of which anything is seen."""
    room = shown.view.viewport().rect()
    return [index for index, message in shown.column.made() if message.geometry().intersects(room)]


def test_of_a_long_conversation_only_what_is_near_is_made(qtbot: QtBot) -> None:
    shown = ShownTranscript(qtbot, long_talk(2_000))

    assert shown.position == shown.end
    assert len(shown.column) == 2_000
    assert made(shown) == list(range(2_000 - len(made(shown)), 2_000))
    assert len(made(shown)) < 10
    assert words_at_the_end(shown) == "Answer 999."


def words_at_the_end(shown: ShownTranscript) -> str:
    return shown.words(len(shown.column) - 1).splitlines()[-1]


def test_nothing_is_made_before_it_can_be_seen(qtbot: QtBot) -> None:
    view = TranscriptView(long_talk(40).model)
    qtbot.addWidget(view)

    assert not view.column.made()


@pytest.mark.parametrize("step", [300, -300])
def test_whoever_scrolls_through_everything_meets_every_message(step: int, qtbot: QtBot) -> None:
    shown = ShownTranscript(qtbot, long_talk(60))
    shown.scroll_to(0 if step > 0 else shown.end)
    visited, most = list[int](), 0

    while True:
        visited += [index for index in seen(shown) if index not in visited]
        most = max(most, len(made(shown)))
        before = shown.position
        shown.scroll_to(before + step)
        if shown.position == before:
            break

    assert visited == sorted(range(60), reverse=step < 0) or set(visited) == set(range(60))
    assert shown.position == (shown.end if step > 0 else 0)
    assert most < 16


@pytest.mark.parametrize("step", [70, -70])
def test_a_step_moves_what_is_seen_by_that_step(step: int, qtbot: QtBot) -> None:
    """Whatever heights turn out to be others than they were thought to be."""
    shown = ShownTranscript(qtbot, long_talk(40))
    shown.scroll_to(0 if step > 0 else shown.end)

    for _ in range(150):
        read, before = anchor_at(shown.column, shown.position), shown.position
        shown.scroll_to(before + step)
        if shown.position in (0, shown.end):
            break
        assert round(y_of(shown.column, read)) - shown.position == -step


def test_a_long_answer_that_comes_at_once_is_written_piece_by_piece(qtbot: QtBot) -> None:
    view = TranscriptView(Talk().ask().answer(PARAGRAPHS).model)
    text = view.column.make(1).text
    qtbot.addWidget(view)
    assert 0 < len(text.blocks) < 100

    qtbot.waitUntil(lambda: len(text.blocks) == 600)


def test_the_end_is_seen_when_a_long_answer_was_written(qtbot: QtBot) -> None:
    shown = ShownTranscript(qtbot, Talk().ask().answer(PARAGRAPHS))

    qtbot.waitUntil(lambda: shown.text(1).is_settled)
    settle()

    assert shown.position == shown.end
    place = shown.place("Paragraph 599")
    assert shown.view.viewport().rect().contains(place)


def test_what_is_read_stays_while_a_long_answer_above_is_written(qtbot: QtBot) -> None:
    shown = ShownTranscript(qtbot, Talk().ask().answer(PARAGRAPHS * 10).ask("Why?").answer("line\n\n" * 3))
    place = shown.message(2).y()
    is_written = shown.text(1).is_settled

    qtbot.waitUntil(lambda: shown.text(1).is_settled)
    settle()

    assert not is_written
    assert shown.message(2).y() == place


@pytest.mark.parametrize("width", [400, 1000])
def test_what_is_read_stays_when_the_window_gets_another_width(width: int, qtbot: QtBot) -> None:
    shown = ShownTranscript(qtbot, Talk().ask().answer(PARAGRAPHS.replace("some", "some, and more " * 9)))
    qtbot.waitUntil(lambda: shown.text(1).is_settled)
    shown.scroll_to(shown.place("Paragraph 300").y() + shown.position - 4)
    before = shown.place("Paragraph 300").y()

    shown.view.resize(width, 500)
    settle()

    assert abs(shown.place("Paragraph 300").y() - before) <= 1


def test_what_is_read_stays_when_something_above_is_folded(qtbot: QtBot) -> None:
    talk = Talk().ask().answer("words\n\n" * 5, reasoning="thought\n" * 8).ask("And?")
    shown = ShownTranscript(qtbot, talk.answer("line\n\n" * 60))
    shown.view.go_to(Anchor(0))
    shown.view.go_to(Anchor(2))
    before = shown.place("And?").y()
    reasoning = child(shown.message(1), Reasoning)

    for _ in range(2):
        reasoning.click()
        settle()
        assert shown.place("And?").y() == before


def test_what_is_read_stays_when_the_font_is_another(qtbot: QtBot, undressed: QApplication) -> None:
    shown = ShownTranscript(qtbot, Talk().ask().answer("line\n\n" * 60).ask("And?").answer("line\n\n" * 60))
    shown.view.go_to(Anchor(2))
    font = QFont(undressed.font())
    font.setPointSizeF(font.pointSizeF() * 1.5)

    undressed.setFont(font)
    settle()

    assert abs(shown.message(2).y()) < 20
