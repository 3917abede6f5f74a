"""What is done with conversations, wherever in the window it is asked for and told of."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from desktop.domain.history import ConversationId
from desktop.ui.actions import Actions
from desktop.ui.not_kept_line import NotKeptLine
from desktop.ui.side_list import SideList
from desktop.ui.undo_bar import UndoBar
from desktop.viewmodels.session import SessionViewModel
from desktop.viewmodels.talk import Talk

_OF_ONE = ("rename", "pin", "delete")
"""Actions that need a conversation in which something was asked."""


class ConversationActions(QObject):
    """Binds the library to the menu, the side list, and the lines that tell what became of conversations.

    Signals:
        begun: A new conversation was asked for, and is shown.
    """

    begun = Signal()

    def __init__(
        self,
        session: SessionViewModel,
        actions: Actions,
        side: SideList,
        *,
        undo_bar: UndoBar,
        not_kept: NotKeptLine,
    ) -> None:
        super().__init__(side)
        self._session = session
        self._library = session.library
        self._actions = actions
        self._side = side
        self._undo_bar = undo_bar
        self._not_kept = not_kept
        # In the whole window while the bar is seen; fields take it first, for what was typed in them.
        self._undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), undo_bar)
        self._bind_actions()
        self._bind_library()

    # ── binding ─────────────────────────────────────────────────────────────────────────────────

    def _bind_actions(self) -> None:
        actions, deletion = self._actions, self._library.deletion
        actions["new"].triggered.connect(self._on_new_triggered)
        actions["new_unkept"].triggered.connect(self._on_new_unkept_triggered)
        actions["rename"].triggered.connect(self._on_rename_triggered)
        actions["pin"].triggered.connect(self._on_pin_triggered)
        actions["delete"].triggered.connect(self._on_delete_triggered)
        self._side.new_requested.connect(self._on_new_triggered)
        self._side.chosen.connect(self._library.show)
        self._side.rename_requested.connect(self._library.rename)
        self._side.pin_requested.connect(self._on_side_pin_requested)
        self._side.deletion_requested.connect(deletion.delete)
        self._undo_bar.undo_requested.connect(deletion.undo)
        self._undo.activated.connect(deletion.undo)

    def _bind_library(self) -> None:
        library, deletion = self._library, self._library.deletion
        library.current_changed.connect(self._show_current)
        library.current_told.connect(self._show_current)
        deletion.count_changed.connect(self._show_deleted)
        self._show_current(library.current)
        self._show_deleted(deletion.count)

    # ── showing ─────────────────────────────────────────────────────────────────────────────────

    def _show_current(self, talk: Talk) -> None:
        has_messages = not talk.is_empty
        for name in _OF_ONE:
            self._actions[name].setEnabled(has_messages)
        self._actions["pin"].setChecked(talk.is_pinned)
        self._not_kept.show_kept(talk.is_kept)

    def _show_deleted(self, count: int) -> None:
        self._undo_bar.show_count(count)

    # ── doing ───────────────────────────────────────────────────────────────────────────────────

    def _on_new_triggered(self) -> None:
        self._library.begin()
        self.begun.emit()

    def _on_new_unkept_triggered(self) -> None:
        self._library.begin(is_kept=False)
        self.begun.emit()

    def _on_rename_triggered(self) -> None:
        self._session.settings.change(side_list=True)
        self._side.rename(self._library.current.id)

    def _on_pin_triggered(self, is_pinned: bool) -> None:
        self._library.pin([self._library.current.id], is_pinned=is_pinned)

    def _on_side_pin_requested(self, conversations: Sequence[ConversationId], is_pinned: bool) -> None:
        self._library.pin(conversations, is_pinned=is_pinned)

    def _on_delete_triggered(self) -> None:
        self._library.deletion.delete([self._library.current.id])
