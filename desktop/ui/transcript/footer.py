"""The line under an answer: what goes on, then what it cost, and what can be done with it."""

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from desktop.domain.conversation import Answer
from desktop.domain.events import Usage
from desktop.domain.models import READER_MODEL
from desktop.ui.icons import icon
from desktop.ui.theme import BUTTON, SPACE, colors_of

_ICON = QSize(16, 16)


class AnswerFooter(QWidget):
    """Facts on the left, buttons on the right. It keeps its height, so that nothing jumps at the end.

    Signals:
        copy_requested: The answer's text is wanted in the clipboard.
        regenerate_requested: Another answer is wanted.
        sibling_requested: The answer before (−1) or after (+1) this one is wanted.
    """

    copy_requested = Signal()
    regenerate_requested = Signal()
    sibling_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = QLabel()
        self._facts.setProperty("role", "muted")
        self._facts.setTextFormat(Qt.TextFormat.PlainText)
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._place = QLabel()
        self._place.setProperty("role", "muted")
        self._icons: dict[QToolButton, str] = {}
        self._previous = self._button("chevron-left", self.tr("Previous answer"))
        self._next = self._button("chevron-right", self.tr("Next answer"))
        self._copy = self._button("copy", self.tr("Copy as Markdown"))
        self._again = self._button("refresh-cw", self.tr("Answer again"))
        self._previous.clicked.connect(lambda: self.sibling_requested.emit(-1))
        self._next.clicked.connect(lambda: self.sibling_requested.emit(+1))
        self._copy.clicked.connect(self.copy_requested)
        self._again.clicked.connect(self.regenerate_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._facts, 1)
        for widget in (self._previous, self._place, self._next, self._copy, self._again):
            row.addWidget(widget)
        self.setMinimumHeight(BUTTON)
        self._show_icons()

    def show_progress(self, words: str) -> None:
        """The answer is on its way: say what goes on."""
        self._facts.setText(words)
        for button in self._icons:
            button.hide()
        self._place.hide()

    def show_answer(self, answer: Answer, place: int, siblings: int) -> None:
        """The answer has ended. `place` counts from 0."""
        self._facts.setText(" · ".join(self._told(answer)))
        self._copy.setVisible(bool(answer.text))
        self._again.show()
        for widget in (self._previous, self._place, self._next):
            widget.setVisible(siblings > 1)
        self._previous.setEnabled(place > 0)
        self._next.setEnabled(place < siblings - 1)
        self._place.setText(f"{place + 1}/{siblings}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_icons()

    def _told(self, answer: Answer) -> list[str]:
        tokens = self._tokens(answer.usage) if answer.usage else ""
        seconds = QLocale().toString(float(answer.seconds), "f", 1)
        name = self.tr("on this device") if answer.model == READER_MODEL else answer.model
        return [told for told in (tokens, self.tr("{seconds} s").format(seconds=seconds), name) if told]

    def _tokens(self, usage: Usage) -> str:
        asked, answered, total = usage.prompt_tokens, usage.completion_tokens, usage.total_tokens
        if asked is not None and answered is not None:
            return self.tr("{asked} + {answered} tokens").format(
                asked=_grouped(asked), answered=_grouped(answered)
            )
        return "" if total is None else self.tr("{total} tokens").format(total=_grouped(total))

    def _button(self, icon_name: str, words: str) -> QToolButton:
        button = QToolButton()
        button.setIconSize(_ICON)
        button.setAccessibleName(words)
        button.setToolTip(words)
        self._icons[button] = icon_name
        return button

    def _show_icons(self) -> None:
        color = colors_of(self.palette()).muted
        for button, name in self._icons.items():
            button.setIcon(icon(name, color))


def _grouped(number: int) -> str:
    return QLocale().toString(number)
