"""Whether what is read is such as this app writes: whoever gets it takes it at its word.

SQLite gives back whatever another program put there, and a single bit tells a text from bytes. Functions
raise `Damaged`; what `mending` leaves is sound.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from desktop.domain.conversation import MessageId, Node
from desktop.storage.failures import Damaged

Row = tuple[Any, ...]

MOST_SECONDS = 1e11
"""In the year 5138; what is longer is no time of ours."""

_NOTHING = type(None)
_MESSAGE = (
    (int,), (int, _NOTHING), (int,), (float,), *[(str,)] * 5, *[(str, _NOTHING)] * 5, *[(float,)] * 3,
)  # fmt: skip
"""Of the columns of `rows.MESSAGE`."""

_SUMMARY = ((int,), (str,), (float,), (int,), (int,))
_IMAGE = ((str,), (str,), (str,), (str, _NOTHING), (str,), (int,), (int,), (int,))
_DIGEST = re.compile("[0-9a-f]{64}")

MEDIA_TYPES = ("image/png", "image/jpeg", "image/webp")


def is_digest(text: str) -> bool:
    """Whether it is a SHA-256 in hexadecimal digits, and so names a file of ours, and no other."""
    return _DIGEST.fullmatch(text) is not None


def check_text(text: object) -> None:
    if type(text) is not str:
        raise Damaged("a text that is none")


def check_summary(row: Row) -> None:
    """`row`: id, title, seconds since the epoch, and two marks."""
    _check_kinds([row], _SUMMARY)
    _check_seconds(row[2])


def check_messages(rows: Sequence[Row]) -> None:
    """`rows` in the order of `rows.MESSAGE`."""
    _check_kinds(rows, _MESSAGE)
    for row in rows:
        _check_seconds(row[3], *row[-3:])


def check_image(row: Row) -> None:
    """`row`: digest, name, the source's digest, change, media type, width, height, length."""
    _check_kinds([row], _IMAGE)
    digest, _, _, _, media_type, width, height, length = row
    if not is_digest(digest) or media_type not in MEDIA_TYPES or min(width, height) < 1 or length < 0:
        raise Damaged("an image that is none")


def check_tree(nodes: Sequence[Node], leaf: MessageId | None) -> None:
    """All of a conversation: a message's id is its place, and no way up leads in a circle."""
    for place, node in enumerate(nodes):
        if node.id != place or not _is_above(node.parent, place):
            raise Damaged("a message in a wrong place")
    if leaf is not None and (type(leaf) is not int or not 0 <= leaf < len(nodes)):
        raise Damaged("a leaf that is no message")


def check_path(nodes: Sequence[Node]) -> None:
    """The end of a branch, down from one message to the next, which was made later."""
    for above, node in pairwise(nodes):
        if node.parent != above.id or node.id <= above.id:
            raise Damaged("a message in a wrong place")
    if nodes and (nodes[0].id < 0 or not _is_above(nodes[0].parent, nodes[0].id)):
        raise Damaged("a message in a wrong place")


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _is_above(parent: MessageId | None, child: int) -> bool:
    return parent is None or 0 <= parent < child


def _check_kinds(rows: Iterable[Row], columns: Sequence[tuple[type, ...]]) -> None:
    # Nearly all rows are alike: each kind is looked at once.
    for row in {tuple(map(type, row)) for row in rows}:
        if not all(kind in kinds for kind, kinds in zip(row, columns, strict=True)):
            raise Damaged("a value of another kind")


def _check_seconds(*seconds: float) -> None:
    if not all(abs(each) <= MOST_SECONDS for each in seconds):
        raise Damaged("a time that is none")
