"""A question as it was asked: its images and its text, in a soft bubble on the right."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from desktop.domain.messages import ImagePart, LinkPart, Message, TextPart
from desktop.ui.theme import SPACE
from desktop.ui.thumbnails import Thumbnails
from desktop.ui.transcript.message import SPACING, MessageView
from desktop.ui.transcript.picture import LinkTile, MoreTile, PictureTile
from desktop.ui.transcript.text import MessageText, plain_text
from desktop.viewmodels.pictures import Pictures

_WIDEST = 0.8
"""Share of the column that a bubble takes at most."""
_ACROSS, _ABOVE = 3 * SPACE, 2 * SPACE
"""The bubble's room around what is in it."""
_PICTURES_A_ROW = 3
_MOST_PICTURES = 9
_SHORT = 2_000
"""Characters: of a shorter question the bubble is no wider than its widest line."""


class QuestionView(MessageView):
    """Shows one question; it never changes. Images whose bytes lie in the history come by `history`."""

    def __init__(self, question: Message, history: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Question")
        self._history = history
        self._thumbnails = Thumbnails(self)
        self._bubble = QFrame(self)
        self._bubble.setProperty("role", "bubble")
        self._pictures: QWidget | None = None
        if question.images or question.links:
            self._pictures = QWidget(self._bubble)
            self._pictures.setLayout(self._grid(question))
        self._text = plain_text(self._bubble)
        self._text.setAccessibleName("Question")
        self._text.setVisible(bool(question.text))
        self._is_short = len(question.text) <= _SHORT
        self._room = 0
        self._text.append(question.text)
        self._text.finish()
        self._text.resized.connect(self.flow)

    @property
    def text(self) -> MessageText:
        return self._text

    def texts(self) -> Mapping[int, MessageText]:
        return {} if self._text.isHidden() else {0: self._text}

    def parts(self) -> Sequence[QWidget]:
        return [self._bubble]

    def flow(self) -> None:
        self._fit(round(self.width() * _WIDEST) - 2 * _ACROSS)
        places, width, y = list[tuple[QWidget, QRect]](), 0, _ABOVE
        for part, size in self._inside():
            places.append((part, QRect(QPoint(_ACROSS, y), size)))
            width, y = max(width, size.width()), y + size.height() + SPACING
        y, width = y - SPACING + _ABOVE, width + 2 * _ACROSS
        self._arrange([(self._bubble, QRect(self.width() - width, 0, width, y)), *places], y)

    def _inside(self) -> Iterator[tuple[QWidget, QSize]]:
        """What stands in the bubble, and its size."""
        if self._pictures is not None:
            yield self._pictures, self._pictures.sizeHint()
        if not self._text.isHidden():
            yield self._text, QSize(self._text.width(), self._text.text_height)

    def _fit(self, room: int) -> None:
        if room == self._room or room <= 0:
            return
        self._room = room
        if self._is_short:
            self._text.fit(room)
        else:
            self._text.set_width(room)

    def _grid(self, question: Message) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setAlignment(Qt.AlignmentFlag.AlignLeft)
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
        if isinstance(part, LinkPart):
            return LinkTile(part.url)
        return PictureTile(part.image, self._history, self._thumbnails)


def _name(part: ImagePart | LinkPart) -> str:
    return part.url if isinstance(part, LinkPart) else part.image.name
