"""A small disk that a test can fill, and set read-only, for the programs that it starts on it.

It is a tmpfs in a mount namespace: no other program sees it, and it is gone with the process that holds it.
Who is not root may mount there by a user namespace.
"""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.support.background import running
from tests.support.scripts import CHECKOUT

_IS_ROOT = os.geteuid() == 0
_LEAVE = (
    ["unshare", "--mount", "--propagation", "unchanged"]
    if _IS_ROOT
    else ["unshare", "--user", "--map-current-user", "--keep-caps", "--mount"]
)
_ENTER = [] if _IS_ROOT else ["--user", "--preserve-credentials"]
_HOLD = """
mount --make-rprivate /  # refused in a chroot, whose mounts are its own already
mount -t tmpfs -o "size=$1,mode=700" tmpfs "$2" && echo done
while read -r how; do mount -o "remount,$how" "$2" && echo done; done
"""
"""Whoever is not root may mount as long as it becomes no other program: so this mounts again, too."""


class SmallDisk:
    """`inside` begins the command lines of programs that see it; `folder` leads to it from outside."""

    def __init__(self, holder: "subprocess.Popen[bytes]", place: Path) -> None:
        self.inside = ["nsenter", "--target", str(holder.pid), *_ENTER, "--mount", "--root", "--wd"]
        self.folder = Path(f"/proc/{holder.pid}/root", *place.parts[1:])
        self._holder = holder
        self._filling = self.folder / "filling"
        self._wait_until_done()

    def fill(self) -> None:
        """Leave no room on it."""
        with self._filling.open("wb", buffering=0) as file:
            for size in (1 << 16, 1 << 12, 1):
                with suppress(OSError):
                    while True:
                        file.write(bytes(size))

    def make_room(self) -> None:
        """Take away what fills it."""
        self._filling.unlink()

    def set_read_only(self, *, is_so: bool) -> None:
        """Let nobody write on it, or let them again."""
        assert self._holder.stdin is not None
        self._holder.stdin.write(b"ro\n" if is_so else b"rw\n")
        self._holder.stdin.flush()
        self._wait_until_done()

    def _wait_until_done(self) -> None:
        assert self._holder.stdout is not None
        assert self._holder.stdout.readline() == b"done\n", "it could not be mounted"


@contextmanager
def small_disk(place: Path, environ: Mapping[str, str], size: str = "4m") -> Iterator[SmallDisk]:
    """Mount one of `size`, as `mount` takes it, on the folder `place`."""
    place.mkdir(parents=True, exist_ok=True)
    command = [*_LEAVE, "sh", "-c", _HOLD, "sh", size, str(place)]
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with running(command, environ, cwd=CHECKOUT, **streams) as holder:
        yield SmallDisk(holder, place)
