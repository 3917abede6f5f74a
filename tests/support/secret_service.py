"""A real Secret Service (gnome-keyring) on a private session bus, with a HOME of its own."""

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

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
def secret_service(home: Path, *, locked: bool = False) -> Iterator[SecretService]:
    """Run one; `home` may be that of an earlier one. `locked`: its keyring waits for a password."""
    environ = bare_environ(home)
    (home / ".local/share/keyrings").mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        bus = stack.enter_context(
            _running(["dbus-daemon", "--session", "--nofork", "--print-address=1"], environ)
        )
        assert bus.stdout is not None
        environ["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
        unlock = [] if locked else ["--unlock"]
        daemon = stack.enter_context(
            _running(["gnome-keyring-daemon", "--foreground", "--components=secrets", *unlock], environ)
        )
        assert daemon.stdin is not None
        daemon.stdin.write(b"" if locked else _PASSWORD)
        daemon.stdin.close()
        wait = ["gdbus", "wait", "--session", "--timeout", "20", "org.freedesktop.secrets"]
        subprocess.run(wait, env=environ, check=True, timeout=30)
        yield SecretService(environ, daemon)


@contextmanager
def _running(command: list[str], environ: Mapping[str, str]) -> "Iterator[subprocess.Popen[bytes]]":
    with subprocess.Popen(
        command,
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield process
        finally:
            process.kill()
