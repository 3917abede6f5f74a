"""What the worker says of the lines of images, as the Markdown of an answer that grows."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from desktop.domain.events import Notice, NoticeRaised
from desktop.reader.address import link
from desktop.reader.listing import Listing
from desktop.reader.prose import Prose
from desktop.reader.table import Table

UNSURE = 0.85
"""A line of which the network is less sure is marked.

None of 580 lines of the tests' screens is, clean and enlarged. At 42 % of their size 73 of 270 are wrong, and
30 are marked, half of them wrong ones: the network is sure of most of its mistakes.
"""

Writer: TypeAlias = Prose | Table | Listing


class Flow:
    """Methods return the piece of text to append; it may be empty. Regions are parted by blank lines."""

    def __init__(self) -> None:
        self._between = ""
        self._writer: Writer = Prose()
        self._is_begun = False
        self._has_italics = False
        self._listings: list[Listing] = []

    def region(self, facts: Mapping[str, Any]) -> str:
        """End the region before and begin another; `facts` are those of the worker's frame `region`."""
        said = self.end()
        match facts["kind"]:
            case "table":
                self._writer = Table(facts["alignments"])
            case "listing":
                self._writer = Listing()
                self._listings.append(self._writer)
            case _:
                self._writer = Prose()
        return said

    def line(self, facts: Mapping[str, Any]) -> str:
        """A line of the region; `facts` are those of the worker's frame `line`."""
        text, marked = facts["text"], facts["confidence"] < UNSURE
        match self._writer:
            case Prose() as writer:
                said = writer.line(text, facts["joint"], marked=marked)
            case writer:
                said = writer.line(text, facts["row"], facts["column"], marked=marked)
        self._has_italics |= marked and not isinstance(writer, Listing)
        return self._begun() + said

    def code(self, text: str, symbology: str) -> str:
        """The content of a QR code or barcode, after its kind's own name."""
        if address := link(text):
            return self.block(f"[{symbology}] {address}")
        prose = Prose()
        lines = [line for line in f"[{symbology}] {text}".splitlines() if line.strip()]
        return self.block("".join(prose.line(line.strip(), "line") for line in lines) + prose.end())

    def block(self, markdown: str) -> str:
        """A block of its own that is written already."""
        before = self.end() + self._begun()
        self._is_begun = False
        return before + markdown

    def end(self) -> str:
        """End the region."""
        said = self._writer.end() if self._is_begun else ""
        self._is_begun = False
        return said

    def notices(self) -> Iterator[NoticeRaised]:
        """What is to be said of lines that were hard to read."""
        if self._has_italics:
            yield NoticeRaised(Notice.HARD_TO_READ)
        for number, listing in enumerate(self._listings, start=1):
            if listing.unsure:
                lines = ", ".join(map(str, listing.unsure))
                yield NoticeRaised(Notice.CODE_HARD_TO_READ, {"block": str(number), "lines": lines})

    def _begun(self) -> str:
        """What parts the region from the one before, once."""
        if self._is_begun:
            return ""
        between, self._between, self._is_begun = self._between, "\n\n", True
        return between
