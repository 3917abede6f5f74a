"""Tells an X11 desktop that a start which handed over is over: its launcher shows that it starts, until then.

A start that opens a window has Qt say so, and on Wayland the window that comes forward does, by the token.
Startup Notification Protocol, version 0.2: https://specifications.freedesktop.org/startup-notification-spec/
"""

import ctypes
import struct
from collections.abc import Iterator, Mapping

_LIBRARY = "libxcb.so.1"  # Qt's own way to the screen
_CLIENT_MESSAGE = 33
_PROPERTY_CHANGE = 1 << 22
_BITS = 8
_PIECE = 20  # bytes of a client message


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _AtomReply(ctypes.Structure):
    _fields_ = (("head", ctypes.c_uint32 * 2), ("atom", ctypes.c_uint32))


class _Screens(ctypes.Structure):
    """An iterator over screens, each of which begins with the id of its root window."""

    _fields_ = (
        ("data", ctypes.POINTER(ctypes.c_uint32)),
        ("rem", ctypes.c_int),
        ("index", ctypes.c_int),
    )


def end_startup(environ: Mapping[str, str]) -> None:
    """Say that what `environ` calls this start is over; where nobody waits to hear it, do nothing."""
    name = environ.get("DESKTOP_STARTUP_ID", "")
    if not name or not environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        return
    try:
        xcb = _library()
    except OSError:
        return
    connection = xcb.xcb_connect(None, None)
    if not xcb.xcb_connection_has_error(connection):
        _broadcast(xcb, connection, removal(name))
    xcb.xcb_disconnect(connection)


def removal(name: str) -> bytes:
    """The message that ends the start called `name`, with the NUL at its end."""
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'remove: ID="{quoted}"'.encode(errors="replace") + b"\0"


def _library() -> ctypes.CDLL:
    """Raises `OSError` where there is none."""
    xcb = ctypes.CDLL(_LIBRARY)
    pointer = ctypes.c_void_p
    xcb.xcb_connect.restype = pointer
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, pointer)
    xcb.xcb_get_setup.restype = pointer
    xcb.xcb_setup_roots_iterator.restype = _Screens
    xcb.xcb_setup_roots_iterator.argtypes = (pointer,)
    xcb.xcb_intern_atom.restype = _Cookie
    xcb.xcb_intern_atom.argtypes = (pointer, ctypes.c_uint8, ctypes.c_uint16, ctypes.c_char_p)
    xcb.xcb_intern_atom_reply.restype = ctypes.POINTER(_AtomReply)
    xcb.xcb_intern_atom_reply.argtypes = (pointer, _Cookie, pointer)
    xcb.xcb_send_event.restype = _Cookie
    xcb.xcb_send_event.argtypes = (
        *(pointer, ctypes.c_uint8, ctypes.c_uint32, ctypes.c_uint32),
        ctypes.c_char_p,
    )
    for name in ("connection_has_error", "get_setup", "generate_id", "disconnect"):
        getattr(xcb, f"xcb_{name}").argtypes = (pointer,)
    xcb.xcb_generate_id.restype = ctypes.c_uint32
    return xcb


def _broadcast(xcb: ctypes.CDLL, connection: int, message: bytes) -> None:
    root = xcb.xcb_setup_roots_iterator(xcb.xcb_get_setup(connection)).data[0]
    # It tells the pieces of this message from others'; no window need be there.
    sender = xcb.xcb_generate_id(connection)
    for atom, piece in _pieces(message):
        kind = _atom(xcb, connection, atom)
        event = struct.pack("=BBHII20s", _CLIENT_MESSAGE, _BITS, 0, sender, kind, piece)
        xcb.xcb_send_event(connection, 0, root, _PROPERTY_CHANGE, event)
    # What a connection that is closed has not read may cost what the server has not read either: any reply
    # tells that it has.
    _atom(xcb, connection, b"_NET_STARTUP_INFO")


def _pieces(message: bytes) -> Iterator[tuple[bytes, bytes]]:
    for start in range(0, len(message), _PIECE):
        atom = b"_NET_STARTUP_INFO" if start else b"_NET_STARTUP_INFO_BEGIN"
        yield atom, message[start : start + _PIECE]


def _atom(xcb: ctypes.CDLL, connection: int, name: bytes) -> int:
    """0 where the connection was lost. The reply is not freed: this process is about to end."""
    reply = xcb.xcb_intern_atom_reply(connection, xcb.xcb_intern_atom(connection, 0, len(name), name), None)
    return reply.contents.atom if reply else 0
