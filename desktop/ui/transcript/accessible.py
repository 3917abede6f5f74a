"""The transcript for assistive technologies: a list of its messages, where Qt would tell of widgets only.

What is painted is no widget, and most messages have none.
"""

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QToolButton, QWidget
from shiboken6 import Shiboken

from desktop.ui.transcript.accessible_items import AccessibleItems
from desktop.ui.transcript.accessible_message import AccessibleMessage
from desktop.ui.transcript.message import MessageView
from desktop.ui.transcript.text import MessageText
from desktop.ui.transcript.view import TranscriptView

Role = QAccessible.Role


class AccessibleTranscript(QAccessibleWidget):
    """All messages as items, those without widgets too; behind them the buttons that float above them."""

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view, Role.List)
        self._asked: AccessibleItems | None = None

    def childCount(self) -> int:
        view = self._view
        return 0 if view is None else len(view.column) + len(_buttons(view))

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # may be null
        view = self._view
        if view is None or index < 0:
            return None
        if index < len(view.column):
            return self._item(view, index)
        buttons = _buttons(view)[index - len(view.column) :]
        return QAccessible.queryAccessibleInterface(buttons[0]) if buttons else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        view = self._view
        if isinstance(child, AccessibleMessage):
            return child.place.index
        buttons = [] if view is None else _buttons(view)
        found = child.object()
        return len(view.column) + buttons.index(found) if view is not None and found in buttons else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        view, point = self._view, QPoint(x, y)
        if view is None or not _is_in(view, point):
            return None
        for button in _buttons(view):
            if _is_in(button, point):
                return QAccessible.queryAccessibleInterface(button)
        item = self._item(view, view.column.at(view.scrolled + view.viewport().mapFromGlobal(point).y()))
        return item if item is not None and item.rect().contains(point) else None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        view = self._view
        if view is None:
            return None
        return self._item(view, view.current) if view.hasFocus() else super().focusChild()

    def _item(self, view: TranscriptView, index: int) -> AccessibleMessage | None:
        if self._asked is None:
            self._asked = AccessibleItems(view)
        return self._asked.item(index)

    @property
    def _view(self) -> TranscriptView | None:
        view = self.object()
        # Qt asks for it as soon as it has a name: by then it has no messages.
        return view if isinstance(view, TranscriptView) and hasattr(view, "column") else None


class AccessibleParts(QAccessibleWidget):
    """What stands in a message besides the text that is painted: that is the message's own."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, Role.Grouping)

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        message = self.object()
        item = _item_of(message) if isinstance(message, MessageView) else None
        return item if item is not None else super().parent()

    def text(self, kind: QAccessible.Text) -> str:
        return "" if kind is QAccessible.Text.Name else super().text(kind)  # the message has the name

    def childCount(self) -> int:
        return len(self._children())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        children = self._children()
        return children[index] if 0 <= index < len(children) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((i for i, one in enumerate(self._children()) if one.object() is child.object()), -1)

    def _children(self) -> Sequence[QAccessibleInterface]:
        every = (super(AccessibleParts, self).child(index) for index in range(super().childCount()))
        return [child for child in every if not isinstance(child.object(), MessageText)]


@cache
def install() -> None:
    """From now on Qt asks here first; there is no way back, so that it is done but once in a process."""
    QAccessible.installFactory(_new_interface)


_kept: list[QAccessibleInterface] = []
"""Qt's cache holds what was made here without a reference of Python's, and deletes it with its widget."""


def _new_interface(_kind: str, thing: QObject) -> QAccessibleInterface | None:
    if isinstance(thing, TranscriptView):
        made: QAccessibleInterface = AccessibleTranscript(thing)
    elif isinstance(thing, MessageView) or (isinstance(thing, QWidget) and _has_text(thing)):
        made = AccessibleParts(thing)
    else:
        return None
    _kept[:] = [*(one for one in _kept if Shiboken.isValid(one)), made]
    return made


def _has_text(widget: QWidget) -> bool:
    return any(isinstance(child, MessageText) for child in widget.children())


def _item_of(message: MessageView) -> AccessibleMessage | None:
    viewport = message.parent()
    view = None if viewport is None else viewport.parent()
    if not isinstance(view, TranscriptView):
        return None
    index = view.column.index_of(message)
    listed = QAccessible.queryAccessibleInterface(view)
    item = listed.child(index) if index is not None else None
    return item if isinstance(item, AccessibleMessage) else None


def _buttons(view: TranscriptView) -> list[QToolButton]:
    """Those that can be seen above the messages."""
    buttons = view.findChildren(QToolButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [button for button in buttons if button.isVisible()]


def _is_in(widget: QWidget, point: QPoint) -> bool:
    return widget.rect().contains(widget.mapFromGlobal(point))
