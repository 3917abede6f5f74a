"""The list of conversations: opened by a click or Enter, and changed by keys and a menu."""

from itertools import chain

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QListView, QWidget

from desktop.domain.history import ConversationId, Summary
from desktop.ui.conversation_menu import ConversationMenu
from desktop.ui.conversation_rows import ConversationRows
from desktop.ui.list_place import ListPlace
from desktop.viewmodels.conversations import ConversationList, ConversationRole

Index = QModelIndex | QPersistentModelIndex
Key = Qt.Key
Flag = QItemSelectionModel.SelectionFlag

_SELECTING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
_AHEAD = 2
"""So many pages before its end is reached, more of the list is fetched."""


class ConversationView(QListView):
    """Up and Down move, Enter opens, F2 renames, Delete deletes; Shift and Ctrl select several.

    Signals:
        opened: The `ConversationId` to be shown.
        rename_requested: A `ConversationId` and its new title; empty: the automatic one.
        pin_requested: A list of `ConversationId`, and whether they are to be pinned.
        deletion_requested: A list of `ConversationId`.
    """

    opened = Signal(object)
    rename_requested = Signal(object, str)
    pin_requested = Signal(list, bool)
    deletion_requested = Signal(list)

    def __init__(self, conversations: ConversationList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = ListPlace(self)
        self._rows = conversations
        self._shown: ConversationId | None = None
        self._painted = ConversationRows(self)
        # Qt counts the rows once for each that it lays out: of thousands only C++ does that within a frame.
        self._counted = QSortFilterProxyModel(self)
        self._counted.setDynamicSortFilter(False)
        self._counted.setSourceModel(conversations)
        self.setModel(self._counted)
        self.setItemDelegate(self._painted)
        self.setAccessibleName("Conversations")
        self.setAccessibleDescription(self.tr("Enter opens, F2 renames, Delete deletes"))
        self.setUniformItemSizes(True)  # else each of thousands would be asked for its height
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)  # macOS would rename by Enter
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.clicked.connect(self._on_clicked)
        self._painted.renamed.connect(self.rename_requested)
        self.verticalScrollBar().valueChanged.connect(self._fetch_ahead)
        self._counted.rowsInserted.connect(self._on_rows_inserted)

    def mark(self, conversation_id: ConversationId) -> None:
        """Mark the conversation that is shown; it alone is selected, if it was not shown before."""
        if conversation_id != self._shown:
            self._shown = conversation_id
            self._painted.set_shown(conversation_id)
            self._select(self.index_of(conversation_id))

    def rename(self, conversation_id: ConversationId) -> None:
        """Let its title be written anew, if it stands here."""
        self._rename(self.index_of(conversation_id))

    def index_of(self, conversation_id: ConversationId) -> QModelIndex:
        """Where it stands; an invalid index if it does not."""
        return self._counted.mapFromSource(self._rows.index_of(conversation_id))

    def open_menu(self, index: QModelIndex, place: QPoint | None = None) -> None:
        """What can be done with those that are selected, at `place` on the screen, or else at `index`."""
        selected = self._selected()
        ids = [each.id for each in selected]
        menu = ConversationMenu(selected, self)
        # By their ids: rows may move while the menu is open.
        menu.opening_requested.connect(lambda: self.opened.emit(ids[0]))
        menu.renaming_requested.connect(lambda: self.rename(ids[0]))
        menu.pin_requested.connect(lambda is_pinned: self.pin_requested.emit(ids, is_pinned))
        menu.deletion_requested.connect(self._delete)
        menu.popup(place or self.viewport().mapToGlobal(self.visualRect(index).center()))

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)  # what the editor has left over, as the Enter that ends it
            return
        match event.key():
            case Key.Key_Return | Key.Key_Enter:
                self._open(self.currentIndex())
            case Key.Key_F2:
                self._rename(self.currentIndex())
            case Key.Key_Delete | Key.Key_Backspace:
                self._delete()
            case _:
                super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if is_by_key else self.indexAt(event.pos())
        if _summary(index) is not None:
            if not self.selectionModel().isSelected(index):
                self._select(index)
            self.open_menu(index, None if is_by_key else event.globalPos())

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        above = index.sibling(index.row() - 1, 0)
        if above.data(ConversationRole.IS_HEADING):
            super().scrollTo(above, hint)
        super().scrollTo(index, hint)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        if action == QAbstractItemView.CursorAction.MoveHome:
            return self._counted.index(1, 0)  # above it is its heading, at which Qt would stay where it is
        return super().moveCursor(action, modifiers)

    def doItemsLayout(self) -> None:
        super().doItemsLayout()
        self._place.restore()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        # Tab would begin to rename the next one.
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _on_clicked(self, index: QModelIndex) -> None:
        if not QGuiApplication.keyboardModifiers() & _SELECTING:
            self._open(index)

    def _on_rows_inserted(self) -> None:
        """What is shown may have come into the list only now."""
        if self._shown is not None and not self.currentIndex().isValid():
            index = self.index_of(self._shown)
            if index.isValid():
                self._select(index)

    def _fetch_ahead(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if bar.maximum() - value < _AHEAD * bar.pageStep():
            self._rows.fetchMore(QModelIndex())

    def _open(self, index: QModelIndex) -> None:
        if (summary := _summary(index)) is not None:
            self.opened.emit(summary.id)

    def _rename(self, index: QModelIndex) -> None:
        if index.isValid():
            self._select(index)
            self.edit(index)

    def _delete(self) -> None:
        if selected := self._selected():
            row = self.index_of(selected[0].id).row()
            self.deletion_requested.emit([each.id for each in selected])
            self._select_near(row)

    def _selected(self) -> list[Summary]:
        """In the order of the list."""
        indexes = sorted(self.selectedIndexes(), key=QModelIndex.row)
        return [summary for index in indexes if (summary := _summary(index)) is not None]

    def _select(self, index: QModelIndex) -> None:
        """It alone, or nothing."""
        self.selectionModel().setCurrentIndex(index, Flag.ClearAndSelect)

    def _select_near(self, row: int) -> None:
        """What stands at `row` now, or below it, or else above."""
        near = chain(range(row, self._counted.rowCount()), range(row - 1, -1, -1))
        indexes = (self._counted.index(each, 0) for each in near)
        self._select(next((index for index in indexes if _summary(index) is not None), QModelIndex()))


def _summary(index: QModelIndex) -> Summary | None:
    summary = index.data(ConversationRole.SUMMARY)
    return summary if isinstance(summary, Summary) else None
