"""The character error rate: edits that turn what was read into what is written, per written character."""

import numpy as np


def error_rate(written: str, read: str) -> float:
    """Levenshtein distance over the length of `written`."""
    return distance(written, read) / max(1, len(written))


def distance(left: str, right: str) -> int:
    """Insertions, deletions and substitutions, a row of the usual table at a time."""
    codes = np.array([ord(c) for c in right], np.int32)
    places = np.arange(len(right) + 1)
    row = places.copy()
    for number, character in enumerate(left, start=1):
        best = np.minimum(row[1:] + 1, row[:-1] + (codes != ord(character)))
        row = np.concatenate(([number], best))
        # Insertions run along the row: the least of what stands to the left, plus the way from there.
        row = np.minimum.accumulate(row - places) + places
    return int(row[-1])


def without_spaces(text: str) -> str:
    return "".join(text.split())


def one_spaced(text: str) -> str:
    return " ".join(text.split())
