"""Colours for code: found in a thread, laid over the text in slices, so that no frame waits for them."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from time import perf_counter

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QBrush, QColor, QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextLayout

from desktop.markdown.blocks import CodeBlock
from desktop.ui.theme import Colors
from desktop.ui.transcript.lexing import Line, Span, is_known, lines

SLICE_SECONDS = 0.004
"""How long the window is kept from other work at a time."""

LONGEST = 200_000
"""Characters; longer code stays in one colour."""

_BATCH = 200
"""Lines that are found at a time: what was begun for an answer that is gone ends soon."""

_FRAME_MS = 16
_WAITS, _WORKS, _DONE = range(3)

_thread = ThreadPoolExecutor(1, thread_name_prefix="lexer")


class Highlighter(QObject):
    """Lays colours over lines of code; the document's own text and formats are not touched."""

    def __init__(self, document: QTextDocument, colors: Colors) -> None:
        super().__init__(document)
        self._document = document
        self._colors = colors
        self._jobs: deque[Iterator[int]] = deque()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timer_timeout)

    def add(self, first_line: QTextBlock, block: CodeBlock) -> None:
        """Colour `block`, whose first line is the text block `first_line`."""
        if 0 < len(block.text) <= LONGEST and is_known(block.language):
            found = lines(block.language, block.text)
            self._jobs.append(self._run(QTextCursor(first_line), found, _thread.submit(_next_batch, found)))
            self._timer.start(0)

    def restart(self, colors: Colors) -> None:
        """Forget what is still to be coloured; colour with `colors` from now on."""
        self._jobs.clear()
        self._colors = colors

    def _on_timer_timeout(self) -> None:
        end = perf_counter() + SLICE_SECONDS
        state = _DONE
        while self._jobs and state != _WAITS and perf_counter() < end:
            state = next(self._jobs[0], _DONE)
            if state == _DONE:
                self._jobs.popleft()
        if self._jobs:
            self._timer.start(_FRAME_MS if state == _WAITS else 0)
        else:
            self._timer.stop()

    def _run(self, cursor: QTextCursor, found: Iterator[Line], batch: Future[list[Line]]) -> Iterator[int]:
        """Colour a line for each step. Stops where the document no longer holds the code."""
        line = cursor.block()
        while True:
            while not batch.done():
                yield _WAITS
            if not (ready := batch.result()):
                return
            batch = _thread.submit(_next_batch, found)
            for text, spans in ready:
                if not line.isValid() or line.text() != text:
                    return
                self._paint(line, spans)
                line = line.next()
                yield _WORKS

    def _paint(self, line: QTextBlock, spans: list[Span]) -> None:
        if not spans:
            return
        line.layout().setFormats([self._format(span) for span in spans])
        self._document.markContentsDirty(line.position(), line.length())

    def _format(self, span: Span) -> QTextLayout.FormatRange:
        color: QColor = getattr(self._colors, span.role)
        formats = QTextLayout.FormatRange()
        formats.start, formats.length = span.start, span.length
        formats.format = QTextCharFormat()
        formats.format.setForeground(QBrush(color))
        return formats


def _next_batch(found: Iterator[Line]) -> list[Line]:
    return list(islice(found, _BATCH))
