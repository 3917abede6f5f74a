"""A question as it was asked: its images and its text, in a soft bubble on the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.images import ImageInput
from desktop.domain.messages import Message
from desktop.ui.theme import SPACE
from desktop.ui.transcript.body import PlainText
from desktop.ui.transcript.picture import Picture
from desktop.ui.transcript.text import ReadingText

_WIDEST = 0.8
"""Share of the column that a bubble takes at most."""
_PADDING = 3 * SPACE
_PICTURES_A_ROW = 3


class QuestionView(QWidget):
    """Shows one question; it never changes."""

    def __init__(self, question: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Question")
        self._bubble = QFrame()
        self._bubble.setProperty("role", "bubble")
        self._bubble.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._text = PlainText()
        self._text.setAccessibleName("Question")
        self._text.set_text("\n".join([question.text, *question.links]).strip("\n"))
        column = QVBoxLayout(self._bubble)
        # Qt puts the room between lines below each of them, the last one too.
        column.setContentsMargins(_PADDING, 2 * SPACE, _PADDING, SPACE)
        column.setSpacing(2 * SPACE)
        if question.images:
            pictures = self._pictures(question.images)
            column.addLayout(pictures)
            column.setAlignment(pictures, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._text, 0, Qt.AlignmentFlag.AlignLeft)
        self._text.setVisible(bool(question.text or question.links))
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

    def _pictures(self, images: tuple[ImageInput, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(2 * SPACE)
        for place, image in enumerate(images):
            grid.addWidget(Picture(image), place // _PICTURES_A_ROW, place % _PICTURES_A_ROW)
        return grid
