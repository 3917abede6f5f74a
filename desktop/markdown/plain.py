"""Rendered Markdown as plain text."""

from collections.abc import Iterable

from desktop.markdown.blocks import Block, CodeBlock, Heading, Paragraph, Rule, Runs, Table


def plain_text(blocks: Iterable[Block]) -> str:
    """What they say, without marks: blocks parted by blank lines, code with its indentation."""
    return "\n\n".join(block_text(block) for block in blocks)


def block_text(block: Block) -> str:
    """What one says, as offsets count it: a tab between the cells of a row, a newline between rows."""
    match block:
        case CodeBlock():
            return block.text
        case Table():
            return "\n".join("\t".join(runs_text(cell) for cell in row) for row in block.rows)
        case Paragraph() | Heading():
            return runs_text(block.runs)
        case Rule():
            return ""


def runs_text(runs: Runs) -> str:
    return "".join(run.text for run in runs)
