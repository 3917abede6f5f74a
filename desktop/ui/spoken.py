"""The words of a painted row, for screen readers: they ask the model, not the delegate that paints."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QIdentityProxyModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

Index = QModelIndex | QPersistentModelIndex


class SpokenRows(QIdentityProxyModel):
    """`rows`, each of which says `words(index)` of itself."""

    def __init__(self, rows: QAbstractItemModel, words: Callable[[Index], str], parent: QObject) -> None:
        super().__init__(parent)
        self._words = words
        self.setSourceModel(rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._words(index)
        return super().data(index, role)
