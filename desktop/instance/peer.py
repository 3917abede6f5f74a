"""Who is at the other end of a local socket, as the kernel says it."""

import os
import sys


def is_same_user(descriptor: int) -> bool:
    """Whether the connected socket `descriptor` leads to this very user; False if that cannot be told.

    The folder lets nobody else in; this holds where that folder is none of ours. A pipe of Windows
    has its own list of who may open it.
    """
    if sys.platform == "win32":
        return True
    try:
        return _user(descriptor) == os.geteuid()
    except OSError:
        return False


if sys.platform == "linux":
    import socket
    import struct

    _CREDENTIALS = struct.Struct("3i")
    """`struct ucred` of unix(7): the process, its user, its group, when it connected or began to listen."""

    def _user(descriptor: int) -> int:
        with socket.socket(fileno=os.dup(descriptor)) as end:
            said = end.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
        return int(_CREDENTIALS.unpack(said)[1])
else:
    import ctypes

    def _user(descriptor: int) -> int:
        user, group = ctypes.c_uint32(), ctypes.c_uint32()
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.getpeereid(descriptor, ctypes.byref(user), ctypes.byref(group)) != 0:
            raise OSError(ctypes.get_errno(), "getpeereid")
        return user.value
