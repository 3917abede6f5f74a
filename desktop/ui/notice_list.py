"""The pieces of others' work in a list."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.notices import Notice
from desktop.ui.settings.server_rows import FACTS_ROLE

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class NoticeList(QAbstractListModel):
    """A row for each notice: its title, and below it the licence."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices: Sequence[Notice] = ()

    def put(self, notices: Sequence[Notice]) -> None:
        """List `notices` and no others."""
        self.beginResetModel()
        self._notices = notices
        self.endResetModel()

    def notice(self, row: int) -> Notice:
        return self._notices[row]

    def row_of(self, notice: Notice | None) -> int:
        """Where `notice` stands; -1 if it does not."""
        return next((row for row, each in enumerate(self._notices) if each is notice), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._notices)

    def data(self, index: Index, role: int = Role.DisplayRole) -> str | None:
        if not 0 <= index.row() < len(self._notices):
            return None
        notice = self._notices[index.row()]
        match role:
            case Role.DisplayRole:
                return notice.title
            case Role.AccessibleTextRole:
                return f"{notice.title}, {notice.license}"
            case _:
                return notice.license if role == FACTS_ROLE else None
