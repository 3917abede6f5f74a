"""An answer that was cut short goes on as if it had never ended, and what is read stays where it is."""

from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.errors import AppError, NextStep
from desktop.domain.events import FinishReason
from desktop.domain.models import READER_MODEL
from desktop.domain.provider_errors import ConnectionLost, WebPageInstead
from desktop.domain.refusals import KeyRejected
from desktop.markdown.stream import MarkdownStream, parse
from desktop.ui.detail_text import DetailText
from desktop.ui.transcript.text import MessageText, markdown_text
from tests.support.golden import golden_page
from tests.support.markdown import ANSWER, answer
from tests.support.qt import heard
from tests.support.shown_transcript import ShownTranscript, settle
from tests.support.transcripts import Talk

WIDTH = 600
LONG = answer(64_000)
PARAGRAPHS = "\n\n".join(f"Paragraph {number}" for number in range(2000))

TEXTS = [
    "One word, **two words** and `three of them`.\nThe next line",
    "```python\nif x:\n    return 1\n```\n\nAfter.",
    "~~~\nnever closed\n\n    at all",
    "- one\n- two\n\n  more of two\n1. three\n\n> quoted\nlazily",
    "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\nAfter the table.",
    "See [it] and [that][it].\n\n[it]: https://example.org 'It'\n\nEnd.\r\n\r\nBehind.",
    "Title\n=====\n\n***\n\nfoo\n---\nbar &amp; baz\\\nqux 😀 é",
]


def resumed(qtbot: QtBot, text: str, cut: int) -> MessageText:
    """`text`, which was shown as ended at `cut`."""
    shown = markdown_text()
    qtbot.addWidget(shown)
    shown.set_width(WIDTH)
    shown.see(0, 10_000)
    shown.append(text[:cut])
    shown.finish()
    qtbot.waitUntil(lambda: shown.is_settled)
    assert tuple(shown.blocks) == parse(text[:cut])
    shown.resume(MarkdownStream(), text[:cut])
    shown.append(text[cut:])
    shown.finish()
    qtbot.waitUntil(lambda: shown.is_settled)
    return shown


def image_of(shown: MessageText) -> QImage:
    shown.resize(WIDTH, shown.text_height)
    return shown.grab().toImage()


# ── the text ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", TEXTS)
def test_cut_anywhere_it_ends_as_the_whole(qtbot: QtBot, text: str) -> None:
    for cut in range(1, len(text)):
        assert tuple(resumed(qtbot, text, cut).blocks) == parse(text), text[:cut]


@pytest.mark.parametrize("seed", range(6))
def test_a_page_with_everything_on_it_cut_anywhere(qtbot: QtBot, seed: int) -> None:
    page = golden_page()
    shown = resumed(qtbot, page, Random(seed).randrange(1, len(page)))
    whole = resumed(qtbot, page, len(page))

    assert tuple(shown.blocks) == parse(page)
    qtbot.waitUntil(lambda: image_of(shown) == image_of(whole))


def test_what_has_not_changed_is_not_made_again(qtbot: QtBot) -> None:
    text = markdown_text()
    qtbot.addWidget(text)
    text.append(ANSWER)
    text.finish()
    before = list(text.blocks)

    text.resume(MarkdownStream(), ANSWER)

    assert text.is_settled
    assert len(before) > 10
    assert all(a is b for a, b in zip(before[:-1], text.blocks, strict=False))


def test_while_a_long_one_is_read_again_it_stays_as_it_is(qtbot: QtBot) -> None:
    text = markdown_text()
    qtbot.addWidget(text)
    text.append(LONG)
    text.finish()
    qtbot.waitUntil(lambda: text.is_settled)
    before, height = list(text.blocks), text.text_height

    text.resume(MarkdownStream(), LONG)
    text.append(" And on.")
    is_settled_at_once = text.is_settled
    assert (list(text.blocks), text.text_height) == (before, height)
    qtbot.waitUntil(lambda: text.is_settled)
    text.finish()

    assert not is_settled_at_once
    assert tuple(text.blocks) == parse(LONG + " And on.")


def test_one_that_is_still_taken_in_just_goes_on(qtbot: QtBot) -> None:
    text = markdown_text()
    qtbot.addWidget(text)
    text.append(LONG)
    text.finish()
    assert not text.is_settled

    text.resume(MarkdownStream(), LONG)
    text.append(" And on.")
    text.finish()
    qtbot.waitUntil(lambda: text.is_settled)

    assert tuple(text.blocks) == parse(LONG + " And on.")


# ── the answer ──────────────────────────────────────────────────────────────────────────────────


def visible(shown: ShownTranscript) -> dict[str, QAbstractButton]:
    buttons = shown.view.findChildren(QAbstractButton)
    return {each.accessibleName() or each.text(): each for each in buttons if each.isVisible()}


