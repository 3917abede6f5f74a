"""A long answer that comes fast, while its reader does everything else at once: nothing may get lost.

How long the window's thread was held meanwhile is measured, printed and written to `build/flood-….json`, and
never asserted: other programs run on the same machine.
"""

import faulthandler
import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from desktop.domain.settings import Endpoint, Settings
from desktop.markdown.copied import copied_text
from desktop.markdown.stream import parse
from tests.support.desktop_session import DesktopSession
from tests.support.holds import read
from tests.support.holds_report import Diary, report
from tests.support.pace import Pace
from tests.support.paste_target import clipboard
from tests.support.restless_reader import RestlessReader
from tests.support.running_app import RunningApp
from tests.support.scripts import CHECKOUT, load_script
from tests.support.server import Gate, ScriptedServer, events
from tests.support.server_scripts import chat_events, chat_script
from tests.support.waiting import wait_for

pytestmark = pytest.mark.real

corpus = load_script("stream_corpus")

RATE = 1_000
"""Deltas a second."""
DELTA = 8
"""Characters in each."""
QUESTION = "Say all you know"


@contextmanager
def flood(desk: DesktopSession, text: str, gate: Gate) -> Iterator[RunningApp]:
    """The app, whose questions are answered with `text`. The answer ends once `gate` is open."""
    *deltas, last, done = chat_events(text, DELTA)
    pace = Pace(RATE)
    steps = [step for delta in deltas for step in (pace, delta)]
    with ScriptedServer(chat_script(events(*steps, gate, last, done))) as server:
        desk.configure(Settings(Endpoint("custom", base_url=server.url), model="local-vision-7b"))
        with desk.app(desk.home / "holds", module="tests.support.holds") as app:
            yield app
            app.quit()


def read_on(app: RunningApp, reader: RestlessReader, gate: Gate, diary: Diary) -> None:
    """Do everything at once until all but the end of the answer is sent."""
    for name, act in reader.acts():
        act()
        app.check_alive()
        diary.note(name)
        if gate.reached.is_set():
            return


def wait_for_clipboard(desk: DesktopSession, text: str) -> None:
    """Until other programs get `text`, whose length alone would be too much for a message."""
    wait_for("all of the text", lambda: clipboard(desk.environ).decode() == text)


def tell(desk: DesktopSession, size: int, diary: Diary) -> None:
    """Print the figures, and write them where they can be looked up."""
    figures = report(read(desk.home / "holds"), diary)
    file = CHECKOUT / "build" / f"flood-{size}.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(figures, indent=1), "utf-8")
    for act, figure in figures["acts"].items():
        print(f"{act:24}", *(f"{name} {value}" for name, value in figure.items()), sep="  ")


@pytest.mark.parametrize("size", [64_000, pytest.param(1_000_000, marks=pytest.mark.slow)])
def test_nothing_is_lost_in_a_flood(desk: DesktopSession, size: int) -> None:
    faulthandler.cancel_dump_traceback_later()  # the long form takes longer than what has hung
    text, gate = corpus.answer("mixed", size), Gate()
    with flood(desk, text, gate) as app:
        reader = RestlessReader(desk)
        app.ask(QUESTION)
        diary = Diary(app.process.pid)
        read_on(app, reader, gate, diary)
        reader.follow()
        gate.open()
        app.wait_for("Send")
        diary.note("end")
        desk.save_picture(f"flood-{size}")

        app.click("Copy")
        wait_for_clipboard(desk, text)
        diary.note("copy the answer")
        reader.follow()
        desk.hand.key("ctrl+a", "ctrl+c")
        wait_for_clipboard(desk, f"{QUESTION}\n\n{copied_text(parse(text))}")
        diary.note("copy all that is shown")
        assert app.reader.texts("Prompt") == [reader.typed]
    assert {"scroll", "select", "type", "resize", "follow"} <= set(diary.names)
    tell(desk, size, diary)
