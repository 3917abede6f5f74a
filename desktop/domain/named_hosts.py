"""Which hosts the words of a link name: words that name another host than the link leads to, deceive."""

import re
import unicodedata
from collections.abc import Iterator

from desktop.domain.host_names import is_invisible, normal_host

_LONGEST = 2000
"""Characters of the words that are looked through: what follows is no name that somebody reads."""

_ENDINGS = frozenset(
    (
        *("com", "net", "org", "edu", "gov", "info", "biz", "io", "dev", "app", "ai", "co", "me", "tv"),
        *("xyz", "top", "shop", "site", "online", "club", "vip", "cn", "hk", "tw", "jp", "kr", "in", "sg"),
        *("au", "nz", "ru", "ua", "de", "uk", "fr", "it", "es", "nl", "be", "ch", "at", "se", "no", "dk"),
        *("fi", "cz", "eu", "us", "ca", "mx", "br", "ar", "za", "tr", "ir"),
    )
)
"""Of names that are read as such without "https://" before them. Of all, "main.py" would be one too."""

_AUTHORITY = re.compile(r"(?:[^\s/?#]*?(?P<scheme>://))?(?P<server>[^\s/?#]+)[^\s]*")
_UNICODE = re.compile(r"\w[\w-]*(?:\.\w[\w-]*)+")
_ASCII = re.compile(r"[a-z0-9][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)+")
"""In words without blanks, as Chinese ones, a name begins where its letters do."""


def names_another_host(words: str, host: str) -> bool:
    """Whether `words` name a host that is neither `host` nor above or below it. `host` may be a mailbox."""
    own = _normal(host.rpartition("@")[2])
    return any(
        not any(_are_related(name, own) for name in names) for names in _named(words[:_LONGEST]) if names
    )


def _named(words: str) -> Iterator[set[str]]:
    """The hosts that are named, each in the forms in which it may be read."""
    plain = unicodedata.normalize("NFKC", words).lower().replace("\u3002", ".")
    seen = "".join(char for char in plain if char.isspace() or not is_invisible(char))
    for authority in _AUTHORITY.finditer(seen):
        is_certain = authority["scheme"] is not None
        for match in _UNICODE.finditer(authority["server"]):
            forms = {match[0], *_ASCII.findall(match[0])}
            ends = {form.rpartition(".")[2] for form in forms}
            if is_certain or match[0].startswith("www.") or not ends.isdisjoint(_ENDINGS):
                yield {_normal(form) for form in forms}


def _normal(name: str) -> str:
    host = normal_host(name)
    return name if host is None else host.name


def _are_related(one: str, other: str) -> bool:
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")
