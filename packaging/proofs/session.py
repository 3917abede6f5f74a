"""What is proven of an installed app on a screen: `prove_session(root)`, as root of this machine.

The system in the folder `root` holds the app and what it needs, and nothing for tests. So the screen, the
window manager, the hand, the Secret Service and the input method are this machine's, and only the app runs
inside: as an ordinary user, with no right more than he has.

All of it runs in namespaces of its own: without any network, and such that nothing is left running or mounted
whatever happens. What runs there is in `steps`.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from environment import Environment
from set_up import CHECKOUT

from proofs.journal import Failed
from proofs.system import USER

ENTRY = "/usr/share/applications/viewfinder.desktop"
"""Where a package puts the desktop entry."""

PICTURES = CHECKOUT / "build" / "proofs" / "session"
"""Where pictures of the screen are kept, to be looked at."""

_PATIENCE = 600
"""Seconds for some steps, which take fifteen where nothing else runs."""

_APART = ["unshare", "--mount", "--mount-proc", "--pid", "--net", "--fork", "--kill-child"]
# Qt asks ibus only where it sees its program. And the shell stays: ibus ends at once where its parent is the
# first process, which orphans have.
_ENTER = """
mount -t proc proc "$1/proc" && mount -t sysfs sysfs "$1/sys" && mount --rbind /dev "$1/dev" &&
mount -t tmpfs tmpfs "$1/dev/shm" && mount --bind /tmp "$1/tmp" &&
mount -t tmpfs tmpfs "$1/usr/local/bin" && cp "$(command -v ibus-daemon)" "$1/usr/local/bin" || exit
shift
"$@"
exit $?
"""
_LOOPBACK = ["sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
# The one to enter the system; the other to read the checkout wherever it lies, and to keep pictures in it.
# The app gets neither.
_RIGHTS = "+sys_chroot,+dac_override"
_ENVIRON = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}


def prove_session(root: Path, *, pictures: Path = PICTURES) -> None:
    """Prove of the package in `root` the main job, typed letters of all kinds, and a key that is kept.

    `root` must know the user `system.USER`, and is left as it was.

    Raises:
        Failed: Something is not so; what, has been said.
    """
    _run(root, "main-job", "input-method", f"--pictures={pictures}")
    _run(root, "keyring", f"--pictures={pictures}", loopback=True)


def prove_main_job(root: Path, entry: str, home: str, *, pictures: Path = PICTURES) -> None:
    """Prove the main job of the app whose desktop entry is `entry` in `root`.

    `home` is its user's home there: what is installed in that, and what the app keeps, lies in it.

    Raises:
        Failed: Something is not so; what, has been said.
    """
    _run(root, "main-job", f"--entry={entry}", f"--home={home}", f"--pictures={pictures}")


def prove_kept(root: Path, entry: str, home: str, *, pictures: Path = PICTURES) -> None:
    """Prove that the app shows what was kept in `home` when the main job was proven there.

    Raises:
        Failed: Something is not so; what, has been said.
    """
    _run(root, "kept", f"--entry={entry}", f"--home={home}", f"--pictures={pictures}")


def _run(root: Path, *arguments: str, loopback: bool = False) -> None:
    """Run steps; with `loopback`, a server of this machine can be reached, and still no other."""
    steps = [str(Environment(CHECKOUT).python), "-m", "proofs.steps", str(root), *arguments]
    user = ["setpriv", f"--reuid={_uid(root)}", f"--regid={_uid(root)}", "--clear-groups"]
    rights = [f"--inh-caps={_RIGHTS}", f"--ambient-caps={_RIGHTS}"]
    enter = ["sh", "-c", _ENTER, "sh", str(root), *(_LOOPBACK if loopback else []), *user, *rights]
    with _of_this_machine(root):
        try:
            subprocess.run(
                [*_APART, *enter, *steps],
                cwd=CHECKOUT / "packaging",
                env=_ENVIRON,
                check=True,
                timeout=_PATIENCE,
            )
        except subprocess.SubprocessError as error:
            raise Failed(f"{' '.join(arguments)}: {type(error).__name__}, as said above") from error


@contextmanager
def _of_this_machine(root: Path) -> Iterator[None]:
    """Give the system the number that a first boot makes: D-Bus needs one, and ibus is found by it."""
    file = root / "etc/machine-id"
    before = file.read_bytes() if file.exists() else None
    file.write_bytes(subprocess.check_output(["dbus-uuidgen", "--get"]))
    try:
        yield
    finally:
        file.unlink() if before is None else file.write_bytes(before)


def _uid(root: Path) -> str:
    users = (line.split(":") for line in (root / "etc/passwd").read_text("utf-8").splitlines())
    return next(user[2] for user in users if user[0] == USER)
