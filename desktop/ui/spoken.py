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

from desktop.domain.visible import on_one_line
from desktop.ui.tips import plain_tip

Index = QModelIndex | QPersistentModelIndex


class SpokenRows(QIdentityProxyModel):
    """`rows`, each of which says `words(index)` of itself, and `tip(index)` under the pointer."""

    def __init__(
        self,
        rows: QAbstractItemModel,
        words: Callable[[Index], str],
        parent: QObject,
        *,
        tip: Callable[[Index], str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._tip = tip
        self.setSourceModel(rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return on_one_line(self._words(index))
        if role == Qt.ItemDataRole.ToolTipRole and self._tip is not None:
            return plain_tip(self._tip(index))
        return super().data(index, role)
