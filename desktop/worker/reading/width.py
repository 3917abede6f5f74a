"""How wide characters are: Chinese ones are twice as wide as Latin ones."""

import unicodedata


def is_wide(character: str) -> bool:
    """Whether it is as wide as high, as Chinese is; no character is not."""
    return bool(character) and unicodedata.east_asian_width(character) in "WF"


def characters(text: str) -> int:
    """How many characters of half width `text` is long."""
    return sum(2 if is_wide(character) else 1 for character in text)
