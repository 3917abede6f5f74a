"""The picker's list, whatever servers answer and whatever is typed meanwhile."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.model_picker_list import ModelListView
from desktop.viewmodels.picker_groups import Choice, RowId
from desktop.viewmodels.picker_rows import PickerRows
from tests.support.offered import Listing, listings, rows_of

Answered = tuple[list[Listing], str]

steps = st.sampled_from((-8, -1, 1, 8))
answers = st.tuples(listings, st.sampled_from(("", "a")))


class Shown:
    """The list on the screen, and what Qt's own tester says of its model."""

    def __init__(self) -> None:
        self._frame = QWidget()
        self.rows = PickerRows()
        self.list = ModelListView(self.rows, self._frame)
        self.watched = QAbstractItemModelTester(
            self.list.model(), QAbstractItemModelTester.FailureReportingMode.Warning
        )
        self._frame.resize(300, 200)
        self.list.resize(300, 200)
        self._frame.show()

    @property
    def marked(self) -> RowId | None:
        index = self.list.currentIndex()
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        assert isinstance(row, Choice), "a heading is never marked"
        return row.id

    def answer(self, listed: list[Listing], typed: str) -> None:
        """Let rows come and go; what is marked stays marked, if it stays."""
        marked = self.marked
        self.rows.become(rows_of(listed, typed))
        if marked is not None and self.rows.row_of(marked) >= 0:
            assert self.marked == marked


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(actions=st.lists(answers | steps, max_size=8))
def test_a_mark_stays_at_its_model_and_never_comes_to_a_heading(
    qapp: QApplication, actions: list[Answered | int]
) -> None:
    shown = Shown()
    for action in actions:
        if isinstance(action, int):
            shown.list.step(action)
            assert (shown.marked is None) == (shown.rows.step(-1, 1) < 0)
        else:
            shown.answer(*action)
        shown.list.executeDelayedItemsLayout()
        shown.list.grab()
    assert shown.watched.model() is shown.list.model()
