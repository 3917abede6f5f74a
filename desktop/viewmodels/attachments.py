"""The attached images as a list that a view can reorder."""

from collections.abc import Sequence
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
from desktop.viewmodels.row_changes import ModelRows

Index = QModelIndex | QPersistentModelIndex

ROW_MIME = "application/x-viewfinder-attachment"


class AttachmentRole(IntEnum):
    """What the list tells of each row."""

    ATTACHMENT = Qt.ItemDataRole.UserRole + 1


class AttachmentList(QAbstractListModel):
    """The composer's images, a row each; a row dropped between others moves there."""

    def __init__(self, composer: AttachedViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._composer = composer
        self._rows = ModelRows(self, _key, composer.attachments())
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

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _on_composer_attachments_changed(self) -> None:
        self._rows.become(self._composer.attachments())


def _key(attachment: Attachment) -> object:
    return attachment.key


def _name(attachment: Attachment) -> str:
    item = attachment.item
    return item.url if isinstance(item, LinkPart) else item.name
