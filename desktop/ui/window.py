"""The one window: it receives finished panes, places them, and takes drops anywhere."""

from PySide6.QtCore import QMimeData, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QMoveEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.drop_frame import DropFrame
from desktop.ui.intake import Intake, intake_of
from desktop.ui.theme import READING_WIDTH, SPACE

SMALLEST = QSize(480, 420)
FIRST = QSize(960, 760)


class MainWindow(QMainWindow):
    """Places the panes, `state` below the header, `foot` below the rest; knows no view model.

    Signals:
        dragged_over: What dropping would do with that which is dragged over the window, in words; empty
            when nothing is any more.
        mime_dropped: The `QMimeData` of a drop that holds images or links, or promises some.
        moved: The window stands elsewhere, or is of another size.
        escaped: Esc was pressed where it means nothing else.
        focus_moving: Tab was pressed: what was made lately can still be put where it belongs.
        closing: The window is to be closed, unless its `QCloseEvent` is ignored.
        closed: The window was closed.
    """

    dragged_over = Signal(str)
    mime_dropped = Signal(QMimeData)
    moved = Signal()
    escaped = Signal()
    focus_moving = Signal()
    closing = Signal(QCloseEvent)
    closed = Signal()

    def __init__(
        self,
        header: QWidget,
        state: QWidget,
        side: QWidget,
        welcome: QWidget,
        transcript: QWidget,
        *,
        foot: list[QWidget],
    ) -> None:
        super().__init__()
        self.setWindowTitle("Viewfinder")
        self.setMinimumSize(SMALLEST)
        self.setAcceptDrops(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(welcome)
        self._stack.addWidget(transcript)
        # Both scroll: where room is scarce, it belongs to what is below them.
        self._stack.setMinimumHeight(SPACE)
        self._stack.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        page = _Page()
        page.setProperty("role", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 3 * SPACE)
        column.setSpacing(0)
        column.addWidget(header)
        column.addLayout(_reading_column(state))
        column.addWidget(self._stack, 1)
        for widget in foot:
            column.addLayout(_reading_column(widget))
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(page, 1)
        self.setCentralWidget(whole)
        self._drop_frame = DropFrame(whole)

    def show_transcript(self, is_shown: bool) -> None:
        """The transcript, or the welcome while there is nothing to show."""
        self._stack.setCurrentIndex(int(is_shown))

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        intake = intake_of(event.mimeData())
        if words := self._words_for(intake):
            _copy(event)
            self._drop_frame.show_above()
            self.dragged_over.emit(words)
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_frame.hide()
        self.dragged_over.emit("")

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop_frame.hide()
        _copy(event)
        self.mime_dropped.emit(event.mimeData())
        self.dragged_over.emit("")

    def focusNextPrevChild(self, is_next: bool) -> bool:
        self.focus_moving.emit()
        return super().focusNextPrevChild(is_next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.moved.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.moved.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closing.emit(event)
        if event.isAccepted():
            self.closed.emit()

    def _words_for(self, intake: Intake) -> str:
        """What dropping it will do; empty where nothing can be done with it."""
        if count := intake.image_count:
            return self.tr("Add the image") if count == 1 else self.tr("Add {n} images").format(n=count)
        if len(intake.links) > 1:
            return self.tr("Add {n} web addresses").format(n=len(intake.links))
        if intake.links:
            return self.tr("Add the image at {host}").format(host=QUrl(intake.links[0]).host())
        return self.tr("Save these files first, and drop them from there") if intake.is_out_of_reach else ""


class _Page(QWidget):
    """What stands beside the side. It asks for what it needs only: the side gives way where that is short."""

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


def _copy(event: QDropEvent) -> None:
    # Never the proposed action: a file manager that hears “moved” removes the file.
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def _reading_column(widget: QWidget) -> QHBoxLayout:
    """`widget` in the middle, as wide as a line of text may be."""
    widget.setMaximumWidth(READING_WIDTH + 8 * SPACE)
    row = QHBoxLayout()
    row.setContentsMargins(4 * SPACE, SPACE, 4 * SPACE, 0)
    row.addStretch(1)
    row.addWidget(widget, 1000)
    row.addStretch(1)
    return row
