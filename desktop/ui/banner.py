"""A line above the composer that says what happened and offers the next step."""

from collections.abc import Iterable
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import AppError, NextStep
from desktop.ui.detail_text import DetailText
from desktop.ui.icon_button import IconButton
from desktop.ui.plain_label import PlainLabel
from desktop.ui.theme import SPACE
from desktop.ui.wording import detail, sentence, step_words


class Banner(QFrame):
    """Shows one sentence until it is closed or replaced, and what else is known behind "Details".

    Hidden while there is none.

    Signals:
        next_step_requested: The `NextStep` that the error offers.
        offer_taken: What was offered is wanted; by whom it was, as `offer` was told.
    """

    next_step_requested = Signal(object)
    offer_taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step: NextStep | None = None
        self._is_offer = False
        self._offered_by: object = None
        self._said: dict[str, str] = {}
        """What else is known, by its sentence."""
        self.setProperty("role", "banner")
        self.setAccessibleName("Notice")
        self._words = PlainLabel(parent=self)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton(self)
        self._button.clicked.connect(self._on_button_clicked)
        close = IconButton("x", "Close notice", self, side=16)
        close.setToolTip(self.tr("Close"))
        close.clicked.connect(self.hide)
        self._details = QPushButton(self.tr("Details"), self)
        self._details.setAccessibleName("Details")
        self._details.setCheckable(True)
        self._detail = DetailText(self)
        self._detail.setAccessibleName("All details")
        self._details.toggled.connect(self._detail.setVisible)
        self._detail.hide()
        self._place(close)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @property
    def is_offering(self) -> bool:
        """Whether an offer waits to be taken or closed."""
        return self._is_offer and not self.isHidden()

    @property
    def offered_by(self) -> object:
        """Whose offer waits to be taken; None if nobody's does."""
        return self._offered_by if self.is_offering else None

    def show_error(self, error: AppError) -> None:
        """Say `error`; several in a row stand below each other, each once. An offer stays."""
        before = {} if self.isHidden() else self._said
        if error.next_step is not None or not self.is_offering:
            self._set_button(error.next_step, step_words(error.next_step) if error.next_step else "")
        self._show(before | {sentence(error): detail(error)})

    def show_words(self, words: str) -> None:
        self._set_button(None, "")
        self._show({words: ""})

    def show_work(self, words: str) -> None:
        """Say what is being done: nothing is wrong."""
        self._set_button(None, "")
        self._set_tone("quiet")
        self._show({words: ""})

    def settle(self, errors: Iterable[AppError], words: str) -> None:
        """Say `words` in the place of those of `errors` that are shown, if any is; all else stays."""
        solved = {sentence(error) for error in errors}
        if not self.isHidden() and solved & self._said.keys():
            left = {said: known for said, known in self._said.items() if said not in solved}
            if not left:
                self._set_tone("quiet")  # nothing is wrong any more
            self._show(left | {words: ""})

    def offer(self, words: str, button: str, by: object = None) -> None:
        """Say `words`, and offer what `button` says in the name of `by`."""
        self._set_button(None, button)
        self._offered_by = by
        self._set_tone("offer")
        self._show({words: ""})

    def _place(self, close: QWidget) -> None:
        start = Qt.AlignmentFlag.AlignLeft
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.addWidget(self._words, 1)
        self._line.addWidget(self._details, 0, start)
        self._line.addWidget(self._button, 0, start)
        column = QVBoxLayout()
        column.addLayout(self._line)
        column.addWidget(self._detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        row.addLayout(column, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)

    def _set_button(self, step: NextStep | None, words: str) -> None:
        self._step = step
        self._set_tone("")
        self._button.setText(words)
        self._button.setVisible(bool(words))
        self._arrange()

    def _set_tone(self, tone: Literal["", "quiet", "offer"]) -> None:
        """Of a warning, of good news, of an offer."""
        self._is_offer = tone == "offer"
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)

    def _arrange(self) -> None:
        """The buttons beside the words, or below them where they would take half of the room."""
        shown = [each for each in (self._details, self._button) if not each.isHidden()]
        is_narrow = sum(each.sizeHint().width() for each in shown) * 2 > self.width()
        direction = QBoxLayout.Direction
        self._line.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)

    def _show(self, said: dict[str, str]) -> None:
        if self.isHidden() or list(said)[:1] != list(self._said)[:1]:
            self._details.setChecked(False)
        self._announce([words for words in said if self.isHidden() or words not in self._said])
        self._said = said
        self._words.setText("\n".join(said))
        known = "\n".join(filter(None, said.values()))
        self._detail.setPlainText(known)
        self._details.setVisible(bool(known))
        self._arrange()
        self.show()

    def _announce(self, news: list[str]) -> None:
        """Tell them to a screen reader: the focus is elsewhere."""
        if news:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, "\n".join(news)))

    def _on_button_clicked(self) -> None:
        is_offer = self.is_offering
        self.hide()
        if is_offer:
            self.offer_taken.emit(self._offered_by)
        else:
            self.next_step_requested.emit(self._step)
