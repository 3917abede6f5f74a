"""Hostile answers in the app's own window, and all that a reader does with them: nothing acts."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.domain.events import Finished, TextDelta
from desktop.domain.link_targets import LinkTarget
from desktop.domain.settings import Settings
from desktop.markdown.stream import parse
from desktop.ui.doubtful_link_dialog import DoubtfulLinkDialog
from desktop.ui.tips import plain_tip
from desktop.ui.transcript.copying import Form
from desktop.ui.transcript.find_bar import FindBar
from desktop.ui.transcript.finder import Finder
from desktop.ui.transcript.view import TranscriptView
from tests.conftest import Run
from tests.support.hostile import Hostile
from tests.support.hostile_html import HTML
from tests.support.hostile_links import LINKS
from tests.support.link_hand import Browser, LinkHand
from tests.support.qt import child, first
from tests.support.server import ScriptedServer, whole
from tests.support.stage import until
from tests.support.windows import OpenWindow, deleted, open_window

SETTINGS = Settings(model="qwen3-vl-plus", language="en", theme="light")
BATCH = 32
EVERYTHING = (*LINKS, *HTML)
BATCHES = [EVERYTHING[begin : begin + BATCH] for begin in range(0, len(EVERYTHING), BATCH)]


@pytest.fixture
def browser(qapp: QApplication) -> Iterator[Browser]:
    with Browser() as browser:
        yield browser


def view_of(window: OpenWindow) -> TranscriptView:
    return child(window.window, TranscriptView)


async def painted(window: OpenWindow) -> None:
    """Until all that is seen is laid out and painted."""
    await deleted()
    assert not view_of(window).viewport().grab().isNull()
    await deleted()


async def links_of(window: OpenWindow) -> dict[QPoint, LinkTarget]:
    """The links of the last answer, once it has all of them and stands still."""
    node, hand = window.session.chat.transcript[-1].node, LinkHand(view_of(window))
    assert node.answer is not None
    blocks, before = parse(node.answer.text), None
    while hand.blocks() != blocks or (links := hand.links()) != before:
        before = hand.links()
        await deleted()
    return links


async def ask(window: OpenWindow, answer: str) -> None:
    window.backend.answer_with(TextDelta(answer[: len(answer) // 2]), TextDelta(answer[len(answer) // 2 :]))
    window.type("?")
    window.enter()
    await window.answered()
    await painted(window)


async def dismissed(window: OpenWindow) -> str:
    """The address that the dialog over the window asks about, once it is closed by Escape."""
    dialog = child(window.window, DoubtfulLinkDialog)
    address = dialog.target.address
    gone = first(dialog.destroyed)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    await gone
    return address


async def try_links(window: OpenWindow, browser: Browser) -> int:
    """Rest on each link of the last answer, and click it: one that there are doubts about only asks."""
    hand = LinkHand(view_of(window))
    links = await links_of(window)
    for point, target in links.items():
        assert hand.rest_on(point) == plain_tip(target.brief)
        assert browser.opened == []
        hand.click(point)
        if target.doubts:
            assert await dismissed(window) == target.address
            assert browser.opened == []
        else:
            assert browser.opened == [target.address]
            browser.opened.clear()
    return len(links)


async def read(window: OpenWindow) -> None:
    """Find in it, select it, copy it in each form, and hear it."""
    view = view_of(window)
    window.action("find").trigger()
    counted = child(window.window, Finder).counted
    edit = child(child(window.window, FindBar), QLineEdit)
    told = first(counted)
    QTest.keyClicks(edit, "http")
    await told
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    view.selecting.select_all()
    for form in Form:
        changed = first(QApplication.clipboard().dataChanged)
        view.selecting.copy(form)
        await changed
        assert QApplication.clipboard().text()
    listed = QAccessible.queryAccessibleInterface(view)
    for index in range(listed.childCount()):
        words = listed.child(index).textInterface()
        assert len(words.text(0, -1).encode("utf-16-le")) == 2 * words.characterCount()


@pytest.mark.parametrize("batch", BATCHES, ids=lambda batch: f"{batch[0].kind}…{batch[-1].kind}")
def test_nothing_acts_by_itself(
    run: Run, undressed: QApplication, tmp_path: Path, browser: Browser, batch: Sequence[Hostile]
) -> None:

    async def scenario() -> None:
        async with open_window(undressed, tmp_path, SETTINGS) as window:
            for case in batch:
                await ask(window, case.at(at))
                count = await try_links(window, browser)
                assert not case.is_about_links or bool(count) == (case.doubts is not None)
            await read(window)
            window.backend.answer_with(TextDelta(batch[0].at(at)), Finished("stop"))
            window.action("regenerate").trigger()
            await window.answered()
            shown = window.session.library.current.id
            window.action("new").trigger()
            await painted(window)
            window.session.library.show(shown)
            await painted(window)
        async with open_window(undressed, tmp_path, SETTINGS) as window:
            library = window.session.library
            library.show(shown)
            await until(library.current_changed, lambda: library.current.id == shown)
            await painted(window)
            assert browser.opened == []
            await try_links(window, browser)

    # Nobody may even connect to where all of it points.
    with ScriptedServer(lambda _: whole(b"")) as server:
        at = f"127.0.0.1:{server.port}"
        run(scenario())
        assert server.connections == 0
