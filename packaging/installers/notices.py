"""Whose work is in the packages, and what of a bundle has no notice.

The notices are those that the app shows, `resources/notices/`; `refresh_notices.py` makes them.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from console import SetupError

from installers.places import CHECKOUT
from installers.release import PACKAGE

NOTICES = CHECKOUT / "resources" / "notices"

COMMON = {
    "Apache-2.0": "Apache-2.0",
    "GPL-3.0": "GPL-3",
    "LGPL-2.1": "LGPL-2.1",
    "LGPL-3.0": "LGPL-3",
    "MPL-2.0": "MPL-2.0",
}
"""Licences under which several things are, and their names in the folder of texts that every Debian has."""

_OUR_OWN = frozenset(("desktop", "resources"))
_LIBRARY_PLACES = ("", "PySide6/Qt/lib")
"""Folders of a bundle, beside those of wheels (`*.libs`), where each library has a notice of its own."""


class Notice(NamedTuple):
    """One piece of work.

    `package`: what brings it, as pip names that; `modules`, of whole packages: what these can be imported as;
    `libraries`: patterns of file names; `texts`: names of files.
    """

    name: str
    version: str
    license: str
    copyright: tuple[str, ...]
    source: tuple[str, ...]
    texts: tuple[str, ...]
    package: str
    modules: tuple[str, ...]
    libraries: tuple[str, ...]

    def covers(self, library: str) -> bool:
        return any(fnmatch(library, pattern) for pattern in self.libraries)


@lru_cache
def notices() -> tuple[Notice, ...]:
    """All of them, by name."""
    rows = json.loads((NOTICES / "notices.json").read_text(encoding="utf-8"))
    return tuple(_notice(row) for row in rows)


def unnoticed(bundle: Path, python: Path | None = None) -> list[str]:
    """What `bundle` holds and no notice covers: files, and modules in its program, sorted.

    Args:
        bundle: The folder with the program.
        python: An interpreter with PyInstaller, which reads the program; None: this one.

    Raises:
        SetupError: The program cannot be read.
    """
    inside = bundle / "_internal"
    files = (path.relative_to(inside) for path in inside.rglob("*") if path.is_file())
    found = {str(file) for file in files if not _is_told(file)}
    modules = _frozen_modules(bundle / PACKAGE, python) - _known_modules()
    return sorted(found | {f"{PACKAGE}: {name}" for name in modules})


def require_notices(bundle: Path, python: Path | None = None) -> None:
    """Raise `SetupError` where `unnoticed` finds anything."""
    if found := unnoticed(bundle, python):
        raise SetupError(
            f"No notice tells of {', '.join(found[:20])}: leave it out of the bundle, or add a reviewed row "
            "to packaging/notices.toml and run packaging/refresh_notices.py."
        )


# ── what a bundle holds ─────────────────────────────────────────────────────────────────────────


def _is_told(file: Path) -> bool:
    folder = file.parent.as_posix()
    is_library = file.name.startswith("lib") and ".so" in file.name
    if is_library and (folder.removeprefix(".") in _LIBRARY_PLACES or folder.endswith(".libs")):
        return any(notice.covers(file.name) for notice in notices())
    top = file.parts[0]
    if top.endswith(".dist-info"):
        return _canonical(top.rpartition("-")[0].rpartition("-")[0]) in _known_packages()
    return top.partition(".")[0] in _known_modules()


@lru_cache
def _known_packages() -> frozenset[str]:
    return frozenset(_canonical(notice.package) for notice in notices())


@lru_cache
def _known_modules() -> frozenset[str]:
    ours = frozenset(module for notice in notices() for module in notice.modules)
    return ours | _OUR_OWN | sys.stdlib_module_names


def _frozen_modules(program: Path, python: Path | None) -> set[str]:
    """The first parts of the names of all modules in `program`."""
    reader = ("-P", "-m", "PyInstaller.utils.cliutils.archive_viewer", "--list", "--recursive", "--brief")
    command = [str(python or sys.executable), *reader, str(program)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    _, archive, modules = done.stdout.partition("(PYZ):\n")
    if done.returncode or not archive:
        raise SetupError(f"PyInstaller cannot read {program}: {done.stderr.strip()[-500:]}")
    names = {line.strip().partition(".")[0] for line in modules.splitlines() if line.strip()}
    return {name for name in names if not name.startswith("_sysconfigdata_")}


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _notice(row: Mapping[str, Any]) -> Notice:
    values = (row[field] for field in Notice._fields)
    return Notice._make(tuple(value) if isinstance(value, list) else value for value in values)


def _canonical(name: str) -> str:
    return re.sub("[-_.]+", "-", name).lower()
