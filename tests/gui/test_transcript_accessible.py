"""The transcript as assistive technologies read it: every message, made or not, at any time."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from desktop.domain.conversation import Answer, Conversation
from desktop.domain.messages import user_message
from desktop.domain.provider_errors import ConnectionLost
from desktop.ui.transcript import accessible
from desktop.ui.transcript.accessible import AccessibleTranscript
from desktop.ui.transcript.accessible_items import AccessibleItems
from desktop.ui.transcript.accessible_message import AccessibleMessage
from desktop.ui.transcript.reasoning import Reasoning
from desktop.ui.transcript.view import TranscriptView
from tests.support.pictures import image
from tests.support.qt import child
from tests.support.shown_transcript import ShownTranscript, settle
from tests.support.transcripts import Talk

Role = QAccessible.Role
NAME = QAccessible.Text.Name
LOST = ConnectionLost(host="models.example")


@pytest.fixture(autouse=True)
def installed(qapp: QApplication) -> None:
    accessible.install()


@pytest.fixture
def heard() -> Iterator[None]:
    """Somebody listens."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def long_talk(messages: int) -> Talk:
    conversation = Conversation()
    for number in range(messages // 2):
        conversation = conversation.ask(user_message(f"Question about {number}?"))
        conversation = conversation.begin_answer(conversation.nodes[-1].id, "qwen3-vl-plus")
        answer = Answer("qwen3-vl-plus", f"It is **{number}**.\n\n- one\n- two", finish="stop")
        conversation = conversation.set_answer(conversation.nodes[-1].id, answer)
    talk = Talk()
    talk.show(conversation)
    return talk


def listed(shown: ShownTranscript) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(shown.view)


def words(item: QAccessibleInterface) -> str:
    text = item.textInterface()
    return text.text(0, text.characterCount())


def names_below(item: QAccessibleInterface) -> list[str]:
    """The names of all that is below `item`; each thing must know where it stands."""
    names = []
    for index in range(item.childCount()):
        child = item.child(index)
        assert item.indexOfChild(child) == index
        assert child.parent() is item or child.parent().object() is item.object()
        names += [child.text(NAME), *names_below(child)]
    return [name for name in names if name]


def test_all_messages_are_items_and_only_those_near_are_made(qtbot: QtBot) -> None:
    shown = ShownTranscript(qtbot, long_talk(2_000))
    made = len(shown.column.made())
    transcript = listed(shown)

    assert (transcript.role(), transcript.text(NAME)) == (Role.List, "Transcript")
    assert transcript.childCount() == 2_000
    items = [transcript.child(index) for index in (0, 1, 1_998, 1_999)]
    assert {item.role() for item in items} == {Role.ListItem}
    assert [item.text(NAME) for item in items] == [
        "Question 1: Question about 0?",
        "Answer 2: It is 0. one two",
        "Question 1999: Question about 999?",
        "Answer 2000: It is 999. one two",
    ]
    assert [words(item) for item in items[1::2]] == ["It is 0.\n• one\n• two", "It is 999.\n• one\n• two"]
    assert [transcript.indexOfChild(item) for item in items] == [0, 1, 1_998, 1_999]
    assert transcript.child(2_000) is None
    assert len(shown.column.made()) == made


def test_what_is_not_seen_is_said_to_be_elsewhere(qtbot: QtBot) -> None:
    shown = ShownTranscript(qtbot, long_talk(200))
    first, last = listed(shown).child(0), listed(shown).child(199)

    assert first.state().offscreen
    assert first.rect().bottom() < shown.view.mapToGlobal(QPoint()).y()
    assert not last.state().offscreen
    assert last.rect().center() == shown.message(199).mapToGlobal(shown.message(199).rect().center())
    assert listed(shown).childAt(*last.rect().center().toTuple()) is last

    shown.scroll_to(0)
    assert not first.state().offscreen
    assert last.state().offscreen


def test_the_way_back_to_the_end_stands_behind_the_messages(qtbot: QtBot) -> None:
    shown = ShownTranscript(qtbot, long_talk(40))
    transcript = listed(shown)
    assert transcript.childCount() == 40

    shown.scroll_to(0)

    assert transcript.childCount() == 41
    button = transcript.child(40)
    assert button.object() is shown.jump_button()
    assert transcript.indexOfChild(button) == 40
    assert transcript.childAt(*button.rect().center().toTuple()) is button


def test_the_buttons_of_a_message_stand_below_it(qtbot: QtBot, heard: None) -> None:
    shown = ShownTranscript(
        qtbot, Talk().ask("Which?", (image("a.png"),)).begin().think("Hm.").stream("So.").finish()
    )
    question, answer = listed(shown).child(0), listed(shown).child(1)

    assert names_below(question) == ["Image: a.png"]
    assert {"Copy", "Regenerate"} < set(names_below(answer))
    assert not {"Question", "Answer", "Reasoning"} & {*names_below(question), *names_below(answer)}


def test_a_long_answer_that_was_never_seen_is_read_as_it_was_written(qtbot: QtBot) -> None:
    text = "*So.* " * 400
    talk = Talk().ask().answer(text)
    for _ in range(12):
        talk.ask("", (image("a.png", (600, 400)),))
    shown = ShownTranscript(qtbot, talk)
    answer, last = listed(shown).child(1), listed(shown).child(13)
    assert (words(answer), words(last)) == (text, "")

    shown.scroll_to(0)

    qtbot.waitUntil(lambda: words(answer) == ("So. " * 400).rstrip())


def test_thoughts_are_read_once_they_are_unfolded(qtbot: QtBot) -> None:
    shown = ShownTranscript(qtbot, Talk().ask().begin().think("Hm.").stream("So.").finish())
    answer = listed(shown).child(1)
    assert words(answer) == "So."

    fold = child(shown.view, Reasoning)
    fold.click()

    assert words(answer) == "Hm.\nSo."
    assert fold.text() in names_below(answer)


def test_an_answer_that_comes_is_read_as_far_as_it_came(qtbot: QtBot, heard: None) -> None:
    talk = Talk().ask().begin()
    shown = ShownTranscript(qtbot, talk)
    answer = listed(shown).child(1)
    assert (answer.text(NAME), words(answer)) == ("Answer 2", "")
    assert answer.state().busy

    talk.stream("One\n\n", "two 😀 ")
    qtbot.waitUntil(lambda: words(answer) == "One\ntwo 😀")
    talk.stream("three").finish()

    assert words(answer) == "One\ntwo 😀 three"
    assert answer.text(NAME) == "Answer 2: One two 😀 three"
    assert not answer.state().busy
    assert listed(shown).child(1) is answer


def test_positions_count_as_qt_counts(qtbot: QtBot) -> None:
    shown = ShownTranscript(qtbot, Talk().ask("a😀b"))
    text = listed(shown).child(0).textInterface()

    assert text.characterCount() == 4
    assert text.text(0, 1) + text.text(1, 3) + text.text(3, 4) == "a😀b"
    assert text.text(1, -1) == "😀b"
    before, behind = text.characterRect(1), text.characterRect(3)
    assert before.left() < behind.left()
    assert text.offsetAtPoint(behind.center()) == 3
    assert text.offsetAtPoint(QPoint(-5, -5)) == -1


def test_a_place_in_a_message_is_scrolled_to(qtbot: QtBot) -> None:
    shown = ShownTranscript(qtbot, long_talk(200))
    item = listed(shown).child(40)

    item.textInterface().scrollToSubstring(0, 1)

    assert not item.state().offscreen


def test_keys_lead_through_all_messages_also_those_seen_together(qtbot: QtBot, heard: None) -> None:
    shown = ShownTranscript(qtbot, long_talk(4))
    transcript, view = listed(shown), shown.view
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)

    def focused() -> list[int]:
        return [index for index in range(4) if transcript.child(index).state().focused]

    assert focused() == [3]
    view.go_to_previous()
    view.go_to_previous()
    assert focused() == [1]
    view.go_to_next()
    assert focused() == [2]
    assert transcript.focusChild() is transcript.child(2)
    view.go_to_next()
    view.go_to_next()
    assert focused() == [3]


