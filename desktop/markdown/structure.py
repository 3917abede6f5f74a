"""What stands open while a text is read, from the outermost container to the block that grows."""

from desktop.markdown.blocks import Container, Marker, Path
from desktop.markdown.containers import Item, Items, Quote, Standing
from desktop.markdown.cursor import Cursor
from desktop.markdown.definitions import Definition
from desktop.markdown.leaves import Leaf, Place, Text


class Structure:
    """Containers that stand in each other, and the block that is open in the innermost.

    `closed` and `definitions` grow by what is final. A depth counts containers from the outermost; a list
    and its item are two.
    """

    def __init__(self) -> None:
        self.closed: list[Leaf] = []
        self.definitions: dict[str, Definition] = {}
        self.leaf: Leaf | None = None
        self._standing: list[Standing] = []
        self._marker: Marker | None = None
        self._blocks = 0

    @property
    def depth(self) -> int:
        return len(self._standing)

    @property
    def at_item(self) -> bool:
        """Whether all that stands innermost is the marker of an item."""
        return self._marker is not None and isinstance(self._standing[-1], Item)

    def begun(self) -> Text | None:
        """An item that has nothing in it yet: so it will show if nothing comes."""
        if self._marker is None:
            return None
        return self.text(Place(self._path(), self._marker))

    def text(self, place: Place, level: int = 0, *, one_line: bool = False) -> Text:
        """A paragraph or heading whose definitions will be known here."""
        return Text(place, self.definitions, level, one_line)

    def go_on_as_another(self, text: Text) -> Text:
        """The open `text` is full: another one of its kind, which stands behind it, is open now."""
        another = self.text(self.place(self.depth), text.level, one_line=text.one_line)
        self.leaf = another
        return another

    def enter(self, cursor: Cursor) -> int:
        """Move `cursor` into the containers that its line goes on with; how many they are."""
        for depth, standing in enumerate(self._standing):
            if not standing.goes_on(cursor):
                return depth
        return len(self._standing)

    def paragraph_at(self, depth: int) -> Text | None:
        """The open paragraph, if what stands at `depth` is what it stands in."""
        return self.leaf if isinstance(self.leaf, Text) and depth == len(self._standing) else None

    def open_quote(self, depth: int) -> None:
        self.close(depth)
        self._begin_in_innermost()
        self._standing.append(Quote(self._blocks))

    def open_item(self, depth: int, kind: str, number: int | None, width: int) -> None:
        """An item of the list that stands open if it is of this `kind`, or else of a new one."""
        self.close(depth)
        items = self._standing[-1] if self._standing else None
        if not isinstance(items, Items) or items.kind != kind:
            self._begin_in_innermost()
            if self._marker is not None:  # an item that begins with a list shows its own marker first
                self._emit_empty()
            items = Items(kind, number)
            self._standing.append(items)
        self._standing.append(Item(width, self._blocks))
        self._marker = Marker(items.next_number)
        if items.next_number is not None:
            items.next_number += 1

    def check(self, *, checked: bool) -> None:
        """The item that was just opened is a task."""
        if self._marker is not None:
            self._marker = Marker(self._marker.number, checked)

    def place(self, depth: int) -> Place:
        """Room for a block: what is open in the way is closed."""
        self.close(depth)
        self._begin_in_innermost()
        place = Place(self._path(), self._marker)
        self._marker = None
        return place

    def close(self, depth: int) -> None:
        """Close the open block, and what stands deeper than `depth`."""
        self.close_leaf()
        while len(self._standing) > depth:
            innermost = self._standing[-1]
            if not isinstance(innermost, Items) and self._blocks == innermost.blocks_before:
                self._emit_empty()
            self._standing.pop()

    def close_leaf(self) -> None:
        leaf, self.leaf = self.leaf, None
        if isinstance(leaf, Text) and not leaf.one_line and not leaf.resolve():
            self._marker = leaf.place.marker or self._marker
        elif leaf is not None:
            self._emit(leaf)

    def _begin_in_innermost(self) -> None:
        """A list ends where something other than an item begins."""
        if self._standing and isinstance(self._standing[-1], Items):
            self._standing.pop()
        if self._standing and isinstance(self._standing[-1], Item):
            self._standing[-1].begun = True

    def _emit_empty(self) -> None:
        self._emit(self.text(Place(self._path(), self._marker)))
        self._marker = None

    def _emit(self, leaf: Leaf) -> None:
        self.closed.append(leaf)
        self._blocks += 1

    def _path(self) -> Path:
        return tuple(
            Container.QUOTE if isinstance(standing, Quote) else Container.ITEM
            for standing in self._standing
            if not isinstance(standing, Items)
        )
