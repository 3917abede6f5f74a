"""The room around the blocks of a text, and the bars of quotes in it. Lengths follow the size of the font."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from desktop.markdown.blocks import (
    Block,
    CodeBlock,
    Container,
    Heading,
    Marker,
    Paragraph,
    Path,
    Rule,
    Runs,
    Table,
)
from desktop.ui.transcript.look import DECISIVE, Look, is_leftwards
from desktop.ui.transcript.marker import Spot, paint_marker

_QUOTE, _ITEM = 1.35, 2.65
"""How far what stands in them is indented: "999." has room before an item. All in sizes of the font."""
_DEEPEST = 6
"""Containers beyond this indent no further, or a narrow window would have no room for words."""

_GAP = 0.8
_ITEM_GAP = 0.35
_WIDE_GAP = 1.0
_RULE_GAP = 1.35
_HEADING_GAP = (1.7, 1.7, 1.35, 1.35, 1.35, 1.35)
_BELOW_HEADING = 0.65

_BAR = 3
"""Width of a quote's bar, in device-independent px."""
BAR_END = 2
"""So high are the round ends of a bar, in device-independent px: they move when it becomes longer."""


class Standing(NamedTuple):
    """A block between `top` and `bottom` (px), whose first line has its baseline at `baseline`."""

    block: Block
    top: float
    bottom: float
    baseline: float


def indent(path: Path, look: Look) -> int:
    """The room before a block, in device-independent px."""
    path = path[:_DEEPEST]
    quotes = path.count(Container.QUOTE)
    return round(look.em * (quotes * _QUOTE + (len(path) - quotes) * _ITEM))


def left(block: Block, look: Look) -> int:
    """Where a block begins, in device-independent px: one that is read from the right has its room there."""
    return 0 if is_mirrored(block) else indent(block.path, look)


def is_mirrored(block: Block) -> bool:
    """Whether what belongs before `block` stands to its right."""
    if not block.path or not isinstance(block, Paragraph | Heading):
        return False
    return is_leftwards(_beginning(block.runs))


def gap(above: Block | None, below: Block, look: Look) -> int:
    """Between two blocks, in device-independent px."""
    return 0 if above is None else round(look.em * _between(above, below))


def paint_margin(painter: QPainter, standing: Sequence[Standing], width: float, look: Look) -> None:
    """Paint what stands before blocks that follow one another in a text of this width."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colors.border)
    for depth in range(min(_DEEPEST, max((len(one.block.path) for one in standing), default=0))):
        for bar in _bars(standing, depth, width, look):
            painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
    for one in standing:
        if one.block.marker is not None:
            _paint_marker(painter, one, one.block.marker, width, look)


def _beginning(runs: Runs) -> str:
    """What decides which way `runs` are read."""
    text = ""
    for run in runs:
        text += run.text[:DECISIVE]
        if len(text) >= DECISIVE:
            break
    return text


def _between(above: Block, below: Block) -> float:
    if isinstance(above, Heading) and not isinstance(below, Heading | Rule):
        return _BELOW_HEADING
    if _begins_a_list(above, below):
        return _GAP
    return max(_gap_below(above), _gap_above(below))


def _begins_a_list(above: Block, below: Block) -> bool:
    """Whether two items beside one another are of different lists: the numbers do not go on."""
    if above.marker is None or below.marker is None or above.path != below.path:
        return False
    before, number = above.marker.number, below.marker.number
    return number != (before if before is None else before + 1)


def _gap_above(block: Block) -> float:
    return _HEADING_GAP[block.level - 1] if isinstance(block, Heading) else _gap_below(block)


def _gap_below(block: Block) -> float:
    match block:
        case Table() | CodeBlock():
            return _WIDE_GAP
        case Rule():
            return _RULE_GAP
        case Paragraph() | Heading():
            return _ITEM_GAP if Container.ITEM in block.path else _GAP


def _bars(standing: Sequence[Standing], depth: int, width: float, look: Look) -> Iterator[QRectF]:
    """Those of the quotes that stand in `depth` containers."""
    begun: tuple[Path, bool] | None = None
    bar = QRectF()
    for one in standing:
        path = one.block.path[: depth + 1]
        is_quote = len(path) > depth and path[depth] is Container.QUOTE
        quote = (path, is_mirrored(one.block)) if is_quote else None
        if quote is not None and quote == begun:
            bar.setBottom(one.bottom)
            continue
        if begun is not None:
            yield bar
        begun = quote
        if quote is not None:
            x = indent(path[:-1], look)
            bar = QRectF(width - x - _BAR if quote[1] else x, one.top, _BAR, one.bottom - one.top)
    if begun is not None:
        yield bar


def _paint_marker(painter: QPainter, one: Standing, marker: Marker, width: float, look: Look) -> None:
    path = _to_last(one.block.path, Container.ITEM)
    room = indent(path, look) - indent(_to_last(path, Container.QUOTE), look)
    edge = indent(path, look)
    is_right = is_mirrored(one.block)
    spot = Spot(width - edge if is_right else edge, one.baseline, room, is_right)
    paint_marker(painter, spot, marker, path.count(Container.ITEM), look)


def _to_last(path: Path, container: Container) -> Path:
    """The part of `path` that leads into the last one of its kind: of a quote in an item, into the item."""
    return path[: len(path) - path[::-1].index(container)] if container in path else ()
