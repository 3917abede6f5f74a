"""Fields of the settings pages."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QDoubleValidator, QFocusEvent, QIntValidator, QKeyEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from desktop.ui.plain_label import PlainLabel
from desktop.ui.theme import SPACE

_NUMBER_WIDTH = 22
"""Width of a number's field, in digits: room for the words that stand in an empty one."""
_CHOICE_LENGTH = 8
"""Characters of a choice that are shown in the narrowest window."""


class OptionalNumber(QLineEdit):
    """A number, or empty for the server's own default.

    What is no number in range is not kept: when the field is left, it shows the last one again.
    """

    def __init__(self, validator: QIntValidator | QDoubleValidator) -> None:
        super().__init__()
        self._in_force: float | None = None
        self._must_be = False
        validator.setParent(self)
        validator.setLocale(QLocale.c())
        self.setValidator(validator)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.editingFinished.connect(self._on_editing_finished)

    def require(self, default: float) -> None:
        """Show `default` while the field is empty; left empty, it shows the last number again."""
        self._must_be = True
        self.setPlaceholderText(f"{default:.12g}")

    def show_number(self, number: float | None) -> None:
        self._in_force = number
        self.setText("" if number is None else f"{number:.12g}")

    def number(self) -> float | None:
        """The number; None when the field is empty or holds none."""
        return float(self.text()) if self.text() and self.hasAcceptableInput() else None

    def integer(self) -> int | None:
        number = self.number()
        return None if number is None else int(number)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance("0") * _NUMBER_WIDTH
        return QSize(width, super().sizeHint().height())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._settle()

    def _settle(self) -> None:
        # To a validator an empty field is unfinished; here it is an answer, where none is required.
        if self.text() == "" and not self._must_be:
            self.editingFinished.emit()
        elif not self.hasAcceptableInput():
            self.show_number(self._in_force)

    def _on_editing_finished(self) -> None:
        self._in_force = self.number()


class Status(PlainLabel):
    """Words that change. A screen reader hears `name`, and the words as what there is to say of it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(name)
        self.setProperty("role", "muted")
        self.setWordWrap(True)

    def say(self, words: str) -> None:
        self.setText(words)
        self.setAccessibleDescription(words)


def quiet_button(words: str) -> QPushButton:
    """A button that Enter in a field does not press."""
    button = QPushButton(words)
    button.setAutoDefault(False)
    return button


def enable(button: QWidget, is_enabled: bool, *, instead: QWidget) -> None:
    """Enable or disable `button`; the focus goes from it to `instead`, not on to whatever stands next."""
    if not is_enabled and button.hasFocus():
        instead.setFocus()
    button.setEnabled(is_enabled)


def choice(options: Sequence[tuple[str, str]], chosen: str, take: Callable[[str], None]) -> QComboBox:
    """A combo box of (value, words) that shows `chosen` and passes on what the user picks."""
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_CHOICE_LENGTH)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    for value, words in options:
        box.addItem(words, value)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    box.activated.connect(lambda _: take(box.currentData()))
    return box


def form_in(parent: QWidget | None = None) -> QFormLayout:
    """An empty form; a field that is too wide to stand beside its label stands below it."""
    form = QFormLayout(parent)
    form.setVerticalSpacing(3 * SPACE)
    form.setHorizontalSpacing(4 * SPACE)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    return form


def row(form: QFormLayout, words: str, name: str, field: QWidget) -> PlainLabel:
    """Add a labelled row; `name` is the field's accessible name."""
    field.setAccessibleName(name)
    return labelled(form, words, field)


def labelled(form: QFormLayout, words: str, field: QWidget) -> PlainLabel:
    """The same for a field that has an accessible name."""
    label = PlainLabel(words)
    label.setBuddy(field)
    form.addRow(label, field)
    return label
