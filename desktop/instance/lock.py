"""The lock that only one app has, from before its window opens until its history is closed.

The kernel's own, which goes when its process does, however that ends. `QLockFile` judges by a process's
number and name whether a lock is left over, and after `kill -9` another `python3`, or in a container the
next app itself, may have both.
"""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

_NAME = "viewfinder.lock"

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True
else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class InstanceLock:
    """A lock that is had, until it is released or the process ends. None is had where no folder lets it."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def release(self) -> None:
        # The file stays: who removes it may remove one that somebody has locked meanwhile.
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def locked(folders: Iterable[Path]) -> InstanceLock | None:
    """The lock in the first of `folders` that lets it; None while another process has it.

    Without any such folder, as where nothing can be written, nobody is kept from opening a window.
    """
    for folder in folders:
        try:
            return _locked_in(folder)
        except OSError:  # read-only, full, or a network's file system without locks
            continue
    return InstanceLock(None)


def _locked_in(folder: Path) -> InstanceLock | None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Through a link somebody else's file might be made, or held.
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(folder / _NAME, flags, 0o600)
    is_locked = False
    try:
        is_locked = _try_lock(descriptor)
    finally:
        if not is_locked:
            os.close(descriptor)
    return InstanceLock(descriptor) if is_locked else None
