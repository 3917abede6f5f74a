"""The .rpm, packed by nfpm.

It asks for libraries by soname, as rpmbuild would: Fedora and openSUSE name the packages differently, and the
sonames not. It has no scripts: on both, file triggers bring the caches of icons and menus up to date.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from console import run_well
from environment import Environment

from installers.elf import dotted, floors, needed
from installers.notices import notices
from installers.places import BUNDLE, CHECKOUT, LINUX
from installers.release import HOMEPAGE, MAINTAINER, PACKAGE, VERSION, file_name, releases
from installers.whole import whole

# As small as what nfpm makes with xz, in a fifth of the time; rpm reads it since 4.14 (2017).
_SMALL, _QUICK = "zstd:19", "zstd:1"
_VERSIONED = {"GLIBC": "libc.so.6", "GLIBCXX": "libstdc++.so.6", "CXXABI": "libstdc++.so.6"}
_DATA = ("xkeyboard-config",)  # what libxkbcommon, which is in the bundle, reads: keyboards' layouts
_RECOMMENDED = (
    "google-noto-sans-cjk-fonts",
    "hicolor-icon-theme",
    "xdg-utils",
    # whichever Secret Service the desktop has: Fedora's and openSUSE's names
    "(gnome-keyring or kf6-kwallet or kwalletd6 or keepassxc)",
)


def build_rpm(root: Path, into: Path, *, quick: bool = False) -> Path:
    """Pack the tree below `root` as `into`/viewfinder-VERSION-1.x86_64.rpm and return that path.

    The same tree gives the same bytes. `quick`: larger and sooner, to try it out.

    Raises:
        SetupError: nfpm failed.
    """
    target = into / file_name("rpm")
    with whole(target) as unfinished:
        recipe = unfinished.with_suffix(".json")  # YAML, as nfpm wants it, is what JSON is too
        recipe.write_text(json.dumps(_recipe(root, _QUICK if quick else _SMALL)), encoding="utf-8")
        nfpm = str(Environment(CHECKOUT).nfpm)
        run_well([nfpm, "package", "-f", str(recipe), "-p", "rpm", "-t", str(unfinished)])
    return target


def requires(sonames: set[str], versions: Mapping[str, tuple[int, ...]]) -> list[str]:
    """What the package asks for, as rpm writes it: `libX11.so.6()(64bit)`, `libc.so.6(GLIBC_2.35)(64bit)`.

    Args:
        sonames: What the bundle's files need and do not bring.
        versions: The newest version of each family of symbols that they ask for, `{"GLIBC": (2, 35)}`.
    """
    plain = {f"{soname}()(64bit)" for soname in sonames}
    versioned = {
        f"{_VERSIONED[family]}({family}_{dotted(version)})(64bit)"
        for family, version in versions.items()
        if family in _VERSIONED
    }
    return sorted(plain | versioned)


def licence(bundled: Iterable[str]) -> str:
    """The SPDX expression for the whole package: the app's own licence, and those of what is `bundled`.

    https://docs.fedoraproject.org/en-US/legal/license-field/
    """
    parts = {
        part
        for expression in bundled
        for part in ([f"({expression})"] if " OR " in expression else expression.split(" AND "))
    }
    return " AND ".join(["MIT", *sorted(parts - {"MIT"})])


# ── inside ──────────────────────────────────────────────────────────────────────────────────────────────


def _recipe(root: Path, compression: str) -> dict[str, object]:
    summary, description = _texts()
    bundle = root / BUNDLE
    return {
        "name": PACKAGE,
        "arch": "amd64",
        "platform": "linux",
        "version": VERSION,
        "version_schema": "none",  # taken as it is written
        "release": "1",
        "maintainer": MAINTAINER,
        "vendor": MAINTAINER.partition(" <")[0],
        "homepage": HOMEPAGE,
        "license": licence(notice.license for notice in notices()),
        "description": description,
        "mtime": _moment(),
        "disable_globbing": True,
        "depends": [*requires(needed(bundle), floors(bundle)), *_DATA],
        "recommends": list(_RECOMMENDED),
        "contents": list(_contents(root)),
        "rpm": {"summary": summary, "buildhost": "localhost", "compression": compression},
    }


def _texts() -> tuple[str, str]:
    """The summary and the description that the .deb has; the summary begins as rpm's customs want it."""
    summary, *lines = (
        (LINUX / "control").read_text(encoding="utf-8").partition("\nDescription: ")[2].splitlines()
    )
    return summary[:1].upper() + summary[1:], "\n".join(
        "" if line == " ." else line.removeprefix(" ") for line in lines
    )


def _contents(root: Path) -> Iterator[dict[str, object]]:
    """All files and links, and the folders that are this package's own; what is shared belongs to others."""
    everyones = {"owner": "root", "group": "root", "mtime": _moment()}
    for path in sorted(root.rglob("*")):
        place = PurePosixPath("/", *path.relative_to(root).parts)
        mode = path.lstat().st_mode
        info = {**everyones, "mode": stat.S_IMODE(mode)}
        if stat.S_ISLNK(mode):
            yield {"src": str(path.readlink()), "dst": str(place), "type": "symlink", "file_info": everyones}
        elif not stat.S_ISDIR(mode):
            yield {"src": str(path), "dst": str(place), "type": _kind(place), "file_info": info}
        elif PACKAGE in place.parts:
            yield {"dst": str(place), "type": "dir", "file_info": info}


def _kind(place: PurePosixPath) -> str:
    if place.name == "copyright":
        return "license"
    return "doc" if place.is_relative_to("/usr/share/doc") or place.is_relative_to("/usr/share/man") else ""


def _moment() -> str:
    return releases()[0].moment.isoformat()
