"""A conversation that was found opens at what was found in it, however far away that is."""

import pytest
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.conversation import Conversation
from desktop.ui.transcript.column import MARGIN
from desktop.ui.transcript.view import TranscriptView
from tests.support.finding import Finding
from tests.support.markdown import ANSWER
from tests.support.shown_transcript import ShownTranscript, settle
from tests.support.transcripts import Talk, conversation_of

COUNT = 200
PARAGRAPHS = "\n\n".join(f"Paragraph {number} of many." for number in range(600))


def long_conversation() -> Conversation:
    pairs = [(f"Question {number}?", f"{ANSWER}\n\nAnswer {number}.") for number in range(COUNT // 2)]
    return conversation_of(text for pair in pairs for text in pair)


def comes_to_rest(qtbot: QtBot, view: TranscriptView) -> None:
    """Until every text that is seen was taken in and laid out."""
    made = view.column.made
    qtbot.waitUntil(lambda: all(m.text.is_settled and not m.text._rest.isActive() for _, m in made()))
    settle()


@pytest.mark.parametrize("index", [0, 1, 77, 100, COUNT - 2])
def test_it_begins_where_one_reads_right_after_a_reset(qtbot: QtBot, index: int) -> None:
    talk = Talk()
    shown = ShownTranscript(qtbot, talk)

    talk.show(long_conversation())
    shown.view.show_message(index)
    comes_to_rest(qtbot, shown.view)

    room = shown.view.viewport().height()
    assert shown.top_of(index) == MARGIN or (shown.position == shown.end and shown.top_of(index) < room)
    assert shown.view.is_following == (shown.position == shown.end)


def test_a_long_answer_at_the_end_is_shown_from_its_beginning(qtbot: QtBot) -> None:
    talk = Talk()
    shown = ShownTranscript(qtbot, talk)

    talk.show(conversation_of(["Question?", PARAGRAPHS]))
    shown.view.show_message(1)
    comes_to_rest(qtbot, shown.view)

    assert shown.top_of(1) == MARGIN
    assert not shown.view.is_following


def test_it_is_there_when_the_view_comes_to_be_seen(qtbot: QtBot) -> None:
    talk, stack = Talk(), QStackedWidget()
    qtbot.addWidget(stack)
    view = TranscriptView(talk.model)
    stack.addWidget(QWidget())
    stack.addWidget(view)
    stack.resize(700, 500)
    with qtbot.waitExposed(stack):
        stack.show()

    talk.show(long_conversation())
    view.show_message(50)
    stack.setCurrentWidget(view)
    comes_to_rest(qtbot, view)
    message = view.column.find(50)

    assert message is not None
    assert message.y() == MARGIN
    assert not view.is_following


def test_what_is_not_there_leads_nowhere(qtbot: QtBot) -> None:
    shown = ShownTranscript(qtbot, Talk().ask().answer(PARAGRAPHS))
    before = shown.position

    shown.view.show_message(2)
    shown.view.show_message(-1)

    assert shown.position == before


# ── with what was found ─────────────────────────────────────────────────────────────────────────


def test_a_hit_is_led_to_right_after_a_reset(qtbot: QtBot) -> None:
    talk = Talk()
    finding = Finding(qtbot, talk)

    talk.show(conversation_of(["needle", PARAGRAPHS, "What?", f"{PARAGRAPHS}\n\nA needle."] * 3))
    finding.pane.open_at("NEEDLE", 4)

    finding.counts("3 of 6")
    finding.leads_to_a_hit()
    assert finding.edit.text() == "NEEDLE"
    assert not finding.bar.isHidden()


def test_the_first_hit_in_the_message_comes_before_others(qtbot: QtBot) -> None:
    finding = Finding(qtbot, Talk().ask("needle").answer(f"needle\n\n{PARAGRAPHS}\n\nneedle needle"))

    finding.pane.open_at("needle", 1)

    finding.counts("2 of 4")
    finding.leads_to_a_hit()


def test_the_same_needle_leads_to_another_message(qtbot: QtBot) -> None:
    finding = Finding(qtbot, Talk().ask("needle").answer("needle").ask("needle").answer("none"))
    finding.find("needle", "1 of 3")

    finding.pane.open_at("needle", 2)
    finding.counts("3 of 3")
    finding.pane.open_at("needle", 1)
    finding.counts("2 of 3")


def test_another_conversation_is_opened_while_the_bar_is_open(qtbot: QtBot) -> None:
    talk = Talk().ask("one").answer("one")
    finding = Finding(qtbot, talk)
    finding.pane.open_at("one", 0)
    finding.counts("1 of 2")

    talk.show(conversation_of(["two", PARAGRAPHS, "one two"]))
    finding.pane.open_at("two", 2)

    finding.counts("2 of 2")
    finding.leads_to_a_hit()


def test_where_nothing_is_found_the_message_is_shown(qtbot: QtBot) -> None:
    talk = Talk()
    finding = Finding(qtbot, talk)

    talk.show(long_conversation())
    finding.pane.open_at("nowhere", 60)
    finding.counts("Not found")
    comes_to_rest(qtbot, finding.view)
    message = finding.view.column.find(60)

    assert message is not None
    assert message.y() == MARGIN


def test_the_keys_stay_where_they_are(qtbot: QtBot) -> None:
    finding = Finding(qtbot, Talk().ask("needle").answer("none"))
    finding.view.setFocus()

    finding.pane.open_at("needle", 0)
    assert QApplication.focusWidget() is finding.view
    finding.pane.open()

    assert QApplication.focusWidget() is finding.edit
    assert finding.edit.selectedText() == "needle"
