"""What a reader hears of the message to which keys led."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QWidget


def tell_reached(view: QWidget, index: int) -> None:
    """The message at `index` takes the focus if `view` has it; who types elsewhere hears its name."""
    if not QAccessible.isActive():
        return
    if view.hasFocus():
        focus = QAccessibleEvent(view, QAccessible.Event.Focus)
        focus.setChild(index)
        QAccessible.updateAccessibility(focus)
    else:
        name = QAccessible.queryAccessibleInterface(view).child(index).text(QAccessible.Text.Name)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(view, name))
