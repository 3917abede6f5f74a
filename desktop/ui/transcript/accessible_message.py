"""One message for assistive technologies: an item of the transcript's list."""

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QWindow
from shiboken6 import Shiboken

from desktop.ui.transcript.accessible_place import LastWords, MessagePlace
from desktop.ui.transcript.accessible_text import AccessibleText
from desktop.ui.transcript.view import TranscriptView

_NOTHING = Shiboken.VoidPtr(0)


class AccessibleMessage(QAccessibleInterface):
    """Named after its first words; has the text, and the widgets below it while there are any."""

    def __init__(self, view: TranscriptView, index: int, last_words: LastWords) -> None:
        super().__init__()
        self.place = MessagePlace(view, index, last_words)
        self._text = AccessibleText(self.place)
        self._text_pointer = Shiboken.VoidPtr(Shiboken.getCppPointer(self._text)[0])

    def interface_cast(self, kind: QAccessible.InterfaceType) -> int:
        # Qt takes a pointer; None or a number in its place ends the process.
        is_text = kind is QAccessible.InterfaceType.TextInterface
        return self._text_pointer if is_text else _NOTHING  # type: ignore[return-value]  # the stub says int

    # ── what it is ──────────────────────────────────────────────────────────────────────────────

    def isValid(self) -> bool:
        return self.place.view is not None

    def object(self) -> QObject | None:  # type: ignore[override]  # the stub knows no null pointers
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        view = self.place.view
        return None if view is None else view.window().windowHandle()

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def text(self, kind: QAccessible.Text) -> str:
        return self.place.name() if kind is QAccessible.Text.Name else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Nothing: it is read only."""

    def state(self) -> QAccessible.State:
        place, state = self.place, QAccessible.State()
        entry = place.entry
        state.readOnly = state.multiLine = state.focusable = True
        state.focused = place.has_focus
        state.busy = entry is not None and entry.node.answer is not None and entry.node.answer.is_streaming
        state.invisible = state.offscreen = not place.is_seen
        return state

    def rect(self) -> QRect:
        return self.place.rectangle()

    # ── what is around it, and in it ────────────────────────────────────────────────────────────

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        view = self.place.view
        return None if view is None else QAccessible.queryAccessibleInterface(view)

    def childCount(self) -> int:
        return 0 if self.place.message is None else 1

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        message = self.place.message
        return None if message is None or index else QAccessible.queryAccessibleInterface(message)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        message = self.place.message
        return 0 if message is not None and child.object() is message else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        message, point = self.place.message, QPoint(x, y)
        if message is None or any(
            text.rect().contains(text.mapFromGlobal(point)) for text in message.texts().values()
        ):
            return None
        return self.child(0) if message.rect().contains(message.mapFromGlobal(point)) else None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        message = self.place.message
        focused = None if message is None else message.focusWidget()
        if focused is None or not focused.hasFocus():
            return None
        return QAccessible.queryAccessibleInterface(focused)
