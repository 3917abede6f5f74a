"""Hosts in one normal form: ASCII, small letters, numbers in four parts, no dot at the end.

After the host parser of the WHATWG's URL standard and the mapping of UTS #46 (non-transitional), but
narrower: what programs disagree about is refused, so that all of them find the same host in what comes out.
"""

import ipaddress
import re
import unicodedata
from typing import NamedTuple

from desktop.domain.public import is_public, literal, may_be_public_name

LONGEST_NAME = 253
"""Characters of a name without the dot at its end (RFC 1035, 2.3.4)."""
LONGEST_LABEL = 63
"""Characters of what stands between two dots (the same)."""

PREFIX = "xn--"
"""Begins a label that is written in Punycode (RFC 5890, A-label)."""

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?")
_NUMBER = re.compile(r"0x[0-9a-f]*|\d+", re.ASCII)
_PARTS = 4
_BYTE = 256
_HEXADECIMAL, _OCTAL, _DECIMAL = 16, 8, 10
_FORMAT = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters that are blank."""


class Host(NamedTuple):
    """`name`: a name, an IPv4 address, or an IPv6 address in brackets. `is_odd`: a number was in disguise."""

    name: str
    is_odd: bool = False


def normal_host(text: str) -> Host | None:
    """The host that `text` spells in an address; None if it spells none, or not the same to all."""
    if text.startswith("["):
        return _v6(text)
    name = unicodedata.normalize("NFKC", text).lower().replace("\u3002", ".").removesuffix(".")
    labels = [_ascii(label) for label in name.split(".")]
    whole = ".".join(label for label in labels if label is not None)
    if None in labels or len(whole) > LONGEST_NAME:
        return None
    if _NUMBER.fullmatch(whole.rpartition(".")[2]):
        return _v4(whole, text)
    return Host(whole)


def leads_outside(name: str) -> bool:
    """Whether a host in normal form may be one of the public Internet: not of a private network."""
    address = literal(name.strip("[]"))
    return is_public(address) if address is not None else may_be_public_name(name)


def spelt_out(label: str) -> str | None:
    """The letters that a label in normal form stands for; None if no such label can be."""
    if not label.startswith(PREFIX):
        return label
    try:
        letters = label[len(PREFIX) :].encode("ascii").decode("punycode")
    except ValueError:
        return None
    return letters if _ascii(letters) == label and not letters.isascii() else None


def is_invisible(char: str) -> bool:
    """Whether nothing is seen of it, or nothing but what it does to others."""
    return unicodedata.category(char) in _FORMAT or char in _FILLERS


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _ascii(label: str) -> str | None:
    if label.isascii():
        is_name = len(label) <= LONGEST_LABEL and _LABEL.fullmatch(label)
        return label if is_name and spelt_out(label) is not None else None
    if any(map(_is_no_letter, label)) or unicodedata.normalize("NFKC", label).lower() != label:
        return None
    found = PREFIX + label.encode("punycode").decode("ascii")
    return found if len(found) <= LONGEST_LABEL and _LABEL.fullmatch(found) else None


def _is_no_letter(char: str) -> bool:
    """Marks are no letters, but ASCII's hyphen; symbols are, as in names of emoji."""
    return char != "-" and (is_invisible(char) or unicodedata.category(char)[0] == "P")


def _v4(name: str, text: str) -> Host | None:
    """As C's `inet_aton`: up to four parts, each decimal, octal or hexadecimal, the last one fills up."""
    parts = name.split(".")
    numbers = [number for part in parts if (number := _number(part)) is not None]
    if not len(numbers) == len(parts) <= _PARTS:
        return None
    *first, last = numbers
    if max(first, default=0) >= _BYTE or last >= _BYTE ** (_PARTS - len(first)):
        return None
    value = last + sum(number << (8 * (_PARTS - 1 - index)) for index, number in enumerate(first))
    address = str(ipaddress.IPv4Address(value))
    return Host(address, is_odd=address != text)


def _number(part: str) -> int | None:
    if not _NUMBER.fullmatch(part) or len(part) > LONGEST_LABEL:
        return None
    base = _HEXADECIMAL if part.startswith("0x") else _OCTAL if part[:1] == "0" else _DECIMAL
    digits = part[2:] if base == _HEXADECIMAL else part
    try:
        return int(digits or "0", base)
    except ValueError:
        return None


def _v6(text: str) -> Host | None:
    try:
        address = ipaddress.IPv6Address(text[1:-1] if text.endswith("]") and "%" not in text else "")
    except ValueError:
        return None
    carried = address.ipv4_mapped
    spelling = f"::ffff:{carried}" if carried is not None else address.compressed
    return Host(f"[{spelling}]", is_odd=carried is not None)
