"""Keeps what is read of a list where it is read, while rows come and go above it."""

from PySide6.QtCore import QPersistentModelIndex, QPoint
from PySide6.QtWidgets import QListView


class ListPlace:
    """Where the upper rows that are seen in `view` stand; its rows are of one height."""

    def __init__(self, view: QListView) -> None:
        self._view = view
        self._seen: list[tuple[QPersistentModelIndex, int]] = []
        view.verticalScrollBar().valueChanged.connect(self.remember)

    def remember(self) -> None:
        """What is seen now is what is read."""
        first = self._view.indexAt(QPoint(0, 0))
        # Two of them: one may be what moves.
        rows = (first, first.siblingAtRow(first.row() + 1))
        self._seen = [
            (QPersistentModelIndex(row), self._view.visualRect(row).top()) for row in rows if row.isValid()
        ]

    def restore(self) -> None:
        """After rows were laid out anew: scroll by what came or went above. The list's top stays its top."""
        bar = self._view.verticalScrollBar()
        drifts = [self._view.visualRect(row).top() - top for row, top in self._seen if row.isValid()]
        if bar.value() > 0 and drifts:
            bar.setValue(bar.value() + min(drifts, key=abs))
