"""The field where the question is typed."""

from PySide6.QtCore import QEvent, QMimeData, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from desktop.ui.intake import Intake, intake_of
from desktop.ui.theme import SPACE

_MOST_LINES = 10
_SAME_KEY_MS = 50
"""Some input methods end a composition at Enter, and then pass that Enter on: it comes within a few ms.

A hand takes longer for its next key.
"""


class PromptEdit(QPlainTextEdit):
    """A text field that grows with its text while there is room; Enter asks, Shift+Enter breaks the line.

    Signals:
        send_requested: Enter was pressed, and no input method was composing.
        images_pasted: The clipboard's `QMimeData` holds images that are meant, or names some out of reach.
    """

    send_requested = Signal()
    images_pasted = Signal(QMimeData)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_composing = False
        self._placeholder = ""
        self._committed = QTimer(self, singleShot=True, interval=_SAME_KEY_MS)
        self.setProperty("role", "prompt")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.document().setDocumentMargin(SPACE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._height_of(1))

    def setPlaceholderText(self, words: str) -> None:
        if words != self._placeholder:
            self._placeholder = words
            self._show_placeholder()

    def show_text(self, text: str) -> None:
        """Replace all there is; typing goes on behind it."""
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def paste_other(self) -> None:
        """Paste what Ctrl+V would not: the picture beside a text, or the text beside files."""
        mime = QGuiApplication.clipboard().mimeData()
        intake = intake_of(mime)
        if intake.has_images and intake.text:
            self.images_pasted.emit(mime)
        elif mime.hasText():
            self.insertPlainText(mime.text())

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and self._leaves_undo(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            if not self._is_composing and not self._committed.isActive():
                self.send_requested.emit()
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        self._is_composing = bool(event.preeditString())
        if event.commitString():
            self._committed.start()
        self._show_placeholder()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return _means_images(intake_of(source)) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if _means_images(intake_of(source)):
            self.images_pasted.emit(source)
        else:
            self.insertPlainText(source.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _leaves_undo(self, event: QKeyEvent) -> bool:
        """Whether it asks if these keys mean something here, and nothing was typed that they would undo."""
        asks = event.type() == QEvent.Type.ShortcutOverride
        return asks and event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable()

    def _show_placeholder(self) -> None:
        # Qt would paint it behind what is being composed.
        super().setPlaceholderText("" if self._is_composing else self._placeholder)
        # Qt paints anew only when an empty field gets words, not when they become others.
        self.viewport().update()
        self._fit()

    def _lines(self) -> int:
        if self.document().isEmpty() and self._placeholder:
            return self._placeholder_lines()
        # A plain text document measures its height in lines.
        return int(self.document().size().height())

    def _placeholder_lines(self) -> int:
        margin = round(2 * self.document().documentMargin())
        room = QRect(0, 0, self.viewport().width() - margin, 0)
        metrics = self.fontMetrics()
        taken = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self._placeholder)
        return taken.height() // metrics.lineSpacing()

    def _height(self) -> int:
        return self._height_for(self._lines())

    def _height_for(self, lines: int) -> int:
        return self._height_of(min(max(lines, 1), _MOST_LINES))

    def _height_of(self, lines: int) -> int:
        return lines * self.fontMetrics().lineSpacing() + 4 * SPACE

    def _fit(self) -> None:
        lines = self._lines()
        height = self._height_for(lines)
        is_cut = lines > _MOST_LINES or self.height() < height
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if is_cut else policy.ScrollBarAlwaysOff)
        if self.maximumHeight() != height:
            self.setMaximumHeight(height)
            self.updateGeometry()


def _means_images(intake: Intake) -> bool:
    """Word and Excel send a picture of the text along: the text is what is meant."""
    return not intake.text and (intake.has_images or intake.is_out_of_reach)
