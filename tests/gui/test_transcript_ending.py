"""How an answer ended, at every width: words and buttons stand apart, and inside."""

from itertools import combinations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.conversation import Answer
from desktop.domain.refusals import KeyRejected
from desktop.ui.transcript.ending import AnswerEnding
from tests.support.qt import child

CUT = Answer("qwen3-vl-plus", text="Half", finish="length")
ERROR = KeyRejected(host="dashscope.aliyuncs.com", status=401, detail="Incorrect API key.")
FAILED = Answer("qwen3-vl-plus", text="Half", finish="interrupted", error=ERROR)


@pytest.mark.parametrize("answer", [CUT, FAILED])
@pytest.mark.parametrize("points", [10, 22])
@pytest.mark.parametrize("width", [260, 420, 600, 760, 900])
def test_nothing_covers_anything(qtbot: QtBot, answer: Answer, points: int, width: int) -> None:
    ending = AnswerEnding()
    qtbot.addWidget(ending)
    ending.setStyleSheet(f"* {{ font-size: {points}pt }}")
    ending.show_answer(answer)
    ending.resize(width, ending.heightForWidth(width))
    ending.show()
    shown = [each for each in (*ending.findChildren(QPushButton), child(ending, QLabel)) if each.isVisible()]

    assert len(shown) == (3 if answer is CUT else 4)
    assert all(ending.rect().contains(each.geometry()) for each in shown)
    assert not [pair for pair in combinations(shown, 2) if pair[0].geometry().intersects(pair[1].geometry())]


def test_the_buttons_stand_beside_the_words_if_there_is_room(qtbot: QtBot) -> None:
    ending = AnswerEnding()
    qtbot.addWidget(ending)
    ending.show_answer(CUT)

    assert ending.heightForWidth(900) < ending.heightForWidth(260)
    assert ending.heightForWidth(900) == child(ending, QPushButton, "Continue").sizeHint().height()
