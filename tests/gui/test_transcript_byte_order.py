"""What Qt would take for the order of a text's bytes is a character like others, wherever a text begins."""

import pytest
from PySide6.QtCore import QPointF

from desktop.markdown.blocks import CodeBlock, Paragraph, Run, Table
from desktop.ui.transcript.box import Box
from desktop.ui.transcript.code_box import CodeBox
from desktop.ui.transcript.prose import ProseBox
from desktop.ui.transcript.table_box import TableBox
from tests.support.painted import laid_out, look

pytestmark = pytest.mark.usefixtures("qapp")

MARKED = "\ufeffa中"


def boxes() -> list[Box]:
    return [
        ProseBox(Paragraph((Run(MARKED),)), look()),
        CodeBox(CodeBlock("", MARKED), look()),
        TableBox(Table(("",), (((Run(MARKED),),),)), look()),
    ]


def test_each_character_has_its_place() -> None:
    for box in map(laid_out, boxes()):
        carets = [box.rectangle_of(offset) for offset in range(len(MARKED) + 1)]

        assert carets[0].left() == carets[1].left() < carets[2].left() < carets[3].left()
        assert box.offset_at(carets[3].center() - QPointF(1, 0)) == len(MARKED)
