"""The text of several images in one answer: which is which, which has none, and which could not be read."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from desktop.domain.errors import ReaderError
from desktop.domain.events import Notice, NoticeRaised, StreamEvent, TextDelta
from desktop.reader.escape import Escape
from desktop.reader.flow import Flow
from desktop.reader.heading import heading

Words: TypeAlias = Callable[[NoticeRaised], str]
"""The sentence of a notice, in the user's language."""


class Sections:
    """How far the images are read: the text so far, how many had any, and how many failed.

    Several are parted by headings; one alone has none. `has_text` is to be set once the image has any.
    """

    def __init__(self, images: int, words: Words) -> None:
        self.flow = Flow()
        self.has_text = False
        self._images = images
        self._words = words
        self._with_text = 0
        self._failures = 0

    def begin(self, number: int, name: str) -> Iterator[StreamEvent]:
        """Before image `number` (from 0) is read."""
        self.has_text = False
        if self._images > 1:
            yield TextDelta(self.flow.block(heading(number + 1, name)))

    def end(self) -> Iterator[StreamEvent]:
        """After it."""
        self._with_text += self.has_text
        if self._images > 1 and not self.has_text:
            yield self._remark(NoticeRaised(Notice.NO_TEXT_IN_IMAGE))

    def fail(self, number: int, error: ReaderError) -> Iterator[StreamEvent]:
        """Go on without it; raise `error` if no image could be read."""
        self._with_text += self.has_text
        self._failures += 1
        if self._images > 1:
            notice = NoticeRaised(Notice.IMAGE_NOT_READ, {"image": str(number + 1)})
            yield notice
            yield self._remark(notice)
        if self._failures == self._images:
            raise error

    def conclude(self, *, rotated: bool) -> Iterator[StreamEvent]:
        """What is to be said of all. `rotated`: they were read as they may be turned."""
        if self._with_text or self._images > 1:
            yield TextDelta("\n")
        if not self._with_text:
            yield NoticeRaised(Notice.NO_TEXT_FOUND)
            if not rotated:
                yield NoticeRaised(Notice.MAY_BE_TURNED)
        yield from self.flow.notices()

    def _remark(self, notice: NoticeRaised) -> TextDelta:
        """The reader's own words, in italics."""
        return TextDelta(self.flow.block(f"*{Escape().line(self._words(notice), stressed=True)}*"))
