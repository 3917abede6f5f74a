"""The text of one message: painted where it is seen, growing while it comes."""

from collections.abc import Sequence
from math import ceil, floor, inf
from time import perf_counter

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.markdown.blocks import Block
from desktop.markdown.lines import LineStream
from desktop.markdown.stream import MarkdownStream
from desktop.ui.theme import colors_of
from desktop.ui.transcript.highlighting import Highlighter
from desktop.ui.transcript.look import Look
from desktop.ui.transcript.marks import FoundMarks, Marks, Spot
from desktop.ui.transcript.rereading import Rereading, Source
from desktop.ui.transcript.stack import BlockStack, Change
from desktop.ui.transcript.waiting import WaitingText

_REST = 3
"""How many times longer than a flush the pause after it is: streaming takes a quarter of the time."""

_PIECE = 2_000
"""Characters that are taken in at a time, in 2 ms. Only what is stored or not streamed comes in more."""

_CHEAP_SECONDS = 0.004
"""A flush that took no longer needs no pause: text comes once a frame of 16 ms."""

_SLICE_SECONDS = 0.004
"""For laying out what is seen, at a time."""

_RESTYLED_BY = {QEvent.Type.PaletteChange, QEvent.Type.FontChange}


class MessageText(QWidget):
    """Paints blocks, and takes in text piece by piece; who owns it handles the pointer.

    Signals:
        resized: It is higher or lower than before.
    """

    resized = Signal()

    def __init__(self, source: Source, parent: QWidget | None = None, *, is_dense: bool = False) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        self._source = source
        self._look = Look(self.font(), colors_of(self.palette()))
        self.stack = BlockStack(self._look, Highlighter(self), is_dense=is_dense)
        self.stack.on_colored = self._on_stack_colored
        self._marks = Marks()
        self._waiting = WaitingText()
        self._rereading: Rereading | None = None
        self._is_whole = False
        self._has_ended = False
        self._seen = (0.0, 0.0)
        self._ready = (0.0, 0.0)
        """What stands between is laid out, or will be by and by."""
        self._width = 0
        self._told_height = 0
        self._spent = 0.0
        """Seconds of the last flush and of painting since then."""
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._flush)
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(self._lay_out)

    # ── text that comes ─────────────────────────────────────────────────────────────────────────

    @property
    def blocks(self) -> Sequence[Block]:
        return self.stack.blocks

    @property
    def is_settled(self) -> bool:
        """Whether nothing waits to be taken in."""
        return not self._waiting and self._rereading is None

    def append(self, text: str) -> None:
        self._waiting.put(text)
        if not self._pause.isActive():
            self._flush()

    def finish(self) -> None:
        """No more text will come: take in what waits, a long one piece by piece."""
        self._is_whole = True
        if len(self._waiting) <= _PIECE:
            self._pause.stop()
            self._flush()

    def resume(self, source: Source, text: str) -> None:
        """More will come after `text`, which is all that came so far: it goes on in its last word.

        `source` is a new one. What is shown stays while the text is read again.
        """
        self._is_whole = False
        if self._has_ended:
            self._has_ended = False
            self._source = source
            self._rereading = Rereading(source, text, self.blocks)
            self._flush()

    def _flush(self) -> None:
        began = perf_counter()
        if self._rereading is not None:
            self._read_again(self._rereading)
        else:
            self._take_in()
        self._spent += perf_counter() - began
        if self._rereading is not None or (self._is_whole and not self._has_ended):
            self._pause.start(0)
        elif self._waiting or (self._spent > _CHEAP_SECONDS and not self._is_whole):
            self._pause.start(round(_REST * self._spent * 1000))
        self._spent = 0.0

    def _take_in(self) -> None:
        if piece := self._waiting.take(_PIECE):
            self._show(self.stack.apply(self._source.feed(piece)))
        if self._is_whole and not self._waiting and not self._has_ended:
            self._has_ended = True
            self._show(self.stack.apply(self._source.finish()))
            self.stack.finish()

    def _read_again(self, rereading: Rereading) -> None:
        rereading.read()
        if rereading.is_done:
            self._rereading = None
            self._show(self.stack.show_again(rereading.update()))

    # ── its size ────────────────────────────────────────────────────────────────────────────────

    @property
    def text_height(self) -> int:
        """At its width, in device-independent px; in part an estimate."""
        if self._is_whole and self._waiting:
            return ceil(self.stack.height + self._look.estimate_of(*self._waiting.extent, self.width()))
        return ceil(self.stack.height)

    def set_width(self, width: int) -> None:
        """Fit into `width`; the height is asked for afterwards."""
        if width != self._width:
            self._width = width
            self.resize(width, self.height())
            self.stack.set_width(width)
            self._ready = (0.0, 0.0)

    def fit(self, room: int) -> None:
        """Be no wider than the widest line takes, and than `room`. Lays out everything: for short texts."""
        self.set_width(room)
        self.stack.lay_out(0, inf)
        self.set_width(min(room, ceil(self.stack.natural_width)))
        self.stack.lay_out(0, inf)

    def see(self, top: float, bottom: float) -> bool:
        """What stands between is seen: lay it out. Whether its height is another now."""
        self._seen = (top, bottom)
        if self._ready[0] <= top and bottom <= self._ready[1]:
            return False
        before = self.text_height
        self._ready = (top, bottom)
        if not self.stack.lay_out(top, bottom, perf_counter() + _SLICE_SECONDS):
            self._rest.start()
        return self.text_height != before

    def _show(self, change: Change) -> None:
        """Lay out and paint what changed, as far as it is seen or comes to be seen because it grew."""
        top, bottom = max(self._seen[0], change.top), 2 * self._seen[1] - self._seen[0]
        if top < bottom:
            self._ready = (self._seen[0], bottom)
            if not self.stack.lay_out(top, bottom, perf_counter() + _SLICE_SECONDS):
                self._rest.start()
            x, y = floor(change.left), floor(top)
            self.update(x, y, self.width() - x, ceil(bottom) - y)
        self._tell_height()

    def _lay_out(self) -> None:
        """Go on with what is seen."""
        self._show(Change(0, 0))

    def _tell_height(self) -> None:
        if (height := self.text_height) != self._told_height:
            self._told_height = height
            self.resized.emit()

    # ── what is marked ──────────────────────────────────────────────────────────────────────────

    def select(self, selection: tuple[Spot, Spot] | None) -> None:
        """Mark what is selected."""
        if selection != self._marks.selection:
            self._marks.selection = selection
            self.update()

    def mark_found(self, found: FoundMarks | None) -> None:
        """Mark what was found, which may be more than before."""
        if found is not None or self._marks.found is not None:
            self._marks.found = found
            self.update()

    def show_block(self, index: int) -> None:
        """The block at `index` looks different now."""
        self.update(self.stack.place_of(index).toAlignedRect())

    def _on_stack_colored(self, top: float, bottom: float) -> None:
        self.update(0, floor(top), self.width(), ceil(bottom) - floor(top))

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _RESTYLED_BY and hasattr(self, "_rest"):
            self._look = Look(self.font(), colors_of(self.palette()))
            self.stack.restyle(self._look)
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        began = perf_counter()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.stack.paint(painter, QRectF(event.rect()), self._marks)
        painter.end()
        self._spent += perf_counter() - began


def markdown_text(parent: QWidget | None = None) -> MessageText:
    """For Markdown, rendered while it comes."""
    return MessageText(MarkdownStream(), parent)


def plain_text(parent: QWidget | None = None) -> MessageText:
    """For text that is shown as it is, blanks and line ends included."""
    return MessageText(LineStream(), parent, is_dense=True)
