"""The side of the window, folded away until asked for: all conversations, and the search for them."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.domain.history import ConversationId
from desktop.ui.conversation_view import ConversationView
from desktop.ui.history_search import HistorySearch
from desktop.ui.icon_button import IconButton
from desktop.ui.theme import SPACE
from desktop.ui.tips import plain_tip
from desktop.viewmodels.conversations import ConversationList

_DIGITS = 33
"""Its width in the font's own measure: some 264 px in text of the usual size."""
_NARROWEST = 180
"""In device-independent px; it is narrower only where the rest of the window needs the room."""


class SideList(QFrame):
    """Shows `conversations`, or in their place what `search` found while something is searched for.

    Signals:
        new_requested: A new conversation is wanted.
        chosen: The `ConversationId` of the one to show.
        rename_requested: A `ConversationId` and its new title; empty: the automatic one.
        pin_requested: A list of `ConversationId`, and whether they are to be pinned.
        deletion_requested: A list of `ConversationId`.
    """

    new_requested = Signal()
    chosen = Signal(object)
    rename_requested = Signal(object, str)
    pin_requested = Signal(list, bool)
    deletion_requested = Signal(list)

    def __init__(
        self,
        conversations: ConversationList,
        search: HistorySearch | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self.setMinimumWidth(_NARROWEST)
        self._fit()
        conversations.renew()  # by now the window may speak another language
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        # From the top to the bottom: Tab goes through them as they came to be here.
        self._column.addWidget(self._new_button())
        self._search = search
        if search is not None:
            self._column.addWidget(search)
            search.active_changed.connect(self._show_search)
        self._list = ConversationView(conversations, self)
        self._column.addWidget(self._list, 1)
        self._bind_list()
        self._show_search(search is not None and search.is_active)

    def mark(self, conversation_id: ConversationId) -> None:
        """Mark the conversation that is shown."""
        self._list.mark(conversation_id)

    def rename(self, conversation_id: ConversationId) -> None:
        """Let its title be written anew, in the list if hits were shown."""
        if self._search is not None:
            self._search.clear()
        self._list.rename(conversation_id)

    def sizeHint(self) -> QSize:
        return QSize(self.maximumWidth(), super().sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _fit(self) -> None:
        """Be as wide as the text needs it."""
        self.setMaximumWidth(max(_NARROWEST, _DIGITS * self.fontMetrics().horizontalAdvance("0")))

    def _bind_list(self) -> None:
        self._list.opened.connect(self.chosen)
        self._list.rename_requested.connect(self.rename_requested)
        self._list.pin_requested.connect(self.pin_requested)
        self._list.deletion_requested.connect(self.deletion_requested)

    def _new_button(self) -> IconButton:
        words = self.tr("New conversation")
        new = IconButton("square-pen", "New conversation", self)
        new.setText(f" {words}")  # Qt sets them close behind the icon
        new.setToolTip(plain_tip(words))  # in large letters they may be cut
        new.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        new.clicked.connect(self.new_requested)
        return new

    def _show_search(self, is_active: bool) -> None:
        self._list.setVisible(not is_active)
        if self._search is not None:
            self._column.setStretchFactor(self._search, int(is_active))
