"""Nested blocks as lines of text: what leads into an item or a quote stands before each of its lines."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from desktop.markdown.blocks import Block, Marker, Paragraph
from desktop.markdown.nesting import Item, List, Node, Quote, nested


class Wording(Protocol):
    """How blocks and markers are written."""

    def block(self, block: Block) -> str:
        """The lines of a block by itself."""

    def marker(self, marker: Marker, *, is_other_list: bool) -> tuple[str, int]:
        """What begins an item, and how far its other lines are indented.

        `is_other_list`: a list of the same kind, that does not go on with it, stands right above.
        """


def outlined(blocks: Sequence[Block], wording: Wording) -> str:
    return "\n".join(_Outline(wording).lines(nested(blocks)))


class _Outline:
    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def lines(self, nodes: Iterable[Node], *, in_item: bool = False) -> Iterator[str]:
        above: Node | None = None
        is_other_list = False
        for node in nodes:
            if above is not None and not (in_item and _is_close(above, node)):
                yield ""
            is_other_list = _is_list_like(above, node) and not is_other_list
            yield from self._node(node, is_other_list=is_other_list)
            above = node

    def _node(self, node: Node, *, is_other_list: bool) -> Iterator[str]:
        match node:
            case Quote():
                for line in self.lines(node.nodes):
                    yield f"> {line}" if line else ">"
            case List():
                for item in node.items:
                    yield from self._item(item, is_other_list=is_other_list)
            case _:
                yield from self._wording.block(node).split("\n")

    def _item(self, item: Item, *, is_other_list: bool) -> Iterator[str]:
        marker, width = self._wording.marker(item.marker, is_other_list=is_other_list)
        lines = self.lines(item.nodes, in_item=True)
        first = next(lines)
        yield marker + first if first or item.marker.checked is not None else marker.rstrip()
        for line in lines:
            yield " " * width + line if line else ""


def _is_close(above: Node, node: Node) -> bool:
    """Whether a list follows its paragraph without an empty line; Markdown lets it if it has words.

    After an item's marker without words an empty line would end the item.
    """
    if not isinstance(above, Paragraph) or not isinstance(node, List):
        return False
    first = node.items[0].nodes[0]
    has_words = not isinstance(first, Paragraph) or bool(first.runs)
    return not above.runs or (node.start in (None, 1) and has_words)


def _is_list_like(above: Node | None, node: Node) -> bool:
    if not isinstance(above, List) or not isinstance(node, List):
        return False
    return (above.start is None) == (node.start is None)
