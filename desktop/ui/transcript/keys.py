"""The keys with which one reads: a page on or back, to the beginning, to the end."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollBar

from desktop.ui.theme import SPACE

_OVERLAP = 12 * SPACE
"""What a page keeps of the one before, in device-independent px: two lines, so that nobody loses theirs."""

_Key, _Modifier = Qt.Key, Qt.KeyboardModifier
_EDGE_KEYS = {_Key.Key_Home, _Key.Key_End}
_PAGE_KEYS = {_Key.Key_PageUp: -1, _Key.Key_PageDown: 1}


def scroll_by_key(bar: QScrollBar, event: QKeyEvent) -> bool:
    """Scroll if that is what `event` asks for: Home, End, Page Up, Page Down, and Space as in browsers."""
    key, modifiers = _Key(event.key()), event.modifiers() & ~_Modifier.KeypadModifier
    if key in _EDGE_KEYS and modifiers in (_Modifier.NoModifier, _Modifier.ControlModifier):
        bar.setValue(bar.minimum() if key == _Key.Key_Home else bar.maximum())
    elif key == _Key.Key_Space and modifiers in (_Modifier.NoModifier, _Modifier.ShiftModifier):
        _turn(bar, -1 if modifiers == _Modifier.ShiftModifier else 1)
    elif key in _PAGE_KEYS and modifiers == _Modifier.NoModifier:
        _turn(bar, _PAGE_KEYS[key])
    else:
        return False
    return True


def _turn(bar: QScrollBar, pages: int) -> None:
    bar.setValue(bar.value() + pages * max(bar.singleStep(), bar.pageStep() - _OVERLAP))