def press(shown: ShownTranscript, name: str) -> None:
    QTest.mouseClick(visible(shown)[name], Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("finish", ["interrupted", "cancelled", "length"])
def test_what_was_cut_short_can_go_on_or_be_said_again(qtbot: QtBot, finish: FinishReason) -> None:
    shown = ShownTranscript(qtbot, Talk().ask().answer("Half an ans", finish=finish))
    going_on = heard(shown.view.continue_requested)
    again = heard(shown.view.regenerate_requested)

    press(shown, "Continue")
    press(shown, "Answer again")

    assert going_on == again == [1]


@pytest.mark.parametrize(
    ("text", "model", "finish", "buttons"),
    [
        ("", "qwen3-vl-plus", "cancelled", {"Answer again"}),
        ("Half", READER_MODEL, "cancelled", {"Answer again"}),
        ("All.", "qwen3-vl-plus", "stop", set()),
        ("Half", "qwen3-vl-plus", "content_filter", set()),
    ],
)
def test_what_cannot_go_on_does_not_offer_it(
    qtbot: QtBot, text: str, model: str, finish: FinishReason, buttons: set[str]
) -> None:
    shown = ShownTranscript(qtbot, Talk().ask().begin(model).stream(text).finish(finish=finish))

    assert visible(shown).keys() & {"Continue", "Answer again"} == buttons


@pytest.mark.parametrize(
    ("error", "text", "buttons"),
    [
        (ConnectionLost(host="example.com"), "Half", {"Try again", "Continue"}),
        (ConnectionLost(host="example.com"), "", {"Try again"}),
        (KeyRejected(host="example.com", status=401), "Half", {"Open settings", "Continue"}),
        (AppError(), "Half", {"Continue", "Answer again"}),
        (WebPageInstead(host="example.com"), "", {"Open settings", "Try again"}),
    ],
)
def test_a_failed_one_keeps_its_own_next_step(
    qtbot: QtBot, error: AppError, text: str, buttons: set[str]
) -> None:
    talk = Talk().ask().begin().stream(text).finish(finish="interrupted", error=error)
    shown = ShownTranscript(qtbot, talk)
    offered = {"Try again", "Open settings", "Continue", "Answer again"}

    assert visible(shown).keys() & offered == buttons
    assert error.next_step in (None, NextStep.RETRY, NextStep.OPEN_SETTINGS)


def test_the_ending_goes_and_the_answer_streams_on(qtbot: QtBot) -> None:
    error = ConnectionLost(host="example.com", detail="reset by peer")
    talk = Talk().ask().answer("Half an ans", finish="interrupted", error=error)
    shown = ShownTranscript(qtbot, talk)

    press(shown, "Details")
    talk.resume()
    settle()
    assert not visible(shown).keys() & {"Continue", "Try again", "Details", "Copy", "Regenerate"}
    assert not shown.view.findChildren(DetailText)

    talk.stream("wer, **bo")
    assert shown.words(1) == "Half an answer, **bo"
    talk.stream("ld**.").finish()
    settle()

    assert shown.words(1) == "Half an answer, bold."
    assert visible(shown).keys() >= {"Copy", "Regenerate"}
    assert "Continue" not in visible(shown)


def test_it_can_be_cut_short_again(qtbot: QtBot) -> None:
    talk = Talk().ask().answer("One ", finish="cancelled")
    shown = ShownTranscript(qtbot, talk)
    for word in ("two ", "three "):
        talk.resume().stream(word).finish(finish="interrupted")
        settle()

    assert shown.words(1) == "One two three"
    assert "Continue" in visible(shown)


def test_thoughts_that_go_on_are_added(qtbot: QtBot) -> None:
    talk = Talk().ask().begin().think("Hm. ").stream("Half").finish(finish="length", thinking_seconds=3)
    shown = ShownTranscript(qtbot, talk)

    talk.resume().think("So.").stream(" more").finish(thinking_seconds=3)
    press(shown, "Thought for 3 s")
    settle()

    assert shown.words(1, -1) == "Hm. So."
    assert shown.words(1) == "Half more"


# ── where the reader is ─────────────────────────────────────────────────────────────────────────


def test_what_is_read_stays_where_it_is(qtbot: QtBot) -> None:
    talk = Talk().ask().answer(PARAGRAPHS, finish="interrupted")
    shown = ShownTranscript(qtbot, talk)
    qtbot.waitUntil(lambda: shown.text(1).is_settled)
    shown.scroll_to(shown.end // 2)
    settle()
    before, picture = shown.position, shown.picture()

    talk.resume().stream(" And on")
    for _ in range(200):
        QApplication.processEvents()
        assert shown.position == before
    qtbot.waitUntil(lambda: shown.text(1).is_settled)

    assert shown.picture() == picture
    assert not shown.view.is_following


def test_at_the_end_it_is_followed(qtbot: QtBot) -> None:
    talk = Talk().ask().answer(ANSWER, finish="interrupted")
    shown = ShownTranscript(qtbot, talk)
    before = shown.end

    talk.resume().stream("\n\nline" * 100)
    qtbot.waitUntil(lambda: shown.end > before + 500)

    assert shown.position == shown.end


def test_one_in_the_middle_goes_on_beside_what_was_said_after_it(qtbot: QtBot) -> None:
    talk = Talk().ask().answer(PARAGRAPHS, finish="interrupted")
    cut = talk.conversation.leaf
    talk.ask("And then?").answer(ANSWER)
    shown = ShownTranscript(qtbot, talk)
    shown.scroll_to(200)
    qtbot.waitUntil(lambda: shown.text(1).is_settled)
    settle()
    before, picture = shown.position, shown.picture()

    talk.resume(cut).stream(" more")
    settle()

    assert len(shown.column) == 2
    assert shown.position == before
    assert shown.picture() == picture
    qtbot.waitUntil(lambda: shown.words(1).endswith("more"))
