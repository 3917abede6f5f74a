"""How an answer ended, at every width: words and buttons stand apart, and inside."""

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.conversation import Answer
from desktop.domain.errors import AppError, NextStep
from desktop.domain.provider_errors import AnswerTooLong, CertificateUntrusted, ConnectionLost
from desktop.domain.refusals import (
    ContextTooLong,
    KeyRejected,
    ModelNotFound,
    RateLimited,
    RegionalKeyRejected,
    RequestTooLarge,
)
from desktop.domain.visible import visible
from desktop.ui.detail_text import DetailText
from desktop.ui.transcript.ending import AnswerEnding, has_ending
from desktop.ui.wording import step_words
from tests.support.qt import child, heard

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


@pytest.mark.parametrize("reasoning", ["", "Hm."])
def test_an_answer_without_a_word_says_so_and_can_be_asked_for_again(qtbot: QtBot, reasoning: str) -> None:
    answer = Answer("qwen3-vl-plus", reasoning=reasoning, finish="stop")
    ending = AnswerEnding()
    qtbot.addWidget(ending)
    ending.show_answer(answer)
    shown = [each.text() for each in ending.findChildren(QPushButton) if each.isVisibleTo(ending)]

    assert has_ending(answer)
    assert child(ending, QLabel).text() == "The model ended without saying anything."
    assert shown == ["Answer again"]


def failed(error: AppError) -> Answer:
    return Answer("qwen3-vl-plus", finish="interrupted", error=error)


@pytest.mark.parametrize(
    ("error", "step"),
    [
        (ConnectionLost(host="a.example"), NextStep.RETRY),
        (KeyRejected(host="a.example", status=401), NextStep.OPEN_SETTINGS),
        (CertificateUntrusted(host="a.example"), NextStep.OPEN_NETWORK_SETTINGS),
        (ModelNotFound(host="a.example", status=404, model="x"), NextStep.CHOOSE_MODEL),
        (RegionalKeyRejected(host="a.example", status=401), NextStep.TRY_REGIONS),
        (RequestTooLarge(host="a.example", status=413), NextStep.SHRINK_IMAGES),
        (ContextTooLong(host="a.example", status=400), NextStep.ASK_ALONE),
    ],
)
def test_the_next_step_is_a_button(qtbot: QtBot, error: AppError, step: NextStep) -> None:
    ending = AnswerEnding()
    qtbot.addWidget(ending)
    steps = heard(ending.next_step_requested)
    ending.show_answer(failed(error))
    shown = [each for each in ending.findChildren(QPushButton) if not each.isHidden()]
    buttons = [each for each in shown if each.text() == step_words(step)]
    QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)

    assert len(buttons) == 1
    assert steps == [step]


@pytest.mark.parametrize(
    ("error", "tone"),
    [
        (ConnectionLost(host="a.example"), "quiet"),
        (RateLimited(host="a.example", status=429), "quiet"),
        (KeyRejected(host="a.example", status=401), ""),
    ],
)
def test_only_who_has_to_act_is_called(qtbot: QtBot, error: AppError, tone: str) -> None:
    ending = AnswerEnding()
    qtbot.addWidget(ending)
    ending.show_answer(failed(error))

    assert ending.property("tone") == tone


@pytest.mark.parametrize(
    ("error", "may_go_on"),
    [(ConnectionLost(host="a.example"), True), (AnswerTooLong(host="a.example", millions=2), False)],
)
def test_what_was_too_long_to_take_is_not_sent_along(qtbot: QtBot, error: AppError, may_go_on: bool) -> None:
    ending = AnswerEnding()
    qtbot.addWidget(ending)
    ending.show_answer(Answer("qwen3-vl-plus", text="Half", finish="interrupted", error=error))

    assert child(ending, QPushButton, "Continue").isHidden() is not may_go_on


@pytest.mark.parametrize("words", ["<b>bold</b> <img src='file:///x.png'>", "שגיאה \u202e 400", "x" * 2000])
def test_details_are_the_server_s_words_and_can_be_copied(qtbot: QtBot, words: str) -> None:
    ending = AnswerEnding()
    qtbot.addWidget(ending)
    ending.show_answer(
        failed(RequestTooLarge(host="a.example", status=413, detail=f"{words}\nrequest id: 7"))
    )
    ending.resize(600, ending.heightForWidth(600))
    ending.show()
    child(ending, QPushButton, "Details").click()
    text = child(ending, DetailText)
    QTest.keyClick(text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text() == f"{visible(words)}\nrequest id: 7"
    assert text.height() < 10 * text.fontMetrics().lineSpacing()
    assert child(ending, QLabel).textFormat() is Qt.TextFormat.PlainText
