"""Text to read: as tall as its document, without frame or scroll bars; it fetches and opens nothing."""

from math import ceil
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRectF, QSizeF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QTextBrowser, QWidget

from desktop.markdown.inline import safe_href
from desktop.ui.theme import colors_of
from desktop.ui.transcript.decoration import paint
from desktop.ui.transcript.look import Look

_RESTYLED_BY = {QEvent.Type.PaletteChange, QEvent.Type.FontChange}
_NO_SCROLL_BAR = Qt.ScrollBarPolicy.ScrollBarAlwaysOff


class ReadingText(QTextBrowser):
    """The text of one message. Subclasses write into its document and write again in `restyle`.

    Signals:
        link_activated: The address of a link that was clicked: http, https or mailto.
        selection_begun: Some of the text was selected.
        pointer_dragged: The pointer selects and is at this `QPoint` of the text.
    """

    link_activated = Signal(str)
    selection_begun = Signal()
    pointer_dragged = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(_NO_SCROLL_BAR)
        self.setVerticalScrollBarPolicy(_NO_SCROLL_BAR)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        # Drops belong to the window.
        self.setAcceptDrops(False)
        self.document().setDocumentMargin(0)
        self.look = Look(self.font(), colors_of(self.palette()))
        self.document().documentLayout().documentSizeChanged.connect(self._on_document_size_changed)
        self.anchorClicked.connect(self._on_anchor_clicked)
        self.highlighted.connect(self._on_highlighted)
        self.selectionChanged.connect(self._on_selection_changed)
        self.setFixedHeight(0)

    def restyle(self) -> None:
        """Write the document again: `look` is another."""
        raise NotImplementedError

    def natural_width(self, limit: int) -> int:
        """How wide the text is when its lines are at most `limit` wide, in device-independent px."""
        self.document().setTextWidth(max(1, limit))
        return ceil(self.document().idealWidth())

    def clear_selection(self) -> None:
        cursor = self.textCursor()
        if cursor.hasSelection():
            cursor.clearSelection()
            self.setTextCursor(cursor)

    def keep_selection(self, anchor: int, position: int) -> None:
        """Select from `anchor` to `position` again if writing moved the selection."""
        cursor = self.textCursor()
        if anchor == position or (cursor.anchor(), cursor.position()) == (anchor, position):
            return
        last = self.document().characterCount() - 1
        cursor.setPosition(min(anchor, last))
        cursor.setPosition(min(position, last), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing is ever loaded, neither from the network nor from a disk."""
        return None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _RESTYLED_BY and hasattr(self, "look"):
            self.look = Look(self.font(), colors_of(self.palette()))
            self.restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        paint(painter, self.document(), QRectF(event.rect()), self.look)
        painter.end()
        super().paintEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.pointer_dragged.emit(event.position().toPoint())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what concerns selection and links; the rest moves the transcript."""
        mine = event.matches(QKeySequence.StandardKey.Copy) or event.matches(
            QKeySequence.StandardKey.SelectAll
        )
        if mine or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(self.tr("Copy"), self.copy)
        copy.setEnabled(self.textCursor().hasSelection())
        if href := safe_href(self.anchorAt(event.pos())):
            menu.addAction(self.tr("Copy link"), lambda: QGuiApplication.clipboard().setText(href))
        menu.addAction(self.tr("Select all"), self.selectAll)
        menu.popup(event.globalPos())

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _on_document_size_changed(self, size: QSizeF) -> None:
        self.setFixedHeight(ceil(size.height()))

    def _on_anchor_clicked(self, url: QUrl) -> None:
        if href := safe_href(url.toString(QUrl.ComponentFormattingOption.FullyEncoded)):
            self.link_activated.emit(href)

    def _on_highlighted(self, url: QUrl) -> None:
        self.setToolTip(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))

    def _on_selection_changed(self) -> None:
        if self.textCursor().hasSelection():
            self.selection_begun.emit()
