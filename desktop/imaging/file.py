"""A file's bytes, read so that nothing which is no regular file can hold the app up."""

import errno
import os
import stat

from desktop.domain.image_errors import FileUnreadable, FileVanished, ImageError, IsAFolder, NotAFile
from desktop.domain.images import ImageFile

# Opening a FIFO waits for its other end, unless told not to; Windows knows neither.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def open_file(source: ImageFile) -> int:
    """A descriptor of a regular file; the caller closes it. Blocks, like all here: call it in a thread.

    Raises `IsAFolder`, `NotAFile`, `FileVanished`, `FileUnreadable`.
    """
    descriptor = _opened(source)
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsAFolder(name=source.name)
        if not stat.S_ISREG(mode):
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
            data = file.read(expected + 1)
            return data if len(data) <= expected else data + file.read(limit - expected)
    except OSError as error:
        raise FileUnreadable(name=source.name, detail=str(error)) from error


def is_out_of_descriptors(error: ImageError) -> bool:
    """Whether a file could not be opened only because this process, or the system, has too many open."""
    cause = error.__cause__
    return isinstance(cause, OSError) and cause.errno in (errno.EMFILE, errno.ENFILE)


def _opened(source: ImageFile) -> int:
    try:
        return os.open(source.path, _FLAGS)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise FileVanished(name=source.name) from error
    except OSError as error:
        raise _unopened(source, error) from error


def _unopened(source: ImageFile, error: OSError) -> NotAFile | FileUnreadable:
    """A socket cannot be opened, nor, on Windows, a directory: neither is a file."""
    if os.path.isdir(source.path):  # noqa: PTH112 - never raises
        return IsAFolder(name=source.name)
    if os.path.exists(source.path) and not os.path.isfile(source.path):  # noqa: PTH110, PTH113 - never raise
        return NotAFile(name=source.name)
    return FileUnreadable(name=source.name, detail=str(error))
