"""The two kinds of text in a transcript: plain, and Markdown that may still be coming."""

from time import perf_counter

from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from desktop.markdown.plain import plain_text
from desktop.markdown.stream import MarkdownStream
from desktop.markdown.text import Normaliser
from desktop.ui.transcript.characters import as_lines
from desktop.ui.transcript.text import ReadingText
from desktop.ui.transcript.writer import DocumentWriter

_REST = 3
"""How many times longer than a flush the pause after it is: writing takes a quarter of the time."""

_PIECE = 2_000
"""Characters that are written at a time: some 4 ms. Only what is stored or not streamed comes in more."""

_CHEAP_SECONDS = 0.004
"""A flush that took no longer needs no pause: text comes once a frame of 16 ms."""


class GrowingText(ReadingText):
    """Text that comes in pieces. A dear piece is followed by a pause in which others wait."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting = ""
        self._is_whole = False
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._flush)

    def append(self, text: str) -> None:
        self._waiting += text
        if not self._pause.isActive():
            self._flush()

    def finish(self) -> None:
        """No more text will come: write what waits, a long one piece by piece."""
        self._is_whole = True
        if len(self._waiting) <= _PIECE:
            self._pause.stop()
            self._flush()

    def write(self, text: str) -> None:
        """Put `text` into the document."""
        raise NotImplementedError

    def write_end(self) -> None:
        """Everything was written: write what waited for more."""
        raise NotImplementedError

    def _flush(self) -> None:
        piece, self._waiting = self._waiting[:_PIECE], self._waiting[_PIECE:]
        began = perf_counter()
        selection = self.textCursor()
        anchor, position = selection.anchor(), selection.position()
        if piece:
            self.write(piece)
        if self._is_whole and not self._waiting:
            self.write_end()
        self.keep_selection(anchor, position)
        spent = perf_counter() - began
        if self._waiting or (spent > _CHEAP_SECONDS and not self._is_whole):
            self._pause.start(round(_REST * spent * 1000))


class PlainText(GrowingText):
    """Text shown as it is, blanks and line ends included."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._normaliser = Normaliser()
        self._text: list[str] = []

    def set_text(self, text: str) -> None:
        """Show `text` in place of what is shown, at once."""
        self.clear()
        self._text = []
        self.write(text)
        self.write_end()

    def write(self, text: str) -> None:
        text = self._normaliser.feed(text)
        self._text.append(text)
        self._insert(text)

    def write_end(self) -> None:
        self._insert(self._normaliser.finish())

    def restyle(self) -> None:
        self.clear()
        self._insert("".join(self._text))

    def _insert(self, text: str) -> None:
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        if self.document().isEmpty():
            cursor.setBlockFormat(self.look.plain_line())
        cursor.insertText("\n".join(as_lines(text)), self.look.plain())
        cursor.endEditBlock()


class MarkdownText(GrowingText):
    """Markdown, rendered while it comes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stream = MarkdownStream()
        self._writer = DocumentWriter(self.document(), self.look)

    def plain_text(self) -> str:
        """What has been rendered, without marks: code with its indentation, tabs between cells."""
        return plain_text(self._writer.blocks)

    def write(self, text: str) -> None:
        self._writer.apply(self._stream.feed(text))

    def write_end(self) -> None:
        self._writer.apply(self._stream.finish())

    def restyle(self) -> None:
        self._writer.restyle(self.look)
