"""The conversations of this session, newest first."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.conversation import Conversation

Index = QModelIndex | QPersistentModelIndex

TITLE_LENGTH = 60
"""Longest title in characters; a view elides earlier."""


class ConversationList(QAbstractListModel):
    """One row a conversation, titled by its first question or image; the current one is always in it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._conversations: list[Conversation] = [Conversation()]
        self._current = 0

    @property
    def current(self) -> int:
        return self._current

    def __getitem__(self, row: int) -> Conversation:
        return self._conversations[row]

    def replace_current(self, conversation: Conversation) -> None:
        """The current conversation grew."""
        self._conversations[self._current] = conversation
        index = self.index(self._current)
        self.dataChanged.emit(index, index)

    def begin(self) -> Conversation:
        """Make an empty conversation the current one; an empty one that is there is taken."""
        if self._conversations[0].nodes:
            self.beginInsertRows(QModelIndex(), 0, 0)
            self._conversations.insert(0, Conversation())
            self.endInsertRows()
        return self.select(0)

    def select(self, row: int) -> Conversation:
        self._current = row
        return self._conversations[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._conversations)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return _title(self._conversations[index.row()]) or self.tr("New conversation")


def _title(conversation: Conversation) -> str:
    """The first words of the user's, or else the name of the first image."""
    questions = [node.question for node in conversation.nodes if node.question is not None]
    texts = (question.text for question in questions)
    names = (image.name for question in questions for image in question.images)
    return next((title for words in (*texts, *names) if (title := " ".join(words.split()))), "")[
        :TITLE_LENGTH
    ]
