"""Lines of plain text to read, to select and to scroll, no higher than a few of them."""

from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.ui.theme import SPACE

_MOST_LINES = 8


class DetailText(QPlainTextEdit):
    """As high as its lines, of more than a few it scrolls; an arrow key selects and Tab leaves it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "field")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        flag = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flag.TextSelectableByMouse | flag.TextSelectableByKeyboard)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # A plain text document measures its height in lines.
        lines = min(max(1, round(self.document().size().height())), _MOST_LINES)
        edges = self.height() - self.contentsRect().height() + 2 * round(self.document().documentMargin())
        height = ceil(lines * self._line_height()) + edges + SPACE
        if self.minimumHeight() != height:
            self.setFixedHeight(height)

    def _line_height(self) -> float:
        """In px, of the first block: Chinese out of another font than the text's own takes more."""
        block = self.document().firstBlock()
        height = self.document().documentLayout().blockBoundingRect(block).height()
        return max(height / max(1, block.lineCount()), self.fontMetrics().lineSpacing())
