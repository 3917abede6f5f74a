"""What the child may open: on Linux, where the kernel has Landlock, its own program's files and no others.

https://docs.kernel.org/userspace-api/landlock.html; the numbers are those of linux/landlock.h.
"""

import os
import struct
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import desktop
from desktop.worker.kernel import renounce_privileges, syscall

_CREATE, _ADD, _RESTRICT = 444, 445, 446
"""The system calls' numbers, the same on all machines."""

_VERSION = 1
_PATH_BENEATH = 1

_READ_FILE, _READ_FOLDER, _WRITE_FILE = 1 << 2, 1 << 3, 1 << 1
_FILES = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
"""All that can be denied about files, from a version on: 2 adds moving, 3 truncating, 5 devices' controls."""

_NETWORK = (4, 0b11)
"""TCP's bind and connect, from version 4 on."""

_SCOPES = (6, 0b11)
"""Sockets without a name, and signals, both to processes outside, from version 6 on."""

_SYSTEM = (
    *("/usr", "/lib", "/lib32", "/lib64", "/nix/store", "/gnu/store", "/app", "/snap"),
    *("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/dev/urandom", "/dev/random", "/dev/zero"),
    *("/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/filesystems", "/proc/sys/vm"),
    *("/sys/devices/system", "/sys/fs/cgroup", "/sys/kernel/mm/transparent_hugepage"),
)
"""Where libraries lie, and what they look at to learn about the machine."""


def version() -> int:
    """The version of Landlock that the kernel has; 0: none."""
    if sys.platform != "linux":
        return 0
    return max(0, syscall(_CREATE, 0, 0, _VERSION))


def enclose() -> bool:
    """Let this thread, and those it starts, open nothing but what the child needs, and that to be read.

    Whether it is done; what is open already stays so. It cannot be taken back.
    """
    found = version()
    if not found:
        return False
    handled = _handled(found)
    ruleset = syscall(_CREATE, handled, len(handled), 0)
    if ruleset < 0:
        return False
    try:
        for path in _needed():
            _allow(ruleset, path, _READ_FILE | _READ_FOLDER)
        _allow(ruleset, Path(os.devnull), _READ_FILE | _WRITE_FILE)
        renounce_privileges()
        return syscall(_RESTRICT, ruleset, 0) == 0
    finally:
        os.close(ruleset)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _handled(found: int) -> bytes:
    """A `landlock_ruleset_attr` of what this version can deny."""
    files = max(rights for since, rights in _FILES.items() if since <= found)
    others = [rights for since, rights in (_NETWORK, _SCOPES) if since <= found]
    return struct.pack(f"={1 + len(others)}Q", files, *others)


def _needed() -> Iterator[Path]:
    """The program's own folders, wherever it is installed, and the system's libraries."""
    yield from map(Path, _SYSTEM)
    own = [sys.prefix, sys.base_prefix, sys.exec_prefix, getattr(sys, "_MEIPASS", ""), *sys.path]
    libraries = os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep)
    yield from {Path(each) for each in (*own, *libraries) if each}
    if getattr(sys, "frozen", False):
        yield Path(sys.executable)  # it holds the modules
    yield Path(desktop.__file__).parent


def _allow(ruleset: int, path: Path, rights: int) -> None:
    with suppress(OSError):  # not every machine has each
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            if not path.is_dir():
                rights &= ~_READ_FOLDER
            rule = struct.pack("=Qi", rights, place)
            syscall(_ADD, ruleset, _PATH_BENEATH, rule, 0)
        finally:
            os.close(place)
