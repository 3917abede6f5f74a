"""How blocks begin, as far as one line tells."""

import re
from typing import NamedTuple

from markdown_it.common.utils import unescapeAll

from desktop.markdown.containers import CODE_INDENT
from desktop.markdown.cursor import Cursor

HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*$")
RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*$")
FENCE = re.compile(r"(?P<marks>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)")
SIGNS = frozenset("#=-*_+>`~0123456789")
"""What a block other than text begins with; tables and formulas have rules of their own."""

_MARKER = re.compile(r"(?:([-+*])|([0-9]{1,9})([.)]))(?=[ \t]|$)")
_TASK = re.compile(r"\[([ xX])\][ \t]")
_WIDEST_GAP = 4


class ItemMarker(NamedTuple):
    """Begins an item. `kind` tells lists apart, `width` is that of the marker, in characters."""

    kind: str
    number: int | None
    width: int

    def interrupts(self, cursor: Cursor) -> bool:
        """Whether it may end a paragraph without a blank line: not if it may be a number in a sentence."""
        content = cursor.content[self.width :]
        return self.number in (None, 1) and bool(content.strip(" \t"))


def item_marker(cursor: Cursor) -> ItemMarker | None:
    """The marker that stands next on the line, if one does."""
    match = _MARKER.match(cursor.text, cursor.first)
    if match is None:
        return None
    bullet, number, delimiter = match.groups()
    return ItemMarker(bullet or delimiter, None if bullet else int(number), len(match[0]))


def enter_item(cursor: Cursor, marker: ItemMarker) -> int:
    """Go over `marker`; how many columns are before the item's content."""
    before = cursor.indent
    cursor.jump(marker.width)
    gap = 1 if cursor.blank or cursor.indent > _WIDEST_GAP else cursor.indent
    cursor.skip(gap)
    return before + marker.width + gap


def enter_task(cursor: Cursor) -> bool | None:
    """Go over the box of a task, if there is one; whether it is checked."""
    match = _TASK.match(cursor.text, cursor.first)
    if match is None or cursor.indent >= CODE_INDENT:
        return None
    cursor.jump(len(match[0]))
    return match[1] != " "


def language(info: str) -> str:
    """The language of a fence: the first word of what stands behind its opening."""
    return (unescapeAll(info).split() or [""])[0]


_DECIDED = re.compile(
    r"""
    (?= (?P<containers> [\ \t>]*+ (?: (?: [-+*] | [0-9]{1,9}[.)] ) [\ \t][\ \t>]*+ )* ) )
    (?P=containers)                                                     # quotes and items, then
    (?: [^\s>#\-+*_=~`|:$\\\[0-9]                                       # what begins nothing
      | [*_][*_\ \t]*+ [^\s*_]                                          # emphasis, not a rule
      | \+ \S
      | [-|:][-|:\ \t]*+ [^\s\-|:]                                      # no row below a table's headings
      | =++ (?: [\ \t]++ \S | [^\s=] )
      | ~{1,2} [^~] | `{1,2} [^`]                                       # no fence
      | \#{1,6} [\ \t]++ [^\s\#] | \#++ [^\s\#] | \#{7}
      | [0-9]++ [^0-9.)] | [0-9]{10} | [0-9]{1,9}[.)] \S
      | \[ (?: [^\ xX] | [\ xX] (?: [^\]] | \] (?: [^\ \t] | [\ \t]++ \S ) ) )
      | \$ (?: [^$] | \$ .*? \$\$ [\ \t]*+ \S )                         # a formula in a sentence
      | \\ (?: [^\[] | \[ .*? \\\] [\ \t]*+ \S )
    )""",
    re.VERBOSE,
)


def is_decided(line: str) -> bool:
    """Whether `line`, whose end has not come, is known to be what it is, whatever follows.

    Fences and formulas wait for their line's end, and so does what may be a rule, an underline or the
    second row of a table.
    """
    return _DECIDED.match(line) is not None
