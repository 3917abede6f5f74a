"""Blocks as the plain text that is pasted where nothing richer is taken."""

from collections.abc import Sequence

from desktop.markdown.blocks import Block, Marker, Rule, Table
from desktop.markdown.cells import rows_of
from desktop.markdown.outline import outlined
from desktop.markdown.plain import block_text


def copied_text(blocks: Sequence[Block]) -> str:
    """What they say, as it looks: "• " and "1. " before items, which are indented by their depth, "☑ " or
    "☐ " for task boxes, "> " before quotes, a line of dashes for a rule, tabs between cells, of which
    none is a formula (`formulas`).

    Of one block without an item or a quote around it, as a selection within one gives it: its text, no
    character more. Browsers drop markers, and with them what steps are numbered; here they are kept.
    """
    return outlined(blocks, _Copy())


class _Copy:
    def block(self, block: Block) -> str:
        match block:
            case Rule():
                return "---"
            case Table():
                return "\n".join(rows_of(block))
            case _:
                return block_text(block)

    def marker(self, marker: Marker, *, is_other_list: bool) -> tuple[str, int]:
        box = "" if marker.checked is None else "☑ " if marker.checked else "☐ "
        begin = f"{marker.number}. {box}" if marker.number is not None else box or "• "
        return begin, len(begin)
