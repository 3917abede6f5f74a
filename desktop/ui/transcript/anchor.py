"""What the reader sees, so that it stays where it is whatever happens above."""

from typing import NamedTuple

from desktop.ui.transcript.column import MessageColumn
from desktop.ui.transcript.message import place_in

NO_TEXT = 1 << 30


class Anchor(NamedTuple):
    """What stands somewhere in the column: a block of a message, and `dy` px in it.

    `text` is its number, or `NO_TEXT` where none stands: then `dy` counts from the message's top.
    """

    message: int = 0
    text: int = NO_TEXT
    block: int = 0
    dy: float = 0.0


def anchor_at(column: MessageColumn, y: float) -> Anchor:
    """What stands at `y`."""
    index = column.at(y)
    message, inside = column.find(index), y - column.top_of(index)
    if message is not None:
        for number, text in message.texts().items():
            place = place_in(message, text)
            if text.blocks and place.top() <= inside <= place.bottom():
                block = text.stack.places.at(inside - place.top())
                return Anchor(index, number, block, inside - place.top() - text.stack.places.top(block))
    return Anchor(index, dy=inside)


def y_of(column: MessageColumn, anchor: Anchor) -> float:
    """Where `anchor` stands now."""
    if not len(column):
        return 0.0
    index = min(anchor.message, len(column) - 1)
    message = column.find(index)
    text = message.texts().get(anchor.text) if message is not None else None
    if message is None or text is None:
        return column.top_of(index) + anchor.dy
    inside = place_in(message, text).top() + text.stack.places.top(anchor.block)
    return column.top_of(index) + inside + anchor.dy
