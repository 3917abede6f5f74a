"""How much room the installed app takes, and what holds it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path, PurePath

_BLOCK = 1024
"""Bytes that a file takes in steps of, as Debian counts what is installed."""

_WORTH_A_LINE = 250_000
"""Bytes."""

_NAMES = {
    "PySide6": "Qt",
    "shiboken6": "Qt",
    "cv2": "OpenCV with FFmpeg",
    "opencv_python_headless": "OpenCV with FFmpeg",
    "PIL": "Pillow",
    "pillow": "Pillow",
    "rapidocr": "the reader and its weights",
    "resources": "Viewfinder's own files",
    "viewfinder": "the program with all Python modules",
    "_pi_heif": "pi_heif",
}


def size(folder: Path) -> int:
    """Bytes of all files below, each rounded up; a symbolic link counts as a file of one step."""
    return sum(_size(path) for path in _files(folder))


def installed_size(root: Path) -> int:
    """In KiB as dpkg-gencontrol counts: files and links rounded up, each folder one."""
    folders = sum(path.is_dir() and not path.is_symlink() for path in root.rglob("*"))
    return size(root) // _BLOCK + folders


def holders(bundle: Path) -> Counter[str]:
    """Bytes by what they belong to: a package together with the libraries that came with it."""
    held: Counter[str] = Counter()
    for path in _files(bundle):
        held[_holder(path.relative_to(bundle))] += _size(path)
    return held


def table(bundle: Path) -> str:
    """Lines of MB and holders, the largest first, and their sum; what is small is summed up."""
    held = holders(bundle)
    large = [(name, number) for name, number in held.most_common() if number >= _WORTH_A_LINE]
    rest = held.total() - sum(number for _, number in large)
    rows = [*large, ("all others", rest), ("altogether", held.total())]
    return "".join(f"{number / 1e6:7.1f} MB  {name}\n" for name, number in rows)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_symlink() or path.is_file()]


def _size(path: Path) -> int:
    return -(-path.lstat().st_size // _BLOCK) * _BLOCK


def _holder(place: PurePath) -> str:
    parts = place.parts[1:] if place.parts[0] == "_internal" else place.parts
    if len(parts) == 1 and parts[0].startswith("lib"):
        return "Python and system libraries"
    name = parts[0].partition(".")[0].partition("-")[0]
    if name in {"python3", "base_library"}:
        return "Python and system libraries"
    return _NAMES.get(name, name)
