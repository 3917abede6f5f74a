"""Searching a conversation a slice at a time: a window stays awake over a text of any length."""

from collections import deque
from collections.abc import Iterator, Mapping
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.markdown.blocks import Block
from desktop.ui.transcript.column import MessageColumn, is_growing
from desktop.ui.transcript.found import Found
from desktop.ui.transcript.searched import SearchedText, read_blocks
from desktop.ui.transcript.text import MessageText

_SLICE_SECONDS = 0.002
_TOLD_SECONDS = 0.1
"""What was found is told no more often."""
OWN = 0
"""The number of a message's own text."""

_GROWTH_MS = 250
"""A text that grows is searched no more often."""


class Finding(QObject):
    """Searches all messages of a column, thoughts only where they are unfolded, and keeps what it finds.

    Texts that were read stay read for the next needle, until `forget`.

    Signals:
        message_searched: All of the message at this index was searched, perhaps again.
        progressed: More was found, or all is searched now.
    """

    message_searched = Signal(int)
    progressed = Signal()

    def __init__(self, column: MessageColumn, parent: QObject) -> None:
        super().__init__(parent)
        self.found = Found()
        self._column = column
        self._needle = ""
        self._texts: dict[int, dict[int, SearchedText]] = {}
        """By message, and by number in it."""
        self._read = set[int]()
        """Messages whose texts are known."""
        self._queue = deque[int]()
        self._work: Iterator[None] | None = None
        self._told = 0.0
        self._slice = QTimer(self, interval=0)
        self._slice.timeout.connect(self._on_slice_timeout)
        self._grown = set[int]()
        self._growth = QTimer(self, singleShot=True, interval=_GROWTH_MS)
        self._growth.timeout.connect(self._on_growth_timeout)

    @property
    def is_searching(self) -> bool:
        """Whether there may be more than was found."""
        return self._work is not None

    def search(self, needle: str, first: int) -> None:
        """Search for `needle`, from the message at `first` to the last, then from the first one.

        An empty one stands nowhere, but texts are read meanwhile.
        """
        if needle != self._needle:
            self._needle = needle
            self.found.empty()
        count = len(self._column)
        self._queue = deque((first + index) % count for index in range(count))
        self._begin()

    def forget(self) -> None:
        """Stop, and forget what was read and found."""
        self._slice.stop()
        self._growth.stop()
        self._work = None
        self._needle = ""
        for known in (self._queue, self._texts, self._read, self._grown, self.found):
            known.clear()

    def look_again(self, message: int) -> None:
        """The message at this index is new, or says something else now."""
        self._read.discard(message)
        if message not in self._queue:
            self._queue.append(message)
        if self._work is None:
            self._begin()

    def look_after_growth(self, message: int) -> None:
        """The message at this index has become longer, and will be again."""
        self._grown.add(message)
        if not self._growth.isActive():
            self._growth.start()

    def look_at_thoughts(self, message: int) -> None:
        """Look again if thoughts were unfolded or folded away in the message at this index."""
        if message in self._read and self._texts[message].keys() != self._numbers(message):
            self.look_again(message)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _begin(self) -> None:
        self._work = self._search()
        self._told = perf_counter()
        self._slice.start()

    def _search(self) -> Iterator[None]:
        while self._queue:
            message = self._queue.popleft()
            if message not in self._read:
                yield from self._read_texts(message)
            for _, text in sorted(self._texts[message].items()):
                yield from text.find(self._needle)
            self.message_searched.emit(message)

    def _read_texts(self, message: int) -> Iterator[None]:
        texts, numbers = self._texts.setdefault(message, {}), self._numbers(message)
        for number in texts.keys() - numbers:
            del texts[number]
            self.found.forget(message, number)
        for number in sorted(numbers):
            blocks: list[Block] = []
            yield from self._read_blocks(message, number, blocks)
            if number not in texts:
                texts[number] = SearchedText(self.found.hits_in(message, number))
            yield from texts[number].read(blocks)
        if message not in self._queue:
            # Else it was said meanwhile that it must be looked at again.
            self._read.add(message)

    def _read_blocks(self, message: int, number: int, blocks: list[Block]) -> Iterator[None]:
        entry, text = self._column[message], self._shown(message).get(number)
        if text is None or (number == OWN and not text.is_settled and not is_growing(entry)):
            # A long text that is shown takes a while to be taken in.
            yield from read_blocks(entry, blocks)
            return
        blocks.extend(text.blocks)
        if not text.is_settled:
            self.look_after_growth(message)

    def _numbers(self, message: int) -> set[int]:
        return {OWN, *self._shown(message)}

    def _shown(self, message: int) -> Mapping[int, MessageText]:
        made = self._column.find(message)
        return {} if made is None else made.texts()

    def _on_slice_timeout(self) -> None:
        until = now = perf_counter()
        until += _SLICE_SECONDS
        while self._work is not None and now <= until:
            if next(self._work, self) is self:
                self._work = None
            now = perf_counter()
        if self._work is None:
            self._slice.stop()
        if self._work is None or now - self._told > _TOLD_SECONDS:
            self._told = now
            self.progressed.emit()

    def _on_growth_timeout(self) -> None:
        grown, self._grown = self._grown, set()
        for message in grown:
            self.look_again(message)
