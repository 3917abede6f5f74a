"""Nothing can be written: the app says so, goes on in memory, and writes once it can."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from desktop.domain.history_errors import HistoryBusy, HistoryError, HistoryFull, HistoryNotWritable
from desktop.domain.settings import Endpoint, Settings
from desktop.storage.database import NAME
from tests.support.desktop_session import DesktopSession
from tests.support.killing import answer_of
from tests.support.raw_history import RawHistory
from tests.support.running_app import RunningApp
from tests.support.server import Gate
from tests.support.small_disk import SmallDisk, small_disk
from tests.support.streaming_server import StreamingServer
from tests.support.waiting import wait_for

pytestmark = pytest.mark.real

SAVED = "Everything is saved again."
LENGTH, RATE = 2_000, 500.0


@pytest.fixture
def server() -> Iterator[StreamingServer]:
    with StreamingServer(LENGTH, RATE) as server:
        yield server


@pytest.fixture
def disk(desk: DesktopSession) -> Iterator[SmallDisk]:
    """The data folder is a disk of its own."""
    with small_disk(desk.data_folder, desk.environ) as disk:
        yield disk


@contextmanager
def app_on(
    desk: DesktopSession, server: StreamingServer, disk: SmallDisk | None = None
) -> Iterator[RunningApp]:
    """The app, set to ask `server`; it is killed at the end: what is kept was written before."""
    desk.configure(Settings(Endpoint("custom", base_url=server.url), model="local-vision-7b"))
    with desk.app(inside=disk.inside if disk is not None else ()) as app:
        yield app
        assert not app.complaints(), app.complaints()
        app.process.kill()
        app.process.wait()


def ask(app: RunningApp, server: StreamingServer, question: str = "How long is it?") -> None:
    """Ask, and wait until the server hears of it."""
    count = len(server.answers) + 1
    app.ask(question)
    server.wait_for_question(count)


def wait_for_answer(app: RunningApp, server: StreamingServer) -> None:
    """Until all that is sent stands on the screen."""
    app.wait_for_answer(server.answers[-1].text)
    app.wait_for("Send")


def check_kept(folder: Path, server: StreamingServer) -> None:
    """All that was asked and answered lies in `folder`, and nothing is cut off."""
    with RawHistory(folder).copied() as copy:
        assert copy.check() == "ok"
        found = copy.found()
    assert not found.opened.cut_off
    assert [answer_of(found, each.question).text for each in server.answers] == [
        each.text for each in server.answers
    ]


def test_a_disk_fills_up_while_an_answer_streams(
    desk: DesktopSession, server: StreamingServer, disk: SmallDisk
) -> None:
    server.gate = gate = Gate()
    with app_on(desk, server, disk) as app:
        ask(app, server)
        app.wait_for_words("Transcript", "第1张发票")
        disk.fill()
        app.wait_for_words("Notice", str(HistoryFull()))
        desk.save_picture("full-1-streaming")
        gate.open()
        wait_for_answer(app, server)
        server.gate = None
        ask(app, server, "And now?")
        wait_for_answer(app, server)
        app.wait_for_words("Notice", str(HistoryFull()))
        desk.save_picture("full-2-answered")
        disk.make_room()
        app.wait_for_words("Notice", SAVED)
        desk.save_picture("full-3-saved")
    check_kept(disk.folder, server)


def test_a_disk_that_is_full_at_the_start(
    desk: DesktopSession, server: StreamingServer, disk: SmallDisk
) -> None:
    disk.fill()
    with app_on(desk, server, disk) as app:
        check_goes_on_in_memory(app, server, HistoryFull())
        disk.make_room()
        app.wait_for_words("Notice", SAVED)
    check_kept(disk.folder, server)


def test_a_disk_that_is_read_only_at_the_start(
    desk: DesktopSession, server: StreamingServer, disk: SmallDisk
) -> None:
    disk.set_read_only(is_so=True)
    with app_on(desk, server, disk) as app:
        check_goes_on_in_memory(app, server, HistoryNotWritable(folder=str(desk.data_folder)))
        desk.save_picture("read-only")
        disk.set_read_only(is_so=False)
        app.wait_for_words("Notice", SAVED)
    check_kept(disk.folder, server)


def test_a_file_in_the_place_of_the_folder(desk: DesktopSession, server: StreamingServer) -> None:
    desk.data_folder.parent.mkdir(parents=True)
    desk.data_folder.touch()
    with app_on(desk, server) as app:
        check_goes_on_in_memory(app, server, HistoryNotWritable(folder=str(desk.data_folder)))
        desk.data_folder.unlink()
        app.wait_for_words("Notice", SAVED)
    check_kept(desk.data_folder, server)


def test_another_program_holds_the_database(desk: DesktopSession, server: StreamingServer) -> None:
    with app_on(desk, server) as app:
        ask(app, server)
        wait_for_answer(app, server)
        with locked(desk.data_folder):
            ask(app, server, "And now?")
            wait_for_answer(app, server)
            app.wait_for_words("Notice", str(HistoryBusy()))
            desk.save_picture("busy")
        app.wait_for_words("Notice", SAVED)
    check_kept(desk.data_folder, server)


def check_goes_on_in_memory(app: RunningApp, server: StreamingServer, error: HistoryError) -> None:
    """The app says `error`, and answers all the same."""
    app.wait_for_words("Notice", str(error))
    ask(app, server)
    wait_for_answer(app, server)
    app.wait_for_words("Notice", str(error))


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """This process writes in the database meanwhile."""
    with closing(sqlite3.connect(folder / NAME, isolation_level=None)) as other:
        wait_for("its lock", lambda: takes_lock(other))
        yield
        other.execute("ROLLBACK")


def takes_lock(database: sqlite3.Connection) -> bool:
    try:
        database.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    return True
