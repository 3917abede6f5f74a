"""The list of conversations at the side; folded away until it is asked for."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from desktop.domain.history import ConversationId
from desktop.ui.icon_button import IconButton
from desktop.ui.theme import SPACE
from desktop.viewmodels.conversations import ConversationList, ConversationRole

_WIDTH = 232


class SideList(QFrame):
    """Shows the conversations of this session.

    Signals:
        new_requested: A new conversation is wanted.
        chosen: The `ConversationId` of the one to show.
    """

    new_requested = Signal()
    chosen = Signal(object)

    def __init__(self, conversations: ConversationList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self.setFixedWidth(_WIDTH)
        new = IconButton("square-pen", "New conversation", self)
        new.setText(self.tr("New conversation"))
        new.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        new.clicked.connect(self.new_requested)
        self._rows = conversations
        self._list = QListView(self)
        self._list.setAccessibleName("Conversations")
        self._list.setModel(conversations)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(self._on_list_activated)
        self._list.activated.connect(self._on_list_activated)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.addWidget(new)
        column.addWidget(self._list, 1)

    def mark(self, conversation_id: ConversationId) -> None:
        """Mark the conversation that is shown."""
        self._list.setCurrentIndex(self._rows.index_of(conversation_id))

    def _on_list_activated(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(ConversationRole.SUMMARY).id)