def test_messages_that_go_take_their_items_with_them(qtbot: QtBot, heard: None) -> None:
    talk = long_talk(40)
    shown = ShownTranscript(qtbot, talk)
    items = [listed(shown).child(index) for index in range(40)]

    talk.show(Conversation(talk.conversation.nodes[:10], talk.conversation.nodes[9].id))

    assert listed(shown).childCount() == 10
    assert [Shiboken.isValid(item) for item in items] == [True] * 10 + [False] * 30
    assert words(items[9]) == "It is 4.\n• one\n• two"


def test_another_answer_is_another_item(qtbot: QtBot, heard: None) -> None:
    talk = Talk().ask().answer("The first.")
    shown = ShownTranscript(qtbot, talk)
    first = listed(shown).child(1)

    talk.begin(question=talk.conversation.nodes[0].id).stream("The second.").finish()
    settle()

    assert not Shiboken.isValid(first)
    assert words(listed(shown).child(1)) == "The second."


def test_it_can_be_read_again_and_again(qtbot: QtBot) -> None:
    """An interface that Python lets go of while Qt holds it would end the process."""
    shown = ShownTranscript(qtbot, long_talk(100))
    for number in range(9_000):
        item = listed(shown).child(number // 10 % 100)
        assert words(item)
        if number % 1_000 == 0:
            shown.scroll_to(number)
            settle()
            gc.collect()
            names_below(listed(shown))


def test_a_view_that_goes_takes_everything_with_it(qapp: QApplication) -> None:
    view = TranscriptView(long_talk(10).model)
    view.show()
    settle()
    transcript = QAccessible.queryAccessibleInterface(view)
    everything = [transcript, *(transcript.child(index) for index in range(10))]
    names_below(transcript)

    view.deleteLater()
    settle()
    gc.collect()

    assert not [one for one in everything if Shiboken.isValid(one)]


def test_nothing_is_made_while_nobody_asks(qtbot: QtBot) -> None:
    talk = long_talk(20)
    shown = ShownTranscript(qtbot, talk)
    talk.ask("More?").answer("Much **more**.")
    shown.view.go_to_previous()
    talk.show(Conversation())
    settle()

    assert not QAccessible.isActive()
    kinds = AccessibleTranscript | AccessibleItems | AccessibleMessage
    assert not [one for one in gc.get_objects() if isinstance(one, kinds) and Shiboken.isValid(one)]


@pytest.mark.parametrize(
    ("how", "told"),
    [({}, "The answer has ended."), ({"finish": "interrupted", "error": LOST}, str(LOST))],
)
def test_how_an_answer_ended_is_announced(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, how: dict[str, object], told: str
) -> None:
    talk = Talk().ask().begin()
    shown = ShownTranscript(qtbot, talk)
    events = list[QAccessibleEvent]()
    monkeypatch.setattr(QAccessible, "updateAccessibility", events.append)
    talk.finish(**how)
    assert shown.view.isVisible()
    assert [each.message() for each in events if isinstance(each, QAccessibleAnnouncementEvent)] == [told]
