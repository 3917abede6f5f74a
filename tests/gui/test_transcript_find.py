"""Finding in a conversation: everything is found, marked, and led to, whatever grows or is far away."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from desktop.ui.transcript.box import WideBox
from desktop.ui.transcript.reasoning import Reasoning
from tests.support.finding import Finding
from tests.support.qt import child
from tests.support.transcripts import Talk

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
FILLING = "\n\n".join(["Some other words."] * 60)

Begin = Callable[[Talk], Finding]


@pytest.fixture
def begin(qtbot: QtBot) -> Begin:
    return lambda talk: Finding(qtbot, talk)


# ── what is found ───────────────────────────────────────────────────────────────────────────────


def test_all_is_found_and_marked_in_every_kind_of_text(begin: Begin) -> None:
    answer = "# Needle\n\nA **nee**dle\n\n```\nneedle\n```\n\n| a | b |\n|---|---|\n| x | NEEDLE |\n"
    finding = begin(Talk().ask("a needle").answer(answer))

    finding.find("needle", "1 of 5")

    assert finding.current() == 1
    assert finding.found() == 4


def test_what_is_not_there_is_not_found(begin: Begin) -> None:
    finding = begin(Talk().ask("a needle").answer("**two** words"))

    finding.find("**two", "Not found")

    assert not child(finding.bar, QToolButton, "Next hit").isEnabled()
    assert finding.current() == finding.found() == 0


def test_an_empty_needle_says_nothing(begin: Begin) -> None:
    finding = begin(Talk().ask("a needle").answer("x"))
    finding.find("needle", "1 of 1")

    finding.edit.clear()

    finding.counts("")
    assert finding.current() == 0


def test_case_width_and_chinese(begin: Begin) -> None:
    finding = begin(Talk().ask("图里有什么？").answer("数据，ＤＡＴＡ，数据…"))

    finding.find("数据", "1 of 2")
    finding.edit.setText("data")
    finding.counts("1 of 1")


def test_thoughts_are_searched_while_they_are_unfolded(begin: Begin) -> None:
    talk = Talk().ask("Why?").begin().think("a needle").stream("the needle").finish(thinking_seconds=1)
    finding = begin(talk)
    finding.find("needle", "1 of 1")

    child(finding.view, Reasoning).click()
    finding.counts("2 of 2")
    finding.press(Key.Key_Return)
    finding.counts("1 of 2")

    child(finding.view, Reasoning).click()
    finding.counts("1 of 1")


def test_what_streams_is_found_as_it_comes(begin: Begin) -> None:
    talk = Talk().ask("Why?").begin().stream("a needle\n\n- an")
    finding = begin(talk)
    finding.find("needle", "1 of 1")

    talk.stream("other nee")
    talk.stream("dle\n")
    finding.counts("1 of 2")
    talk.stream("\n[nee][l]dle\n\n[l]: https://example.com\n").finish()

    finding.counts("1 of 3")


def test_messages_that_come_are_searched(begin: Begin) -> None:
    talk = Talk().ask("a needle").answer("x")
    finding = begin(talk)
    finding.find("needle", "1 of 1")

    talk.ask("another needle").answer("needle")

    finding.counts("1 of 3")


def test_another_conversation_is_searched_anew(begin: Begin) -> None:
    talk = Talk().ask("a needle").answer("needle")
    finding = begin(talk)
    finding.find("needle", "1 of 2")

    talk.show(Talk().ask("no pins").answer("and no needle").conversation)

    finding.counts("1 of 1")


def test_an_empty_conversation_closes_the_bar(begin: Begin) -> None:
    talk = Talk().ask("a needle").answer("needle")
    finding = begin(talk)
    finding.find("needle", "1 of 2")

    talk.show(Talk().conversation)

    assert finding.bar.isHidden()


# ── the way to it ───────────────────────────────────────────────────────────────────────────────


def test_keys_and_buttons_go_through_the_hits_and_around(begin: Begin) -> None:
    finding = begin(Talk().ask("one needle").answer("two needles, three needles"))
    finding.find("needle", "1 of 3")

    finding.press(Key.Key_Return)
    assert finding.count == "2 of 3"
    finding.press(Key.Key_Enter)
    assert finding.count == "3 of 3"
    finding.click("Next hit")
    assert finding.count == "1 of 3"
    finding.press(Key.Key_Return, SHIFT)
    assert finding.count == "3 of 3"
    finding.click("Previous hit")
    assert finding.count == "2 of 3"
    finding.pane.go_to_next()
    assert finding.count == "3 of 3"
    finding.pane.go_to_previous()
    assert finding.count == "2 of 3"


def test_a_far_hit_is_led_to(begin: Begin) -> None:
    talk = Talk().ask("Why?")
    for number in range(30):
        talk.answer(FILLING + f"\n\nThe needle {number}.").ask("And?")
    finding = begin(talk)
    finding.view.verticalScrollBar().setValue(0)

    finding.find("needle", "1 of 30")
    finding.leads_to_a_hit()
    for number in (30, 29, 28):
        finding.press(Key.Key_Return, SHIFT)
        finding.counts(f"{number} of 30")
        finding.leads_to_a_hit()


def test_the_first_hit_is_the_first_below_what_is_read(begin: Begin) -> None:
    talk = Talk().ask("needle").answer(FILLING).ask("needle").answer(FILLING).ask("needle").answer(FILLING)
    finding = begin(talk)
    finding.view.verticalScrollBar().setValue(finding.view.verticalScrollBar().maximum() // 2)

    finding.find("needle", "3 of 3")


def test_below_the_last_hit_it_is_the_first(begin: Begin) -> None:
    finding = begin(Talk().ask("needle").answer(f"needle\n\n{FILLING}"))

    finding.find("needle", "1 of 2")
    finding.leads_to_a_hit()


def test_typing_on_stays_at_the_hit(begin: Begin) -> None:
    finding = begin(Talk().ask("pin, needle").answer("a needle, a needlework"))
    finding.find("need", "1 of 3")
    finding.press(Key.Key_Return)
    assert finding.count == "2 of 3"

    finding.edit.setText("needle")
    finding.counts("2 of 3")
    finding.edit.setText("needlework")
    finding.counts("1 of 1")


def test_what_can_be_seen_is_not_moved(begin: Begin) -> None:
    finding = begin(Talk().ask("Why?").answer(f"one needle\n\ntwo needles\n\n{FILLING}"))
    finding.view.verticalScrollBar().setValue(0)
    finding.pane.open()
    before = finding.view.verticalScrollBar().value()

    finding.find("needle", "1 of 2")
    finding.press(Key.Key_Return)

    assert finding.view.verticalScrollBar().value() == before


@pytest.mark.parametrize(
    "text",
    [
        "```\n" + "x" * 5000 + " needle " + "x" * 300 + "\n```\n",
        "|" + " some words |" * 40 + " needle |\n|" + "---|" * 41 + "\n",
    ],
    ids=["code", "table"],
)
def test_a_hit_far_to_the_right_is_pushed_into_sight(text: str, begin: Begin) -> None:
    finding = begin(Talk().ask("Why?").answer(text))

    finding.find("needle", "1 of 1")

    finding.leads_to_a_hit()
    message = finding.view.column.find(1)
    assert message is not None
    found = message.text.stack.found_at(QPoint().toPointF())
    assert found is not None
    assert isinstance(found[1], WideBox)
    assert found[1].pushed > 0


def test_deep_in_a_long_answer(begin: Begin) -> None:
    words = "some more words " * 3_000
    finding = begin(Talk().ask("Why?").answer(f"{words}needle {words}\n\n{FILLING}"))
    finding.view.verticalScrollBar().setValue(0)

    finding.find("needle", "1 of 1")

    finding.leads_to_a_hit()


def test_hits_come_into_sight_marked(begin: Begin, qtbot: QtBot) -> None:
    talk = Talk().ask("needle")
    for _ in range(20):
        talk.answer(FILLING).ask("needle")
    finding = begin(talk)
    finding.view.verticalScrollBar().setValue(0)
    finding.find("needle", "1 of 21")

    finding.view.go_to_end()

    qtbot.waitUntil(lambda: finding.found() == 1)
