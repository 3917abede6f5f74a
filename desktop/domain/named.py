"""What a command line may call an image: a path, a file URL, a data URL, or an address on the web."""

import os
import re
from pathlib import Path
from urllib.parse import unquote

from desktop.domain.data_urls import is_data_url, media_type_of
from desktop.domain.images import ImageFile, ImageInURL
from desktop.domain.messages import LinkPart, is_link

_FILE_URL = re.compile(r"file:(?://([^/]*))?(/.*)", re.IGNORECASE | re.DOTALL)
_IS_WINDOWS = os.name == "nt"
_DRIVE = re.compile(r"/[A-Za-z]:")


def named_image(argument: str) -> ImageFile | ImageInURL | LinkPart:
    """What `argument` means; whatever is no URL is a path."""
    if is_link(argument):
        return LinkPart(argument)
    if is_data_url(argument):
        return ImageInURL(f"data:{media_type_of(argument)}", argument)
    match = _FILE_URL.fullmatch(argument)
    path = _path(match[1] or "", unquote(match[2])) if match else argument
    return ImageFile(Path(path))


def _path(host: str, path: str) -> str:
    """As the system has it that runs here (RFC 8089, appendix E)."""
    if not _IS_WINDOWS:
        return path
    if host not in ("", "localhost"):
        return f"//{host}{path}"
    return path[1:] if _DRIVE.match(path) else path
