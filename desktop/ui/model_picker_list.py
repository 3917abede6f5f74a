"""The list in the model picker: what is marked and read stays where it is while servers answer."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop.ui.model_picker_rows import ModelRowPainter
from desktop.ui.model_words import choice_words, state_words, title_words
from desktop.ui.spoken import SpokenRows
from desktop.ui.wording import sentence
from desktop.viewmodels.picker_groups import Choice, Row, RowId
from desktop.viewmodels.picker_rows import PickerRole, PickerRows

Index = QModelIndex | QPersistentModelIndex


class ModelListView(QListView):
    """Headings and models; it is moved through from the line above it.

    Signals:
        changed: Rows came or went, other than by the filter.
    """

    changed = Signal()

    def __init__(self, rows: PickerRows, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows
        self._held: tuple[RowId, int] | None = None
        self._resting = QCursor.pos()
        self.setModel(self._spoken())
        self.setItemDelegate(ModelRowPainter(self))
        self.setAccessibleName("Model list")
        self.setUniformItemSizes(True)  # else each of thousands would be asked for its height
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.model().rowsInserted.connect(self.changed)
        self.model().rowsRemoved.connect(self.changed)

    def mark(self, row: int) -> None:
        """−1: nothing."""
        self.setCurrentIndex(self.model().index(row, 0))

    def step(self, steps: int) -> None:
        """Mark the model so many further on, or the last one on the way there."""
        self.mark(self._rows.step(self.currentIndex().row(), steps))

    def show_marked(self) -> None:
        """Scroll to what is marked, or else to the top."""
        self._resting = QCursor.pos()
        self.scrollToTop()
        super().scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        above = index.sibling(index.row() - 1, 0)
        if above.isValid() and not isinstance(_row(above), Choice):
            super().scrollTo(above, hint)
        super().scrollTo(index, hint)

    def doItemsLayout(self) -> None:
        super().doItemsLayout()
        self._put_back()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _spoken(self) -> SpokenRows:
        # Qt counts the rows once for each that it lays out: of thousands only C++ does that in time.
        counted = QSortFilterProxyModel(self)
        counted.setDynamicSortFilter(False)
        counted.setSourceModel(self._rows)
        # Before the view hears of it, which then forgets where its rows stand.
        counted.rowsAboutToBeInserted.connect(self._hold)
        counted.rowsAboutToBeRemoved.connect(self._hold)
        counted.modelAboutToBeReset.connect(self._let_go)
        return SpokenRows(counted, _words, self, tip=_tip)

    def _hold(self) -> None:
        """What is looked at must not move: what is under the pointer, or marked, or else seen first."""
        if self._held is None and self.isVisible():
            index = next((each for each in self._looked_at() if self._is_seen(each)), None)
            if index is not None:
                self._held = (_row(index).id, self.visualRect(index).top())

    def _looked_at(self) -> list[QModelIndex]:
        # The list may have opened under a pointer that nobody moves, while keys are used.
        pointer = QCursor.pos()
        is_used = self.viewport().underMouse() and pointer != self._resting
        under = self.indexAt(self.viewport().mapFromGlobal(pointer)) if is_used else QModelIndex()
        return [under, self.currentIndex(), self.indexAt(self.viewport().rect().topLeft())]

    def _is_seen(self, index: QModelIndex) -> bool:
        return index.isValid() and self.viewport().rect().intersects(self.visualRect(index))

    def _put_back(self) -> None:
        """After rows were laid out anew: scroll by what came or went above."""
        if self._held is None:
            return
        (held, top), self._held = self._held, None
        row = self._rows.row_of(held)
        if row >= 0:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.visualRect(self.model().index(row, 0)).top() - top)

    def _let_go(self) -> None:
        self._held = None


def _row(index: Index) -> Row:
    row: Row = index.data(PickerRole.ROW)
    return row


def _words(index: Index) -> str:
    """What the row at `index` says."""
    row = _row(index)
    if isinstance(row, Choice):
        return choice_words(row)
    return ", ".join(filter(None, [title_words(row), state_words(row), _tip(index)]))


def _tip(index: Index) -> str:
    """A name may be too long for its row, and so may the sentence of an error."""
    row = _row(index)
    if isinstance(row, Choice):
        return str(index.data())
    return sentence(row.error) if row.error is not None else ""
