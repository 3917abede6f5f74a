"""What a list model says when its rows change."""

from PySide6.QtCore import QAbstractListModel, QModelIndex


def noted(model: QAbstractListModel) -> list[str]:
    """A list that every change is added to: "in 0-1", "out 2-2", "changed 0-3", "moved 4 0", "reset"."""
    said: list[str] = []
    model.rowsInserted.connect(lambda _, first, last: said.append(f"in {first}-{last}"))
    model.rowsRemoved.connect(lambda _, first, last: said.append(f"out {first}-{last}"))
    model.rowsMoved.connect(lambda _p, row, _l, _d, to: said.append(f"moved {row} {to}"))
    model.modelReset.connect(lambda: said.append("reset"))

    def note_change(top: QModelIndex, bottom: QModelIndex) -> None:
        said.append(f"changed {top.row()}-{bottom.row()}")

    model.dataChanged.connect(note_change)
    return said
