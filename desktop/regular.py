"""Regular files, opened so that whatever else stands there neither holds anyone up nor is set going."""

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

# Opening a FIFO waits for its other end, and a terminal may become this process's own, unless told not to;
# Windows knows neither.
_FLAGS = sum(getattr(os, name, 0) for name in ("O_RDONLY", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"))


class NotRegular(OSError):
    """A device, a FIFO, a socket: no file."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EINVAL, "Not a regular file", str(path))


class TooLarge(OSError):
    """A file of more bytes than are taken."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EFBIG, os.strerror(errno.EFBIG), str(path))


def open_regular(path: Path) -> int:
    """A descriptor of the file at `path`, to be read; the caller closes it. Links are followed.

    What is no regular file is not even opened, as far as can be told before: to open a device may set it
    going. Raises `OSError`: `IsADirectoryError`, `NotRegular` for what else is none.
    """
    _refuse_others(path, os.stat(path))  # noqa: PTH116 - as `os.open` takes it
    descriptor = os.open(path, _FLAGS)
    try:
        # Another may have come in its place meanwhile: what is open counts.
        _refuse_others(path, os.fstat(descriptor))
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def read_regular(path: Path, limit: int) -> bytes:
    """All bytes of the file at `path`. Raises `OSError`: `TooLarge` if they are more than `limit`."""
    with os.fdopen(open_regular(path), "rb") as file:
        data = read_at_most(file.fileno(), limit + 1)
    if len(data) > limit:
        raise TooLarge(path)
    return data


def read_at_most(descriptor: int, count: int) -> bytes:
    """The next `count` bytes, fewer at the end. Raises `OSError`."""
    with os.fdopen(descriptor, "rb", closefd=False) as file:
        # No more room than it needs: 100 MB made ready for a small file cost 3 ms.
        expected = min(count, os.fstat(descriptor).st_size + 1)
        data = _read(file, expected)
        return data if len(data) < expected else data + _read(file, count - expected)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _read(file: BufferedReader, count: int) -> bytes:
    # None: nothing is there yet, as some file systems say of their regular files.
    data: bytes | None = file.read(count)
    if data is None:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    return data


def _refuse_others(path: Path, found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(found.st_mode):
        raise NotRegular(path)
