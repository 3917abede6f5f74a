"""Markdown that arrives in pieces: what is final is rendered once, only the open end again.

Whatever way a text is cut, the blocks in the end are those of `parse`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.markdown.blocks import Block
from desktop.markdown.convert import blocks_of
from desktop.markdown.fence import OpenFence
from desktop.markdown.parser import Piece, parse_blocks, pieces
from desktop.markdown.references import Definition, References
from desktop.markdown.text import Normaliser, normalised


@dataclass(frozen=True, slots=True)
class Update:
    """What a piece of text did to the document.

    `changed`: blocks committed earlier, by index, that a late reference definition made others (rare).
    `committed`: blocks that follow those committed earlier, for good.
    `tail`: the blocks after them so far; it replaces the tail of the update before.
    `kept`: if the first of all these blocks goes on with the first of the tail before, so much of it is as
    it was: characters of a text, lines of code, rows of a table. 0 says nothing.
    """

    committed: tuple[Block, ...] = ()
    tail: tuple[Block, ...] = ()
    changed: tuple[tuple[int, Block], ...] = ()
    kept: int = 0


def parse(text: str) -> tuple[Block, ...]:
    """The blocks of a whole `text`, rendered in one go."""
    references = References()
    tokens = parse_blocks(normalised(text), references)
    return tuple(block for piece in pieces(tokens) for block in blocks_of(piece, references))


class MarkdownStream:
    """Feed it text cut anywhere; it says what became of the document.

    A block is committed when the one after it begins on a finished line: until then "para\\n#" may
    become "#tag", "para\\n-" a heading, and a table needs its second line. Items of a list that stands
    at the top are committed one by one, the lines of a fence there are not parsed again.
    """

    def __init__(self) -> None:
        self._normaliser = Normaliser()
        self._tail = ""
        self._next_number: int | None = None
        self._fence: OpenFence | None = None
        self._committed = 0
        self._definitions: dict[str, Definition] = {}
        self._waiting: dict[str, dict[int, Piece]] = {}

    def feed(self, text: str) -> Update:
        return self._advance(self._normaliser.feed(text), at_end=False)

    def finish(self) -> Update:
        """No more text will come: commit everything."""
        return self._advance(self._normaliser.finish(), at_end=True)

    def _advance(self, text: str, *, at_end: bool) -> Update:
        step = _Step(list(self._advance_fence(text, at_end=at_end)))
        if self._fence is None:
            self._advance_tail(step, at_end=at_end)
        if self._fence is not None:
            step.tail = [self._fence.open_block()]
        self._committed += len(step.committed)
        return Update(tuple(step.committed), tuple(step.tail), tuple(step.changed.items()))

    def _advance_fence(self, text: str, *, at_end: bool) -> Sequence[Block]:
        """Give `text` to the open fence, if there is one; the fence's block if that was its end."""
        fence = self._fence
        if fence is None:
            self._tail += text
            return ()
        rest = fence.feed(text)
        closed = rest is not None or (at_end and fence.finish())
        if not closed and not at_end:
            return ()
        self._fence, self._tail = None, rest or ""
        return (fence.block(closed=closed),)

    def _advance_tail(self, step: "_Step", *, at_end: bool) -> None:
        references = References(self._definitions)
        found = list(pieces(parse_blocks(self._tail, references), self._next_number))
        if at_end:
            self._define(step, references)
            self._commit(step, found)
            return
        standing = _standing(found, self._tail.count("\n"))
        if standing:
            last = found[standing - 1]
            self._define(step, {label: d for label, d in references.items() if d["map"][1] <= last.start})
            self._commit(step, found[: standing - 1])
            self._next_number = last.number
        rest = found[max(0, standing - 1) :]
        if not self._open_fence(rest):
            step.tail = [block for piece in rest for block in blocks_of(piece, references)]

    def _define(self, step: "_Step", definitions: dict[str, Definition]) -> None:
        """Take definitions in for good; render again what had looked for them in vain."""
        self._definitions.update(definitions)
        late = {k: v for label in definitions for k, v in self._waiting.pop(label, {}).items()}
        for index, piece in late.items():
            step.changed.update(enumerate(self._render(piece, index), start=index))

    def _commit(self, step: "_Step", final: Sequence[Piece]) -> None:
        for piece in final:
            step.committed += self._render(piece, self._committed + len(step.committed))
        if final:
            self._tail = _from_line(self._tail, final[-1].end)

    def _render(self, piece: Piece, index: int) -> tuple[Block, ...]:
        """The blocks of a final piece, `index` the first; remembers what it looked for in vain."""
        references = References(self._definitions)
        blocks = blocks_of(piece, references)
        for label in references.missed:
            self._waiting.setdefault(label, {})[index] = piece
        return blocks

    def _open_fence(self, rest: Sequence[Piece]) -> bool:
        """Whether a fence is all that is left, and open: from now on it takes the text."""
        if len(rest) != 1 or rest[0].tokens[0].type != "fence":
            return False
        opening, newline, inside = self._tail.lstrip("\n").partition("\n")
        fence = OpenFence.begun_by(opening) if newline else None
        if fence is None or fence.feed(inside) is not None:
            return False
        self._fence, self._tail = fence, ""
        return True


@dataclass(slots=True)
class _Step:
    """An update in the making."""

    committed: list[Block] = field(default_factory=list)
    tail: list[Block] = field(default_factory=list)
    changed: dict[int, Block] = field(default_factory=dict)


def _standing(found: Sequence[Piece], finished_lines: int) -> int:
    """How many pieces have begun for good; all before the last of them can change no more."""
    return sum(_stands_from(piece) < finished_lines for piece in found)


def _stands_from(piece: Piece) -> int:
    """The line that, once finished, makes the piece begin where it does. A table needs its second."""
    return piece.start + (piece.tokens[0].type == "table_open")


def _from_line(text: str, line: int) -> str:
    position = 0
    for _ in range(line):
        position = text.find("\n", position) + 1 or len(text)
    return text[position:]
