"""What SQLite and the disk say, as errors that can be shown."""

import errno
import shutil
import sqlite3
from pathlib import Path

from desktop.domain.history_errors import HistoryBusy, HistoryError, HistoryFull, HistoryNotWritable

_LEAST_SPACE = 1 << 20
"""Bytes: with less than that on the disk, an error of reading or writing means that it is full."""

_PRIMARY = 0xFF
"""The bits of SQLite's extended result codes that hold the primary one."""

_BY_CODE = {
    sqlite3.SQLITE_FULL: HistoryFull,
    sqlite3.SQLITE_BUSY: HistoryBusy,
    sqlite3.SQLITE_LOCKED: HistoryBusy,
    sqlite3.SQLITE_READONLY: HistoryNotWritable,
    sqlite3.SQLITE_PERM: HistoryNotWritable,
    sqlite3.SQLITE_CANTOPEN: HistoryNotWritable,
}

_BY_ERRNO = {
    errno.ENOSPC: HistoryFull,
    errno.EDQUOT: HistoryFull,
    errno.EFBIG: HistoryFull,
    errno.EACCES: HistoryNotWritable,
    errno.EPERM: HistoryNotWritable,
    errno.EROFS: HistoryNotWritable,
    errno.ENOTDIR: HistoryNotWritable,
    errno.EEXIST: HistoryNotWritable,
    errno.EISDIR: HistoryNotWritable,
}

_SPACE_MATTERS = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_DAMAGE_IN_WORDS = ("decode to UTF-8", "invalid fts5 file format")
"""Of what has no code of its own."""


class Damaged(sqlite3.DatabaseError):
    """A check found that the database is not what was written."""


def is_damage(error: sqlite3.Error | OSError) -> bool:
    """Whether `error` says that the database is damaged: its pages, an index, or a text that is no UTF-8."""
    is_told = any(words in str(error) for words in _DAMAGE_IN_WORDS)
    return isinstance(error, Damaged) or _code(error) in _DAMAGE or is_told


def is_damage_at_start(error: sqlite3.Error) -> bool:
    """The same for errors of what is done at each start: if that makes no sense, the tables are not ours."""
    return is_damage(error) or _code(error) == sqlite3.SQLITE_ERROR


def history_error(error: sqlite3.Error | OSError, folder: Path) -> HistoryError:
    """`error` as what is shown of it; the words of SQLite or the system become its `detail`."""
    kind = _BY_ERRNO.get(error.errno or 0) if isinstance(error, OSError) else _BY_CODE.get(_code(error))
    if _code(error) in _SPACE_MATTERS and _is_full(folder):
        kind = HistoryFull
    return (kind or HistoryError)(folder=str(folder), detail=str(error))


def _code(error: Exception) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & _PRIMARY


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _LEAST_SPACE
    except OSError:
        return False
