"""Files that their user alone reads, whatever the umask says."""

import os
from pathlib import Path

FOLDER, FILE = 0o700, 0o600


def open_to_append(path: Path) -> int:
    """Open `path`, made with its folder where it is missing; give its descriptor. Raises `OSError`."""
    path.parent.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    path.parent.chmod(FOLDER)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, FILE)
    try:
        path.chmod(FILE)
    except OSError:
        os.close(handle)
        raise
    return handle
