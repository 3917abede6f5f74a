"""Where the app of one data folder is met: another folder, as of another user, is another app."""

import os
import stat
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

_LONGEST = 103
"""Bytes of a socket's path on macOS; Linux lets it have 107 (sun_path, less its NUL)."""


@dataclass(frozen=True, slots=True)
class MeetingPlace:
    """The `address` at which the app listens, empty where it cannot; `locks` are folders for its lock."""

    address: str
    locks: tuple[Path, ...]


def meeting_place(data: Path, environ: Mapping[str, str]) -> MeetingPlace:
    """Where the app that keeps its history in `data` is met."""
    name = f"viewfinder-{sha256(os.fsencode(data.resolve())).hexdigest()[:16]}"
    if sys.platform == "win32":
        return MeetingPlace(name, (data,))
    for folder in _folders(environ):
        address = folder / name
        if len(os.fsencode(address)) <= _LONGEST and _is_closed(folder):
            # The lock stands beside the history that it guards, unless nothing can be written there.
            return MeetingPlace(str(address), (data, folder / f"{name}-lock"))
    return MeetingPlace("", (data,))


if sys.platform != "win32":

    def _folders(environ: Mapping[str, str]) -> Iterator[Path]:
        """Folders for a socket, the best first."""
        # A relative one leads each start elsewhere; the XDG Base Directory Specification ignores it too.
        if (runtime := Path(environ.get("XDG_RUNTIME_DIR", ""))).is_absolute():
            yield runtime
        yield Path(tempfile.gettempdir(), f"viewfinder-{os.getuid()}")

    def _is_closed(folder: Path) -> bool:
        """Whether `folder`, made if it is not there, is the user's own, and nobody else can enter it."""
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            found = folder.lstat()
        except OSError:
            return False
        return (
            stat.S_ISDIR(found.st_mode)
            and found.st_uid == os.getuid()
            and not stat.S_IMODE(found.st_mode) & 0o077
        )
