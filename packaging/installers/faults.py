"""What a bundle for Linux must not be: bound to newer systems, to the building machine, or too large."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from installers.elf import Elf, dotted, files, floors
from installers.sizes import size

FLOORS = {"GLIBC": (2, 35), "GLIBCXX": (3, 4, 30)}
"""The oldest system's, which is Ubuntu 22.04; Debian 12 has 2.36 and 3.4.30."""

LARGEST = 470_000_000
"""Bytes that the bundle takes when installed."""

_THE_SYSTEMS = (
    *("libc.so.*", "libstdc++.so.*", "libgcc_s.so.*", "libz.so.*"),
    *("libX*.so.*", "libxcb.so.*", "libxcb-[dgprs]*.so.*", "libxcb-x[!k]*.so.*", "libxcb-composite.so.*"),
    *("libwayland-*", "libEGL.so.*", "libGL*.so.*", "libdrm.so.*", "libgbm.so.*"),
    *("libgtk-*", "libgdk*", "libglib-*", "libgobject-*", "libgio-*", "libgmodule-*", "libgthread-*"),
    *("libpango*", "libcairo*", "libatk*", "libatspi*", "libharfbuzz.so.*", "libpixman*", "libepoxy*"),
    *("libfontconfig.so.*", "libfreetype.so.*", "libdbus-1.so.*", "libexpat.so.*", "libsystemd.so.*"),
    *("libssl.so.[0-9]", "libcrypto.so.[0-9]"),  # their own names; see isolate.py
    *("libkrb5*", "libgssapi*", "libk5crypto*", "libcom_err*", "libkeyutils*"),
)
"""Libraries that share state with the desktop, its drivers, or each other: there must be one of each."""


def faults(bundle: Path) -> list[str]:
    """Sentences; none where the bundle can be handed to users."""
    there = files(bundle)
    found = [*_too_new(bundle), *_not_found(bundle, there)]
    found += [f"{_name(elf)} is the system's." for elf in there if _is_the_systems(elf)]
    found += [f"{_name(elf)} is searched for in {place}." for elf in there for place in _outside(elf)]
    if size(bundle) > LARGEST:
        found.append(f"It takes {size(bundle) / 1e6:.0f} MB, more than {LARGEST / 1e6:.0f} MB.")
    return found


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _too_new(bundle: Path) -> Iterator[str]:
    asked = floors(bundle)
    for name, most in FLOORS.items():
        if (version := asked.get(name, ())) > most:
            yield f"It needs {name} {dotted(version)}, newer than {dotted(most)}."


def _not_found(bundle: Path, there: list[Elf]) -> Iterator[str]:
    """Each library lies where those that need it look, or where PyInstaller makes all of them look."""
    inside = {elf.path.name for elf in there}
    common = bundle / "_internal"
    for elf in there:
        for name in sorted(elf.needed & inside):
            places = (Path(folder.replace("$ORIGIN", str(elf.path.parent))) for folder in elf.runpath)
            # Its own folder: it may have come by an RPATH, which holds for what it needs, too.
            if not any((place / name).is_file() for place in (common, elf.path.parent, *places)):
                yield f"{_name(elf)} does not find {name}."


def _outside(elf: Elf) -> list[str]:
    return [place for place in elf.runpath if not place.startswith("$ORIGIN")]


def _is_the_systems(elf: Elf) -> bool:
    """Whether it goes by the system's name; copies in wheels have names that nobody shares."""
    name, private = elf.path.name, elf.path.parent.name.endswith(".libs")
    ours = private or name.startswith("libxcb-render-util.")
    return not ours and any(fnmatch(name, pattern) for pattern in _THE_SYSTEMS)


def _name(elf: Elf) -> str:
    return elf.path.name
