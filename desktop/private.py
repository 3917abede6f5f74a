"""Files and folders for their user alone, whatever the umask says."""

import os
import stat
from pathlib import Path

FOLDER = 0o700
FILE = 0o600


def make_folder(folder: Path) -> None:
    """Make `folder` with those above it, for its user alone, also if it was there. Raises `OSError`."""
    folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    tighten(folder, FOLDER)


def make_file(path: Path) -> None:
    """Make an empty file, for its user alone, unless there is one. Raises `OSError`."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, FILE))
    tighten(path, FILE)


def open_to_append(path: Path) -> int:
    """Open `path`, made with its folder where it is missing; give its descriptor. Raises `OSError`."""
    make_folder(path.parent)
    make_file(path)
    # Another process may have renamed it meanwhile.
    return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, FILE)


def tighten(path: Path, mode: int) -> None:
    """Let `path` have `mode` and no other. Raises `OSError`."""
    if stat.S_IMODE(path.stat().st_mode) != mode:
        path.chmod(mode)


def sync_folder(folder: Path) -> None:
    """Let the names in `folder` outlive a power cut. Raises `OSError`."""
    if os.name == "nt":  # Windows opens no folders, and writes names through
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
