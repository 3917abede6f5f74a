"""The scripted server as a process of its own, and its log."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.background import running
from tests.support.scripts import CHECKOUT
from tests.support.secret_service import bare_environ
from tests.support.waiting import wait_for


class ServerProcess:
    """A running server. `host` is how the app calls it."""

    def __init__(self, port: int, log: Path) -> None:
        self.host = f"127.0.0.1:{port}"
        self.url = f"http://{self.host}/v1"
        self._log = log

    def questions(self) -> list[Any]:
        """The bodies of the questions so far."""
        return [request["json"] for request in self.requests() if request["target"].endswith("/completions")]

    def requests(self) -> list[Any]:
        """All requests so far: `method`, `target`, `headers` (no key in them), `json`."""
        return [json.loads(line) for line in self._lines() if line.startswith("{")]

    def has_been_hung_up_on(self) -> bool:
        """Whether a client closed before its answer had ended."""
        return "hung-up" in self._lines()

    def _lines(self) -> list[str]:
        return self._log.read_text("utf-8").splitlines() if self._log.exists() else []


@contextmanager
def server_process(script: str, folder: Path) -> Iterator[ServerProcess]:
    """Run `script` (one of `server_scripts.SCRIPTS`) on a free port; its files lie in `folder`."""
    port_file, log = folder / f"{script}.port", folder / f"{script}.log"
    command = [sys.executable, "-m", "tests.support.server", "--script", script]
    files = ["--port-file", str(port_file), "--log", str(log)]
    with running([*command, *files], bare_environ(folder), cwd=CHECKOUT):
        port = wait_for("the server's port", lambda: port_file.exists() and port_file.read_text("ascii"))
        yield ServerProcess(int(port), log)
