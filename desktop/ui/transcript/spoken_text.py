"""What a message says to a screen reader: its words as one text, and a short name."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from desktop.markdown.blocks import Block, Container, Marker
from desktop.markdown.plain import block_text
from desktop.markdown.stream import parse
from desktop.ui.transcript.characters import Positions
from desktop.ui.transcript.marks import Spot
from desktop.viewmodels.transcript import Entry

_LONGEST_NAME = 60
"""Characters of a message in its name: as much as one listens to in order to know which it is."""
_BEGINNING = 300
"""Characters of Markdown that are read for a name."""


class SpokenText:
    """Blocks as lines of one text, what an item begins with and quotes before them as "• " and "> ".

    Positions count as assistive technologies do: in units of UTF-16. `texts`: blocks, by the number of
    the text that they are part of. `verbatim`: without any blocks, words that have no places.
    """

    def __init__(self, texts: Mapping[int, Sequence[Block]], verbatim: str = "") -> None:
        self.texts = {number: tuple(blocks) for number, blocks in texts.items()}
        self._places = list[tuple[int, int]]()
        """Of each line: the number of its text, and the index of its block."""
        self._begins = list[int]()
        """Of each line: where the words of its block begin, in characters."""
        lines, begin = list[str](), 0
        for number, blocks in self.texts.items():
            for index, block in enumerate(blocks):
                lead, words = _lead(block), block_text(block)
                self._places.append((number, index))
                self._begins.append(begin + len(lead))
                lines.append(lead + words)
                begin += len(lines[-1]) + 1
        self.text = "\n".join(lines) or verbatim
        self._positions = Positions(self.text)

    def __len__(self) -> int:
        return self._positions.end

    def between(self, begin: int, end: int) -> str:
        """The words from position `begin` to before `end`; to the last one if `end` is negative."""
        last = len(self) if end < 0 else min(end, len(self))
        first = min(max(0, begin), last)
        return self.text[self._positions.offset(first) : self._positions.offset(last)]

    def place_at(self, position: int) -> tuple[int, Spot] | None:
        """The number of the text there, and the spot in it; None without any blocks."""
        if not self._places:
            return None
        offset = self._positions.offset(min(max(0, position), len(self)))
        line = max(0, bisect_right(self._begins, offset) - 1)
        number, index = self._places[line]
        inside = offset - self._begins[line]
        return number, (index, min(max(0, inside), len(block_text(self.texts[number][index]))))

    def position_of(self, number: int, spot: Spot) -> int:
        """Where `spot` of a text is; what lies behind its last block, is its end."""
        index, offset = spot
        blocks = self.texts.get(number, ())
        if not blocks:
            return 0
        if index >= len(blocks):
            index, offset = len(blocks) - 1, len(block_text(blocks[-1]))
        line = self._places.index((number, index))
        return self._positions.of(self._begins[line] + offset)


def name_of(index: int, entry: Entry, blocks: Sequence[Block] | None) -> str:
    """Of the message at `index`, with its first words. `blocks`: those that are shown, if any are."""
    words = _first_words(entry, blocks)
    template = _question_name(words) if entry.node.question is not None else _answer_name(words)
    return template.format(number=index + 1, words=words)


def _question_name(words: str) -> str:
    if words:
        return QCoreApplication.translate("Transcript", "Question {number}: {words}")
    return QCoreApplication.translate("Transcript", "Question {number}")


def _answer_name(words: str) -> str:
    if words:
        return QCoreApplication.translate("Transcript", "Answer {number}: {words}")
    return QCoreApplication.translate("Transcript", "Answer {number}")


def _first_words(entry: Entry, blocks: Sequence[Block] | None) -> str:
    question, answer = entry.node.question, entry.node.answer
    if question is not None:
        named = [image.name for image in question.images] + list(question.links)
        return _shortened([question.text[:_BEGINNING]]) or _shortened([", ".join(named)])
    if blocks is None:
        blocks = parse(answer.text[:_BEGINNING]) if answer is not None else ()
    return _shortened(block_text(block)[:_BEGINNING] for block in blocks[:_LONGEST_NAME])


def _shortened(texts: Iterable[str]) -> str:
    """The first words, on one line; Chinese has no blanks, so that it is cut anywhere."""
    words = " ".join(" ".join(texts).split())
    if len(words) <= _LONGEST_NAME:
        return words
    beginning = words[: _LONGEST_NAME - 1]
    blank = beginning.rfind(" ")
    return beginning[: blank if blank > _LONGEST_NAME // 2 else None].rstrip() + "…"


def _lead(block: Block) -> str:
    quotes = "> " * block.path.count(Container.QUOTE)
    return quotes if block.marker is None else quotes + _marker(block.marker)


def _marker(marker: Marker) -> str:
    box = "" if marker.checked is None else "☑ " if marker.checked else "☐ "
    return f"{marker.number}. {box}" if marker.number is not None else box or "• "
