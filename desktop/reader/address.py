"""A web address as a link of Markdown that leads to all of it."""

from urllib.parse import SplitResult, quote, urlsplit

_KEPT = "!#$%&'()*+,/:;=?@[]~"
"""Marks that have a meaning in an address, or are escaped already. Source: RFC 3986, section 2.2."""


def link(text: str) -> str | None:
    """`<address>` where all of `text` is an http or https address, else None.

    Left to itself, a renderer ends a link before what is no ASCII, and before marks at its end.
    """
    if not text.lower().startswith(("http://", "https://")) or any(map(str.isspace, text)):
        return None
    try:
        parts = urlsplit(text)
        place = _place(parts)
    except ValueError:  # also of a name that cannot be a host's
        return None
    if not parts.hostname:
        return None
    path = text.partition("://")[2].removeprefix(parts.netloc)
    return f"<{parts.scheme}://{quote(place + path, _KEPT)}>"


def _place(parts: SplitResult) -> str:
    """User, host and port; a host is not escaped but spelt as its name is known to the network."""
    user, at, host = parts.netloc.rpartition("@")
    name, colon, port = host.partition(":")
    return user + at + (host if host.isascii() else name.encode("idna").decode() + colon + port)
