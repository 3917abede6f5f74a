"""A file's bytes, read so that nothing which is no regular file can hold the app up."""

import errno
import io
import os
import stat

from desktop.domain.image_errors import (
    FileElsewhere,
    FileUnreadable,
    FileVanished,
    ImageError,
    IsAFolder,
    NotAFile,
)
from desktop.domain.images import ImageFile

# Opening a FIFO waits for its other end, and a terminal may become this process's own, unless told not to;
# Windows knows neither.
_FLAGS = sum(getattr(os, name, 0) for name in ("O_RDONLY", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"))


def open_file(source: ImageFile) -> int:
    """A descriptor of a regular file; the caller closes it. Blocks, like all here: call it in a thread.

    What is none is not even opened, as far as can be told before: to open a device may set it going.

    Raises `FileElsewhere`, `IsAFolder`, `NotAFile`, `FileVanished`, `FileUnreadable`.
    """
    if source.host:
        raise FileElsewhere(name=source.name, host=source.host)
    descriptor = _opened(source)
    try:
        # Another file may have come in its place meanwhile: what is open counts.
        _refuse_others(source, os.fstat(descriptor))
        if _is_made_up(descriptor):
            raise NotAFile(name=source.name)
    except OSError as error:
        os.close(descriptor)
        raise FileUnreadable(name=source.name, detail=str(error)) from error
    except ImageError:
        os.close(descriptor)
        raise
    return descriptor


def read_file(source: ImageFile, descriptor: int, limit: int) -> bytes:
    """The bytes behind `descriptor`, at most one more than `limit`. Raises `FileUnreadable`."""
    try:
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            # No more room than it needs: 100 MB made ready for a small file cost 3 ms.
            expected = min(limit, os.fstat(descriptor).st_size)
            data = _read(file, expected + 1)
            return data if len(data) <= expected else data + _read(file, limit - expected)
    except OSError as error:
        raise FileUnreadable(name=source.name, detail=str(error)) from error


def is_out_of_descriptors(error: ImageError) -> bool:
    """Whether a file could not be opened only because this process, or the system, has too many open."""
    cause = error.__cause__
    return isinstance(cause, OSError) and cause.errno in (errno.EMFILE, errno.ENFILE)


def _read(file: io.BufferedReader, count: int) -> bytes:
    # None: nothing is there yet, as some file systems say of their regular files.
    data: bytes | None = file.read(count)
    if data is None:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    return data


def _refuse_others(source: ImageFile, found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise IsAFolder(name=source.name)
    if not stat.S_ISREG(found.st_mode):
        raise NotAFile(name=source.name)


def _is_made_up(descriptor: int) -> bool:
    """Whether the kernel makes the bytes up as they are read: memory and environments of processes, in /proc.

    Such a file calls itself regular and empty, and its file system has no blocks at all.
    """
    if not hasattr(os, "fstatvfs") or os.fstat(descriptor).st_size:
        return False
    return os.fstatvfs(descriptor).f_blocks == 0


def _opened(source: ImageFile) -> int:
    try:
        _refuse_others(source, os.stat(source.path))  # noqa: PTH116 - as `os.open` below takes it
        return os.open(source.path, _FLAGS)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise FileVanished(name=source.name) from error
    except OSError as error:
        raise FileUnreadable(name=source.name, detail=str(error)) from error
