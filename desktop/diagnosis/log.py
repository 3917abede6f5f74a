"""The log: what went wrong and where, in a small file of its own, and never what was asked or answered."""

import logging
import os
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from desktop.diagnosis.frames import chain_of, one_line, place_of
from desktop.private import open_to_append

LOG = "viewfinder.log"
MAX_BYTES = 256 * 1024
OLDER_FILES = 2


def log_to(folder: Path) -> None:
    """Write warnings and errors to `viewfinder.log` in `folder`, at most 768 kB in all.

    The file is made with the first of them. Where it cannot be written, nothing is, and nobody hears of it.
    """
    logging.raiseExceptions = False
    handler = LogFile(folder / LOG)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(PlacesOnly())
    # Also without a file: a logger without any handler prints on stderr.
    logging.getLogger().addHandler(handler)


class PlacesOnly(logging.Formatter):
    """Our own words, which tests hold to be constant; of all others only who spoke, and where.

    Exceptions are told by their classes and frames. A record's first line begins with the time, the others
    with two blanks: no text can pass itself off as a record.
    """

    def format(self, record: logging.LogRecord) -> str:
        head = f"{self.formatTime(record)} {record.levelname} [{record.process}] {one_line(record.name)}"
        error = record.exc_info[1] if record.exc_info else None
        told = chain_of(error) if error is not None else ()
        return "\n  ".join((f"{head}: {_words(record)}", *told))


class LogFile(RotatingFileHandler):
    """A file for its user alone, which several processes may write to and rotate."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=MAX_BYTES, backupCount=OLDER_FILES, delay=True)

    def emit(self, record: logging.LogRecord) -> None:
        if self.stream is not None and not _is_named(self.stream, self.baseFilename):
            self._let_go()
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """A log that cannot be written is no reason to say anything, least of all what it was to hold."""

    def _let_go(self) -> None:
        """The next record opens it again."""
        stream, self.stream = self.stream, None
        if stream is not None:
            _close(stream)

    def _open(self) -> TextIOWrapper:
        handle = open_to_append(Path(self.baseFilename))
        return os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace")


def _words(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] == "desktop":
        return one_line(record.getMessage())
    return f"({place_of(record.pathname)}:{record.lineno})"


def _is_named(stream: TextIOWrapper, name: str) -> bool:
    """Whether the file still has its name: another process may have rotated it."""
    try:
        return os.path.samestat(os.fstat(stream.fileno()), Path(name).stat())
    except OSError:
        return False


def _close(stream: TextIOWrapper) -> None:
    try:
        stream.close()
    except OSError:
        return  # what could not be written is lost
