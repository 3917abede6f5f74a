"""Colours for code: found in a thread, handed to boxes in slices, so that no frame waits for them."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from time import perf_counter
from weakref import WeakKeyDictionary, ref

from PySide6.QtCore import QObject, QTimer

from desktop.ui.transcript.code_box import CodeBox, Repaint
from desktop.ui.transcript.lexing import is_known
from desktop.ui.transcript.line_lexer import Found, LineLexer, lex

SLICE_SECONDS = 0.002
"""How long the window is kept from other work at a time."""
LONGEST = 200_000
"""Characters; longer code stays in one colour."""

_BATCH = 200
"""Lines that are found at a time: what was begun for a box that is gone ends soon."""
_FRAME_MS = 16
_PAUSE_MS = 50
"""Between lines that come and their colours: a few at a time cost less than one by one."""

_thread = ThreadPoolExecutor(1, thread_name_prefix="lexer")


class Highlighter(QObject):
    """Colours boxes of code, also while their code grows. It keeps none of them alive."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: WeakKeyDictionary[CodeBox, _Job] = WeakKeyDictionary()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_timer_timeout)

    def follow(self, box: CodeBox, repaint: Repaint) -> None:
        """Colour `box` from now on; `repaint` is told from which y to which its pixels differ."""
        job = self._jobs[box] = _Job(box)
        box.on_colored = repaint
        box.on_shown = self._on_shown(job)
        self._timer.start(0)

    def _on_shown(self, job: "_Job") -> Callable[[int], None]:
        def shown(line: int) -> None:
            job.truncate(line)
            if not self._timer.isActive():
                self._timer.start(_PAUSE_MS)

        return shown

    def _on_timer_timeout(self) -> None:
        end = perf_counter() + SLICE_SECONDS
        busy = [job for job in list(self._jobs.values()) if job.advance(end)]
        if busy:
            self._timer.start(0 if any(job.has_found for job in busy) else _FRAME_MS)


class _Job:
    """What is done for one box: its lines as they come, then the whole if that may tell more."""

    def __init__(self, box: CodeBox) -> None:
        self._box = ref(box)
        self._is_broken = False
        self._begin()

    def _begin(self) -> None:
        self._lexer: LineLexer | None = None
        self._whole: Iterator[Found] | None = None
        self._fed = 0
        self._batch: Future[list[Found]] | None = None
        self._found: deque[Found] = deque()
        self._is_done = False

    def truncate(self, line: int) -> None:
        """From this line on the box shows others than before."""
        self._is_done = False
        if line < self._fed or self._whole is not None:
            self._begin()

    def advance(self, end: float) -> bool:
        """Do what there is to do, up to a moment of `perf_counter`; whether more is to come."""
        box = self._box()
        if box is None or self._is_done or self._is_broken:
            return False
        if self._batch is not None and self._batch.done():
            self._take(self._batch)
            self._batch = None
        self._hand_over(box, end)
        if self._batch is None and not self.has_found and not self._is_done:
            self._batch = self._next_batch(box)
        return self._batch is not None or self.has_found

    @property
    def has_found(self) -> bool:
        """Whether there is something that the box does not have yet."""
        return bool(self._found)

    def _take(self, batch: Future[list[Found]]) -> None:
        if batch.exception() is not None:
            # A lexer's own defect costs colours, nothing else.
            self._is_broken = True
            return
        self._found.extend(batch.result())
        self._is_done = self._whole is not None and not self._found

    def _hand_over(self, box: CodeBox, end: float) -> None:
        lines = []
        while self._found and perf_counter() < end:
            line, spans = self._found.popleft()
            if box.color(line, spans):
                lines.append(line)
        if lines:
            box.repaint_lines(lines[0], lines[-1])

    def _next_batch(self, box: CodeBox) -> Future[list[Found]] | None:
        if not is_known(box.language) or len(box.text) > LONGEST:
            return None
        if self._lexer is None:
            self._lexer = LineLexer(box.language)
        if box.is_closed and not self._lexer.is_exact:
            self._whole = self._whole or lex(box.language, box.text)
            return _thread.submit(_some, self._whole)
        return self._next_lines(box, self._lexer)

    def _next_lines(self, box: CodeBox, lexer: LineLexer) -> Future[list[Found]] | None:
        """The lines that have come; the last one may still grow."""
        finished = box.rows.lines if box.is_closed else box.rows.lines - 1
        last = min(finished, self._fed + _BATCH)
        if self._fed >= last:
            return None
        lines = box.rows.lines_between(self._fed, last)
        self._fed = last
        return _thread.submit(_all, lexer.feed(lines))


def _some(found: Iterator[Found]) -> list[Found]:
    return list(islice(found, _BATCH))


def _all(found: Iterator[Found]) -> list[Found]:
    return list(found)
