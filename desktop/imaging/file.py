"""An image file's bytes, read so that nothing which is no file can hold the app up."""

import errno
import os

from desktop.domain.image_errors import (
    FileElsewhere,
    FileUnreadable,
    FileVanished,
    ImageError,
    IsAFolder,
    NotAFile,
)
from desktop.domain.images import ImageFile
from desktop.regular import NotRegular, open_regular, read_at_most


def open_file(source: ImageFile) -> int:
    """A descriptor of a regular file; the caller closes it. Blocks, like all here: call it in a thread.

    Raises `FileElsewhere`, `IsAFolder`, `NotAFile`, `FileVanished`, `FileUnreadable`.
    """
    if source.host:
        raise FileElsewhere(name=source.name, host=source.host)
    descriptor = _opened(source)
    if _is_made_up(descriptor):
        os.close(descriptor)
        raise NotAFile(name=source.name)
    return descriptor


def read_file(source: ImageFile, descriptor: int, limit: int) -> bytes:
    """The bytes behind `descriptor`, at most one more than `limit`. Raises `FileUnreadable`."""
    try:
        return read_at_most(descriptor, limit + 1)
    except OSError as error:
        raise FileUnreadable(name=source.name, detail=str(error)) from error


def is_out_of_descriptors(error: ImageError) -> bool:
    """Whether a file could not be opened only because this process, or the system, has too many open."""
    cause = error.__cause__
    return isinstance(cause, OSError) and cause.errno in (errno.EMFILE, errno.ENFILE)


def _opened(source: ImageFile) -> int:
    try:
        return open_regular(source.path)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise FileVanished(name=source.name) from error
    except IsADirectoryError as error:
        raise IsAFolder(name=source.name) from error
    except NotRegular as error:
        raise NotAFile(name=source.name) from error
    except OSError as error:
        raise FileUnreadable(name=source.name, detail=str(error)) from error


def _is_made_up(descriptor: int) -> bool:
    """Whether the kernel makes the bytes up as they are read: memory and environments of processes, in /proc.

    Such a file calls itself regular and empty, and its file system has no blocks at all.
    """
    try:
        return os.fstat(descriptor).st_size == 0 and os.fstatvfs(descriptor).f_blocks == 0
    except (OSError, AttributeError):  # Windows has no `fstatvfs`
        return False
