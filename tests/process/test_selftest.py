"""`viewfinder --selftest` as users run it, and checks of it that hang, crash and raise."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.selftest import watchdog
from desktop.selftest.catalog import CHECKS
from desktop.selftest.child import check_command
from desktop.selftest.finding import Finding, ok
from tests.support.desktop_session import DesktopSession
from tests.support.failing_selftest import STARTED
from tests.support.processes import has_ended
from tests.support.scripts import CHECKOUT
from tests.support.secret_service import bare_environ, secret_service
from tests.support.waiting import wait_for


def selftest(environ: dict[str, str], *options: str) -> "subprocess.CompletedProcess[str]":
    """As its user runs it."""
    return subprocess.run(
        [sys.executable, "-m", "desktop", "--selftest", *options],
        cwd=CHECKOUT,
        env={**environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=80,
        check=False,
    )


class Failing:
    """Runs the checks of `failing_selftest`, with a folder of temporary files of its own."""

    def __init__(self, folder: Path) -> None:
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        self._started = folder / "started"
        self._environ = {
            **os.environ,
            STARTED: str(self._started),
            "TMPDIR": str(self.temporary),
            "PYTHONPATH": str(CHECKOUT),
        }

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Exit status, and what is said on stdout and stderr."""
        with self.running(*arguments) as process:
            out, err = process.communicate(timeout=60)
            return process.returncode, out, err

    @contextmanager
    def running(self, *arguments: str) -> "Iterator[subprocess.Popen[str]]":
        command = [sys.executable, "-m", "tests.support.failing_selftest", *arguments]
        pipe = subprocess.PIPE
        with subprocess.Popen(
            command, cwd=CHECKOUT, env=self._environ, stdout=pipe, stderr=pipe, encoding="utf-8"
        ) as process:
            yield process

    def started(self) -> int:
        """The id of what the check that hangs has started."""
        wait_for("a check's own child", self._started.exists)
        return int(self._started.read_text("ascii"))


@pytest.fixture
def failing(tmp_path: Path) -> Failing:
    return Failing(tmp_path)


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_all_is_well_here_and_nothing_of_the_users_is_touched(tmp_path: Path) -> None:
    environ = bare_environ(tmp_path)
    environ.pop("QT_QPA_PLATFORM", None)
    mine = {name: value for name, value in environ.items() if not name.startswith("XDG_")}
    before = files(tmp_path)
    done = selftest({**mine, "TMPDIR": str(tmp_path), "DASHSCOPE_API_KEY": "sk-of-the-user"}, "--json")

    about, *told = map(json.loads, done.stdout.splitlines())
    assert [each for each in told if each["outcome"] == "failed"] == []
    assert (done.returncode, done.stderr) == (0, "")
    assert about["installed as"] == "checkout"
    assert [each["check"] for each in told] == [check.name for check in CHECKS]
    assert "there is no display" in told[0]["words"]
    assert files(tmp_path) == before


def test_each_check_that_does_not_end_well_costs_itself_and_a_sentence(failing: Failing) -> None:
    status, out, err = failing.run("fails", "raises", "aborts", "leaves", "lacks", "hangs", "works")

    aborted = "Its process was ended by SIGABRT before it had found anything."
    assert (status, err) == (1, "")
    assert [line.split(maxsplit=2) for line in out.splitlines()[1:-1]] == [
        ["failed", "fails", "It does not work.[31m"],
        ["failed", "raises", "ZeroDivisionError: of a library"],
        ["failed", "aborts", f"{aborted} It said: no Qt platform plugin"],
        ["failed", "leaves", "Its process ended with status 7 before it had found anything."],
        ["note", "lacks", "Something is not there."],
        ["failed", "hangs", "It did not end within 2 s and was ended."],
        ["ok", "works", "as it should be"],
    ]
    assert out.endswith("5 of 7 checks failed.\n")
    assert not files(failing.temporary)


def test_what_a_check_has_started_ends_with_it(failing: Failing) -> None:
    failing.run("hangs")

    assert asyncio.run(has_ended(failing.started()))


def test_the_watchdog_ends_it_and_all_that_it_started(failing: Failing) -> None:
    status, out, err = failing.run("--watchdog", "3", "hangs", "works")

    assert (status, "works" in out) == (watchdog.STATUS, False)
    assert err == "Ended by the watchdog after 3 s: not everything was checked.\n"
    assert not files(failing.temporary)
    assert asyncio.run(has_ended(failing.started()))


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 130)])
def test_a_signal_ends_it_and_all_that_it_started(failing: Failing, number: int, status: int) -> None:
    with failing.running("--watchdog", "50", "hangs") as process:
        child = failing.started()
        process.send_signal(number)
        _, err = process.communicate(timeout=30)

    assert (process.returncode, err) == (status, "")
    assert asyncio.run(has_ended(child))
    assert not files(failing.temporary)


def test_whoever_has_seen_enough_ends_it(failing: Failing) -> None:
    with failing.running("works", "works") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""

    assert process.returncode == 130


HELD = """
import ctypes, sys, threading
from desktop.selftest.watchdog import watched
with watched(0.1, {clean_up}, 0.1):
    {hang}
"""


@pytest.mark.parametrize(
    ("hang", "clean_up", "status"),
    [
        ("threading.Event().wait()", "lambda: None", watchdog.STATUS),
        ("pass", "lambda: None", 0),
        # Not even a thread of Python can end these.
        ("threading.Event().wait()", "threading.Event().wait", 1),
        ("ctypes.PyDLL(None).pause()", "lambda: None", 1),
    ],
)
def test_the_watchdog_bites_whatever_hangs(hang: str, clean_up: str, status: int) -> None:
    source = HELD.format(hang=hang, clean_up=clean_up)
    assert (
        subprocess.run([sys.executable, "-c", source], cwd=CHECKOUT, timeout=60, check=False).returncode
        == status
    )


# ── on a real screen, with a real keyring ───────────────────────────────────────────────────────


@pytest.mark.real
def test_it_works_while_the_app_is_open(desk: DesktopSession) -> None:
    with desk.app() as app:
        done = selftest(desk.environ)
        app.quit()

    assert (done.returncode, done.stderr) == (0, "")
    assert "by Qt's platform xcb" in done.stdout


@pytest.mark.real
def test_it_names_the_keyring_that_answers(tmp_path: Path) -> None:
    (tmp_path / "temporary").mkdir()
    with secret_service(tmp_path) as service:
        command = check_command("keyring", str(tmp_path / "temporary"))
        told = subprocess.run(command, cwd=CHECKOUT, env=service.environ, capture_output=True, check=True)

    assert Finding.from_json(told.stdout.decode()) == ok("keyring.backends.SecretService.Keyring answers")
