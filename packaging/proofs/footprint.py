"""Everything that lies in a folder, and how two such lists differ."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

# Where a root has no files of its own, or those of whoever is inside.
_FLEETING = frozenset(("dev", "proc", "run", "sys", "tmp"))


def footprint(folder: Path) -> dict[str, str]:
    """Each path in `folder` with its kind, mode and owner, and its digest or target."""
    found = {}
    for path in _everything(folder):
        status = path.lstat()
        rights = f"{stat.filemode(status.st_mode)} {status.st_uid}:{status.st_gid}"
        found[str(path.relative_to(folder))] = f"{rights} {_content(path)}"
    return found


def differences(before: Mapping[str, str], after: Mapping[str, str], *, but: Iterable[str] = ()) -> list[str]:
    """One line for each path that came, went or changed, unless a pattern of `but` matches it."""
    patterns = tuple(but)
    told = []
    for path in sorted({*before, *after}):
        was, became = before.get(path, "-"), after.get(path, "-")
        if was != became and not any(fnmatchcase(path, pattern) for pattern in patterns):
            told.append(f"{path}: {was} → {became}")
    return told


def _everything(folder: Path) -> Iterable[Path]:
    for place, folders, files in os.walk(folder):
        here = Path(place)
        if here == folder:
            folders[:] = [name for name in folders if name not in _FLEETING]
        yield from (here / name for name in (*folders, *files))


def _content(path: Path) -> str:
    if path.is_symlink():
        return f"→ {path.readlink()}"
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
