"""Web addresses as people type them, and those of images within a text."""

import re

from PySide6.QtCore import QUrl

from desktop.domain.image_formats import SUFFIXES

_WEB = ("http", "https")
_LONGEST_TEXT = 20_000
"""Characters of a text that are looked through for addresses; what follows was not typed by hand."""
_LETTER = r"[^\s<>\"'“”「」《》，。；]"
_SUFFIX = "|".join(map(re.escape, SUFFIXES))
_IMAGE = re.compile(
    rf"https?://{_LETTER}+?(?:{_SUFFIX})(?:\?{_LETTER}*)?(?![\w/-]|\.\w)",
    re.IGNORECASE,
)


def web_address(typed: str) -> str:
    """`typed` as a whole http(s) address; empty if it is none. Without a scheme it is taken for https."""
    words = typed.strip()
    if not words or any(each.isspace() for each in words):
        return ""
    url = QUrl(words if "://" in words else f"https://{words}", QUrl.ParsingMode.TolerantMode)
    is_web = url.isValid() and url.scheme().lower() in _WEB and "." in url.host()
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded) if is_web else ""


def image_addresses(text: str) -> list[str]:
    """The addresses in `text` that end like the name of an image, each once."""
    found = (match.group() for match in _IMAGE.finditer(text[:_LONGEST_TEXT]))
    return list(dict.fromkeys(url for each in found if (url := web_address(each))))
