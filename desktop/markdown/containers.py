"""What blocks stand in while a text is read: quotes, lists and their items."""

from dataclasses import dataclass

from desktop.markdown.cursor import Cursor

CODE_INDENT = 4
"""Columns from which on a line is code and begins nothing else."""


@dataclass(slots=True)
class Quote:
    """`blocks_before`: how many blocks had been closed when it began."""

    blocks_before: int

    def goes_on(self, cursor: Cursor) -> bool:
        """Whether the line belongs to it; if so, `cursor` is moved to what it says inside."""
        if cursor.indent >= CODE_INDENT or cursor.character != ">":
            return False
        enter_quote(cursor)
        return True


@dataclass(slots=True)
class Items:
    """Items in a row that belong together: `kind` is their bullet or what follows their numbers."""

    kind: str
    next_number: int | None

    def goes_on(self, cursor: Cursor) -> bool:
        """Always so far: what stands next decides."""
        return True


@dataclass(slots=True)
class Item:
    """`width`: columns before its content. `begun`: there is something in it."""

    width: int
    blocks_before: int
    begun: bool = False

    def goes_on(self, cursor: Cursor) -> bool:
        """Whether the line belongs to it; if so, `cursor` is moved to what it says inside."""
        if cursor.blank:
            return self.begun
        if cursor.indent < self.width:
            return False
        cursor.skip(self.width)
        return True


Standing = Quote | Items | Item


def enter_quote(cursor: Cursor) -> None:
    """Go over the sign of a quote and the blank that belongs to it."""
    cursor.jump(1)
    cursor.skip(1)
