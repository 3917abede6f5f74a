"""Web addresses as people type them, and those of images within a text."""

import re
from itertools import islice

from PySide6.QtCore import QUrl

from desktop.domain.image_formats import SUFFIXES

_WEB = ("http", "https")
_LONGEST_TEXT = 20_000
"""Characters of a text that are looked through for addresses; what follows was not typed by hand."""
_LONGEST_ADDRESS = 2_000
_MOST = 20
"""Addresses that are found in one text."""
_LETTER = r"[^\s<>\"'“”「」《》，。；]"
_SUFFIX = "|".join(map(re.escape, SUFFIXES))
# First what may be an address, then whether it is one of an image: in one step it takes a second for some.
_ADDRESS = re.compile(rf"https?://{_LETTER}+", re.IGNORECASE)
_IMAGE = re.compile(rf".+?(?:{_SUFFIX})(?:\?.*)?(?![\w/-]|\.\w)", re.IGNORECASE)


def web_address(typed: str) -> str:
    """`typed` as a whole http(s) address; empty if it is none. Without a scheme it is taken for https."""
    words = typed.strip()
    if not words or any(each.isspace() for each in words):
        return ""
    url = QUrl(words if "://" in words else f"https://{words}", QUrl.ParsingMode.TolerantMode)
    is_web = url.isValid() and url.scheme().lower() in _WEB and "." in url.host()
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded) if is_web else ""


def image_addresses(text: str) -> list[str]:
    """The addresses in `text` that end like the name of an image, each once; of very many the first."""
    words = (match.group()[:_LONGEST_ADDRESS] for match in _ADDRESS.finditer(text[:_LONGEST_TEXT]))
    found = dict.fromkeys(match.group() for word in words if (match := _IMAGE.match(word)))
    return [url for each in islice(found, _MOST) if (url := web_address(each))]
