"""Whether a block goes on with another that was shown before it, and how much of it is as it was."""

from collections.abc import Sequence
from dataclasses import replace

from desktop.markdown.blocks import Block, CodeBlock, Heading, Paragraph, Runs, Table


def goes_on(old: Block, new: Block) -> bool:
    """Whether the box that shows `old` can show `new`."""
    if (type(old), old.path, old.marker) != (type(new), new.path, new.marker):
        return False
    match old, new:
        case Heading(), Heading():
            return old.level == new.level
        case CodeBlock(), CodeBlock():
            return old.language == new.language
        case Table(), Table():
            return old.alignments == new.alignments
        case _:
            return True


def kept_of(old: Block, new: Block) -> int:
    """How many characters, lines of code or rows of `old` begin `new`, which goes on with it."""
    match old, new:
        case CodeBlock(), CodeBlock():
            return old.text.count("\n", 0, _same_prefix(old.text, new.text))
        case Table(), Table():
            return _same(old.rows, new.rows)
        case Paragraph() | Heading(), Paragraph() | Heading():
            return _same_characters(old.runs, new.runs)
        case _:
            return 0


def _same(old: Sequence[object], new: Sequence[object]) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((index for index, (a, b) in pairs if a is not b and a != b), min(len(old), len(new)))


def _same_characters(old: Runs, new: Runs) -> int:
    same = _same(old, new)
    kept = sum(len(run.text) for run in new[:same])
    if same < min(len(old), len(new)) and replace(old[same], text="") == replace(new[same], text=""):
        kept += _same_prefix(old[same].text, new[same].text)
    return kept


def _same_prefix(old: str, new: str) -> int:
    if new.startswith(old):
        return len(old)
    return _same(old, new)
