"""Which box shows which block."""

from desktop.markdown.blocks import Block, CodeBlock, Heading, Paragraph, Rule, Table
from desktop.markdown.plain import block_text
from desktop.ui.transcript.box import Box
from desktop.ui.transcript.code_box import CodeBox
from desktop.ui.transcript.growth import goes_on
from desktop.ui.transcript.look import Look
from desktop.ui.transcript.prose import ProseBox
from desktop.ui.transcript.rule import RuleBox
from desktop.ui.transcript.table_box import TableBox, fits

_ROW = 2.0
"""Of a table or of code: lines of text that one takes, with what stands around it."""


def new_box(block: Block, look: Look) -> Box:
    """A box that shows `block`; a table that is too wide for a table as lines of text."""
    match block:
        case Paragraph() | Heading():
            return ProseBox(block, look)
        case CodeBlock():
            return CodeBox(block, look)
        case Table():
            return TableBox(block, look) if fits(block) else CodeBox(CodeBlock("", block_text(block)), look)
        case Rule():
            return RuleBox(look)


def can_go_on(old: Block, new: Block) -> bool:
    """Whether the box that shows `old` can show `new`."""
    return goes_on(old, new) and (not isinstance(new, Table) or fits(new))


def estimate(block: Block, width: float, look: Look) -> float:
    """About how high the box of `block` will be at `width`, in device-independent px; cheap."""
    match block:
        case Paragraph():
            return look.estimate("".join(run.text for run in block.runs), width)
        case Heading():
            return look.estimate("".join(run.text for run in block.runs), width, block.level)
        case CodeBlock():
            return (block.text.count("\n") + 2) * look.line_height()
        case Table():
            return len(block.rows) * _ROW * look.line_height()
        case Rule():
            return 1.0
