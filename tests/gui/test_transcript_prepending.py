"""The messages before a transcript's end come later than that: whoever reads it already, sees no change."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from desktop.ui.transcript import accessible
from desktop.ui.transcript.anchor import anchor_at
from desktop.ui.transcript.reasoning import Reasoning
from desktop.viewmodels.transcript import Entry
from tests.support.finding import Finding
from tests.support.qt import child, heard
from tests.support.shown_transcript import ShownTranscript, settle, words_in
from tests.support.transcripts import Talk, conversation_of

NAME = QAccessible.Text.Name
MESSAGES, END = 200, 20

TEXTS = [f"Question {n}?" if n % 2 == 0 else f"It is **{n}**.\n\n- one\n- two" for n in range(MESSAGES)]
TEXTS[-1] += "\n\nThe very end."
ENTRIES = [Entry(node) for node in conversation_of(TEXTS).path()]


class Read:
    """A conversation whose end is shown; then the whole of it."""

    def __init__(self, entries: list[Entry] | None = None) -> None:
        self.talk = Talk()
        self._entries = entries or ENTRIES
        self.talk.model.set_entries(self._entries[-END:])

    def all(self) -> None:
        """As from the disk: the same once more, in other objects."""
        self.talk.model.set_entries([Entry(*entry) for entry in self._entries])
        settle()


Show = Callable[[Talk], ShownTranscript]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    return lambda talk: ShownTranscript(qtbot, talk, height=300)


@pytest.fixture
def listened() -> Iterator[None]:
    accessible.install()
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


class Paints(QObject):
    """Counts what is painted of the messages that are seen."""

    def __init__(self, shown: ShownTranscript) -> None:
        super().__init__()
        self.count = 0
        for _, message in shown.column.made():
            message.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() in (QEvent.Type.Paint, QEvent.Type.Move)
        return False


# ── what is seen ────────────────────────────────────────────────────────────────────────────────


def test_the_end_stays_as_it_is(show: Show) -> None:
    read = Read()
    shown = show(read.talk)
    picture, made = shown.picture(), [message for _, message in shown.column.made()]
    paints = Paints(shown)

    read.all()

    assert paints.count == 0, "nothing was moved, nor painted anew"
    assert shown.picture() == picture
    assert [message for _, message in shown.column.made()] == made
    assert shown.position == shown.end
    assert shown.view.is_following


def test_it_is_the_same_as_if_all_had_been_shown_at_once(show: Show) -> None:
    read = Read()
    shown, other = show(read.talk), Talk()
    read.all()
    other.model.set_entries(ENTRIES)
    whole = show(other)

    assert list(words_in(shown.column)) == list(words_in(whole.column))
    for index in (MESSAGES - END, MESSAGES // 2, 0):
        shown.view.show_message(index)
        whole.view.show_message(index)
        settle()
        assert shown.picture() == whole.picture()
    assert shown.words(0) == "Question 0?"


def test_who_reads_further_up_stays_there(show: Show) -> None:
    read = Read()
    shown = show(read.talk)
    shown.scroll_to(shown.end // 3)
    settle()
    picture, at = shown.picture(), anchor_at(shown.column, shown.position)

    read.all()

    assert shown.picture() == picture
    assert anchor_at(shown.column, shown.position) == at._replace(message=at.message + MESSAGES - END)
    assert not shown.view.is_following


def test_who_is_at_the_first_message_finds_others_above_it(show: Show) -> None:
    read = Read()
    shown = show(read.talk)
    shown.scroll_to(0)
    settle()
    top = shown.top_of(0)

    read.all()
    assert shown.top_of(MESSAGES - END) == top
    shown.view.go_to_previous()
    settle()

    assert shown.words(MESSAGES - END - 1).startswith(f"It is {MESSAGES - END - 1}.")


def test_few_messages_that_fill_no_window_stand_below_the_others_then(show: Show) -> None:
    talk = Talk()
    talk.model.set_entries(ENTRIES[-1:])
    shown = show(talk)

    talk.model.set_entries(ENTRIES)
    settle()

    assert shown.position == shown.end
    assert shown.words(MESSAGES - 1).startswith(f"It is {MESSAGES - 1}.")


# ── what can be done ────────────────────────────────────────────────────────────────────────────


def test_buttons_tell_of_the_message_at_which_they_stand(show: Show) -> None:
    read = Read()
    shown = show(read.talk)
    asked = heard(shown.view.regenerate_requested)

    read.all()
    child(shown.message(MESSAGES - 1), QToolButton, "Regenerate").click()

    assert asked == [MESSAGES - 1]


def test_a_message_that_is_told_to_be_higher_takes_its_room(show: Show) -> None:
    thinking = conversation_of([*TEXTS[:-1], ""]).nodes[-1]
    answer = replace(thinking.answer, text="So.", reasoning="\n\n".join(["Hm."] * 30))  # type: ignore[type-var]
    read = Read([*ENTRIES[:-1], Entry(replace(thinking, answer=answer))])
    shown = show(read.talk)
    read.all()
    height, end = shown.column.height, shown.message(MESSAGES - 1).full_height

    child(shown.message(MESSAGES - 1), Reasoning).click()
    settle()

    assert shown.column.height - height == shown.message(MESSAGES - 1).full_height - end > 0


def test_what_is_selected_stays_selected(show: Show) -> None:
    read = Read()
    shown = show(read.talk)
    shown.drag(shown.place("Question 198"), shown.place("It is 199", behind=True))
    selected, picture = shown.selected(), shown.picture()

    read.all()

    assert selected == shown.selected() == "Question 198?\n---\nIt is 199"
    assert shown.picture() == picture
    shown.click(shown.place("very"), Qt.KeyboardModifier.ShiftModifier)
    assert shown.selected() == "Question 198?\n---\nIt is 199.\none\ntwo\nThe "


def test_words_are_selected_on_by_a_hand_that_had_begun(show: Show) -> None:
    read = Read()
    shown = show(read.talk)
    shown.drag_from_word(shown.place("199"))

    read.all()
    shown.drag_on(shown.place("very"))

    assert shown.selected() == "199.\none\ntwo\nThe very"


def test_hits_are_those_of_all_and_the_current_one_stays(qtbot: QtBot) -> None:
    read = Read()
    finding = Finding(qtbot, read.talk)
    finding.find("two", f"8 of {END // 2}")
    picture = finding.picture()

    read.all()

    finding.counts(f"{(MESSAGES - END) // 2 + 8} of {MESSAGES // 2}")
    assert finding.picture() == picture


# ── what is heard ───────────────────────────────────────────────────────────────────────────────


def test_items_are_the_same_and_know_which_ones_they_are(show: Show, listened: None) -> None:
    read = Read()
    shown = show(read.talk)
    transcript = QAccessible.queryAccessibleInterface(shown.view)
    last, first = transcript.child(END - 1), transcript.child(0)
    assert last.text(NAME) == f"Answer {END}: It is {MESSAGES - 1}. one two The very end."

    read.all()

    assert transcript.childCount() == MESSAGES
    assert transcript.indexOfChild(last) == MESSAGES - 1
    assert transcript.child(MESSAGES - 1) is last
    assert last.text(NAME) == f"Answer {MESSAGES}: It is {MESSAGES - 1}. one two The very end."
    assert transcript.indexOfChild(first) == MESSAGES - END
    assert transcript.child(0).text(NAME) == "Question 1: Question 0?"


def test_keys_lead_on_from_the_message_to_which_they_led(show: Show, listened: None) -> None:
    read = Read()
    shown = show(read.talk)
    shown.view.go_to_previous()
    assert shown.view.current == END - 2

    read.all()
    assert shown.view.current == MESSAGES - 2
    shown.view.go_to_previous()

    assert shown.view.current == MESSAGES - 3
