"""A web address as somebody dropped or typed it: what is asked for, what is shown, how the file is called."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

import httpx

from desktop.domain.image_errors import LinkNotSecure, LinkUnreachable
from desktop.domain.links import shown
from desktop.domain.visible import printable, shortened

_LONGEST_NAME = 80

_HOST = re.compile(r"[a-z0-9._-]*[a-z0-9][a-z0-9._-]*|[0-9a-f:.]+(?:%.+)?")
"""A name in ASCII, or an address; httpx takes more for one, such as a backslash."""


@dataclass(frozen=True, slots=True)
class Link:
    """`url` is https, with neither user, password nor fragment.

    `shown` is its host and path, shortened. `file_name` is fit to be shown, and holds no separator of paths.
    """

    url: httpx.URL
    shown: str
    file_name: str


def parse(address: str) -> Link:
    """Raises `LinkNotSecure`, `LinkUnreachable`."""
    try:
        url = bare(httpx.URL(address.strip()))
    except httpx.InvalidURL as error:
        raise LinkUnreachable(name=shown(address), detail=str(error)) from error
    if not _HOST.fullmatch(host_of(url)):
        raise LinkUnreachable(name=shown(address))
    if url.scheme != "https":
        raise LinkNotSecure(name=shown(str(url)))
    return Link(url, shown(str(url)), _file_name(url))


def bare(url: httpx.URL) -> httpx.URL:
    """`url` without user, password and fragment."""
    return url.copy_with(userinfo=b"", fragment=None)


def host_of(url: httpx.URL) -> str:
    """As it is asked for: ASCII, in small letters, without brackets or a dot at its end."""
    return url.raw_host.decode("ascii").lower().rstrip(".")


def _file_name(url: httpx.URL) -> str:
    segment = url.raw_path.partition(b"?")[0].rpartition(b"/")[2]
    name = re.sub(r"[/\\]", "", printable(unquote(segment.decode("ascii")))).strip(". ")
    return shortened(name, _LONGEST_NAME) if name else url.netloc.decode("ascii")
