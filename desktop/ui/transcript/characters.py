"""Text as a QTextDocument can hold it."""

LINE_BREAK = "\u2028"
"""Breaks a line within a text block."""

# Qt ends a text block at U+2029 and takes U+FDD0 and U+FDD1 for the edges of a frame.
_FORBIDDEN = {0x2029: LINE_BREAK, 0xFDD0: "\ufffd", 0xFDD1: "\ufffd", 0x0D: LINE_BREAK}
_WITHIN_A_BLOCK = {**_FORBIDDEN, 0x0A: LINE_BREAK}


def within_a_block(text: str) -> str:
    """`text` so that it stays one text block."""
    return text.translate(_WITHIN_A_BLOCK)


def as_lines(text: str) -> list[str]:
    """One string for each text block: the lines of `text`."""
    return text.translate(_FORBIDDEN).split("\n")


def length(text: str) -> int:
    """How many positions `text` takes in a QTextDocument, which counts in UTF-16."""
    return len(text) + sum(character > "\uffff" for character in text)
