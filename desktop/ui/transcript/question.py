"""A question as it was asked: its images and its text, in a soft bubble on the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.messages import ImagePart, LinkPart, Message, TextPart
from desktop.ui.theme import SPACE
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.transcript.body import PlainText
from desktop.ui.transcript.picture import LinkTile, MoreTile, Picture
from desktop.ui.transcript.text import ReadingText

_WIDEST = 0.8
"""Share of the column that a bubble takes at most."""
_PADDING = 3 * SPACE
_PICTURES_A_ROW = 3
_MOST_PICTURES = 9


class QuestionView(QWidget):
    """Shows one question; it never changes."""

    def __init__(self, question: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Question")
        self._thumbnails = Thumbnails(self)
        self._bubble = QFrame()
        self._bubble.setProperty("role", "bubble")
        self._bubble.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._text = PlainText()
        self._text.setAccessibleName("Question")
        self._text.set_text(question.text)
        column = QVBoxLayout(self._bubble)
        # Qt puts the room between lines below each of them, the last one too.
        column.setContentsMargins(_PADDING, 2 * SPACE, _PADDING, SPACE)
        column.setSpacing(2 * SPACE)
        if question.images or question.links:
            pictures = self._pictures(question)
            column.addLayout(pictures)
            column.setAlignment(pictures, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._text, 0, Qt.AlignmentFlag.AlignLeft)
        self._text.setVisible(bool(question.text))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self._bubble)

    @property
    def text(self) -> ReadingText:
        return self._text

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = round(self.width() * _WIDEST) - 2 * _PADDING
        self._text.setFixedWidth(self._text.natural_width(room))

    def _pictures(self, question: Message) -> QGridLayout:
        """Images and links in the order in which they were sent; of very many the first ones."""
        grid = QGridLayout()
        grid.setSpacing(2 * SPACE)
        parts = [part for part in question.parts if not isinstance(part, TextPart)]
        shown = len(parts) if len(parts) <= _MOST_PICTURES else _MOST_PICTURES - 1
        tiles = [self._tile(part) for part in parts[:shown]]
        if rest := parts[shown:]:
            tiles.append(MoreTile([_name(part) for part in rest]))
        for place, tile in enumerate(tiles):
            grid.addWidget(tile, place // _PICTURES_A_ROW, place % _PICTURES_A_ROW)
        return grid

    def _tile(self, part: ImagePart | LinkPart) -> QWidget:
        return LinkTile(part.url) if isinstance(part, LinkPart) else Picture(part.image, self._thumbnails)


def _name(part: ImagePart | LinkPart) -> str:
    return part.url if isinstance(part, LinkPart) else part.image.name
