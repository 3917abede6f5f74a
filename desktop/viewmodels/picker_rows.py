"""The rows of the model picker as a list model."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from enum import IntEnum
from operator import attrgetter

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.visible import on_one_line
from desktop.viewmodels.picker_groups import Choice, Row, RowId
from desktop.viewmodels.row_changes import ModelRows

Index = QModelIndex | QPersistentModelIndex


class PickerRole(IntEnum):
    """What the list tells of each row."""

    ROW = Qt.ItemDataRole.UserRole + 1
    """The `Heading` or the `Choice`, with all that is known of it."""
    IS_CURRENT = Qt.ItemDataRole.UserRole + 2
    """Whether it is the model that answers, at its own server."""


class PickerRows(QAbstractListModel):
    """Headings, which cannot be chosen, and the models below them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: ModelRows[Row] = self._made(())
        self._current = RowId("")

    def __getitem__(self, row: int) -> Row:
        return self._rows[row]

    def set_current(self, current: RowId) -> None:
        """Mark the model that answers, wherever it stands."""
        if current != self._current:
            self._current = current
            last = max(len(self._rows) - 1, 0)
            self.dataChanged.emit(self.index(0), self.index(last), [PickerRole.IS_CURRENT])

    def become(self, rows: Sequence[Row]) -> None:
        """Show `rows` from now on; what was there before stays where it is read."""
        self._rows.become(rows)

    def show_anew(self, rows: Sequence[Row]) -> None:
        """Show `rows` as another list: of thousands this is much faster."""
        self.beginResetModel()
        self._rows = self._made(rows)
        self.endResetModel()

    # ── where a row stands ──────────────────────────────────────────────────────────────────────

    def row_of(self, sought: RowId) -> int:
        """−1 if it is not shown."""
        return next((row for row, each in enumerate(self._rows) if each.id == sought), -1)

    def first_named(self, model_id: str) -> int:
        """The first choice of that name, or else the first choice; −1 if there is none."""
        choices = [(row, each) for row, each in enumerate(self._rows) if isinstance(each, Choice)]
        named = (row for row, each in choices if each.model.id == model_id)
        return next(named, choices[0][0] if choices else -1)

    def step(self, row: int, steps: int) -> int:
        """The choice so many further than `row`, or the last one on the way there; −1 if there is none."""
        choices = [place for place, each in enumerate(self._rows) if isinstance(each, Choice)]
        if not choices:
            return -1
        here = bisect_right(choices, row) - 1 if steps > 0 else bisect_left(choices, row)
        return choices[min(max(here + steps, 0), len(choices) - 1)]

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if isinstance(self._row_at(index), Choice):
            return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemNeverHasChildren
        return flag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Row | str | bool | None:
        row = self._row_at(index)
        if row is None:
            return None
        if role == PickerRole.ROW:
            return row
        if role == PickerRole.IS_CURRENT:
            return row.id == self._current
        if role == Qt.ItemDataRole.DisplayRole and isinstance(row, Choice):
            return on_one_line(row.model.id)
        return None

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _made(self, rows: Sequence[Row]) -> ModelRows[Row]:
        return ModelRows(self, attrgetter("id"), rows)

    def _row_at(self, index: Index) -> Row | None:
        # An index may be older than the list.
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None
