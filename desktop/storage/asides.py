"""Files that are put beside the database: copies before a migration, and what was damaged."""

import itertools
import sqlite3
from contextlib import closing
from pathlib import Path

from desktop import private
from desktop.regular import NotRegular

_OF_SQLITE = ("", "-wal", "-shm", "-journal")
"""How the names of a database and of the files that SQLite puts beside it end."""


def copy_before(db: sqlite3.Connection, path: Path, version: int) -> None:
    """Copy the database at `path`, for its user alone, before it is brought to `version`."""
    copy = path.with_name(f"{path.name}.before-{version}")
    remove(copy)
    try:
        private.make_file(copy)
        with closing(sqlite3.connect(copy)) as target:
            db.backup(target)
    except BaseException:
        remove(copy)
        raise


def drop_copies(path: Path) -> None:
    """Remove the copies that were made before migrations."""
    for copy in path.parent.glob(f"{path.name}.before-*"):
        copy.unlink(missing_ok=True)


def drop_all(path: Path) -> None:
    """Remove copies, databases that were set aside, and what a recovery left that was cut short."""
    drop_copies(path)
    for kind in ("broken-*", "recovered*"):
        for aside in path.parent.glob(f"{path.name}.{kind}"):
            aside.unlink(missing_ok=True)


def set_aside(path: Path) -> str:
    """Give the database at `path`, with its log, a name under which nobody looks for it; that name."""
    names = (f"{path.name}.broken-{number}" for number in itertools.count(1))
    aside = next(each for name in names if not (each := path.with_name(name)).exists())
    path.rename(aside)
    log = _beside(path, "-wal")
    if log.exists():
        log.replace(_beside(aside, "-wal"))
    remove_log(path)
    return aside.name


def remove_log(path: Path) -> None:
    """Remove what is left beside a database that is not at `path` any more: it is no other one's."""
    for ending in _OF_SQLITE[1:]:
        _beside(path, ending).unlink(missing_ok=True)


def remove(path: Path) -> None:
    """Remove the database at `path`, if there is one, with all that SQLite puts beside it."""
    for ending in _OF_SQLITE:
        _beside(path, ending).unlink(missing_ok=True)


def refuse_others(path: Path) -> None:
    """Raise `OSError` if a FIFO or the like stands where SQLite would wait for it, at `path` or beside it."""
    for ending in _OF_SQLITE:
        beside = _beside(path, ending)
        if beside.exists() and not beside.is_file():
            raise NotRegular(beside)


def was_left_open(path: Path) -> bool:
    """Whether the last that used the database did not close it: then its log is still there."""
    return _beside(path, "-wal").exists()


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)
