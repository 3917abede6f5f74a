"""Rendered Markdown as plain text: what it says, without marks."""

from collections.abc import Iterable

from desktop.markdown.blocks import Block, CodeBlock, Heading, Paragraph, Rule, Runs, Table


def plain_text(blocks: Iterable[Block]) -> str:
    """Blocks parted by blank lines; code with its indentation; a tab between the cells of a row."""
    return "\n\n".join(_text(block) for block in blocks)


def _text(block: Block) -> str:
    match block:
        case CodeBlock():
            return block.text
        case Table():
            return "\n".join("\t".join(_words(cell) for cell in row) for row in block.rows)
        case Paragraph() | Heading():
            return _words(block.runs)
        case Rule():
            return ""


def _words(runs: Runs) -> str:
    return "".join(run.text for run in runs)
