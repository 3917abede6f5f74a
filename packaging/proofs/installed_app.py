"""The installed app in a user's session: started by its desktop entry, inside the system that has it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from proofs.desktop_entry import DesktopEntry
from tests.support.background import running
from tests.support.desktop_session import DesktopSession
from tests.support.running_app import RunningApp
from tests.support.screen_reader import screen_reader
from tests.support.waiting import PATIENCE

_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games"
"""As Debian gives it to its users."""

# What a session gives to all that it starts.
_OF_THE_SESSION = ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "LANG", "QT_IM_MODULE", "XDG_RUNTIME_DIR")


@dataclass(frozen=True, slots=True)
class Installed:
    """The app in the system `root`, whose desktop entry is `entry` there.

    `home` is its user's home there, empty for that of each session. `pictures` is the folder of what is kept.
    """

    root: Path
    entry: str
    home: str
    pictures: Path

    @contextmanager
    def started(self, desk: DesktopSession, *files: Path) -> Iterator[RunningApp]:
        """Run it as a click does, or as `files` are opened with it. The block must end it."""
        errors = desk.home / "stderr"
        command = self._inside(desk, self._entry.command(*map(str, files)))
        with (
            errors.open("wb") as stderr,
            running(command, desk.environ, stderr=stderr) as process,
            screen_reader(process.pid, desk.environ) as reader,
        ):
            app = RunningApp(process, reader, desk.hand, [errors, self._log(desk)])
            try:
                app.wait_for("Prompt")
                yield app
            except BaseException:
                self.keep(desk, "failed")
                raise
            assert process.poll() is not None, "the block must end the app"

    def choose_action(self, desk: DesktopSession) -> None:
        """Choose the one action of its menu, while it runs: that must end well, and without a word."""
        (action,) = self._entry.actions
        done = subprocess.run(
            self._inside(desk, self._entry.command(action=action)),
            env=desk.environ,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), done

    def keep(self, desk: DesktopSession, name: str) -> None:
        """Keep what is on the screen, to be looked at."""
        self.pictures.mkdir(parents=True, exist_ok=True)
        desk.picture().save(self.pictures / f"{name}.png")

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    @property
    def _entry(self) -> DesktopEntry:
        return DesktopEntry((self.root / self.entry[1:]).read_text(encoding="utf-8"))

    def _log(self, desk: DesktopSession) -> Path:
        home = self.root / self.home[1:] if self.home else desk.home
        return home / ".local" / "state" / "viewfinder" / "log" / "viewfinder.log"

    def _inside(self, desk: DesktopSession, command: Sequence[str]) -> list[str]:
        """`command` in the system, with the session's variables, and with no right but the user's own."""
        home = self.home or str(desk.home)
        variables = {name: desk.environ[name] for name in _OF_THE_SESSION if name in desk.environ}
        environ = [f"{name}={value}" for name, value in {**variables, "PATH": _PATH, "HOME": home}.items()]
        bare = ["setpriv", "--inh-caps=-all", "--ambient-caps=-all", "env", "--ignore-environment"]
        return ["chroot", str(self.root), *bare, f"--chdir={home}", *environ, *command]
