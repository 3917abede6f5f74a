"""Where a link in a stranger's text truly leads, and what about it is to be doubted.

Browsers (the WHATWG's URL standard), Qt's `QUrl` (RFC 3986, made tolerant) and readers find different hosts
in the same address. So it is taken apart once, here, and put together again in a form that all read alike:
what is shown, judged, copied and opened is that, never what it was made of.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from urllib.parse import quote, unquote

from desktop.domain.host_names import Host, is_invisible, leads_outside, normal_host
from desktop.domain.links import LONGEST_KB
from desktop.domain.look_alikes import is_look_alike, readable
from desktop.domain.named_hosts import names_another_host
from desktop.domain.visible import HIDDEN, shortened

_LONG = 2000
"""Characters: what is longer hides something, or does more than lead somewhere."""
_LONGEST_BRIEF = 80
"""Characters behind the host in short."""

_PORTS = {"http": 80, "https": 443}
_LAST_PORT = 65535

_UNUSABLE = re.compile(r"[\x00-\x20\x7f\\\ud800-\udfff]")
"""What no address holds as such: programs drop it, or take it for something else."""
_WEB = re.compile(r"(https?)://([^/?#]+)([^?#]*)(\?[^#]*)?(#.*)?", re.IGNORECASE | re.DOTALL)
_PORT = re.compile(r"(.*?)(?::(\d{0,5}))?", re.ASCII)
_MAIL = re.compile(r"mailto:([^?#]*)(?:\?([^#]*))?", re.IGNORECASE)
_MAILBOX = re.compile(r"([\w.!$*+/=~-]+)@([^@\[\]]+)", re.ASCII)
_READERS, _TEXTS = frozenset({"to", "cc", "bcc"}), frozenset({"subject", "body"})
"""The fields of a letter that is written: none that attaches a file."""
_UNSAFE_IN_TEXT = re.compile(r"[,;*]")
"""At a comma xdg-email and Thunderbird begin another field, such as an attachment; shells match names."""

_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})?|[^\w.~!$&()*+,;=:@/?-]", re.ASCII)
_UNRESERVED = re.compile(r"[\w.~-]", re.ASCII)
_SEQUENCE = re.compile(r"(?:%[89A-F][0-9A-F])+")


class Doubt(Enum):
    """Why a link may not be what it seems, in the order of their weight."""

    OTHER_HOST = "other_host"
    """Its words name another host than it leads to."""
    LOOK_ALIKE = "look_alike"
    """Its host has letters that pass for others (UTS #39: confusables)."""
    USER = "user"
    """It had a user name before its host, which often passes for the host."""
    ODD_NUMBER = "odd_number"
    """Its host was an IP address in a spelling that nobody reads."""
    PRIVATE = "private"
    """It leads to this machine or its network."""
    INVISIBLE = "invisible"
    """Its words hold characters that cannot be seen."""
    MORE_THAN_ADDRESS = "more_than_address"
    """A letter that is written already, or has several readers."""
    LONG = "long"
    """Over 2000 characters."""


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """`address` is what is opened and copied, in ASCII, and `shown` the same with the letters that are plain.

    `host`: as it is shown; of a letter, its reader.
    """

    address: str
    shown: str
    host: str
    doubts: tuple[Doubt, ...] = ()

    @property
    def brief(self) -> str:
        """`shown`, shortened in its middle behind the host."""
        begin = self.shown.index(self.host) + len(self.host)
        return self.shown[:begin] + shortened(self.shown[begin:], _LONGEST_BRIEF)


def link_target(href: str) -> LinkTarget | None:
    """Where `href` leads, with the doubts about it alone. None: it is no link, but words.

    Only whole addresses of the schemes http, https and mailto are links, of up to 8 kB in normal form.
    """
    # First: what is remembered holds what it was asked about, and words may be as long as an answer.
    return None if len(href) > LONGEST_KB * 1000 else _target(href)


def link_with_words(href: str, words: str) -> LinkTarget | None:
    """As `link_target`, with the doubts that arise from the `words` that it stands under."""
    target = link_target(href)
    if target is None:
        return None
    more = [
        (Doubt.OTHER_HOST, names_another_host(words, target.host)),
        (Doubt.INVISIBLE, HIDDEN.search(words) is not None),
    ]
    found = {*target.doubts, *(doubt for doubt, holds in more if holds)}
    return replace(target, doubts=tuple(doubt for doubt in Doubt if doubt in found))


@lru_cache(maxsize=256)
def _target(href: str) -> LinkTarget | None:
    """A link that is shown is judged again whenever its paragraph grows."""
    if _UNUSABLE.search(href):
        return None
    if web := _WEB.fullmatch(href):
        target = _web(web)
    else:
        mail = _MAIL.fullmatch(href)
        target = _mail(mail[1], mail[2] or "") if mail is not None else None
    return target if target is None or len(target.address) <= LONGEST_KB * 1000 else None


# ── the web ─────────────────────────────────────────────────────────────────────────────────────


def _web(parts: "re.Match[str]") -> LinkTarget | None:
    scheme = parts[1].lower()
    user, at, server = parts[2].rpartition("@")
    host, port = _server(server, scheme)
    if host is None or port is None:
        return None
    path = _without_dots(_normal(parts[3]))
    rest = path + _normal(parts[4] or "") + (f"#{_normal(parts[5][1:])}" if parts[5] else "")
    address = f"{scheme}://{host.name}{port}{rest}"
    name = readable(host.name)
    doubts = {
        Doubt.LOOK_ALIKE: is_look_alike(host.name),
        Doubt.USER: bool(user or at),
        Doubt.ODD_NUMBER: host.is_odd,
        Doubt.PRIVATE: not leads_outside(host.name),
        Doubt.LONG: len(address) > _LONG,
    }
    shown = f"{scheme}://{name}{port}{_with_letters(rest)}"
    return LinkTarget(address, shown, name, tuple(doubt for doubt, holds in doubts.items() if holds))


def _server(server: str, scheme: str) -> tuple[Host | None, str | None]:
    """Its host, and its port as it is written behind it if it is not the usual one."""
    parts = _PORT.fullmatch(server)
    if parts is None:
        return None, None
    number = int(parts[2] or _PORTS[scheme])
    port = "" if number == _PORTS[scheme] else f":{number}"
    return normal_host(parts[1]), port if number <= _LAST_PORT else None


def _without_dots(path: str) -> str:
    """`path` with "." and ".." followed, which may have been encoded (RFC 3986, 5.2.4)."""
    found: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            found = found[:-1]
        elif segment != ".":
            found.append(segment)
    if segments and segments[-1] in (".", ".."):
        found.append("")
    return "".join(f"/{segment}" for segment in found)


def _normal(part: str) -> str:
    """Percent-encoded where it has to be, and nowhere else (RFC 3986, 6.2.2)."""
    return _ENCODED.sub(_encoded, part)


def _encoded(match: "re.Match[str]") -> str:
    if match[1] is None:
        return quote(match[0], safe="")
    char = chr(int(match[1], 16))
    return char if _UNRESERVED.fullmatch(char) else match[0].upper()


def _with_letters(part: str) -> str:
    """`part` with letters beyond ASCII instead of their codes, if they run from left to right."""
    return _SEQUENCE.sub(_decoded, part)


def _decoded(match: "re.Match[str]") -> str:
    try:
        letters = unquote(match[0], errors="strict")
    except UnicodeDecodeError:
        return match[0]
    return "".join(char if _is_plain(char) else quote(char) for char in letters)


def _is_plain(char: str) -> bool:
    return char.isalnum() and unicodedata.bidirectional(char) == "L" and not is_invisible(char)


# ── letters ─────────────────────────────────────────────────────────────────────────────────────


def _mail(path: str, query: str) -> LinkTarget | None:
    """A letter. Of what is written in it already, only the fields that every mail program knows."""
    boxes = [_mailbox(unquote(box)) for box in path.split(",")]
    fields = [field.partition("=")[::2] for field in query.split("&") if field]
    kept = [f"{name.lower()}={text}" for name, value in fields if (text := _field(name.lower(), value))]
    readers = ",".join(box for box in boxes if box is not None)
    if None in boxes:
        return None
    address = f"mailto:{readers}" + "?" * bool(kept) + "&".join(kept)
    doubts = {
        Doubt.LOOK_ALIKE: any(is_look_alike(box.rpartition("@")[2]) for box in readers.split(",")),
        Doubt.MORE_THAN_ADDRESS: len(boxes) > 1 or not all(_is_subject(*field) for field in fields),
        Doubt.LONG: len(address) > _LONG,
    }
    return LinkTarget(
        address, _with_letters(address), readers, tuple(doubt for doubt, holds in doubts.items() if holds)
    )


def _is_subject(name: str, value: str) -> bool:
    """Of one line: with a line break in it, it may be taken for another field."""
    return name.lower() == "subject" and "%0" not in value


def _field(name: str, value: str) -> str:
    """What is kept of a field: its readers if each is one, its text without what splits it; else nothing."""
    if name in _TEXTS:
        return _UNSAFE_IN_TEXT.sub(_encoded_sign, _normal(value))
    boxes = [_mailbox(unquote(box)) for box in value.split(",")] if name in _READERS else []
    return "" if None in boxes else ",".join(box for box in boxes if box is not None)


def _encoded_sign(match: "re.Match[str]") -> str:
    return f"%{ord(match[0]):02X}"


def _mailbox(box: str) -> str | None:
    parts = _MAILBOX.fullmatch(box)
    host = normal_host(parts[2]) if parts is not None else None
    return f"{parts[1]}@{host.name}" if parts is not None and host is not None else None
