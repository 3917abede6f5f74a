"""What the child may ask of the kernel: on Linux, no network, no other program, no other process.

A list of what is denied, with EPERM, so that a library that tries goes on without. The numbers are those of
asm/unistd_64.h for x86-64 and of asm-generic/unistd.h for ARM, the program is one of linux/filter.h's.
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from typing import NamedTuple

from desktop.worker.kernel import prctl, renounce_privileges, syscall

_DENIED = {
    "socket": (41, 198), "connect": (42, 203), "accept": (43, 202), "accept4": (288, 242),
    "bind": (49, 200), "listen": (50, 201), "sendto": (44, 206), "sendmsg": (46, 211), "sendmmsg": (307, 269),
    "fork": (57, None), "vfork": (58, None), "execve": (59, 221), "execveat": (322, 281),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "tkill": (200, 130), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
    "pidfd_send_signal": (424, 424), "pidfd_open": (434, 434), "pidfd_getfd": (438, 438),
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431),
    "fsmount": (432, 432), "fspick": (433, 433), "mount_setattr": (442, 442),
    "unshare": (272, 97), "setns": (308, 268), "open_by_handle_at": (304, 265),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "reboot": (169, 142),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
}  # fmt: skip

_TO_ITSELF = {"kill": (62, 129), "tgkill": (234, 131)}
"""Denied unless their first argument is this very process: so does a library end it."""

_CLONE, _CLONE3 = (56, 220), 435
"""The first is for threads only. The second's flags cannot be seen: without it glibc takes the first."""

_CLONE_THREAD = 0x00010000
_X32 = 0x40000000
"""x86-64 has the same calls once more from this number on."""

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16
"""Offsets in `struct seccomp_data`, in bytes; the argument's low half, as these machines have it."""

_ALLOW, _FAIL = 0x7FFF0000, 0x00050000
_SET_SECCOMP, _FILTER = 22, 2
_GET_ACTION, _SECCOMP = 2, (317, 277)


class _Machine(NamedTuple):
    audit: int
    column: int


_MACHINES = {"x86_64": _Machine(0xC000003E, 0), "aarch64": _Machine(0xC00000B7, 1)}
"""By name: linux/audit.h's number, and the column of the tables above."""


def is_there() -> bool:
    """Whether the kernel has filters, on a machine whose numbers are known."""
    machine = _machine()
    if machine is None or sys.maxsize < 1 << 32:
        return False
    return syscall(_SECCOMP[machine.column], _GET_ACTION, 0, struct.pack("=I", _FAIL)) == 0


def enclose() -> bool:
    """Deny this thread, and those it starts, what is in the tables; whether it is done, for good."""
    machine = _machine()
    if machine is None or not is_there():
        return False
    code = _program(machine, os.getpid())
    held = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("@HP", len(code) // 8, ctypes.addressof(held))
    renounce_privileges()
    return prctl(_SET_SECCOMP, _FILTER, program) == 0


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _machine() -> _Machine | None:
    return _MACHINES.get(platform.machine()) if sys.platform == "linux" else None


def _program(machine: _Machine, process: int) -> bytes:
    """Instructions of eight bytes, each test followed by what is done where it holds."""
    denied = _FAIL | errno.EPERM
    numbers = [each[machine.column] for each in _DENIED.values()]
    steps = [(_LOAD, 0, 0, _MACHINE), (_EQUAL, 1, 0, machine.audit), _end(denied)]
    steps += [(_LOAD, 0, 0, _NUMBER), (_AT_LEAST, 0, 1, _X32), _end(denied)]
    for number in numbers:
        if number is not None:
            steps += [(_EQUAL, 0, 1, number), _end(denied)]
    steps += [(_EQUAL, 0, 1, _CLONE3), _end(_FAIL | errno.ENOSYS)]
    steps += _only_if(_CLONE[machine.column], (_ANY_BIT, _CLONE_THREAD))
    for pair in _TO_ITSELF.values():
        steps += _only_if(pair[machine.column], (_EQUAL, process))
    steps.append(_end(_ALLOW))
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def _only_if(number: int, test: tuple[int, int]) -> list[tuple[int, int, int, int]]:
    """Deny `number` unless its first argument passes the `test`."""
    code, value = test
    return [
        (_EQUAL, 0, 4, number),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (code, 1, 0, value),
        _end(_FAIL | errno.EPERM),
        _end(_ALLOW),
    ]


def _end(action: int) -> tuple[int, int, int, int]:
    return (_RETURN, 0, 0, action)
