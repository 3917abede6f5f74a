"""Three windows in which an answer streams: the app's, and two that do without what the app does."""

from __future__ import annotations

from typing import Protocol

from frames import Cost, Frames
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextBrowser, QWidget
from stream_corpus import deltas

from desktop.ui.transcript.view import TranscriptView
from tests.support.transcripts import Talk

DELTA, DELTAS_A_FRAME = 8, 2
"""Characters of a delta, and how many of them one frame shows."""

_WIDTH, _HEIGHT = 900, 700


class Side(Protocol):
    """A window that shows an answer while it comes."""

    @property
    def window(self) -> QWidget: ...

    def append(self, text: str) -> None:
        """Show `text` behind what is shown, and the end of it all."""
        ...

    def finish(self) -> None:
        """No more comes."""
        ...


class Rendered:
    """The app's transcript: Markdown, rendered while it comes."""

    def __init__(self) -> None:
        self._talk = Talk().ask().begin()
        self._view = TranscriptView(self._talk.model)

    @property
    def window(self) -> QWidget:
        return self._view

    def append(self, text: str) -> None:
        self._talk.stream(text)

    def finish(self) -> None:
        self._talk.finish()


class Plain:
    """The floor: plain text that Qt's own widget is given at its end."""

    def __init__(self) -> None:
        self._browser = QTextBrowser()
        self._browser.setUndoRedoEnabled(False)

    @property
    def window(self) -> QWidget:
        return self._browser

    def append(self, text: str) -> None:
        cursor = QTextCursor(self._browser.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text)
        _go_to_end(self._browser)

    def finish(self) -> None:
        """There is nothing that it waits for."""


class Whole(Plain):
    """What most do: all Markdown so far is rendered anew for each frame."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""

    def append(self, text: str) -> None:
        self._text += text
        self._browser.setMarkdown(self._text)
        _go_to_end(self._browser)


def stream(side: Side, text: str) -> Cost:
    """What it costs to show `text`, from its first delta until all of it is rendered and painted."""
    window = side.window
    window.resize(_WIDTH, _HEIGHT)
    window.show()
    frames = Frames(window)
    frames.settle()
    frames.begin()
    pieces = deltas(text, DELTA * DELTAS_A_FRAME)
    frames.show(lambda piece=piece: side.append(piece) for piece in pieces)  # type: ignore[misc]
    frames.show([side.finish])
    frames.settle()
    cost = frames.cost
    window.close()
    return cost


def _go_to_end(browser: QTextBrowser) -> None:
    bar = browser.verticalScrollBar()
    bar.setValue(bar.maximum())
