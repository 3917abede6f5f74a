"""The measurements of conversations, on ones so short that they only show that everything works."""

import pytest
from PySide6.QtWidgets import QApplication

from tests.support.scripts import load_script

bench = load_script("bench_conversation")
corpus = load_script("conversation_corpus")


def test_questions_and_answers_take_turns() -> None:
    path = corpus.conversation(6).path()

    assert [node.question is None for node in path] == [False, True] * 3
    assert [node.answer.text for node in path if node.answer] == corpus.said(6)[1::2]


def test_conversations_are_opened_at_their_end(qapp: QApplication) -> None:
    figure = bench.opening_figure(8, 4, 1)

    assert figure.name == "conversation_open_2k_over_100"
    assert figure.value > 0


@pytest.mark.parametrize("side", ["transcript", "widgets"])
def test_messages_take_memory(side: str) -> None:
    assert bench.memory_of(side, 40) > 0


def test_the_app_is_watched_while_it_does_nothing() -> None:
    figure = bench.idle_figure(0.0, 0.1)

    assert figure.name == "idle_cpu"
    assert figure.value >= 0
