"""Linux's calls for which Python has no words, each argument as wide as the kernel reads it."""

import ctypes

_PR_SET_NO_NEW_PRIVS = 38


def syscall(number: int, *arguments: int | bytes) -> int:
    """What the call returns; -1 if it failed."""
    call = ctypes.CDLL(None).syscall
    call.restype = ctypes.c_long
    return int(call(ctypes.c_long(number), *map(_wide, arguments)))


def prctl(option: int, *arguments: int | bytes) -> int:
    """What the call returns; -1 if it failed."""
    filled = (*arguments, 0, 0, 0, 0)[:4]
    return int(ctypes.CDLL(None).prctl(ctypes.c_int(option), *map(_wide, filled)))


def renounce_privileges() -> None:
    """No program that is started may have more rights than this process: asked for before any filter."""
    prctl(_PR_SET_NO_NEW_PRIVS, 1)


def _wide(value: int | bytes) -> ctypes.c_ulong | ctypes.c_char_p:
    return ctypes.c_char_p(value) if isinstance(value, bytes) else ctypes.c_ulong(value)
