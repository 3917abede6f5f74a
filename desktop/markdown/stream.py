"""Markdown that arrives in pieces: what is final is rendered once, only the open end again.

Whatever way a text is cut, the blocks in the end are those of `parse`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.markdown.blocks import Block
from desktop.markdown.leaves import Leaf
from desktop.markdown.reader import BlockReader
from desktop.markdown.references import References
from desktop.markdown.rendering import OpenBlock, opened, rendered
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
    reader = BlockReader()
    reader.feed(normalised(text))
    reader.finish()
    structure = reader.structure
    return tuple(rendered(leaf, References(structure.definitions)) for leaf in structure.closed)


class MarkdownStream:
    """Feed it text cut anywhere; it says what became of the document.

    A block is committed when something has ended it: a blank line, or the beginning of another block on a
    line that can be nothing else. A line shows as soon as its beginning tells what it is; until then it is
    held back: "#" may become "#tag", "-" an item or a rule, and a row of a table waits for its end.
    """

    def __init__(self) -> None:
        self._normaliser = Normaliser()
        self._reader = BlockReader()
        self._structure = self._reader.structure
        self._open: OpenBlock | None = None
        self._committed = 0
        self._defined = 0
        self._waiting: dict[str, dict[int, Leaf]] = {}

    def feed(self, text: str) -> Update:
        self._reader.feed(self._normaliser.feed(text))
        return self._update()

    def finish(self) -> Update:
        """No more text will come: commit everything."""
        self._reader.feed(self._normaliser.finish())
        self._reader.finish()
        return self._update()

    def _update(self) -> Update:
        before = self._open
        changed = self._render_again(self._new_definitions())
        closed, self._structure.closed = self._structure.closed, []
        committed = tuple(self._commit(leaf) for leaf in closed)
        first = closed[0] if closed else self._structure.leaf
        goes_on = self._open is before and before is not None and before.leaf is first
        tail = self._tail()
        kept = before.take_kept() if before and goes_on else 0
        if self._open is not None and self._open is not before:
            self._open.take_kept()
        return Update(committed, tail, changed, kept)

    def _new_definitions(self) -> list[str]:
        """The labels defined since this was asked last."""
        if len(self._structure.definitions) == self._defined:
            return []
        labels = list(self._structure.definitions)[self._defined :]
        self._defined += len(labels)
        return labels

    def _render_again(self, labels: Iterable[str]) -> tuple[tuple[int, Block], ...]:
        """The committed blocks that had looked for `labels` in vain."""
        late = {index: leaf for label in labels for index, leaf in self._waiting.pop(label, {}).items()}
        return tuple((index, self._rendered(leaf, index)) for index, leaf in sorted(late.items()))

    def _commit(self, leaf: Leaf) -> Block:
        index, self._committed = self._committed, self._committed + 1
        shown = self._open
        if shown is None or shown.leaf is not leaf:
            return self._rendered(leaf, index)
        block = shown.final_block()
        if not shown.missed.isdisjoint(self._structure.definitions):
            self._open = None
            return self._rendered(leaf, index)
        self._wait(leaf, index, shown.missed)
        return block

    def _rendered(self, leaf: Leaf, index: int) -> Block:
        references = References(self._structure.definitions)
        block = rendered(leaf, references)
        self._wait(leaf, index, references.missed)
        return block

    def _wait(self, leaf: Leaf, index: int, missed: Iterable[str]) -> None:
        for label in missed:
            self._waiting.setdefault(label, {})[index] = leaf

    def _tail(self) -> tuple[Block, ...]:
        leaf = self._structure.leaf or self._structure.begun()
        if leaf is None:
            self._open = None
            return ()
        if self._open is None or self._open.leaf is not leaf:
            self._open = opened(leaf, self._structure.definitions)
        block = self._open.block()
        return () if block is None else (block,)
