"""A file's bytes, read so that nothing which is no regular file can hold the app up."""

import os
import stat

from desktop.domain.image_errors import FileUnreadable, FileVanished, NotAFile
from desktop.domain.images import ImageFile

# Opening a FIFO waits for its other end, unless told not to; Windows knows neither.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def read_whole(source: ImageFile, limit: int) -> bytes:
    """The file's bytes, at most one more than `limit`. Blocks: call it in a thread.

    Raises `NotAFile`, `FileVanished`, `FileUnreadable`.
    """
    descriptor = _opened(source)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NotAFile(name=source.name)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(limit + 1)
    except OSError as error:
        raise FileUnreadable(name=source.name, detail=str(error)) from error
    finally:
        os.close(descriptor)


def _opened(source: ImageFile) -> int:
    try:
        return os.open(source.path, _FLAGS)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise FileVanished(name=source.name) from error
    except OSError as error:
        raise _unopened(source, error) from error


def _unopened(source: ImageFile, error: OSError) -> NotAFile | FileUnreadable:
    """A socket cannot be opened, nor, on Windows, a directory: neither is a file."""
    if os.path.exists(source.path) and not os.path.isfile(source.path):  # noqa: PTH110, PTH113 - never raise
        return NotAFile(name=source.name)
    return FileUnreadable(name=source.name, detail=str(error))
