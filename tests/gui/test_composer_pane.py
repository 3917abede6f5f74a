"""What stands around the prompt: progress, totals, switches, and the offer to attach an address."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QProgressBar, QToolButton
from pytestqt.qtbot import QtBot

from desktop.domain.images import ImageInput
from desktop.domain.messages import LinkPart
from desktop.domain.models import Model
from desktop.domain.settings import Endpoint
from desktop.ui.composer import ComposerPane
from desktop.ui.elided import ElidedLabel
from desktop.ui.loading_line import LoadingLine
from desktop.ui.prompt import PromptEdit
from desktop.ui.totals_line import TotalsLine
from desktop.viewmodels.composer import ComposerViewModel, LoadProgress
from tests.support.pictures import composer, image
from tests.support.qt import child, heard

LEFT = Qt.MouseButton.LeftButton
LINK = "https://pictures.example.com/a.png"
NEAR = Endpoint("custom", base_url="http://localhost:11434/v1")


@pytest.fixture(autouse=True)
def american() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


class Pane:
    """A pane over a composer whose model holds `context` tokens."""

    def __init__(self, qtbot: QtBot) -> None:
        self.composer: ComposerViewModel = composer()
        self.choose("qwen3-vl-plus")
        self.view = ComposerPane(self.composer)
        self.view.set_model("qwen3-vl-plus")
        qtbot.addWidget(self.view)
        self.view.resize(760, 300)
        self.view.show()

    def choose(self, model: str, context: int | None = None, endpoint: Endpoint | None = None) -> None:
        chosen = replace(Model(model), context=context)
        self.composer.set_model(chosen, full_detail=False, endpoint=endpoint or Endpoint())

    @property
    def totals(self) -> TotalsLine:
        return child(self.view, TotalsLine)

    def button(self, name: str) -> QToolButton:
        return child(self.view, QToolButton, name)

    def type(self, text: str) -> None:
        QTest.keyClicks(child(self.view, PromptEdit), text)


@pytest.fixture
def pane(qtbot: QtBot) -> Pane:
    return Pane(qtbot)


def images(count: int) -> list[ImageInput]:
    return [replace(image(f"{number}.png", (3840, 2160)), data=b"x" * 1_400_000) for number in range(count)]


# ── progress ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def line(qtbot: QtBot) -> LoadingLine:
    line = LoadingLine()
    qtbot.addWidget(line)
    return line


def said(line: LoadingLine) -> str:
    return child(line, ElidedLabel).text()


def test_reading_many_says_how_far_it_is(line: LoadingLine, qtbot: QtBot) -> None:
    line.show_progress(LoadProgress(12, 60), is_waiting_to_send=False)
    assert line.isHidden(), "what is over at once is not worth a line"
    qtbot.waitUntil(line.isVisible)
    bar = child(line, QProgressBar)

    assert said(line) == "Reading images: 12 of 60"
    assert (bar.value(), bar.maximum(), bar.isVisible()) == (12, 60, True)


def test_reading_one_has_no_bar(line: LoadingLine, qtbot: QtBot) -> None:
    line.show_progress(LoadProgress(0, 1), is_waiting_to_send=False)
    qtbot.waitUntil(line.isVisible)

    assert said(line) == "Reading the image…"
    assert not child(line, QProgressBar).isVisible()


def test_who_waits_to_send_sees_it_at_once(line: LoadingLine) -> None:
    for progress in (LoadProgress(0, 2), None):
        line.show_progress(progress, is_waiting_to_send=True)
        assert line.isVisible()
        assert said(line) == "Will be sent when the images are read…"
    line.show_progress(None, is_waiting_to_send=False)
    assert line.isHidden()


def test_cancel_is_one_click(line: LoadingLine, qtbot: QtBot) -> None:
    cancelled = heard(line.cancel_requested)
    line.show_progress(LoadProgress(1, 3), is_waiting_to_send=True)
    QTest.mouseClick(child(line, QToolButton, "Cancel reading"), LEFT)

    assert len(cancelled) == 1


# ── what comes back ─────────────────────────────────────────────────────────────────────────────


def test_what_comes_back_is_typed_on_behind_its_end(pane: Pane) -> None:
    pane.composer.put("Which of these", ())
    QTest.keyClicks(child(pane.view, PromptEdit), " is mine?")

    assert pane.composer.text == "Which of these is mine?"


# ── totals ──────────────────────────────────────────────────────────────────────────────────────


def test_few_images_need_no_total(pane: Pane) -> None:
    pane.composer.put("", images(3))

    assert pane.totals.isHidden()


def test_many_images_are_added_up(pane: Pane) -> None:
    pane.composer.put("", images(60))

    assert pane.totals.text() == "60 images · 84 MB · ≈ 148,860 tokens"
    assert pane.totals.property("role") == "muted"
    assert pane.totals.toolTip() == pane.totals.text()


def test_too_many_tokens_are_warned_of(pane: Pane) -> None:
    pane.choose("qwen3-vl-plus", context=4_000)
    pane.composer.put("", images(2))

    assert pane.totals.text() == "More than qwen3-vl-plus takes in · 2 images · 2.8 MB · ≈ 4,962 tokens"
    assert pane.totals.property("role") == "warning"
    pane.composer.remove(0)
    assert pane.totals.isHidden()


# ── links ───────────────────────────────────────────────────────────────────────────────────────


def offer(pane: Pane) -> QToolButton:
    return pane.button("Attach the web address")


def test_an_address_in_the_text_is_offered_and_taken_by_a_click(pane: Pane) -> None:
    pane.type(f"What is on {LINK}")
    assert offer(pane).text() == "Attach the image at pictures.example.com"
    assert not pane.composer.items, "nothing happens without a click"
    QTest.mouseClick(offer(pane), LEFT)

    assert pane.composer.items == (LinkPart(LINK),)
    assert not offer(pane).isVisible()
    assert child(pane.view, PromptEdit).toPlainText() == f"What is on {LINK}", "the text is the user's"


def test_an_address_that_was_taken_is_not_offered_again(pane: Pane) -> None:
    pane.type(LINK)
    QTest.mouseClick(offer(pane), LEFT)
    pane.composer.remove(0)
    pane.type(" and")
    assert not offer(pane).isVisible()
    pane.type(" https://example.com/b.webp")
    assert offer(pane).toolTip() == "https://example.com/b.webp"


def test_text_without_an_image_s_address_offers_nothing(pane: Pane) -> None:
    pane.type("see https://example.com/page and a.png")

    assert not offer(pane).isVisible()


def test_send_says_why_it_waits_for_an_address(pane: Pane) -> None:
    pane.choose("qwen3-vl:8b", endpoint=NEAR)
    pane.composer.put("What is this?", [LinkPart(LINK)])

    assert not pane.button("Send").isEnabled()
    assert pane.button("Send").toolTip() == "Web addresses are not taken here: fetch or remove them first"
    pane.composer.remove(0)
    assert pane.button("Send").toolTip() == "Send (Enter)"


# ── switches and the menu ───────────────────────────────────────────────────────────────────────


def test_a_switch_is_there_for_what_the_model_has(pane: Pane) -> None:
    toggled = heard(pane.view.tools.rotated_toggled)
    pane.view.tools.show_switches(thinking=None, full_detail=False, rotated=False)
    assert not pane.button("Thinking").isVisible()
    assert not pane.button("Rotated photo").isChecked()
    QTest.mouseClick(pane.button("Rotated photo"), LEFT)
    assert toggled == [True]
    pane.view.tools.show_switches(thinking=True, full_detail=False, rotated=None)

    assert pane.button("Thinking").isChecked()
    assert not pane.button("Rotated photo").isVisible()


def test_the_plus_opens_what_can_be_added(pane: Pane) -> None:
    actions = [QAction("Add images…", pane.view), QAction("Add web address…", pane.view)]
    pane.view.tools.set_add_actions(actions)
    QTest.mouseClick(pane.button("Add images"), LEFT)
    menu = child(pane.view.tools, QMenu)

    assert menu.isVisible()
    assert menu.actions() == actions
