"""Starting the app as its user does, again and again, on one screen."""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.support.background import running
from tests.support.desktop_session import DesktopSession
from tests.support.running_app import RunningApp
from tests.support.screen_reader import screen_reader
from tests.support.scripts import CHECKOUT
from tests.support.waiting import PATIENCE, wait_for

WINDOW = "Viewfinder"


def start_again(
    desk: DesktopSession, *arguments: str | Path, folder: Path = CHECKOUT
) -> "subprocess.CompletedProcess[str]":
    """Start the app once more, in `folder`, and wait for the end of that."""
    return subprocess.run(
        _command(arguments),
        env=_from_anywhere(desk.environ),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def hand_over(desk: DesktopSession, *arguments: str | Path, folder: Path = CHECKOUT) -> None:
    """Start the app once more: it must end at once, and well, without a word."""
    done = start_again(desk, *arguments, folder=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@contextmanager
def race(desk: DesktopSession, offers: Sequence[Path]) -> Iterator[RunningApp]:
    """Start the app with each of `offers` at the same moment; yields the one that stays."""
    errors = desk.home / "stderr"
    with ExitStack() as stack:
        stderr = stack.enter_context(errors.open("wb"))
        started = [
            stack.enter_context(running(_command([offer]), desk.environ, cwd=CHECKOUT, stderr=stderr))
            for offer in offers
        ]
        wait_for("all but one to end", lambda: _count_of_living(started) == 1)
        (app,) = [process for process in started if process.poll() is None]
        assert [process.poll() for process in started if process is not app] == [0] * (len(offers) - 1)
        reader = stack.enter_context(screen_reader(app.pid, desk.environ))
        yield RunningApp(app, reader, desk.hand, [errors])


@contextmanager
def other_program(desk: DesktopSession) -> Iterator[None]:
    """Another program's window stands before the app's, and has the keys."""
    command = [sys.executable, "-m", "tests.support.drag_source", "--text", "words"]
    with running(command, desk.environ, cwd=CHECKOUT):
        window = desk.wait_for_window("Another program")
        desk.hand.do("windowactivate", "--sync", window)
        yield


def windows(desk: DesktopSession) -> set[int]:
    """The ids of all programs' windows as a task bar has them, minimised ones too."""
    listed = subprocess.check_output(["xprop", "-root", "_NET_CLIENT_LIST"], env=desk.environ, text=True)
    return {int(word, 16) for word in re.findall(r"0x[0-9a-f]+", listed)}


def wait_until_in_front(desk: DesktopSession, window: int) -> None:
    """Until `window` can be seen and has the keys."""
    wait_for("the keys", lambda: desk.hand.do("getactivewindow") == str(window))
    assert desk.wait_for_window(WINDOW) == window


def _command(arguments: Sequence[str | Path]) -> list[str]:
    return [sys.executable, "-m", "desktop", *map(str, arguments)]


def _from_anywhere(environ: Mapping[str, str]) -> dict[str, str]:
    return {**environ, "PYTHONPATH": str(CHECKOUT)}


def _count_of_living(processes: "Sequence[subprocess.Popen[bytes]]") -> int:
    return sum(process.poll() is None for process in processes)
