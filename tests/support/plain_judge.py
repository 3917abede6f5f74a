"""Looks through all that a user can see or hear of a window for words that do more than to be shown."""

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QModelIndex
from PySide6.QtGui import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from desktop.domain.visible import HIDDEN

LETTERS = "<b>R&D</b><img src='file:///dev/zero'>"
"""What Qt would take for HTML, with a picture that has no end, and for a mnemonic."""

HOSTILE = f"{LETTERS}\u202egnp.exe\r\n\x1b[31m\u2028\u200b\u2066end"

_ISOLATES = str.maketrans("", "", "\u2068\u2069")
"""What the window itself puts around names that run from the right."""

_SPOKEN = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def offences() -> list[str]:
    """What is wrong with the words of any widget or action there is, hidden ones too, with its class."""
    found = []
    for widget in QApplication.allWidgets():
        found += [f"{type(widget).__name__} {wrong}" for wrong in _wrongs(widget)]
    return found


def said() -> str:
    """All words of all widgets."""
    return "\n".join(words for widget in QApplication.allWidgets() for _, words in _words(widget))


def _wrongs(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
        yield f"guesses: {widget.text()!r}"
    for kind, words in _words(widget):
        if HIDDEN.search(words.translate(_ISOLATES).replace("\n", "")):
            yield f"{kind} hides or turns: {words!r}"
        if kind == "tip" and Qt.mightBeRichText(words) and LETTERS[:3] in words:
            yield f"tip is rich: {words!r}"
        if kind in {"button", "action"} and "R&D" in words.replace("&&", ""):
            yield f"{kind} eats its mark: {words!r}"


def _words(widget: QWidget) -> Iterator[tuple[str, str]]:
    yield "title", widget.windowTitle()
    yield "tip", widget.toolTip()
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()
    yield from (("action", action.text()) for action in widget.actions())
    match widget:
        case QLabel():
            yield "label", widget.text()
        case QAbstractButton():
            yield "button", widget.text()
        case QLineEdit():
            yield "placeholder", widget.placeholderText()
        case QPlainTextEdit():
            yield "placeholder", widget.placeholderText()
            yield from [("text", widget.toPlainText())] if widget.isReadOnly() else []
        case QComboBox():
            yield from (("item", widget.itemText(index)) for index in range(widget.count()))
        case QAbstractItemView() if widget.model() is not None:
            yield from (("row", words) for words in _rows(widget.model()))
        case _:
            pass


def _rows(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(model.rowCount(QModelIndex())):
        said = (model.index(row, 0).data(role) for role in _SPOKEN)
        yield from (words for words in said if isinstance(words, str))
