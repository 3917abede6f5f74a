"""`viewfinder ask` whose key, words and picture can be told; then all that is left of it is searched."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.marked import (
    ENVIRONMENT_KEY,
    UNKEPT,
    UNKEPT_ANSWER,
    MarkedPicture,
    answer,
    broken_off,
    forms_of,
    forms_of_keys,
    redirect,
    refusal,
    said,
    unending,
)
from tests.support.scripts import CHECKOUT
from tests.support.secret_service import bare_environ
from tests.support.server import Reply, ScriptedServer
from tests.support.server_scripts import chat_script
from tests.support.traces import found, holds
from tests.support.watched import Started, Watch

pytestmark = pytest.mark.real

KEYS = forms_of_keys(ENVIRONMENT_KEY)


class MarkedTerminal:
    """Asks `home` with a key in the environment. All that is printed is collected in `printed`."""

    def __init__(self, folder: Path, home: ScriptedServer, elsewhere: ScriptedServer) -> None:
        self.home = home
        self.elsewhere = elsewhere
        self.picture = MarkedPicture(folder, "asked")
        self.place = folder / "home"
        self.working_folder = self.place / "working"
        self.working_folder.mkdir(parents=True)
        (self.place / "tmp").mkdir()
        self.printed = b""
        self._logs = folder / "watched"
        self._watches: list[Watch] = []
        self._pids: set[int] = set()

    def ask(self, reply: Reply, *options: str, end_by: int = 0, after: str = "") -> int:
        """The exit status; with `end_by` of the run that this signal ends once it has printed `after`."""
        self.home.script = chat_script(reply)
        watch = Watch(self._logs / str(len(self._watches)))
        self._watches.append(watch)
        with subprocess.Popen(
            [*watch.inside, *self._command(), *options],
            cwd=self.working_folder,
            env=self._environ(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            self._pids.add(process.pid)
            if end_by:
                self.printed += _read_until(after, process)
                process.send_signal(end_by)
            self.printed += b"".join(process.communicate(timeout=60))
        watch.wait_for_end()
        return process.returncode

    def children(self) -> list[Started]:
        """All programs that it has started."""
        return [each for watch in self._watches for each in watch.started() if each.pid not in self._pids]

    def written(self) -> set[Path]:
        """All names under which something was written."""
        return {path for watch in self._watches for path in watch.written()}

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _command(self) -> list[str]:
        asked = [
            "ask",
            str(self.picture.path),
            "-p",
            UNKEPT,
            "--base-url",
            self.home.url,
            "--model",
            "a-model",
        ]
        return ["prlimit", "--core=unlimited", sys.executable, "-m", "desktop", *asked]

    def _environ(self) -> dict[str, str]:
        bare = {name: value for name, value in bare_environ(self.place).items() if name != "QT_QPA_PLATFORM"}
        return bare | {
            "OPENAI_API_KEY": ENVIRONMENT_KEY,
            "PYTHONPATH": str(CHECKOUT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "TMPDIR": str(self.place / "tmp"),
        }


def _read_until(words: str, process: "subprocess.Popen[bytes]") -> bytes:
    assert process.stdout is not None
    heard = b""
    while words.encode() not in heard:
        piece = os.read(process.stdout.fileno(), 2**16)
        assert piece, f"it ended after {heard!r}"
        heard += piece
    return heard


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[MarkedTerminal]:
    nobody = chat_script(answer("nobody asked for this"))
    with ScriptedServer(nobody) as home, ScriptedServer(nobody) as elsewhere:
        yield MarkedTerminal(tmp_path, home, elsewhere)


def test_nothing_is_left_of_what_was_asked(terminal: MarkedTerminal) -> None:
    whole = answer(f"{UNKEPT_ANSWER} whole")
    silent = unending(f"{UNKEPT_ANSWER} so far")
    assert terminal.ask(whole) == 0
    assert terminal.ask(whole, "--json") == 0
    assert terminal.ask(refusal(401, UNKEPT)) == 4
    assert terminal.ask(refusal(400, UNKEPT), "--json") == 4
    assert terminal.ask(redirect(terminal.elsewhere)) == 4
    assert terminal.ask(broken_off(f"{UNKEPT_ANSWER} broken")) == 4
    assert terminal.ask(silent, end_by=signal.SIGINT, after="so far") == 130
    assert terminal.ask(silent, end_by=signal.SIGSEGV, after="so far") == -signal.SIGSEGV
    assert terminal.ask(silent, end_by=signal.SIGKILL, after="so far") == -signal.SIGKILL
    check_what_is_left(terminal)
    check_requests(terminal)
    check_children(terminal)
    assert UNKEPT_ANSWER.encode() in terminal.printed
    assert not holds(terminal.printed, KEYS)


def check_what_is_left(terminal: MarkedTerminal) -> None:
    words = forms_of(UNKEPT, UNKEPT_ANSWER, *terminal.picture.words)
    assert found(terminal.place, KEYS | words | {terminal.picture.pixels}) == []
    assert list(terminal.working_folder.iterdir()) == []
    places = (terminal.place, Path("/dev"), Path("/proc"))
    assert {path for path in terminal.written() if not any(map(path.is_relative_to, places))} == set()


def check_requests(terminal: MarkedTerminal) -> None:
    assert terminal.elsewhere.requests == []
    sent = terminal.home.requests
    assert {request.headers["authorization"] for request in sent} == {f"Bearer {ENVIRONMENT_KEY}"}
    assert {request.target for request in sent} == {"/v1/chat/completions"}
    assert not holds(said(sent), KEYS | forms_of(*terminal.picture.words))


def check_children(terminal: MarkedTerminal) -> None:
    children = terminal.children()
    assert children
    words = forms_of(UNKEPT, *terminal.picture.words)
    assert [each.line for each in children if holds(each.line.encode(), KEYS | words)] == []
