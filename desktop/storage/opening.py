"""How the database is opened: the right version, whole, in the present schema; or recovered."""

import sqlite3
from pathlib import Path

from desktop import private
from desktop.domain.history_errors import HistoryError, HistoryLost, HistoryRecovered, HistoryTooNew
from desktop.storage import asides, recovery
from desktop.storage.database import connect
from desktop.storage.failures import Damaged
from desktop.storage.header import version_in
from desktop.storage.migrations import VERSION, migrate, version
from desktop.storage.shape import check_schema


def open_database(path: Path) -> sqlite3.Connection:
    """The database at `path`, made if need be. Raises `HistoryTooNew`, `sqlite3.Error` and `OSError`.

    A schema that is not ours is damage.
    """
    private.make_folder(path.parent)
    asides.refuse_others(path)
    _finish_recovery(path)
    _refuse_newer(version_in(path), path)
    for each in path.parent.glob(f"{path.name}*"):
        if each.is_file():
            private.tighten(each, private.FILE)
    was_left_open = asides.was_left_open(path)
    db = connect(path)
    try:
        _make_ready(db, path, is_checked=was_left_open)
    except BaseException:
        db.close()
        raise
    return db


def recover(path: Path) -> HistoryError:
    """Set the damaged database at `path` aside, and make one of what can be read of it; what is to be told.

    Raises `sqlite3.Error` and `OSError`: then nothing was done.
    """
    recovered = _recovered(path)
    asides.remove(recovered)
    try:
        count = recovery.recover(path, recovered)
    except BaseException:
        asides.remove(recovered)
        raise
    aside = asides.set_aside(path)
    recovered.rename(path)
    return HistoryRecovered(aside=aside, conversations=count) if count else HistoryLost(aside=aside)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _recovered(path: Path) -> Path:
    return path.with_name(f"{path.name}.recovered")


def _finish_recovery(path: Path) -> None:
    """The app may have ended between the two renamings of `recover`."""
    recovered = _recovered(path)
    if recovered.exists() and not path.exists():
        asides.remove_log(path)
        recovered.rename(path)
    asides.remove(recovered)


def _refuse_newer(found: int, path: Path) -> None:
    if found > VERSION:
        raise HistoryTooNew(folder=str(path.parent))


def _make_ready(db: sqlite3.Connection, path: Path, *, is_checked: bool) -> None:
    if is_checked:
        _check(db)
    found = version(db)
    _refuse_newer(found, path)
    check_schema(db, found)
    if found == VERSION:
        asides.drop_copies(path)
    elif found:
        asides.copy_before(db, path, VERSION)
    migrate(db)


def _check(db: sqlite3.Connection) -> None:
    (answer,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if answer != "ok":
        raise Damaged(answer)
