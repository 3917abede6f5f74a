"""The task bar's alert: for who went elsewhere while a long answer came, and for nobody else."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.conversation import Answer
from desktop.ui.attention import LONG_SECONDS, Attention
from tests.conftest import Run
from tests.support.windows import open_window

LONG = Answer("m", text="x", finish="stop", seconds=LONG_SECONDS)


@pytest.fixture
def alerts(monkeypatch: pytest.MonkeyPatch) -> list[QWidget]:
    """The windows whose alert was raised: no platform tells."""
    raised: list[QWidget] = []
    monkeypatch.setattr(QApplication, "alert", raised.append)
    return raised


@pytest.fixture
def unfocused(qtbot: QtBot) -> QWidget:
    """A window that nobody works in."""
    window = QWidget()
    qtbot.addWidget(window)
    assert QApplication.activeWindow() is None
    return window


@pytest.mark.parametrize(
    ("answer", "count"),
    [
        (LONG, 1),
        (Answer("m", finish="interrupted", seconds=60.0), 1),
        (Answer("m", finish="stop", seconds=LONG_SECONDS - 0.1), 0),
        (Answer("m", finish="cancelled", seconds=60.0), 0),
    ],
    ids=["long", "broken off", "short", "stopped"],
)
def test_a_long_answer_is_told_of(
    unfocused: QWidget, alerts: list[QWidget], answer: Answer, count: int
) -> None:
    Attention(unfocused).tell_of(answer)

    assert alerts == [unfocused] * count


def test_whoever_works_in_a_window_of_the_app_is_not_disturbed(
    unfocused: QWidget, alerts: list[QWidget], qtbot: QtBot
) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()

    Attention(unfocused).tell_of(LONG)

    assert alerts == []


def test_the_window_tells_of_its_answers(
    run: Run, undressed: QApplication, tmp_path: Path, alerts: list[QWidget]
) -> None:
    async def scenario() -> None:
        async with open_window(undressed, tmp_path) as window:
            window.session.chat.talk.answer_finished.emit(LONG)
            assert alerts == []

            window.window.hide()
            window.session.chat.talk.answer_finished.emit(LONG)
            assert alerts == [window.window]

    run(scenario())
