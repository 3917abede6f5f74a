"""The launcher hears that a start is over: of the one that opens the window, and of one that hands over."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from desktop.instance.startup import removal
from tests.support.background import running
from tests.support.desktop_session import DesktopSession
from tests.support.scripts import CHECKOUT
from tests.support.second_start import WINDOW, hand_over
from tests.support.waiting import wait_for


@contextmanager
def heard(desk: DesktopSession) -> Iterator[Callable[[str], object]]:
    """Waits until a message was broadcast about starts."""
    file = desk.home / "startup-messages"

    def wait_for_message(message: str) -> object:
        return wait_for(f"“{message}”", lambda: message in file.read_text(encoding="utf-8").splitlines())

    command = [sys.executable, "-m", "tests.support.startup_messages"]
    with file.open("wb") as output, running(command, desk.environ, cwd=CHECKOUT, stdout=output):
        wait_for_message("listening")
        yield wait_for_message


@pytest.mark.real
def test_each_start_ends_what_its_launcher_shows(desk: DesktopSession) -> None:
    with heard(desk) as wait_for_message:
        desk.environ["DESKTOP_STARTUP_ID"] = "first_TIME1"
        with desk.app() as app:
            desk.wait_for_window(WINDOW)
            wait_for_message("remove: ID=first_TIME1")

            desk.environ["DESKTOP_STARTUP_ID"] = "the second_TIME2"
            hand_over(desk)
            wait_for_message('remove: ID="the second_TIME2"')
            app.quit()


def test_a_name_cannot_end_its_quotes() -> None:
    assert removal('a "b" \\c') == b'remove: ID="a \\"b\\" \\\\c"\0'
