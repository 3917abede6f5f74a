"""The keys with which one reads."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.shown_transcript import CONTROL, NO_MODIFIER, SHIFT, ShownTranscript, clipboard
from tests.support.transcripts import Talk

Key = Qt.Key
LONG = "\n\n".join(f"Line {number}." for number in range(200))


@pytest.fixture
def shown(qtbot: QtBot) -> ShownTranscript:
    shown = ShownTranscript(qtbot, Talk().ask("Why?").answer(LONG).ask("And?").answer(LONG))
    shown.scroll_to(1_000)
    return shown


@pytest.mark.parametrize("modifier", [NO_MODIFIER, CONTROL])
def test_to_the_beginning_and_to_the_end(shown: ShownTranscript, modifier: Qt.KeyboardModifier) -> None:
    shown.key(Key.Key_Home, modifier)
    assert shown.position == 0

    shown.key(Key.Key_End, modifier)
    assert shown.position == shown.end


@pytest.mark.parametrize(
    ("key", "modifier", "direction"),
    [
        (Key.Key_PageDown, NO_MODIFIER, 1),
        (Key.Key_Space, NO_MODIFIER, 1),
        (Key.Key_PageUp, NO_MODIFIER, -1),
        (Key.Key_Space, SHIFT, -1),
    ],
)
def test_a_page_keeps_some_lines_of_the_one_before(
    shown: ShownTranscript, key: Qt.Key, modifier: Qt.KeyboardModifier, direction: int
) -> None:
    room = shown.view.viewport().height()

    shown.key(key, modifier)

    assert room - 60 < direction * (shown.position - 1_000) < room - 30


def test_arrows_scroll_by_lines(shown: ShownTranscript) -> None:
    shown.key(Key.Key_Down)
    shown.key(Key.Key_Down)
    shown.key(Key.Key_Up)

    assert 1_000 < shown.position < 1_100


def test_other_keys_scroll_nowhere(shown: ShownTranscript) -> None:
    shown.key(Key.Key_X)
    shown.key(Key.Key_Space, CONTROL)

    assert shown.position == 1_000


def test_all_is_selected_and_copied(shown: ShownTranscript) -> None:
    shown.key(Key.Key_A, CONTROL)
    shown.key(Key.Key_C, CONTROL)

    assert clipboard()["text/plain"].startswith("Why?")
    assert clipboard()["text/plain"].rstrip().endswith("Line 199.")
