"""The one window: it receives finished panes, places them, and takes drops anywhere."""

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.drop_frame import DropFrame
from desktop.ui.intake import intake_of
from desktop.ui.theme import READING_WIDTH, SPACE

SMALLEST = QSize(480, 420)
FIRST = QSize(960, 760)


class MainWindow(QMainWindow):
    """Places the panes; knows no view model.

    Signals:
        mime_dropped: The `QMimeData` of a drop that holds images.
        drop_refused: The `QMimeData` of a drop that held nothing that can be taken.
        moved: The window stands elsewhere, or is of another size.
        closed: The window was closed.
    """

    mime_dropped = Signal(QMimeData)
    drop_refused = Signal(QMimeData)
    moved = Signal()
    closed = Signal()

    def __init__(
        self, header: QWidget, side: QWidget, welcome: QWidget, transcript: QWidget, foot: list[QWidget]
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
        page = QWidget()
        page.setProperty("role", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 3 * SPACE)
        column.setSpacing(0)
        column.addWidget(header)
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
        if not intake.has_images and not intake.links:
            event.ignore()
            return
        _copy(event)
        if count := intake.image_count:
            words = self.tr("Add the image") if count == 1 else self.tr("Add {n} images").format(n=count)
        else:
            words = self.tr("A web address is not an image: drop the picture itself")
        self._drop_frame.show_words(words)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_frame.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop_frame.hide()
        _copy(event)
        if intake_of(event.mimeData()).has_images:
            self.mime_dropped.emit(event.mimeData())
        else:
            self.drop_refused.emit(event.mimeData())

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.moved.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.moved.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closed.emit()


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
