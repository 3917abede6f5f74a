"""A web address as somebody dropped or typed it: what is asked for, what is shown, how the file is called."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

import httpx

from desktop.domain.image_errors import LinkNotSecure, LinkUnreachable

_LONGEST_NAME = 80
_LONGEST_SHOWN = 60

_HOST = re.compile(r"[a-z0-9._-]*[a-z0-9][a-z0-9._-]*|[0-9a-f:.]+(?:%.+)?")
"""A name in ASCII, or an address; httpx takes more for one, such as a backslash."""


@dataclass(frozen=True, slots=True)
class Link:
    """`url` is https, with neither user, password nor fragment.

    `shown` is its host and path, shortened: queries often hold what must not be shown. `file_name` is fit to
    be shown, and holds no separator of paths.
    """

    url: httpx.URL
    shown: str
    file_name: str


def parse(address: str) -> Link:
    """Raises `LinkNotSecure`, `LinkUnreachable`."""
    try:
        url = bare(httpx.URL(address.strip()))
    except httpx.InvalidURL as error:
        raise LinkUnreachable(name=_shown_as_text(address), detail=str(error)) from error
    if not _HOST.fullmatch(host_of(url)):
        raise LinkUnreachable(name=_shown_as_text(address))
    if url.scheme != "https":
        raise LinkNotSecure(name=_shown(url))
    return Link(url, _shown(url), _file_name(url))


def bare(url: httpx.URL) -> httpx.URL:
    """`url` without user, password and fragment."""
    return url.copy_with(userinfo=b"", fragment=None)


def host_of(url: httpx.URL) -> str:
    """As it is asked for: ASCII, in small letters, without brackets or a dot at its end."""
    return url.raw_host.decode("ascii").lower().rstrip(".")


def _file_name(url: httpx.URL) -> str:
    segment = url.raw_path.partition(b"?")[0].rpartition(b"/")[2]
    name = re.sub(r"[/\\]", "", _printable(unquote(segment.decode("ascii")))).strip(". ")
    return _shortened(name, _LONGEST_NAME) if name else url.netloc.decode("ascii")


def _shown(url: httpx.URL) -> str:
    host, path = url.netloc.decode("ascii"), _printable(url.path)
    if len(path) > _LONGEST_SHOWN:
        path = f"/…/{_shortened(_file_name(url), _LONGEST_SHOWN)}"
    return host + path.rstrip("/")


def _shown_as_text(address: str) -> str:
    """Of what cannot be taken apart, the beginning, without what may be a password."""
    plain = re.sub(r"//[^/]*@", "//", re.split(r"[?#]", address.strip(), maxsplit=1)[0])
    return _shortened(_printable(plain), _LONGEST_SHOWN)


def _printable(text: str) -> str:
    """Without control characters, those that turn the direction of writing among them."""
    return "".join(char for char in text if char.isprintable())


def _shortened(text: str, length: int) -> str:
    """With its end, which says what kind of file it is."""
    return text if len(text) <= length else f"{text[: length // 2]}…{text[-(length // 2 - 1) :]}"
