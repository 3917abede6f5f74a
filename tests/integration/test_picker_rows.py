"""The picker's rows as Qt sees them: changed one by one, so that what is marked and read stays."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.models import Catalog
from desktop.viewmodels.picker_groups import Choice, Heading, ListState, Offer, row_id
from desktop.viewmodels.picker_rows import PickerRole, PickerRows
from tests.support.choosing import CATALOG, CUSTOM, OLLAMA
from tests.support.offered import Listing, group, listings, rows_of

Flag = Qt.ItemFlag
words = st.sampled_from(("", "a", "qwen", "ollama", "b ollama"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(steps=st.lists(st.tuples(listings, words), max_size=4))
def test_whatever_servers_list_rows_come_and_go_as_qt_wants_it(
    qapp: QObject, steps: list[tuple[list[Listing], str]]
) -> None:
    rows = PickerRows()
    watched = QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Warning)
    for listed, typed in steps:
        held = {rows[row].id: QPersistentModelIndex(rows.index(row)) for row in range(rows.rowCount())}
        wanted = rows_of(listed, typed)
        rows.become(wanted)
        assert [rows[row] for row in range(rows.rowCount())] == wanted
        for sought, index in held.items():
            assert index.row() == rows.row_of(sought)
    assert watched.model() is rows


def test_another_list_is_shown_in_one_step(qapp: QObject) -> None:
    rows = PickerRows()
    watched = QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Warning)
    rows.show_anew(rows_of([(CUSTOM, [("a", True)], ListState.LISTED)]))
    rows.show_anew([])

    assert watched.model() is rows
    assert rows.rowCount() == 0


@pytest.fixture
def rows(qapp: QObject) -> PickerRows:
    made = PickerRows()
    names = [("a", True), ("b", False)]
    made.become(rows_of([(OLLAMA, [], ListState.ASKING), (CUSTOM, names, ListState.LISTED)]))
    return made


def test_a_row_tells_what_it_is(rows: PickerRows) -> None:
    heading, model = (rows.index(row).data(PickerRole.ROW) for row in (3, 4))

    assert isinstance(heading, Heading)
    assert (heading.endpoint, heading.state, heading.count) == (CUSTOM, ListState.LISTED, 2)
    assert isinstance(model, Choice)
    assert (model.endpoint, model.model.id) == (CUSTOM, "a")
    assert [rows.index(row).data() for row in (3, 4)] == [None, "a"]
    assert rows.index(4).data(Qt.ItemDataRole.DecorationRole) is None


def test_only_models_can_be_marked(rows: PickerRows) -> None:
    assert [bool(rows.index(row).flags() & Flag.ItemIsSelectable) for row in range(6)] == [
        False,
        True,
        False,
        False,
        True,
        True,
    ]
    assert rows.flags(QModelIndex()) == Flag.NoItemFlags


def test_an_index_that_is_older_than_the_list_says_nothing(rows: PickerRows) -> None:
    old = rows.createIndex(40, 0)

    assert rows.data(old, PickerRole.ROW) is None
    assert rows.rowCount(rows.index(1)) == 0


@pytest.mark.parametrize(
    ("row", "steps", "there"),
    [(-1, 1, 1), (1, 1, 4), (1, -1, 1), (5, -1, 4), (4, -1, 1), (3, -1, 1), (3, 1, 4), (1, 8, 5), (5, -8, 1)],
)
def test_steps_go_from_model_to_model(rows: PickerRows, row: int, steps: int, there: int) -> None:
    assert rows.step(row, steps) == there


def test_without_models_there_is_nowhere_to_go(qapp: QObject) -> None:
    rows = PickerRows()
    rows.become(group(OLLAMA, [], ListState.ASKING).rows([], "ollama"))

    assert rows.step(-1, 1) == rows.first_named("a") == rows.row_of(row_id(OLLAMA, "a")) == -1


def test_a_catalog_of_nobody_is_empty(qapp: QObject) -> None:
    assert Offer.of(CUSTOM, CATALOG).catalog == Catalog(())
