"""A terminal in which `viewfinder` runs, as users run it."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop.cli import BUG
from tests.support.pictures import png
from tests.support.scripts import CHECKOUT
from tests.support.secret_service import bare_environ
from tests.support.server import Reply, ScriptedServer

KEY = "sk-0123456789abcdef0123456789abcdef"


class Terminal:
    """A terminal with an empty HOME, no display, no session bus, and a server to ask."""

    def __init__(self, folder: Path, server: ScriptedServer) -> None:
        self.folder = folder
        self.server = server
        self.picture = folder / "a.png"
        self.picture.write_bytes(png((64, 48)))

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-W", "error", "-m", "desktop", *arguments]

    def environ(self, extra: Mapping[str, str] | None = None) -> dict[str, str]:
        # The tests themselves draw on no screen; here that would count as one.
        bare = {name: value for name, value in bare_environ(self.folder).items() if name != "QT_QPA_PLATFORM"}
        return {**bare, "PYTHONIOENCODING": "utf-8", **(extra or {})}

    def run(self, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            self.command(*arguments),
            cwd=CHECKOUT,
            env=self.environ(extra),
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert done.returncode != BUG, self.log()
        assert "Traceback" not in done.stderr
        assert KEY not in done.stdout + done.stderr
        return done

    def log(self) -> str:
        """What the app has written about itself."""
        files = sorted(self.folder.glob(".local/state/viewfinder/log/*.log"))
        return "\n".join(file.read_text(encoding="utf-8") for file in files)

    def ask(self, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
        """Ask the server for the model that it is said to have."""
        return self.run("ask", *arguments, "--base-url", self.server.url, "--model", "a-model", **extra)

    def answer_with(self, reply: Reply) -> None:
        self.server.script = lambda _: reply

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        asked = ("--base-url", self.server.url, "--model", "a-model")
        return subprocess.Popen(
            self.command("ask", *arguments, *asked),
            cwd=CHECKOUT,
            env=self.environ(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )


def lines(out: str) -> list[dict[str, Any]]:
    """What `--json` printed."""
    return [json.loads(line) for line in out.splitlines()]
