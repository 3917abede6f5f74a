"""Print what is broadcast about starts on an X11 screen, a message a line, first "listening"."""

import ctypes
import ctypes.util
import struct

_EVENT_MASK = 1 << 11
_PROPERTY_CHANGE = 1 << 22
_CLIENT_MESSAGE = 33


class Screens(ctypes.Structure):
    _fields_ = (("data", ctypes.POINTER(ctypes.c_uint32)), ("rem", ctypes.c_int), ("index", ctypes.c_int))


def main() -> None:
    """Until it is ended, or the screen is."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = xcb.xcb_get_setup.restype = ctypes.c_void_p
    xcb.xcb_setup_roots_iterator.restype = Screens
    xcb.xcb_wait_for_event.restype = ctypes.POINTER(ctypes.c_uint8 * 32)
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    root = xcb.xcb_setup_roots_iterator(ctypes.c_void_p(xcb.xcb_get_setup(connection))).data[0]
    mask = ctypes.byref(ctypes.c_uint32(_PROPERTY_CHANGE))
    request = xcb.xcb_change_window_attributes_checked(connection, root, _EVENT_MASK, mask)
    xcb.xcb_request_check(connection, request)
    print("listening", flush=True)
    texts: dict[int, bytes] = {}
    while event := xcb.xcb_wait_for_event(connection):
        kind, _, _, sender, _, piece = struct.unpack("=BBHII20s", bytes(event.contents))
        if kind & 0x7F != _CLIENT_MESSAGE:
            continue
        text, is_whole, _ = (texts.pop(sender, b"") + piece).partition(b"\0")
        if is_whole:
            print(text.decode(), flush=True)
        else:
            texts[sender] = text


if __name__ == "__main__":
    main()
