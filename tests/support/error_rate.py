"""The character error rate: edits that turn what was read into what is written, per written character."""

import numpy as np


def wrong(written: str, read: str) -> float:
    """Wrong characters, blanks left out: how wide a blank is, and whether one stands between 四 and 478, is
    typography rather than text."""
    return error_rate("".join(written.split()), "".join(read.split()))


def wrong_with_blanks(written: str, read: str) -> float:
    """The same with one blank where there is any, line ends included."""
    return error_rate(" ".join(written.split()), " ".join(read.split()))


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
