"""A bug of the app's own in a real process: what is said, what is written, and that nothing is quoted."""

import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.cli import BUG
from tests.support.diagnosing import SECRET
from tests.support.pictures import png
from tests.support.scripts import CHECKOUT
from tests.support.secret_service import bare_environ
from tests.support.terminal import KEY


class Home:
    """An empty HOME in which the app runs with a bug in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / ".local" / "state" / "viewfinder" / "log"
        self.picture = folder / "holiday.png"
        self.picture.write_bytes(png((8, 8)))

    def run(self, bug: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        environ = bare_environ(self.folder) | {"QT_QPA_PLATFORM": "offscreen", "DASHSCOPE_API_KEY": KEY}
        command = [sys.executable, "-m", "tests.support.stumbling", bug, *arguments]
        return subprocess.run(
            command, env=environ, cwd=CHECKOUT, capture_output=True, encoding="utf-8", timeout=60, check=False
        )

    def written(self) -> str:
        """All that lies beside the log."""
        return "\n".join(file.read_text("utf-8") for file in self.log.iterdir())

    def check_private(self) -> None:
        """Fail if anybody else can read it, or if it quotes what was asked."""
        modes = {stat.S_IMODE(file.stat().st_mode) for file in self.log.iterdir()}
        assert (stat.S_IMODE(self.log.stat().st_mode), modes) == (0o700, {0o600})
        assert quotes_nothing(self.written())


def quotes_nothing(text: str) -> bool:
    return not any(word in text for word in (SECRET, KEY, "holiday", "marker"))


@pytest.fixture
def place(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_bug_in_the_terminal_ends_with_one_sentence(place: Home, form: tuple[str, ...]) -> None:
    done = place.run("ask", "ask", str(place.picture), "-p", SECRET, *form)

    assert (done.returncode, done.stdout) == (BUG, "")
    sentence = "Viewfinder ended because of a bug of its own. Where it is:"
    assert done.stderr == f"{sentence} ~/.local/state/viewfinder/log/viewfinder.log\n"
    assert "tests/support/stumbling.py" in place.written()
    assert "_bug_in_asking" in place.written()
    place.check_private()


def test_a_bug_at_the_start_of_the_window_ends_with_the_same(place: Home) -> None:
    done = place.run("start", str(place.picture))

    assert (done.returncode, done.stdout) == (BUG, "")
    assert len(done.stderr.splitlines()) == 1
    assert "raise_secret" in place.written()
    place.check_private()


def test_a_bug_in_a_task_says_nothing_outside_of_the_window(place: Home) -> None:
    done = place.run("task", str(place.picture))

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "a bug in a task warm up\n  RuntimeError\n" in place.written()
    place.check_private()


@pytest.mark.parametrize(
    ("crash", "ended_by"), [("segfault", signal.SIGSEGV), ("fatal", signal.SIGABRT)], ids=["C", "Qt"]
)
def test_a_crash_is_told_at_the_next_start_and_only_then(
    place: Home, crash: str, ended_by: signal.Signals
) -> None:
    crashed = place.run(crash, str(place.picture))
    place.check_private()
    first = place.run("look")
    second = place.run("look")

    assert (crashed.returncode, crashed.stdout, crashed.stderr) == (-ended_by, "", "")
    assert (first.returncode, first.stderr, second.returncode, second.stderr) == (0, "", 0, "")
    assert "Viewfinder ended unexpectedly last time." in first.stdout
    assert "ended unexpectedly" not in second.stdout
    for said in (first.stdout, second.stdout):
        assert "  tests/support/stumbling.py, line " in said
        assert str(place.folder) not in said
        assert quotes_nothing(said)
    place.check_private()


def test_who_is_killed_has_not_crashed(place: Home) -> None:
    killed = place.run("kill")
    looked = place.run("look")

    assert killed.returncode == -signal.SIGKILL
    assert "ended unexpectedly" not in looked.stdout


def test_who_uses_the_terminal_reads_of_the_exit_status(place: Home) -> None:
    assert f"{BUG} a bug of Viewfinder's own" in " ".join(place.run("ask", "ask", "--help").stdout.split())
