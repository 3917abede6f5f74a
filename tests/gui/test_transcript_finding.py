"""Searching a conversation of any length: all of it, in slices, and again only what grew."""

from itertools import chain

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.conversation import Answer, MessageId, Node
from desktop.domain.messages import user_message
from desktop.markdown.lines import LineStream
from desktop.markdown.plain import block_text
from desktop.markdown.search import find
from desktop.markdown.stream import MarkdownStream, parse
from desktop.runtime.tasks import TaskOwner
from desktop.ui.transcript.column import MessageColumn
from desktop.ui.transcript.finding import Finding
from desktop.ui.transcript.found import Hits
from desktop.ui.transcript.searched import SearchedText, read_blocks
from desktop.ui.transcript.words import blocks_of
from desktop.viewmodels.pictures import Pictures
from desktop.viewmodels.transcript import Entry
from tests.support.markdown import ANSWER
from tests.support.qt import heard
from tests.support.transcripts import Talk


def column_of(qtbot: QtBot, messages: int) -> MessageColumn:
    """So many messages, none of which has widgets."""
    surface = QWidget()
    qtbot.addWidget(surface)
    column = MessageColumn(surface, Pictures(None, TaskOwner()))
    for number in range(messages // 2):
        question, answer = MessageId(2 * number), MessageId(2 * number + 1)
        text = f"{ANSWER}\n\nAnswer {number}"
        column.append(Entry(Node(question, None, question=user_message(f"Question {number}"))))
        column.append(Entry(Node(answer, question, answer=Answer("m", text, finish="stop"))))
    return column


def searched(finding: Finding, qtbot: QtBot) -> int:
    qtbot.waitUntil(lambda: not finding.is_searching, timeout=30_000)
    return len(finding.found)


def test_all_of_two_thousand_messages_is_searched_and_the_window_stays_awake(qtbot: QtBot) -> None:
    column = column_of(qtbot, 2_000)
    finding = Finding(column, column)
    turns = list[None]()
    others = QTimer(column, interval=0)
    others.timeout.connect(lambda: turns.append(None))
    others.start()
    expected = sum(len(find(block_text(block), "a")) for entry in column for block in blocks_of(entry))

    finding.search("a", first=0)
    assert searched(finding, qtbot) == expected
    assert len(turns) > 50

    finding.search("Answer 99", first=0)
    assert searched(finding, qtbot) == 11
    finding.search("", first=0)
    assert searched(finding, qtbot) == 0


def test_what_is_read_is_searched_first(qtbot: QtBot) -> None:
    column = column_of(qtbot, 10)
    finding = Finding(column, column)
    order = heard(finding.message_searched)

    finding.search("answer", first=7)
    searched(finding, qtbot)

    assert order == [7, 8, 9, 0, 1, 2, 3, 4, 5, 6]


def test_another_needle_takes_the_place_of_one_that_is_looked_for(qtbot: QtBot) -> None:
    column = column_of(qtbot, 200)
    finding = Finding(column, column)

    finding.search("a", first=0)
    qtbot.waitUntil(lambda: len(finding.found) > 0)
    finding.search("Question 9", first=50)

    assert searched(finding, qtbot) == 11


def test_a_needle_that_comes_while_a_text_is_read_is_found_in_all_of_it(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.transcript.finding._SLICE_SECONDS", 0.0)
    column = column_of(qtbot, 2)
    expected = sum(len(find(block_text(block), "a")) for entry in column for block in blocks_of(entry))
    finding = Finding(column, column)

    for steps in range(20):
        finding.forget()
        finding.search("", first=0)
        for _ in range(steps):
            QApplication.processEvents()
        finding.search("a", first=0)
        assert searched(finding, qtbot) == expected


def test_what_was_forgotten_is_searched_anew(qtbot: QtBot) -> None:
    column = column_of(qtbot, 20)
    finding = Finding(column, column)
    finding.search("Question", first=0)
    searched(finding, qtbot)

    finding.forget()
    column.remove_from(10)
    assert len(finding.found) == 0

    finding.search("Question", first=0)
    assert searched(finding, qtbot) == 5


def test_an_empty_conversation_is_searched_at_once(qtbot: QtBot) -> None:
    column = column_of(qtbot, 0)
    finding = Finding(column, column)

    finding.search("a", first=0)

    assert searched(finding, qtbot) == 0


def test_blocks_are_read_step_by_step_as_they_are_read_at_once() -> None:
    text = ANSWER * 20 + "\n\n[late] *words*\n\n[late]: https://example.com\n"
    talk = Talk().ask(text).answer(text)

    for index in (0, 1):
        blocks = list(blocks_of(talk.model[index])[:0])
        steps = sum(1 for _ in read_blocks(talk.model[index], blocks))
        assert blocks == list(blocks_of(talk.model[index]))
        assert steps > 1


def test_only_what_grew_is_searched_again() -> None:
    stream, blocks, hits = MarkdownStream(), list(parse("")), Hits()
    text = SearchedText(hits)
    blocks.extend(stream.feed("a needle\n\n" * 50).committed)
    list(chain(text.read(blocks), text.find("needle")))
    assert len(hits) == len(blocks)

    blocks.extend(stream.feed("another needle\n\n").committed)

    grown = len(list(text.read(blocks)))
    assert grown == 1
    assert len(list(text.find("needle"))) == 2
    assert len(hits) == len(blocks)


def test_a_block_that_became_another_is_searched_again() -> None:
    lines, hits = LineStream(), Hits()
    blocks = list(lines.feed("needle\nx\nneedle\n").committed)
    text = SearchedText(hits)
    list(chain(text.read(blocks), text.find("needle")))

    blocks[1] = blocks[0]
    list(chain(text.read(blocks), text.find("needle")))
    assert len(hits) == 3
    del blocks[1:]
    list(chain(text.read(blocks), text.find("needle")))
    assert len(hits) == 1
