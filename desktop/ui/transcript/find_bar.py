"""The bar in which one types what is to be found in the conversation."""

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from desktop.ui.icon_button import IconButton
from desktop.ui.plain_label import PlainLabel
from desktop.ui.theme import READING_WIDTH, SPACE
from desktop.ui.tips import plain_tip

_ICON = 16
_LONGEST = 500
"""Characters of what can be looked for."""


class FindBar(QFrame):
    """Takes the words, and tells how often they were found.

    Enter and Shift+Enter go to the next hit and to the one before, Esc closes.

    Signals:
        needle_changed: What is to be found is this text now.
        next_requested: To the next hit.
        previous_requested: To the hit before.
        close_requested: Nothing is to be found any more.
    """

    needle_changed = Signal(str)
    next_requested = Signal()
    previous_requested = Signal()
    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "find")
        self.setAccessibleName("Find in conversation")
        self._edit = QLineEdit()
        self._edit.setAccessibleName("Find in conversation")
        self._edit.setPlaceholderText(self.tr("Find in this conversation"))
        self._edit.setMaxLength(_LONGEST)
        self._edit.textChanged.connect(self.needle_changed)
        self._count = PlainLabel()
        self._count.setAccessibleName("Hits")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._previous = _button("chevron-up", "Previous hit", self.tr("Previous hit"))
        self._next = _button("chevron-down", "Next hit", self.tr("Next hit"))
        self._close = _button("x", "Close find", self.tr("Close"))
        self._previous.clicked.connect(self.previous_requested)
        self._next.clicked.connect(self.next_requested)
        self._close.clicked.connect(self.close_requested)
        self._place()
        self.show_count(0, 0, is_all=False)

    @property
    def needle(self) -> str:
        return self._edit.text()

    def set_needle(self, needle: str) -> None:
        """Have `needle`, or as much of it as there is room for, stand there as if it had been typed."""
        self._edit.setText(needle)

    def focus(self) -> None:
        """Take the keys: what is typed replaces what was looked for before."""
        self._edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._edit.selectAll()

    def show_count(self, number: int, count: int, *, is_all: bool) -> None:
        """Say that `number` of `count` hits is the current one; unless `is_all`, more may come."""
        words = self._words(number, count, is_all=is_all) if self.needle else ""
        self._previous.setEnabled(bool(count))
        self._next.setEnabled(bool(count))
        if words != self._count.text():
            self._count.setText(words)
            # The field does not twitch while one types.
            self._count.setMinimumWidth(max(self._count.minimumWidth(), self._count.sizeHint().width()))
            if words and is_all:
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._edit, words))

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _words(self, number: int, count: int, *, is_all: bool) -> str:
        if count:
            shown = self.tr("{number} of {count}") if is_all else self.tr("{number} of {count}…")
            return shown.format(number=QLocale().toString(number), count=QLocale().toString(count))
        return self.tr("Not found") if is_all else self.tr("Searching…")

    def _place(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._edit, 1)
        row.addSpacing(SPACE)
        for widget in (self._count, self._previous, self._next, self._close):
            row.addWidget(widget)
        column = QWidget()
        column.setLayout(row)
        column.setMaximumWidth(READING_WIDTH)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(4 * SPACE, SPACE, 4 * SPACE, SPACE)
        whole.addStretch(1)
        whole.addWidget(column, 1000)
        whole.addStretch(1)

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def event(self, event: QEvent) -> bool:
        # Here Esc closes the bar; elsewhere in the window it stops an answer.
        escape = QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape
        if isinstance(event, QKeyEvent) and (event.type(), event.key()) == escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_requested.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self.previous_requested if is_back else self.next_requested).emit()
        else:
            super().keyPressEvent(event)


def _button(picture: str, name: str, words: str) -> IconButton:
    button = IconButton(picture, name, side=_ICON)
    button.setToolTip(plain_tip(words))
    return button
