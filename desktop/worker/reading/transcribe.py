"""Reads regions line by line and says of each line where it stands in its region."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from desktop.domain.images import Box
from desktop.worker.reading.array import Pixels
from desktop.worker.reading.codes import Code
from desktop.worker.reading.columns import height
from desktop.worker.reading.engine import Engine
from desktop.worker.reading.ink import grey
from desktop.worker.reading.layout import Region, Symbol
from desktop.worker.reading.listing import Listing, column, spaced
from desktop.worker.reading.locate import Corners
from desktop.worker.reading.page import Page
from desktop.worker.reading.paragraph import Line, Prose, joint_in_row
from desktop.worker.reading.straight import straightened
from desktop.worker.reading.table import Table
from desktop.worker.wire import Frame

SURE_ENOUGH = 0.5
"""Below this, what was read is an icon rather than text. Source: rapidocr's own default."""

SURE_OF_ONE = 0.7
"""The same for a single character, as which icons are read: 0.5…0.69 on the app's own windows."""

ORNAMENTS = " ●■○□"
"""What the buttons of a title bar and a cursor are read as."""

MARGIN = 0.12
"""White kept around a line, in its heights: an underscore at the very edge would be lost."""

Frames: TypeAlias = Iterator[Frame]


class Reading(NamedTuple):
    """A line, read; `box` in px of the page."""

    box: Box
    text: str
    confidence: float


class Transcriber:
    """Frames for the lines of regions, in order; boxes in px of the image.

    `region` begins one: its `kind`, and the `alignments` of a table's columns. `line` is one line with
    `box`, `text`, `confidence`, and in prose the `joint` to the line before, in a table its cell's `row` and
    `column`, in a listing its `row` and the `column` of its first character, all from 0. `code` is a QR code
    or barcode with `symbology`.
    """

    def __init__(
        self, page: Page, engine: Engine, tilted: Mapping[Box, Corners], symbols: Mapping[Box, Code]
    ) -> None:
        self._page = page
        self._shades = grey(page.pixels)
        self._engine = engine
        self._tilted = tilted
        self._symbols = symbols

    def frames(self, region: Region) -> Frames:
        match region:
            case Prose():
                return self._prose(region)
            case Table():
                return self._table(region)
            case Listing():
                return self._listing(region)
            case Symbol(box):
                return self._symbol(self._symbols[box])

    def _prose(self, prose: Prose) -> Frames:
        yield Frame("region", {"kind": "prose"})
        above: Line | None = None
        for number, row in enumerate(prose.rows):
            first: Line | None = None
            before = ""
            for reading in self._readings(row):
                line = Line(number, reading.box, reading.text)
                yield self._line(reading, joint=joint_in_row(before) if first else prose.joint(above, line))
                first, before = first or line, reading.text
            above = first or above

    def _table(self, table: Table) -> Frames:
        yield Frame("region", {"kind": "table", "alignments": table.alignments})
        for row, cells in enumerate(table.rows):
            for place, cell in enumerate(cells):
                for reading in self._readings(cell):
                    yield self._line(reading, row=row, column=place)

    def _listing(self, listing: Listing) -> Frames:
        yield Frame("region", {"kind": "listing"})
        for number, row in zip(listing.lines, listing.rows, strict=True):
            for reading in self._readings(row):
                text = spaced(reading.text, reading.box, listing, self._shades)
                begin = column(reading.box, listing, self._shades)
                yield self._line(reading._replace(text=text), row=number, column=begin)

    def _symbol(self, code: Code) -> Frames:
        yield Frame("code", {**code._asdict(), "box": self._page.original(code.box)})

    def _line(self, reading: Reading, **place: Any) -> Frame:
        facts = {
            "box": self._page.original(reading.box),
            "text": reading.text,
            "confidence": reading.confidence,
        }
        return Frame("line", {**facts, **place})

    def _readings(self, row: list[Box]) -> Iterator[Reading]:
        """What is text among the boxes."""
        for box in row:
            text, confidence = self._engine.recognise(self._cut_out(box))
            text = text.strip(ORNAMENTS)
            if text and confidence >= (SURE_ENOUGH if len(text) > 1 else SURE_OF_ONE):
                yield Reading(box, text, confidence)

    def _cut_out(self, box: Box) -> Pixels:
        if box in self._tilted:
            return straightened(self._page.pixels, self._tilted[box])
        margin = round(MARGIN * height(box))
        rows = slice(max(0, box.y0 - margin), box.y1 + margin)
        return self._page.pixels[rows, max(0, box.x0 - margin) : box.x1 + margin]
