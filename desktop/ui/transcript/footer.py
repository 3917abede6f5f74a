"""The line under an answer: what goes on, then what it cost, and what can be done with it."""

from functools import partial

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.domain.conversation import Answer
from desktop.domain.events import Usage
from desktop.domain.models import READER_MODEL
from desktop.ui.elided import ElidedLabel
from desktop.ui.icon_button import IconButton
from desktop.ui.model_words import model_name
from desktop.ui.plain_label import PlainLabel
from desktop.ui.theme import BUTTON, SPACE
from desktop.ui.tips import plain_tip
from desktop.ui.transcript.copying import Form

_ICON = 16
"""Side of an icon, in device-independent px."""

_SLOW = 10
"""Tokens a second: of a slower model a tenth is told too."""


class AnswerFooter(QWidget):
    """Facts on the left, buttons on the right. It keeps its height, so that nothing jumps at the end.

    Signals:
        copy_requested: The answer is wanted in the clipboard in this `Form`; None: as it usually is.
        regenerate_requested: Another answer is wanted.
        sibling_requested: The answer before (−1) or after (+1) this one is wanted.
    """

    copy_requested = Signal(object)
    regenerate_requested = Signal()
    sibling_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = ElidedLabel()
        self._facts.setProperty("role", "muted")
        # What is not shown while an answer comes is not made either.
        self._siblings: _SiblingSwitch | None = None
        self._tools: _Tools | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE)
        self._row.addWidget(self._facts, 1)
        self.setMinimumHeight(BUTTON)

    def show_progress(self, words: str) -> None:
        """The answer is on its way: say what goes on."""
        self._facts.setText(words)
        for shown in (self._siblings, self._tools):
            if shown is not None:
                shown.hide()

    def show_answer(self, answer: Answer, place: int, siblings: int) -> None:
        """The answer has ended. `place` counts from 0."""
        self._facts.setText(" · ".join(self._told(answer)))
        if siblings > 1:
            self._show_place(place, siblings)
        if self._tools is None:
            self._tools = _Tools(self)
            self._tools.copy_requested.connect(self.copy_requested)
            self._tools.regenerate_requested.connect(self.regenerate_requested)
            self._row.addWidget(self._tools)
        self._tools.show_ways(has_text=bool(answer.text))

    def _show_place(self, place: int, siblings: int) -> None:
        if self._siblings is None:
            self._siblings = _SiblingSwitch(self)
            self._siblings.sibling_requested.connect(self.sibling_requested)
            self._row.insertWidget(self._row.indexOf(self._facts) + 1, self._siblings)
        self._siblings.show_place(place, siblings)
        self._siblings.show()

    def _told(self, answer: Answer) -> list[str]:
        tokens = self._tokens(answer.usage) if answer.usage else ""
        seconds = QLocale().toString(float(answer.seconds), "f", 1)
        rate = self._rate(answer.tokens_per_second)
        name = self.tr("on this device") if answer.model == READER_MODEL else model_name(answer.model)
        return [told for told in (tokens, self.tr("{seconds} s").format(seconds=seconds), rate, name) if told]

    def _rate(self, rate: float | None) -> str:
        if rate is None:
            return ""
        shown = QLocale().toString(float(rate), "f", 0 if rate >= _SLOW else 1)
        return self.tr("{rate} tokens/s").format(rate=shown)

    def _tokens(self, usage: Usage) -> str:
        asked, answered, total = usage.prompt_tokens, usage.completion_tokens, usage.total_tokens
        if asked is not None and answered is not None:
            return self.tr("{asked} + {answered} tokens").format(
                asked=_grouped(asked), answered=_grouped(answered)
            )
        return "" if total is None else self.tr("{total} tokens").format(total=_grouped(total))


class _SiblingSwitch(QWidget):
    """Which of several answers is shown, and the way to the others."""

    sibling_requested = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._previous = _button("chevron-left", "Previous answer", self.tr("Previous answer"))
        self._next = _button("chevron-right", "Next answer", self.tr("Next answer"))
        self._place = PlainLabel()
        self._place.setProperty("role", "muted")
        self._previous.clicked.connect(lambda: self.sibling_requested.emit(-1))
        self._next.clicked.connect(lambda: self.sibling_requested.emit(+1))
        _put_in_a_row(self, self._previous, self._place, self._next)

    def show_place(self, place: int, siblings: int) -> None:
        self._previous.setEnabled(place > 0)
        self._next.setEnabled(place < siblings - 1)
        self._place.setText(f"{place + 1}/{siblings}")


class _Tools(QWidget):
    """What can be done with an answer."""

    copy_requested = Signal(object)
    regenerate_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._copy = _button("copy", "Copy", self.tr("Copy as Markdown"))
        self._copy.clicked.connect(lambda: self.copy_requested.emit(None))
        again = _button("refresh-cw", "Regenerate", self.tr("Answer again"))
        again.clicked.connect(self.regenerate_requested)
        self._more = _button("ellipsis", "More", self.tr("More ways to copy"))
        self._more.clicked.connect(self._open_menu)
        _put_in_a_row(self, self._copy, again, self._more)

    def show_ways(self, *, has_text: bool) -> None:
        """An answer without a word can only be given again."""
        self._copy.setVisible(has_text)
        self._more.setVisible(has_text)
        self.show()

    def _open_menu(self) -> None:
        menu = QMenu(self._more)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, form in (
            (self.tr("Copy as rich text"), Form.RICH),
            (self.tr("Copy as Markdown"), Form.MARKDOWN),
            (self.tr("Copy as plain text"), Form.PLAIN),
        ):
            menu.addAction(words, partial(self.copy_requested.emit, form))
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))


def _button(picture: str, name: str, words: str) -> IconButton:
    button = IconButton(picture, name, side=_ICON)
    button.setToolTip(plain_tip(words))
    return button


def _put_in_a_row(parent: QWidget, *widgets: QWidget) -> None:
    row = QHBoxLayout(parent)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE)
    for widget in widgets:
        row.addWidget(widget)


def _grouped(number: int) -> str:
    return QLocale().toString(number)
