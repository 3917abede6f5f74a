"""Symbols, and places of the building machine, taken out of the frozen files."""

from __future__ import annotations

from pathlib import Path

from console import run_well

from installers.elf import Elf, files

_OWN = "$ORIGIN"
_NOWHERE = b"/usr"


def trim(bundle: Path, python_home: Path) -> None:
    """Leave in the ELF files of `bundle` neither symbols nor where Python lay when they were built.

    Raises:
        SetupError: strip or patchelf failed.
    """
    libraries = files(bundle / "_internal")  # not the program itself: its modules hang on it
    for elf in libraries:
        if not _was_rewritten(elf):
            run_well(["strip", "--strip-all", str(elf.path)])
        _keep_own_folders(elf)
        _forget(elf.path, python_home)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _was_rewritten(elf: Elf) -> bool:
    """Whether a wheel's maker moved its sections to name the libraries beside it: strip would break it."""
    return ".libs" in elf.path.parent.name or any(".libs" in folder for folder in elf.runpath)


def _keep_own_folders(elf: Elf) -> None:
    """Let the loader look in the bundle alone, never where libraries lay on the building machine."""
    own = [folder for folder in elf.runpath if folder.startswith(_OWN)]
    if len(own) < len(elf.runpath):
        change = ("--set-rpath", ":".join(own)) if own else ("--remove-rpath",)
        run_well(["patchelf", *change, str(elf.path)])


def _forget(path: Path, home: Path) -> None:
    """Write /usr, as long as it was by slashes, for the folder of `home`, which a bundle never looks at.

    The last name stays: linkers let a short text be the end of a longer one, such as a version's number.
    """
    told, content = str(home.parent).encode(), path.read_bytes()
    if told in content:
        path.write_bytes(content.replace(told, _NOWHERE.ljust(len(told), b"/")))
