"""The first hundred bytes of a database: which version wrote it, and in whose place another's can stand.

https://sqlite.org/fileformat.html#the_database_header
"""

import os
import shutil
from pathlib import Path

from desktop import private
from desktop.regular import open_regular

_LENGTH = 100
_MAGIC = b"SQLite format 3\0"
_PAGE_SIZE = slice(16, 18)
_PAGES = slice(28, 32)
_FREE_PAGES = slice(32, 40)
_USER_VERSION = slice(60, 64)


def version_in(path: Path) -> int:
    """Its `PRAGMA user_version`; 0 if it has none. SQLite itself would put files beside it."""
    try:
        header = _header(path)
    except FileNotFoundError:
        return 0
    return int.from_bytes(header[_USER_VERSION]) if header.startswith(_MAGIC) else 0


def copy_with_header(damaged: Path, sound: Path, copy: Path) -> None:
    """Make `copy` of `damaged`, with the header that the database at `sound` has. Raises `OSError`."""
    header = bytearray(_header(sound))
    pages = damaged.stat().st_size // int.from_bytes(header[_PAGE_SIZE])
    header[_PAGES] = pages.to_bytes(4)
    header[_FREE_PAGES] = bytes(8)
    private.make_file(copy)
    shutil.copyfile(damaged, copy)
    with copy.open("r+b") as file:
        file.write(header)


def _header(path: Path) -> bytes:
    with os.fdopen(open_regular(path), "rb") as file:
        return file.read(_LENGTH)
