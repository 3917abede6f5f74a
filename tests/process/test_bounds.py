"""How much memory the app takes at most while a server sends without end; the figures are printed."""

import faulthandler

import pytest

from desktop.domain.settings import Endpoint, Settings
from tests.support.desktop_session import DesktopSession
from tests.support.memory import Peak, Rest
from tests.support.running_app import RunningApp
from tests.support.server import Reply, ScriptedServer
from tests.support.server_scripts import chat_script
from tests.support.torrents import TORRENTS, Torrent
from tests.support.waiting import PATIENCE, wait_for

pytestmark = pytest.mark.real

MOST = 1_024
"""MB that the app takes, whatever comes and however often. Measured: 860, of which an answer has 200 at most;
what is free again stays with the process.
"""
FEW = ("prose", "one word", "one line", "a packed line", "tiny chunks", "comments")
MEGABYTE = 1_000_000
LONG = 600.0
"""Seconds that nothing but a hanging app takes."""


class Server(ScriptedServer):
    """Answers the next question with a torrent by its name."""

    def __init__(self) -> None:
        super().__init__(chat_script(Reply(())))
        self.torrent: Torrent | None = None

    def pour(self, name: str, mark: int) -> Torrent:
        self.torrent, reply = TORRENTS[name].reply(mark)
        self.hung_up.clear()
        self.script = chat_script(reply)
        return self.torrent


def stop_amid(desk: DesktopSession, app: RunningApp, torrent: Torrent, server: Server) -> str:
    """Press Stop once enough was sent, unless it is over before; what became of it."""
    wait_for("the end", lambda: torrent.enough.is_set() or server.hung_up.is_set(), seconds=LONG)
    if server.hung_up.is_set():
        return "ended"
    desk.hand.key("Escape")
    assert server.hung_up.wait(PATIENCE)
    return "stopped"


def pour(desk: DesktopSession, app: RunningApp, server: Server, name: str, most: int) -> float:
    """Ask, and be answered with a torrent; the peak of the whole app in MB."""
    desk.hand.key("ctrl+n")
    app.wait_for_focus("Prompt")
    torrent = server.pour(name, min(most, TORRENTS[name].plenty))
    with Peak(app.process.pid) as peak:
        app.ask("Go on")
        end = stop_amid(desk, app, torrent, server)
        app.wait_for("Send")
        # What came is still being laid out.
        wait_for("a rest", Rest(app.process.pid), seconds=LONG)
    print(
        f"{name:28}{torrent.sent / MEGABYTE:8.1f} MB sent, {end:8}{peak.before:6.0f} MB + {peak.more:4.0f} MB"
    )
    return peak.before + peak.more


@pytest.mark.parametrize(
    ("names", "most"),
    [(FEW, 8 * MEGABYTE), pytest.param(tuple(TORRENTS), 1_000 * MEGABYTE, marks=pytest.mark.slow)],
    ids=["few MB", "1 GB"],
)
def test_memory_stays_under_its_bound_and_stop_works(
    desk: DesktopSession, capsys: pytest.CaptureFixture[str], names: tuple[str, ...], most: int
) -> None:
    faulthandler.cancel_dump_traceback_later()  # the long form takes longer than what has hung
    with Server() as server:
        desk.configure(Settings(Endpoint("custom", base_url=server.url), model="local-vision-7b"))
        with desk.app() as app, capsys.disabled():
            print()
            peaks = {name: pour(desk, app, server, name, most) for name in names}
            app.quit()
    assert {name: peak for name, peak in peaks.items() if peak > MOST} == {}
