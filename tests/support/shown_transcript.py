"""A transcript on the screen: what a reader sees of it, and what their hand does in it."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from desktop.markdown.blocks import Block
from desktop.markdown.plain import block_text
from desktop.ui.transcript.column import MessageColumn
from desktop.ui.transcript.message import MessageView, place_in
from desktop.ui.transcript.text import MessageText
from desktop.ui.transcript.view import TranscriptView
from desktop.ui.transcript.words import blocks_of
from tests.support.qt import child
from tests.support.transcripts import Talk

LEFT = Qt.MouseButton.LeftButton
NO_MODIFIER = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier

_WITHIN = QPoint(1, 0)
"""From a character's left edge into it."""


def settle() -> None:
    """Let happen what was asked for: layouts, deletions."""
    for _ in range(10):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def words_of(blocks: Sequence[Block]) -> str:
    """The words of blocks, a line each."""
    return "\n".join(block_text(block) for block in blocks)


def words_in(column: MessageColumn) -> Iterator[str]:
    """The words of each text of each message, those that nobody has looked at included."""
    for index in range(len(column)):
        message = column.find(index)
        if message is None:
            yield words_of(blocks_of(column[index]))
        else:
            yield from (words_of(text.blocks) for text in message.texts().values())


class ShownTranscript:
    """A view in a window of its own. Points are px of its viewport; the hand does what a real one does."""

    def __init__(self, qtbot: QtBot, talk: Talk, width: int = 700, height: int = 500) -> None:
        self.view = TranscriptView(talk.model)
        qtbot.addWidget(self.view)
        self.view.resize(width, height)
        with qtbot.waitExposed(self.view):
            self.view.show()
        settle()

    # ── what is seen ────────────────────────────────────────────────────────────────────────────

    @property
    def column(self) -> MessageColumn:
        return self.view.column

    @property
    def position(self) -> int:
        """How far it is scrolled."""
        return self.view.verticalScrollBar().value()

    @property
    def end(self) -> int:
        """How far it can be scrolled."""
        return self.view.verticalScrollBar().maximum()

    def message(self, index: int) -> MessageView:
        """The message at `index`, which must be near what is seen."""
        message = self.column.find(index)
        assert message is not None, f"message {index} has no widgets"
        return message

    def text(self, index: int, number: int = 0) -> MessageText:
        return self.message(index).texts()[number]

    def words(self, index: int, number: int = 0) -> str:
        return words_of(self.text(index, number).blocks)

    def top_of(self, index: int) -> int:
        """Where the message at `index` begins."""
        return self.message(index).y()

    def picture(self) -> QImage:
        return self.view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)

    def jump_button(self) -> QToolButton:
        return child(self.view, QToolButton, "Jump to the end")

    def selected(self) -> str:
        """The words that are selected, messages parted by a line of dashes."""
        return "\n---\n".join(words_of(blocks) for blocks in self.view.selecting.selected())

    def place(self, words: str, *, behind: bool = False) -> QPoint:
        """Just within the first character of `words` in the messages near, or just behind the last."""
        for _, message in self.column.made():
            for text in message.texts().values():
                for index, block in enumerate(text.blocks):
                    if (offset := block_text(block).find(words)) >= 0:
                        offset += len(words) * behind
                        caret = text.stack.rectangle_of((index, offset)).center().toPoint()
                        inside = QPoint() if behind else _WITHIN
                        return message.pos() + place_in(message, text).topLeft() + caret + inside
        raise AssertionError(f"not there: {words}")

    # ── the hand ────────────────────────────────────────────────────────────────────────────────

    def scroll_to(self, position: int) -> None:
        self.view.verticalScrollBar().setValue(position)

    def press(self, point: QPoint, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        self.move(point)
        QTest.mousePress(self.view.windowHandle(), LEFT, modifier, self._in_window(point))

    def move(self, point: QPoint) -> None:
        # Qt tells of no move to where its pointer was, in whatever window that had been.
        QTest.mouseMove(self.view.windowHandle(), self._in_window(point) + QPoint(1, 1))
        QTest.mouseMove(self.view.windowHandle(), self._in_window(point))

    def release(self, point: QPoint) -> None:
        QTest.mouseRelease(self.view.windowHandle(), LEFT, NO_MODIFIER, self._in_window(point))

    def click(self, point: QPoint, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        self.press(point, modifier)
        self.release(point)

    def click_twice(self, point: QPoint) -> None:
        self.move(point)
        QTest.mouseDClick(self.view.windowHandle(), LEFT, NO_MODIFIER, self._in_window(point))

    def drag_from_word(self, begin: QPoint, *stops: QPoint) -> None:
        """Click twice, the second time without letting go, and move on to each of `stops`."""
        # Of QTest's double clicks the button is let go.
        self._send(QEvent.Type.MouseButtonDblClick, begin, LEFT)
        self.drag_on(*stops)

    def drag_on(self, *stops: QPoint) -> None:
        """Move on to each of `stops`, the button held."""
        for stop in stops:
            self._send(QEvent.Type.MouseMove, stop, Qt.MouseButton.NoButton)

    def _send(self, kind: QEvent.Type, point: QPoint, button: Qt.MouseButton) -> None:
        viewport = self.view.viewport()
        place, here = viewport.childAt(point) or viewport, viewport.mapToGlobal(point).toPointF()
        inside = place.mapFrom(viewport, point).toPointF()
        QApplication.sendEvent(place, QMouseEvent(kind, inside, here, button, LEFT, NO_MODIFIER))

    def drag(self, begin: QPoint, end: QPoint) -> None:
        self.press(begin)
        self.move(end)
        self.release(end)

    def select(self, words: str) -> None:
        self.drag(self.place(words) - _WITHIN, self.place(words, behind=True))

    def turn(self, point: QPoint, dx: int, dy: int, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """Turn the wheel over `point`, by px."""
        place, angle = self._in_window(point).toPointF(), QPoint(2 * dx, 2 * dy)
        QTest.wheelEvent(self.view.windowHandle(), place, angle, QPoint(dx, dy), modifier)

    def open_menu(self, point: QPoint) -> None:
        viewport = self.view.viewport()
        place = viewport.childAt(point) or viewport
        event = QContextMenuEvent(
            QContextMenuEvent.Reason.Mouse, place.mapFrom(viewport, point), viewport.mapToGlobal(point)
        )
        QApplication.sendEvent(place, event)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        QTest.keyClick(self.view, key, modifier)

    def _in_window(self, point: QPoint) -> QPoint:
        return self.view.viewport().mapTo(self.view, point)


def clipboard() -> Mapping[str, str]:
    """What each form in the clipboard says."""
    mime = QApplication.clipboard().mimeData()
    return {form: bytes(mime.data(form).data()).decode() for form in mime.formats()}
