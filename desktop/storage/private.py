"""Files and folders for their user alone, whatever the umask says."""

import os
import stat
from pathlib import Path

_GROUP_AND_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def make_folder(folder: Path) -> None:
    """Make `folder` with those above it; 0700, also if it was there with a laxer mode. Raises `OSError`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    tighten(folder)


def make_file(path: Path) -> None:
    """Make an empty file, 0600, unless there is one. Raises `OSError`."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    tighten(path)


def tighten(path: Path) -> None:
    """Take from group and others what they may do with `path`. Raises `OSError`."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & _GROUP_AND_OTHERS:
        path.chmod(mode & ~_GROUP_AND_OTHERS)


def sync_folder(folder: Path) -> None:
    """Let the names in `folder` outlive a power cut. Raises `OSError`."""
    if os.name == "nt":  # Windows opens no folders, and writes names through
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
