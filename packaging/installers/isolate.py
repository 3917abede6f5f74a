"""Names that nobody shares for libraries of which the user's system may have others by the same name.

Fedora's Kerberos, which Qt loads, needs Fedora's OpenSSL, but the loader takes one library of a name for all:
with ours in its place Kerberos lacks a function, and the app ends. Wheels rename what they bring likewise.
"""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

from console import run_well

from installers.elf import Elf, files

PATTERNS = (
    *("libssl.so.*", "libcrypto.so.*", "libsqlite3.so.*", "libffi.so.*", "libbz2.so.*", "liblzma.so.*"),
)
"""What Python's own modules need."""

_SUFFIX = ".viewfinder"


def isolate(bundle: Path) -> None:
    """Rename the libraries of `PATTERNS` in `bundle`, in all that needs them too.

    Raises:
        SetupError: patchelf failed.
    """
    there = files(bundle / "_internal")
    names = {elf.path.name: elf.path.name + _SUFFIX for elf in there if _is_common(elf)}
    for elf in there:
        for change in _changes(elf, names):  # one at a time: patchelf 0.14 mixes up the texts of several
            run_well(["patchelf", *change, str(elf.path)])
        if elf.path.name in names:
            elf.path.rename(elf.path.with_name(names[elf.path.name]))


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _is_common(elf: Elf) -> bool:
    return any(fnmatch(elf.path.name, pattern) for pattern in PATTERNS)


def _changes(elf: Elf, names: dict[str, str]) -> list[list[str]]:
    """Options for patchelf."""
    changes = [["--replace-needed", name, names[name]] for name in sorted(elf.needed & names.keys())]
    if elf.path.name in names:
        changes.append(["--set-soname", names[elf.path.name]])
    return changes
