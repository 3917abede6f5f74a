"""Whose work is in the packages: what Debian's copyright file says, and what of a bundle has no notice.

The notices are those that the app shows, `resources/notices/`; `refresh_notices.py` makes them.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from console import SetupError

from installers.places import BUNDLE, CHECKOUT
from installers.release import HOMEPAGE, PACKAGE

NOTICES = CHECKOUT / "resources" / "notices"

COMMON = {
    "Apache-2.0": "Apache-2.0",
    "GPL-3.0": "GPL-3",
    "LGPL-2.1": "LGPL-2.1",
    "LGPL-3.0": "LGPL-3",
    "MPL-2.0": "MPL-2.0",
}
"""Licences under which several things are, and their names in the folder of texts that every Debian has."""

_IN_THE_PACKAGE = (BUNDLE / "_internal").as_posix()
_OUR_OWN = frozenset(("desktop", "resources"))
_LIBRARY_PLACES = ("", "PySide6/Qt/lib")
"""Folders of a bundle, beside those of wheels (`*.libs`), where each library has a notice of its own."""
_LONGEST_TEXT = 6_000
"""Characters of a text that Debian's copyright file holds itself."""
_DEBIANS_NAMES = ((r"\bMIT\b(?!-)", "Expat"), (r"(GPL-\d)\.0", r"\1"), ("-only", ""), ("-or-later", "+"))
_WORDS = {" OR ": " or ", " AND ": " and ", " WITH ": " with ", "-exception": " exception"}


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


def copyright_text() -> str:
    """The copyright file of the Debian package, in its machine-readable form.

    https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
    """
    own = (CHECKOUT / "LICENSE").read_text(encoding="utf-8")
    holder = re.search(r"^Copyright \(c\) (.*)$", own, re.MULTILINE)
    paragraphs = [
        _header(),
        _paragraph(["*"], [holder[1] if holder else ""], "Expat", own.partition("\n\n")[2]),
    ]
    whole, parts = _divided()
    paragraphs += [_told(notice, parts_of_it) for notice, parts_of_it in whole]
    paragraphs += [_told(notice, ()) for notice in parts]
    return "\n\n".join(paragraphs) + "\n"


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


# ── Debian's copyright file ─────────────────────────────────────────────────────────────────────


def _header() -> str:
    return "\n".join(
        (
            "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/",
            "Upstream-Name: Viewfinder",
            f"Source: {HOMEPAGE}",
            "Comment:",
            f" Packages of which there is no folder in {_IN_THE_PACKAGE}",
            f" are in the program itself, {(BUNDLE / PACKAGE).as_posix()}.",
            " .",
            " Libraries under the LGPL are shared libraries in files of their own: each may be replaced by",
            " another build of it. Where the source of these versions is to be had is told with each.",
            " .",
            f" All texts of licences are in /{_IN_THE_PACKAGE}/resources/notices/texts,",
            " and the program shows them: Help, About Viewfinder, Third-party software.",
        )
    )


def _divided() -> tuple[list[tuple[Notice, list[Notice]]], list[Notice]]:
    """What has modules, each with what is linked into these; and what has files of its own inside of others.

    The order counts: the last paragraph that fits a file tells of it.
    """
    whole = [notice for notice in notices() if notice.modules or not _is_part(notice)]
    linked = [notice for notice in notices() if _is_part(notice) and not notice.libraries]
    with_linked = [(notice, [part for part in linked if part.package == notice.package]) for notice in whole]
    return with_linked, [notice for notice in notices() if _is_part(notice) and notice.libraries]


def _is_part(notice: Notice) -> bool:
    return bool(notice.package) and not notice.modules


def _told(notice: Notice, linked: Iterable[Notice]) -> str:
    together = [notice, *linked]
    patterns = [f"{_IN_THE_PACKAGE}/{module}*" for module in notice.modules]
    patterns += [f"{_IN_THE_PACKAGE}/*{library}" for library in notice.libraries]
    holders = [holder for each in together for holder in each.copyright]
    licences = [_debians(each.license) for each in together]
    one_licence = len(set(licences)) == 1 and not re.search(" (or|and) ", licences[0])
    synopsis = (
        licences[0] if one_licence else " and ".join(_bracketed(each) for each in dict.fromkeys(licences))
    )
    names = dict.fromkeys(text for each in together for text in each.texts)
    comment = [f"{each.name} {each.version}".strip() + f", {' '.join(each.source)}" for each in together]
    return _paragraph(patterns, holders, synopsis, "\n\n".join(_quoted(name) for name in names), comment)


def _paragraph(
    patterns: Iterable[str], holders: Iterable[str], synopsis: str, text: str, comment: Iterable[str] = ()
) -> str:
    lines = ["Files: " + "\n       ".join(patterns), "Copyright: " + "\n           ".join(holders)]
    lines += [f"License: {synopsis}", *_continued(text.splitlines())]
    if comment:
        lines += ["Comment:", *_continued(comment)]
    return "\n".join(lines)


def _continued(lines: Iterable[str]) -> Iterator[str]:
    return (f" {line.replace(chr(9), '    ')}" if line.strip() else " ." for line in lines)


def _quoted(name: str) -> str:
    """The text `name`, or where it is."""
    if name in COMMON:
        place = f"/usr/share/common-licenses/{COMMON[name]}"
        return f"On Debian systems, the text of {_debians(name)} is in\n{place}."
    text = (NOTICES / "texts" / f"{name}.txt").read_text(encoding="utf-8")
    if len(text) <= _LONGEST_TEXT:
        return text
    return f"The text is in\n/{_IN_THE_PACKAGE}/resources/notices/texts/{name}.txt."


def _debians(expression: str) -> str:
    """An SPDX expression in Debian's words."""
    for pattern, name in _DEBIANS_NAMES:
        expression = re.sub(pattern, name, expression)
    for word, other in _WORDS.items():
        expression = expression.replace(word, other)
    return expression


def _bracketed(licence: str) -> str:
    return licence.replace(" or ", ", or ") if " or " in licence else licence


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _notice(row: Mapping[str, Any]) -> Notice:
    values = (row[field] for field in Notice._fields)
    return Notice._make(tuple(value) if isinstance(value, list) else value for value in values)


def _canonical(name: str) -> str:
    return re.sub("[-_.]+", "-", name).lower()
