"""A real Secret Service (gnome-keyring) on a private session bus, with a HOME of its own."""

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.support.background import running
from tests.support.session_bus import session_bus

_PASSWORD = b"test"
_FOREIGN = ("DBUS_", "XDG_", "GNOME_KEYRING_", "DISPLAY", "WAYLAND_DISPLAY", "PYTHON_KEYRING_BACKEND")


class SecretService:
    """The running service. `environ` is what programs need to find it, and to find nothing else."""

    def __init__(self, environ: Mapping[str, str], daemon: "subprocess.Popen[bytes]") -> None:
        self.environ = dict(environ)
        self._daemon = daemon

    def lookup(self, service: str, host: str) -> str:
        """What `secret-tool` finds, empty if nothing."""
        return subprocess.run(
            ["secret-tool", "lookup", "service", service, "username", host],
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        ).stdout

    @contextmanager
    def paused(self) -> Iterator[None]:
        """No call is answered meanwhile: what an open password prompt looks like to a program."""
        self._daemon.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._daemon.send_signal(signal.SIGCONT)


def bare_environ(home: Path) -> dict[str, str]:
    """An environment without a session bus, a display, or anything else of the user's desktop."""
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    return kept | {"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime)}


@contextmanager
def secret_service(
    home: Path, *, locked: bool = False, display: Mapping[str, str] | None = None
) -> Iterator[SecretService]:
    """Run one; `home` may be that of an earlier one. `locked`: its keyring waits for a password.

    `display` is the environment of the screen on which it asks for that; without one it gives up at once.
    """
    environ = bare_environ(home) | dict(display or {})
    (home / ".local/share/keyrings").mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        environ |= stack.enter_context(session_bus(environ))
        unlock = [] if locked else ["--unlock"]
        command = ["gnome-keyring-daemon", "--foreground", "--components=secrets", *unlock]
        daemon = stack.enter_context(running(command, environ, stdin=subprocess.PIPE))
        assert daemon.stdin is not None
        daemon.stdin.write(b"" if locked else _PASSWORD)
        daemon.stdin.close()
        wait = ["gdbus", "wait", "--session", "--timeout", "20", "org.freedesktop.secrets"]
        subprocess.run(wait, env=environ, check=True, timeout=30)
        yield SecretService(environ, daemon)
