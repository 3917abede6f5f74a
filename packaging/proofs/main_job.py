"""The main job, as a new user does it with the mouse: drop a screenshot, press Send, copy the answer."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from proofs.health import ON_THE_RECEIPT, SAMPLE
from proofs.installed_app import Installed
from tests.support.desktop_session import DesktopSession, desktop_session
from tests.support.running_app import RunningApp
from tests.support.second_start import WINDOW
from tests.support.waiting import wait_for

_READING = 180.0
"""Seconds, of which it takes three where nothing else runs: all of them are the processor's."""


def prove(installed: Installed) -> None:
    """What is dropped is read, and is there after a restart; "Open with" and the menu's action bring images.

    Raises:
        AssertionError: Something of that is not so.
    """
    with desktop_session() as desk:
        receipt = Path(shutil.copy(SAMPLE, desk.home))
        with installed.started(desk) as app:
            _drop(installed, desk, app, receipt)
            _take_along(desk, app)
            place = desk.place_of(desk.wait_for_window(WINDOW))
            app.quit()
        with installed.started(desk, receipt) as app:
            assert desk.place_of(desk.wait_for_window(WINDOW)) == place
            app.wait_for_words("Attachments", receipt.name)
            _read_clipboard(installed, desk, app)
            _open_again(installed, desk, app)
            app.quit()


def _drop(installed: Installed, desk: DesktopSession, app: RunningApp, image: Path) -> None:
    """Drag it out of another program, and press Send."""
    assert desk.drag(app.wait_for("Prompt").center, "--file", image) == "taken"
    app.wait_for_words("Attachments", image.name)
    installed.keep(desk, "main-job-1-dropped")
    app.click("Send")
    app.wait_for("Stop")
    wait_for("the end of the reading", lambda: app.reader.find("Send"), seconds=_READING)
    app.wait_for_words("Transcript", *ON_THE_RECEIPT)
    installed.keep(desk, "main-job-2-read")


def _take_along(desk: DesktopSession, app: RunningApp) -> None:
    """Copy the answer, and paste it into another program."""
    app.click("Copy")
    text = wait_for("the copy", lambda: _pasted(desk))
    places = [text.find(words) for words in ON_THE_RECEIPT]
    assert places[0] >= 0, text
    assert places == sorted(places), text


def _pasted(desk: DesktopSession) -> str:
    paste = ["xclip", "-selection", "clipboard", "-o"]
    return subprocess.run(paste, env=desk.environ, capture_output=True, text=True, check=False).stdout


def _read_clipboard(installed: Installed, desk: DesktopSession, app: RunningApp) -> None:
    """The menu's action adds to what the open window has."""
    with desk.copied_by_xclip("image/png", SAMPLE.with_name("error.png")):
        installed.choose_action(desk)
        app.wait_for_words("Attachments", "receipt.png", "Pasted image")
    installed.keep(desk, "main-job-3-opened-with")


def _open_again(installed: Installed, desk: DesktopSession, app: RunningApp) -> None:
    app.click("Conversation list")
    open_conversation(desk, app)
    installed.keep(desk, "main-job-4-opened-again")


def open_conversation(desk: DesktopSession, app: RunningApp) -> None:
    """Open the conversation of an earlier start out of the list, and find the answer in it."""
    rows = wait_for("the list", lambda: app.reader.items("Conversations"))
    conversation = next(row for row in rows if "selectable" in row.states)
    desk.hand.click(conversation.center)
    app.wait_for_words("Transcript", *ON_THE_RECEIPT)
