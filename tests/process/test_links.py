"""Links in answers, clicked with the real pointer: what the system's programs are told to open, and when."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.domain.settings import Endpoint, Settings
from desktop.ui.theme import READING_WIDTH
from tests.support.desktop_session import DesktopSession
from tests.support.hand import Place
from tests.support.ink import Band, bands
from tests.support.running_app import RunningApp
from tests.support.server import ScriptedServer, events, whole
from tests.support.server_scripts import chat_events, chat_script
from tests.support.waiting import wait_for

pytestmark = pytest.mark.real

KEY = "sk-marker-4f1c9a27d0"
OPENERS = ("xdg-open", "x-www-browser", "www-browser", "sensible-browser", "firefox", "gio", "kde-open")
RECORDER = """\
#!/bin/sh
env > "{folder}/environ"
printf '%s\\n' "$@" >> "{folder}/opened"
"""
FAIR = "[The documentation of the export](https://docs.example.com/a/../b?c=d&e=%E4%B8%AD)"
OPENED = "https://docs.example.com/b?c=d&e=%E4%B8%AD"
HOSTILE = "![The pictures of good.com](http://good.com@2130706433:{port}/x.png?q=$(id))"


class Desk:
    """The app with two answers, each of one line and a link; whatever opens something is written down."""

    def __init__(self, desk: DesktopSession, app: RunningApp, folder: Path) -> None:
        self._desk = desk
        self._folder = folder
        self.app = app
        x, top, width, height = app.wait_for("Transcript").box
        left = x + (width - READING_WIDTH) // 2
        edges = (left - 4, top, left + READING_WIDTH // 2, top + height)
        # An answer and the facts below it, twice.
        lines = wait_for("all that stands there", lambda: _all(bands(desk.picture(), *edges)))
        self.hostile, self.fair = (lines[index].at(0.5) for index in (0, 2))

    def opened(self) -> list[str]:
        file = self._folder / "opened"
        return file.read_text("utf-8").splitlines() if file.exists() else []

    def wait_for_opened(self, *addresses: str) -> None:
        wait_for(f"{addresses} opened", lambda: self.opened() == list(addresses))

    def environ(self) -> str:
        """Of the program that opened the last one."""
        return (self._folder / "environ").read_text("utf-8")

    def click(self, place: Place) -> None:
        self._desk.hand.click(place)

    def read(self) -> None:
        """Do everything with the links but click."""
        hand = self._desk.hand
        hand.move(self.fair)
        hand.move(self.hostile)
        for start, end in ((self.hostile, self.fair), (self.fair, self.hostile)):
            hand.sweep(start, end)
        hand.do("mousemove", *self.fair, "click", 2)
        hand.key("ctrl+a", "ctrl+c", "Return", "space", "Tab", "Tab", "shift+Tab", "Escape")
        self.app.click("Prompt")


def _all(found: list[Band]) -> list[Band] | None:
    return found if len(found) == 4 else None


@contextmanager
def answered(desk: DesktopSession, trap: ScriptedServer) -> Iterator[Desk]:
    folder = desk.home / "openers"
    folder.mkdir()
    for name in OPENERS:
        (folder / name).write_text(RECORDER.format(folder=folder), "utf-8")
        (folder / name).chmod(0o755)
    environ = desk.environ | {"PATH": f"{folder}:{desk.environ['PATH']}", "OPENAI_API_KEY": KEY}
    answers = [events(*chat_events(text.replace("{port}", str(trap.port)))) for text in (HOSTILE, FAIR)]
    with ScriptedServer(chat_script(*answers)) as server:
        desk.configure(Settings(Endpoint("custom", base_url=server.url), model="local-vision-7b"))
        with desk.app(environ=environ) as app:
            desk.hand.do("windowsize", "--sync", desk.wait_for_window("Viewfinder"), 1100, 760)
            for question in ("Which pictures?", "And the words?"):
                app.ask(question)
                app.wait_for("Send")
                app.wait_for_words(
                    "Transcript", "The pictures" if "pictures" in question else "documentation"
                )
            yield Desk(desk, app, folder)
            app.quit()


def test_only_a_click_opens_and_only_what_was_shown(desk: DesktopSession) -> None:
    with ScriptedServer(lambda _: whole(b"")) as trap, answered(desk, trap) as made:
        address = f"http://127.0.0.1:{trap.port}/x.png?q=$(id)"
        made.read()
        assert made.opened() == []

        made.click(made.fair)
        made.wait_for_opened(OPENED)
        assert KEY not in made.environ()

        made.click(made.hostile)
        made.app.wait_for_words("Address", address)
        desk.save_picture("links-doubtful")
        desk.hand.key("Return")
        made.app.wait_until_gone("Address")
        assert made.opened() == [OPENED]

        made.app.click("Prompt")  # two clicks on the same place would be a double one
        made.click(made.hostile)
        made.app.click("Open")
        made.wait_for_opened(OPENED, address)
        assert KEY not in made.environ()
        assert trap.connections == 0
