"""The tree that a flat row of blocks stands for: quotes, lists and their items."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from desktop.markdown.blocks import Block, Container, Marker


@dataclass(frozen=True, slots=True)
class Quote:
    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Item:
    marker: Marker
    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class List:
    """Bullets, or items whose numbers go up by one."""

    items: tuple[Item, ...]

    @property
    def start(self) -> int | None:
        """The number of the first item; None: bullets."""
        return self.items[0].marker.number


Node = Block | Quote | List


def nested(blocks: Sequence[Block], depth: int = 0) -> tuple[Node, ...]:
    """The nodes of blocks whose paths agree in their first `depth` containers.

    Neighbours in the same container are in one, as the flat row says no more: two quotes in a row are one.
    """
    return tuple(_nodes(blocks, depth))


def _nodes(blocks: Sequence[Block], depth: int) -> Iterator[Node]:
    for container, group in groupby(blocks, key=lambda block: _container(block, depth)):
        match container:
            case None:
                yield from group
            case Container.QUOTE:
                yield Quote(nested(list(group), depth + 1))
            case Container.ITEM:
                yield from _lists(list(group), depth)


def _container(block: Block, depth: int) -> Container | None:
    return block.path[depth] if depth < len(block.path) else None


def _lists(blocks: Sequence[Block], depth: int) -> Iterator[List]:
    items: list[Item] = []
    for item in _items(blocks, depth):
        if items and not _follows(items[-1].marker, item.marker):
            yield List(tuple(items))
            items = []
        items.append(item)
    yield List(tuple(items))


def _items(blocks: Sequence[Block], depth: int) -> Iterator[Item]:
    begins = [index for index, block in enumerate(blocks) if index == 0 or _begins_item(block, depth)]
    for begin, end in zip(begins, [*begins[1:], len(blocks)], strict=True):
        marker = blocks[begin].marker if _begins_item(blocks[begin], depth) else None
        yield Item(marker or Marker(), nested(blocks[begin:end], depth + 1))


def _begins_item(block: Block, depth: int) -> bool:
    return block.marker is not None and Container.ITEM not in block.path[depth + 1 :]


def _follows(before: Marker, marker: Marker) -> bool:
    if before.number is None or marker.number is None:
        return before.number is marker.number
    return marker.number == before.number + 1
