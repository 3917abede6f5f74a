"""What is no text though a network spelt it out: a dithered frame, a dotted rule, a hatched bar."""

from collections import Counter

from desktop.reader.flow import UNSURE

LONG = 16
"""Characters from which on a line of one and the same is doubted; the frame of a fax came as 115 zeros."""

SAME = 0.9
"""The share of one character from which on a line is a pattern."""


def is_texture(text: str, confidence: float) -> bool:
    """Whether a line is a pattern: nearly nothing but one character, and the network is not sure of it.

    Of rows of dashes, dots or zeros that are really written it is sure.
    """
    (_, count), *_ = Counter(text).most_common(1) or [("", 0)]
    return confidence < UNSURE and len(text) >= LONG and count >= SAME * len(text)
