"""What the child may ask of the kernel: on Linux, no network, no other program, no other process, and nothing
about files for which Landlock has no words: their rights, owners, times, marks, and what becomes of them.

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
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203),
    "accept": (43, 202), "accept4": (288, 242), "bind": (49, 200), "listen": (50, 201),
    "sendto": (44, 206), "sendmsg": (46, 211), "sendmmsg": (307, 269),
    "fork": (57, None), "vfork": (58, None), "execve": (59, 221), "execveat": (322, 281),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "tkill": (200, 130), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
    "pidfd_send_signal": (424, 424), "pidfd_open": (434, 434), "pidfd_getfd": (438, 438),
    "process_madvise": (440, 440), "process_mrelease": (448, 448), "kcmp": (312, 272),
    "move_pages": (279, 239), "migrate_pages": (256, 238), "ioprio_set": (251, 30),
    "sched_setparam": (142, 118), "sched_setscheduler": (144, 119), "sched_setattr": (314, 274),
    "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195),
    "semget": (64, 190), "semop": (65, 193), "semctl": (66, 191), "semtimedop": (220, 192),
    "msgget": (68, 186), "msgsnd": (69, 189), "msgrcv": (70, 188), "msgctl": (71, 187),
    "mq_open": (240, 180), "mq_unlink": (241, 181),
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "chown": (92, None), "lchown": (94, None), "fchown": (93, 55), "fchownat": (260, 54),
    "utime": (132, None), "utimes": (235, None), "futimesat": (261, None), "utimensat": (280, 88),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "setxattrat": (463, 463),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "removexattrat": (466, 466), "file_setattr": (469, 469), "truncate": (76, 45),
    "inotify_init": (253, None), "inotify_init1": (294, 26), "fanotify_init": (300, 262),
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

_CLONE3 = 435
"""Its flags cannot be seen: without it glibc takes `clone`."""

_CLONE_THREAD = 0x00010000
_F_SETOWN, _F_SETSIG, _F_SETOWN_EX = 8, 10, 15
_X32 = 0x40000000
"""x86-64 has the same calls once more from this number on."""

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _MACHINE, _ARGUMENTS = 0, 4, (16, 24)
"""Offsets in `struct seccomp_data`, in bytes; the arguments' low halves, as these machines have them."""

_ALLOW, _FAIL = 0x7FFF0000, 0x00050000
_SET_SECCOMP, _FILTER = 22, 2
_GET_ACTION, _SECCOMP = 2, (317, 277)


Step = tuple[int, int, int, int]
"""An instruction: code, how many to skip where a test holds and where not, value."""


class _Only(NamedTuple):
    """Passes a call of which one argument, by its place, is as it `holds` to the test."""

    place: int
    code: int
    value: int
    holds: bool = True

    def steps(self) -> list[Step]:
        skipped = (1, 0) if self.holds else (0, 1)
        return [
            (_LOAD, 0, 0, _ARGUMENTS[self.place]),
            (self.code, *skipped, self.value),
            _end(_FAIL | errno.EPERM),
        ]


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
    for pair, tests in _partly(process):
        steps += _only_if(pair[machine.column], tests)
    steps.append(_end(_ALLOW))
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def _partly(process: int) -> list[tuple[tuple[int, int], tuple[_Only, ...]]]:
    """What libraries do with this very `process` but not with others: each with all the tests to pass."""
    own, caller = _Only(0, _EQUAL, process), _Only(0, _EQUAL, 0)
    unheard = (_F_SETOWN, _F_SETOWN_EX, _F_SETSIG)  # so does a file send signals
    return [
        ((56, 220), (_Only(0, _ANY_BIT, _CLONE_THREAD),)),  # clone
        ((62, 129), (own,)),  # kill
        ((234, 131), (own,)),  # tgkill
        ((302, 261), (caller,)),  # prlimit64
        ((203, 122), (caller,)),  # sched_setaffinity
        ((141, 140), (caller, _Only(1, _EQUAL, 0))),  # setpriority
        ((72, 25), tuple(_Only(1, _EQUAL, command, holds=False) for command in unheard)),  # fcntl
    ]


def _only_if(number: int, tests: tuple[_Only, ...]) -> list[Step]:
    """Deny `number` unless it passes all `tests`."""
    steps = [step for test in tests for step in test.steps()]
    return [(_EQUAL, 0, len(steps) + 1, number), *steps, _end(_ALLOW)]


def _end(action: int) -> Step:
    return (_RETURN, 0, 0, action)
