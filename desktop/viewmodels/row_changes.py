"""Rows of a list model that go, move, come and change one by one.

A list that is reset loses its selection and its place in every view.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar, overload

from PySide6.QtCore import QAbstractListModel, QModelIndex

Row = TypeVar("Row")

ROOT = QModelIndex()


class ModelRows(Sequence[Row]):
    """What `model` shows; each change is told to its views. `key` tells which rows are the same."""

    def __init__(
        self, model: QAbstractListModel, key: Callable[[Row], Hashable], rows: Iterable[Row] = ()
    ) -> None:
        self._model = model
        self._key = key
        self._rows = list(rows)
        self._keys = [key(row) for row in self._rows]

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, row: int) -> Row: ...

    @overload
    def __getitem__(self, row: slice) -> list[Row]: ...

    def __getitem__(self, row: int | slice) -> Row | list[Row]:
        return self._rows[row]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def insert(self, first: int, rows: Sequence[Row]) -> None:
        """Let `rows` stand where `first` stands, and what stands there behind them."""
        self._model.beginInsertRows(ROOT, first, first + len(rows) - 1)
        self._rows[first:first] = rows
        self._keys[first:first] = map(self._key, rows)
        self._model.endInsertRows()

    def remove(self, first: int, last: int) -> None:
        """Take away the rows from `first` to `last`, both included."""
        self._model.beginRemoveRows(ROOT, first, last)
        del self._rows[first : last + 1], self._keys[first : last + 1]
        self._model.endRemoveRows()

    def move(self, row: int, to: int) -> None:
        """Let the row at `row` stand at `to`, counted without it."""
        if to == row:
            return
        self._model.beginMoveRows(ROOT, row, row, ROOT, to if to < row else to + 1)
        self._rows.insert(to, self._rows.pop(row))
        self._keys.insert(to, self._keys.pop(row))
        self._model.endMoveRows()

    def change(self, row: int, value: Row) -> None:
        """Let `value` stand at `row`; it is the same row still."""
        self._rows[row] = value
        self._tell_changed(row, row)

    def become(self, new: Sequence[Row]) -> None:
        """Make these rows `new`, in as few steps as there are runs of rows that differ."""
        keys = [self._key(row) for row in new]
        wanted = set(keys)
        for first, last in reversed(runs(n for n, key in enumerate(self._keys) if key not in wanted)):
            self.remove(first, last)
        known = set(self._keys)
        self._put_in_order([key for key in keys if key in known])
        for first, last in runs(n for n, key in enumerate(keys) if key not in known):
            self.insert(first, new[first : last + 1])
        changed = runs(n for n, row in enumerate(new) if row is not self._rows[n])
        self._rows = list(new)
        for first, last in changed:
            self._tell_changed(first, last)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _put_in_order(self, keys: Sequence[Hashable]) -> None:
        if keys == self._keys:
            return
        places = {key: place for place, key in enumerate(keys)}
        for place, key in enumerate(keys):
            if self._keys[place] == key:
                continue
            there = self._keys.index(key, place)
            if there == place + 1:
                # What stands here went to the right: one step, instead of one for each row it passed.
                self.move(place, places[self._keys[place]])
            else:
                self.move(there, place)

    def _tell_changed(self, first: int, last: int) -> None:
        self._model.dataChanged.emit(self._model.index(first), self._model.index(last))


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """The first and last of each unbroken row of ascending `numbers`."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        first = found.pop()[0] if found and found[-1][1] == number - 1 else number
        found.append((first, number))
    return found
