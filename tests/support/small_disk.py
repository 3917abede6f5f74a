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
    ("unshare", "--mount")
    if _IS_ROOT
    else ("unshare", "--user", "--map-current-user", "--keep-caps", "--mount")
)
_ENTER = () if _IS_ROOT else ("--user", "--preserve-credentials")
_HOLD = 'mount -t tmpfs -o "size=$1,mode=700" tmpfs "$2" && echo held && exec cat'


class SmallDisk:
    """`inside` begins the command lines of programs that see it; `folder` leads to it from outside."""

    def __init__(self, holder: int, place: Path) -> None:
        self.inside = ("nsenter", "--target", str(holder), *_ENTER, "--mount", "--wd")
        self.folder = Path(f"/proc/{holder}/root", *place.parts[1:])
        self._place = place
        self._filling = self.folder / "filling"

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
        how = "remount,ro" if is_so else "remount,rw"
        subprocess.run([*self.inside, "mount", "-o", how, str(self._place)], check=True)


@contextmanager
def small_disk(place: Path, environ: Mapping[str, str], size: str = "4m") -> Iterator[SmallDisk]:
    """Mount one of `size`, as `mount` takes it, on the folder `place`."""
    place.mkdir(parents=True, exist_ok=True)
    command = [*_LEAVE, "sh", "-c", _HOLD, "sh", size, str(place)]
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with running(command, environ, cwd=CHECKOUT, **streams) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n", "a disk could not be mounted"
        yield SmallDisk(holder.pid, place)
