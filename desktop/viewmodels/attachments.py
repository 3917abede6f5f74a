"""The attached images as a list that a view can reorder."""

from collections.abc import Iterable, Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop.domain.messages import LinkPart
from desktop.viewmodels.attached import AttachedViewModel
from desktop.viewmodels.cards import Attachment

Index = QModelIndex | QPersistentModelIndex

ROOT = QModelIndex()

ROW_MIME = "application/x-viewfinder-attachment"


class AttachmentRole(IntEnum):
    """What the list tells of each row."""

    ATTACHMENT = Qt.ItemDataRole.UserRole + 1


class AttachmentList(QAbstractListModel):
    """The composer's images, a row each; a row dropped between others moves there."""

    def __init__(self, composer: AttachedViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._composer = composer
        self._rows = list(composer.attachments())
        composer.attachments_changed.connect(self._on_composer_attachments_changed)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | Attachment | None:
        attachment = self._rows[index.row()]
        if role == AttachmentRole.ATTACHMENT:
            return attachment
        return _name(attachment) if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [ROW_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        mime = QMimeData()
        mime.setData(ROW_MIME, QByteArray(str(indexes[0].row()).encode()))
        return mime

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Move the row. Says False, for a view would otherwise remove the row it came from."""
        dragged = data.data(ROW_MIME).toStdString()
        if dragged.isdecimal():
            self.move(int(dragged), row if row >= 0 else len(self._rows))
        return False

    def move(self, row: int, before: int) -> None:
        """Put the image at `row` before the one at `before` (the row count: at the end)."""
        to = before - 1 if before > row else before
        places = range(len(self._rows))
        if to != row and row in places and to in places:
            self._composer.move(row, to)

    # Rows go, move, come and change one by one: a list that is reset loses its selection and its place.

    def _on_composer_attachments_changed(self) -> None:
        new = self._composer.attachments()
        keys = {row.key for row in new}
        for first, last in reversed(_runs(n for n, row in enumerate(self._rows) if row.key not in keys)):
            self.beginRemoveRows(ROOT, first, last)
            del self._rows[first : last + 1]
            self.endRemoveRows()
        keys = {row.key for row in self._rows}
        self._put_in_order([row.key for row in new if row.key in keys])
        for first, last in _runs(n for n, row in enumerate(new) if row.key not in keys):
            self.beginInsertRows(ROOT, first, last)
            self._rows[first:first] = new[first : last + 1]
            self.endInsertRows()
        self._change(new)

    def _put_in_order(self, keys: Sequence[object]) -> None:
        places = {key: place for place, key in enumerate(keys)}
        for place, key in enumerate(keys):
            there = next(row for row in range(place, len(keys)) if self._rows[row].key is key)
            if there == place + 1:
                # What stands here went to the right: one step, instead of one for each row it passed.
                self._move(place, places[self._rows[place].key])
            elif there != place:
                self._move(there, place)

    def _move(self, row: int, to: int) -> None:
        self.beginMoveRows(ROOT, row, row, ROOT, to if to < row else to + 1)
        self._rows.insert(to, self._rows.pop(row))
        self.endMoveRows()

    def _change(self, new: Sequence[Attachment]) -> None:
        changed = _runs(n for n, row in enumerate(new) if row is not self._rows[n])
        self._rows = list(new)
        for first, last in changed:
            self.dataChanged.emit(self.index(first), self.index(last))


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """The first and last of each unbroken row of ascending `numbers`."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        first = runs.pop()[0] if runs and runs[-1][1] == number - 1 else number
        runs.append((first, number))
    return runs


def _name(attachment: Attachment) -> str:
    item = attachment.item
    return item.url if isinstance(item, LinkPart) else item.name
