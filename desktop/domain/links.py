"""What a web address tells by itself, before anybody is asked: how it is shown, and whether it is of use."""

import re
from urllib.parse import SplitResult, unquote, urlsplit

from desktop.domain.image_errors import (
    LinkError,
    LinkNotSecure,
    LinkPrivate,
    LinkTooLong,
    LinkUnreachable,
)
from desktop.domain.public import is_public, literal, may_be_public_name
from desktop.domain.visible import SHORT, printable, shortened

LONGEST_KB = 8
"""Most servers read no longer line of a request (Apache 8190 bytes, nginx 8 KB)."""


def refusal(url: str) -> LinkTooLong | None:
    """Why `url` is not even attached."""
    is_long = len(url) > LONGEST_KB * 1000
    return LinkTooLong(name=shown(url), limit=LONGEST_KB) if is_long else None


def obstacle(url: str) -> LinkError | None:
    """Why nothing will be fetched from `url`, whatever its name leads to. None: that must be tried."""
    parts = _split(url)
    host = parts.hostname if parts is not None else None
    if parts is None or not host:
        return LinkUnreachable(name=shown(url))
    if parts.scheme != "https":
        return LinkNotSecure(name=shown(url))
    return None if _may_be_public(host.rstrip(".")) else LinkPrivate(name=shown(url))


def shown(url: str) -> str:
    """Host and path of `url`, shortened: queries often hold what must not be shown."""
    parts = _split(url)
    if parts is None or not parts.hostname:
        return shortened(printable(_bare(url)))
    host = printable(parts.hostname) + (f":{parts.port}" if parts.port is not None else "")
    path = printable(unquote(parts.path)).rstrip("/")
    if len(host + path) <= SHORT:
        return host + path
    return f"{shortened(host)}/…/{shortened(path.rpartition('/')[2])}"


def _may_be_public(host: str) -> bool:
    address = literal(host)
    return is_public(address) if address is not None else may_be_public_name(host)


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:  # a port beyond 65535, a broken IPv6 address
        return None
    return parts


def _bare(text: str) -> str:
    """Of what cannot be taken apart, the beginning, without what may be a password."""
    return re.sub(r"//[^/]*@", "//", re.split(r"[?#]", text.strip(), maxsplit=1)[0])
