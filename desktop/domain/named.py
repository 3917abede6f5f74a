"""What a command line or a drop may call an image: a path, a file URL, a data URL, a web address."""

import os
import re
import sys
from pathlib import Path
from urllib.parse import unquote_to_bytes

from desktop.domain.data_urls import is_data_url, media_type_of
from desktop.domain.images import ImageFile, ImageInURL
from desktop.domain.messages import LinkPart, is_link

_FILE_URL = re.compile(r"file:(?://([^/]*)|(?!//))(/.*)", re.IGNORECASE | re.DOTALL)
_IS_WINDOWS = os.name == "nt"
_DRIVE = re.compile(r"/[A-Za-z]:")
_OWN_NAMES = frozenset(("", "localhost", "" if sys.platform == "win32" else os.uname().nodename.lower()))
_SHARE = re.compile(r"[/\\]{2,}([^/\\]*)")


def named_image(argument: str) -> ImageFile | ImageInURL | LinkPart:
    """What `argument` means; whatever is no URL is a path."""
    if is_link(argument):
        return LinkPart(argument)
    if is_data_url(argument):
        return ImageInURL(f"data:{media_type_of(argument)}", argument)
    return file_in_url(argument) or ImageFile(Path(argument))


def file_in_url(url: str) -> ImageFile | None:
    """The file that `url` names; None if it is no file URL (RFC 8089) of a whole path.

    One that names another computer has it as its `host`.
    """
    match = _FILE_URL.fullmatch(url)
    if match is None:
        return None
    path = os.fsdecode(unquote_to_bytes(_bytes(match[2])))
    host = _host(match[1] or "", path)
    return ImageFile(Path(path if host else _path(path)), host)


def _bytes(path: str) -> bytes:
    try:
        return os.fsencode(path)
    except UnicodeEncodeError:  # half a character, which stands for no byte of a name
        return path.encode(errors="replace")


def _host(named: str, path: str) -> str:
    """The other computer of a URL that names one before its path or, as Windows has it, within."""
    if named.lower() not in _OWN_NAMES:
        return named
    share = _SHARE.match(path) if _IS_WINDOWS else None
    # `\\?\` and `\\.\` lead anywhere: to devices, pipes, and other computers too.
    return share[1] or "?" if share else ""


def _path(path: str) -> str:
    """As the system has it that runs here (RFC 8089, appendix E)."""
    return path[1:] if _IS_WINDOWS and _DRIVE.match(path) else path
