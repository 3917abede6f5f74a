"""What a second start tells the first: one line of JSON, and one word back."""

import json
import os
from dataclasses import dataclass

MAX_BYTES = 512 << 10
"""Of a line. It is read on the window's thread, where so many take 5 ms, if they are 11 000 paths. Linux lets
one argument, so one data URL, have 128 kB."""

TAKEN, REFUSED = b"taken\n", b"refused\n"

_VERSION = 1
_LONGEST_TOKEN = 1024


@dataclass(frozen=True, slots=True)
class Handover:
    """What a start was asked for. `images` are absolute paths, data URLs and web addresses.

    `clipboard`: the clipboard's image as well. `token` lets a window come to the front on Wayland.
    """

    images: tuple[str, ...] = ()
    clipboard: bool = False
    token: str = ""


def encoded(handover: Handover) -> bytes:
    """The line that says `handover`, however long."""
    fields = {
        "viewfinder": _VERSION,
        "images": handover.images,
        "clipboard": handover.clipboard,
        "token": handover.token,
    }
    # Escaped to ASCII: names of files that are no UTF-8 come through as they are.
    return json.dumps(fields).encode("ascii") + b"\n"


def decoded(line: bytes) -> Handover | None:
    """What `line` says; None if it is not in the words of this version."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        return None
    match fields:
        case {"viewfinder": 1, "images": list(images), "clipboard": bool(clipboard), "token": str(token)}:
            if _are_names(images):
                return Handover(tuple(images), clipboard, token if _is_token(token) else "")
        case _:
            pass
    return None


def _are_names(images: list[object]) -> bool:
    """Whether the system could know files by them."""
    names = [name for name in images if isinstance(name, str) and name]
    together = "".join(names)
    try:
        os.fsencode(together)
    except UnicodeEncodeError:
        return False
    return len(names) == len(images) and "\0" not in together


def _is_token(token: str) -> bool:
    """It goes into the environment."""
    return len(token) <= _LONGEST_TOKEN and token.isascii() and token.isprintable()
