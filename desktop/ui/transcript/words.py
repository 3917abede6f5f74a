"""What an entry of a transcript says, whether it has widgets or not."""

from collections.abc import Sequence

from desktop.markdown.blocks import Block
from desktop.markdown.lines import LineStream
from desktop.markdown.stream import parse
from desktop.viewmodels.transcript import Entry


def text_of(entry: Entry) -> str:
    """What the question or the answer says, as it came."""
    if entry.node.question is not None:
        return entry.node.question.text
    return entry.node.answer.text if entry.node.answer is not None else ""


def blocks_of(entry: Entry) -> Sequence[Block]:
    """Its blocks, read anew: those of a question are its lines."""
    if entry.node.question is not None:
        stream = LineStream()
        return [*stream.feed(text_of(entry)).committed, *stream.finish().committed]
    return parse(text_of(entry))
