"""Before the first word something fails: why is said where the answer is awaited, and seconds count down."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.events import Notice
from desktop.domain.provider_errors import ConnectionLost
from desktop.domain.refusals import RateLimited
from desktop.ui.transcript.retrying import RetryLine
from desktop.viewmodels.transcript import Retry
from tests.support.qt import child
from tests.support.shown_transcript import ShownTranscript, settle
from tests.support.transcripts import Talk

BUSY = RateLimited(host="dashscope.aliyuncs.com", status=429)
LOST = ConnectionLost(host="dashscope.aliyuncs.com")
BUSY_WORDS = "dashscope.aliyuncs.com is busy or its rate limit is reached."


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What screen readers were told."""
    words = list[str]()

    def hear(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            words.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return words


def tick(line: RetryLine) -> None:
    """As a second later."""
    child(line, QTimer).timeout.emit()


def test_it_says_why_and_counts_down(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("desktop.ui.transcript.retrying.monotonic", lambda: now[0])
    line = RetryLine(Retry(BUSY, 104.0))
    qtbot.addWidget(line)
    said = [line.text()]
    for _ in range(5):
        now[0] += 1
        tick(line)
        said.append(line.text())

    assert said == [
        *(f"{BUSY_WORDS} Trying again in {seconds} s." for seconds in (4, 3, 2, 1)),
        *[f"{BUSY_WORDS} Trying again…"] * 2,
    ]


def test_it_is_told_to_screen_readers_once_for_each_retry(qtbot: QtBot, announced: list[str]) -> None:
    talk = Talk().ask().begin()
    shown = ShownTranscript(qtbot, talk)
    announced.clear()
    talk.retry(BUSY, 4.0)
    settle()
    line = child(shown.view, RetryLine)
    tick(line)
    tick(line)
    assert announced == [f"{BUSY_WORDS} Trying again in 4 s."]
    talk.retry(LOST, 8.0)
    assert child(shown.view, RetryLine) is line
    assert len(announced) == 2
    assert line.text() == "The connection to dashscope.aliyuncs.com broke off. Trying again in 8 s."


@pytest.mark.parametrize("ends", ["text", "thoughts", "notice", "end"])
def test_whatever_else_comes_takes_its_place(qtbot: QtBot, ends: str) -> None:
    talk = Talk().ask().begin()
    shown = ShownTranscript(qtbot, talk)
    talk.retry(BUSY, 4.0)
    assert child(shown.view, RetryLine).isVisible()
    match ends:
        case "text":
            talk.stream("A dog.")
        case "thoughts":
            talk.think("Hm.")
        case "notice":
            talk.notice(Notice.ASKED_ALONE)
        case _:
            talk.finish(finish="cancelled")
    settle()
    assert shown.view.findChild(RetryLine) is None
    assert shown.words(1) == ("A dog." if ends == "text" else "")


def test_it_stands_below_what_came_before_the_answer_was_cut_off(qtbot: QtBot) -> None:
    talk = Talk().ask().answer("Half an ans", finish="interrupted").resume()
    shown = ShownTranscript(qtbot, talk)
    talk.retry(BUSY, 4.0)
    settle()
    line = child(shown.view, RetryLine)
    assert line.y() >= shown.text(1).geometry().bottom()
    talk.stream("wer.")
    settle()
    assert shown.words(1) == "Half an answer."
    assert shown.view.findChild(RetryLine) is None


def test_nobody_counts_while_nobody_looks(qtbot: QtBot) -> None:
    talk = Talk().ask().begin().retry(BUSY, 40.0)
    shown = ShownTranscript(qtbot, talk)
    clock = child(child(shown.view, RetryLine), QTimer)
    assert clock.isActive()
    shown.view.hide()
    assert not clock.isActive()
    shown.view.show()
    assert clock.isActive()


def test_what_a_server_calls_itself_is_no_markup(qtbot: QtBot) -> None:
    line = RetryLine(Retry(RateLimited(host="<img src='file:///x.png'>", status=429), 0.0))
    qtbot.addWidget(line)
    line.show()
    QApplication.processEvents()
    assert line.text().startswith("<img src='file:///x.png'> is busy")
    assert line.textFormat().name == "PlainText"
