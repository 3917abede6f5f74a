"""What is long comes bit by bit: the end of a conversation first, an answer from its beginning."""

from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from desktop.ui.transcript.answer import AnswerView
from desktop.ui.transcript.body import MarkdownText
from desktop.ui.transcript.question import QuestionView
from desktop.ui.transcript.view import TranscriptView
from tests.support.markdown import ANSWER
from tests.support.qt import child
from tests.support.transcripts import Talk


def position(view: TranscriptView) -> int:
    return view.verticalScrollBar().value()


def end(view: TranscriptView) -> int:
    return view.verticalScrollBar().maximum()


def long_talk() -> Talk:
    talk = Talk()
    for number in range(20):
        talk.ask(f"Question {number}?").answer(f"{ANSWER}\n\nAnswer {number}.")
    return talk


def messages(view: TranscriptView) -> list[str]:
    """The first or last words of each message, from the top."""
    column = view.findChildren(QuestionView) + view.findChildren(AnswerView)
    column.sort(key=lambda message: message.y())
    return [message.text.toPlainText().splitlines()[-1] for message in column]


def test_the_end_of_a_long_conversation_is_made_first_and_the_rest_while_nobody_waits(qtbot: QtBot) -> None:
    view = TranscriptView(long_talk().model)
    qtbot.addWidget(view)
    view.show()
    assert sorted(messages(view)) == ["Answer 19.", "Question 19?"]

    everything = [words for n in range(20) for words in (f"Question {n}?", f"Answer {n}.")]
    qtbot.waitUntil(lambda: messages(view) == everything)
    assert position(view) == end(view)


def test_what_is_read_stays_where_it_is_while_earlier_messages_come(qtbot: QtBot) -> None:
    view = TranscriptView(long_talk().model)
    qtbot.addWidget(view)
    view.resize(700, 500)
    last = view.findChildren(AnswerView)[-1]
    places: list[int] = []

    def scroll_up() -> None:
        if len(messages(view)) > 4 and not places:
            view.verticalScrollBar().setValue(end(view) - 300)
            places.append(last.mapTo(view, QPoint()).y())

    view.verticalScrollBar().rangeChanged.connect(scroll_up)
    view.show()
    qtbot.waitUntil(lambda: len(messages(view)) == 40)

    qtbot.waitUntil(lambda: [last.mapTo(view, QPoint()).y()] == places)
    assert position(view) < end(view)


def test_a_long_answer_that_comes_at_once_is_written_piece_by_piece(qtbot: QtBot) -> None:
    text = "\n\n".join(f"Paragraph {n} with some words." for n in range(600))
    view = TranscriptView(Talk().ask().answer(text).model)
    qtbot.addWidget(view)
    shown = child(view, MarkdownText)
    assert 0 < len(shown.toPlainText()) < 3_000

    qtbot.waitUntil(lambda: shown.toPlainText().endswith("Paragraph 599 with some words."))
