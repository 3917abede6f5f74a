"""The field in which one searches all conversations, and what was found."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from desktop.domain.errors import AppError
from desktop.domain.history import Hit
from desktop.ui.hit_rows import HitRows, hit_at, hit_tip, spoken_hit
from desktop.ui.icons import icon
from desktop.ui.search_status import SearchStatus
from desktop.ui.spoken import SpokenRows
from desktop.ui.theme import SPACE, colors_of
from desktop.viewmodels import history_search as viewmodel

_LONGEST = 500
"""Characters of what can be searched for."""
_LEADING = QLineEdit.ActionPosition.LeadingPosition

Key = Qt.Key


class HistorySearch(QWidget):
    """Searches as one types. Enter opens the first hit; Down leads into the hits, Up out of them.

    Esc empties the field, and in an empty one gives the keys back. Opened hits stay in the list.

    Signals:
        chosen: A `Hit` to be shown, and the needle that it holds.
        active_changed: Whether there is something that is searched for, and hits in the place of other lists.
        released: The keys go back to where one types.
    """

    chosen = Signal(object, str)
    active_changed = Signal(bool)
    released = Signal()

    def __init__(self, search: viewmodel.HistorySearch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self._field = QLineEdit(search.needle)
        self._glass = self._field.addAction(icon("search", colors_of(self.palette()).muted), _LEADING)
        self._rows = SpokenRows(search.hits, spoken_hit, self, tip=hit_tip)
        self._list = QListView()
        self._status = SearchStatus(search, self)
        self._current: Hit | None = None
        """The hit that is marked in the list, or was when the list was another."""
        self._opens_first = False
        """Whether Enter was pressed before there were hits."""
        self._said = search.needle, self._status.spoken()
        self._dress_field()
        self._dress_list()
        self._place()
        self._bind()
        self._show_state()

    @property
    def is_active(self) -> bool:
        """Whether there is something that is searched for."""
        return bool(self._search.needle)

    def open(self) -> None:
        """Take the keys: what is typed replaces what was searched for before."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def clear(self) -> None:
        """Search for nothing."""
        self._field.clear()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _dress_field(self) -> None:
        self._field.setAccessibleName("Search all conversations")
        self._field.setPlaceholderText(self.tr("Search all conversations"))
        self._field.setClearButtonEnabled(True)
        self._field.setMaxLength(_LONGEST)

    def _dress_list(self) -> None:
        self._list.setAccessibleName("Found in conversations")
        self._list.setModel(self._rows)
        self._list.setItemDelegate(HitRows(self._list))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setMouseTracking(True)
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _place(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * SPACE)
        column.addWidget(self._field)
        column.addWidget(self._list, 1)
        column.addWidget(self._status)

    def _bind(self) -> None:
        self._field.textChanged.connect(self._on_field_text_changed)
        self._list.clicked.connect(self._choose)
        self._list.selectionModel().currentChanged.connect(self._on_current_changed)
        self._search.found.connect(self._on_search_found)
        self._search.problem_raised.connect(self._on_search_problem_raised)
        self._field.installEventFilter(self)
        self._list.installEventFilter(self)

    # ── what is shown ───────────────────────────────────────────────────────────────────────────

    def _show_state(self) -> None:
        has_hits = self._rows.rowCount() > 0
        if not has_hits and self._list.hasFocus():
            self._field.setFocus()
        self._list.setVisible(has_hits)
        self._status.show_state()

    def _announce(self) -> None:
        """Tell a screen reader what came of what was typed; once, however often that is searched again."""
        said = self._search.needle, self._status.spoken()
        if said != self._said:
            self._said = said
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._field, said[1]))

    # ── keys ────────────────────────────────────────────────────────────────────────────────────

    def _take_key(self, key: int, *, in_field: bool) -> bool:
        """Whether `key` means something here."""
        if key == Key.Key_Escape:
            self._step_back()
        elif key in (Key.Key_Return, Key.Key_Enter):
            self._open_first() if in_field else self._choose(self._list.currentIndex())
        elif key == Key.Key_Down and in_field:
            self._go_into_hits()
        elif key == Key.Key_Up and not in_field and self._list.currentIndex().row() <= 0:
            self._field.setFocus()
        else:
            return False
        return True

    def _step_back(self) -> None:
        if self._field.text():
            self._field.setFocus()
            self._field.clear()
        else:
            self.released.emit()

    def _go_into_hits(self) -> None:
        if self._rows.rowCount():
            self._list.setFocus()
            self._mark(max(0, self._list.currentIndex().row()))

    def _open_first(self) -> None:
        self._opens_first = self.is_active and not self._search.is_answered
        if not self._opens_first:
            self._choose(self._rows.index(0, 0))

    def _mark(self, row: int) -> None:
        """Let `row` be the current one; none, if it is -1."""
        self._list.setCurrentIndex(self._rows.index(row, 0))

    def _choose(self, index: viewmodel.Index) -> None:
        if index.isValid():
            self._mark(index.row())
            self.chosen.emit(hit_at(index), self._search.needle)

    # ── what happens ────────────────────────────────────────────────────────────────────────────

    def _on_field_text_changed(self, text: str) -> None:
        was_active = self.is_active
        before = self._search.needle
        self._search.set_needle(text)
        if self._search.needle != before:
            self._current, self._opens_first = None, False
        if self.is_active != was_active:
            self.active_changed.emit(self.is_active)

    def _on_current_changed(self, index: viewmodel.Index) -> None:
        if index.isValid():
            self._current = hit_at(index)

    def _on_search_found(self, hits: tuple[Hit, ...], needle: str) -> None:
        self._show_state()
        if self._current is None:
            self._list.scrollToTop()
        else:
            self._mark(self._search.hits.row_of(self._current))
        if needle:
            self._announce()
        if self._opens_first:
            self._open_first()

    def _on_search_problem_raised(self, error: AppError) -> None:
        self._opens_first = False
        self._show_state()
        self._announce()

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def event(self, event: QEvent) -> bool:
        # Here Esc leads out of the search; elsewhere in the window it stops an answer.
        escape = QEvent.Type.ShortcutOverride, Key.Key_Escape
        if isinstance(event, QKeyEvent) and (event.type(), event.key()) == escape:
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event.key(), in_field=watched is self._field)
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._glass.setIcon(icon("search", colors_of(self.palette()).muted))
