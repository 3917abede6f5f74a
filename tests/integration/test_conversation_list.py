"""Conversations under their days: in order, with the least said, and fetched as they are scrolled.

Qt's own tester looks at every change; what it finds is a warning, which fails the test.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, QLocale, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.history import ConversationId, Summary
from desktop.viewmodels.conversations import ConversationList, ConversationRole
from tests.conftest import Run
from tests.support.qt import first, heard
from tests.support.rows import noted
from tests.support.summaries import DAY, HOUR, NOON, summary

ROOT = QModelIndex()


@pytest.fixture(autouse=True)
def american() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


class Watched:
    """A list on a day that can be changed, and what it said of itself."""

    def __init__(self, *summaries: Summary, is_all: bool = True) -> None:
        self.now = NOON
        self.rows = ConversationList(now=lambda: self.now)
        mode = QAbstractItemModelTester.FailureReportingMode.Warning
        self.tester = QAbstractItemModelTester(self.rows, mode)
        self.rows.extend(summaries, is_all=is_all)
        self.said = noted(self.rows)

    @property
    def shown(self) -> list[str]:
        return [self.rows.index(row).data() for row in range(self.rows.rowCount())]

    def told(self, number: int, role: int) -> object:
        return self.rows.index_of(ConversationId(number)).data(role)


@pytest.fixture
def watched(qapp: object) -> Watched:
    return Watched(
        summary(1, "a", NOON - HOUR),
        summary(2, "b", NOON - 2 * HOUR),
        summary(3, "c", NOON - DAY),
        summary(4, "d", NOON - 30 * DAY, is_pinned=True),
    )


FIRST = ["Pinned", "d", "Today", "a", "b", "Yesterday", "c"]


def test_the_pinned_stand_first_and_then_the_last_used(watched: Watched) -> None:
    assert watched.shown == FIRST


def test_headings_can_neither_be_chosen_nor_renamed(watched: Watched) -> None:
    flag = Qt.ItemFlag
    heading, row = watched.rows.index(0), watched.rows.index(1)

    assert not heading.flags() & (flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsEditable)
    assert row.flags() & flag.ItemIsSelectable
    assert row.flags() & flag.ItemIsEditable
    assert [index.data(ConversationRole.IS_HEADING) for index in (heading, row)] == [True, False]
    assert heading.data(ConversationRole.SUMMARY) is None
    assert not heading.data(ConversationRole.IS_BUSY)
    assert row.data(ConversationRole.SUMMARY) == summary(4, "d", NOON - 30 * DAY, is_pinned=True)


@pytest.mark.parametrize(
    ("new", "said", "shown"),
    [
        (summary(2, "b", NOON), ["moved 4 3", "changed 3-3"], ["Pinned", "d", "Today", "b", "a", *FIRST[5:]]),
        (summary(1, "A", NOON), ["changed 3-3"], [*FIRST[:3], "A", *FIRST[4:]]),
        (summary(1, "a", NOON - HOUR), [], FIRST),
        (summary(5, "e", NOON), ["in 3-3"], [*FIRST[:3], "e", *FIRST[3:]]),
        (
            summary(5, "e", NOON - 30 * DAY),
            ["in 7-7", "in 8-8"],
            [*FIRST, "October 2026", "e"],
        ),
        (
            summary(3, "c", NOON),
            ["moved 6 3", "changed 3-3", "out 6-6"],
            ["Pinned", "d", "Today", "c", "a", "b"],
        ),
        (
            summary(4, "d", NOON - 30 * DAY),
            ["in 7-7", "moved 1 8", "changed 7-7", "out 0-0"],
            [*FIRST[2:], "October 2026", "d"],
        ),
    ],
)
def test_the_least_is_said_of_one(watched: Watched, new: Summary, said: list[str], shown: list[str]) -> None:
    watched.rows.put(new)

    assert watched.shown == shown
    assert watched.said == said


def test_a_selected_row_stays_selected_wherever_it_goes(watched: Watched) -> None:
    selection = QItemSelectionModel(watched.rows)
    selection.setCurrentIndex(
        watched.rows.index_of(ConversationId(3)), QItemSelectionModel.SelectionFlag.Select
    )
    watched.rows.put(summary(3, "c", NOON))
    watched.rows.put(summary(6, "f", NOON + 1))
    watched.rows.put(summary(3, "c", NOON, is_pinned=True))
    watched.now += 3 * DAY
    watched.rows.renew()

    assert selection.currentIndex().data() == "c"
    assert [index.data() for index in selection.selectedIndexes()] == ["c"]


def test_what_is_removed_takes_its_heading_along(watched: Watched) -> None:
    watched.rows.remove([ConversationId(3), ConversationId(1), ConversationId(99)])

    assert watched.shown == ["Pinned", "d", "Today", "b"]
    assert watched.said == ["out 6-6", "out 5-5", "out 3-3"]
    assert watched.rows.summary(ConversationId(3)) is None
    assert not watched.rows.index_of(ConversationId(3)).isValid()

    watched.rows.clear()
    assert watched.shown == []


def test_what_is_removed_is_not_busy_when_it_comes_back(watched: Watched) -> None:
    known = summary(1, "a", NOON - HOUR)
    watched.rows.put(known, is_busy=True)
    assert watched.told(1, ConversationRole.IS_BUSY)

    watched.rows.remove([known.id])
    watched.rows.extend([known], is_all=True)
    assert not watched.told(1, ConversationRole.IS_BUSY)


# ── days ────────────────────────────────────────────────────────────────────────────────────────


def test_days_have_names_for_a_week_and_months_afterwards(qapp: object) -> None:
    watched = Watched(
        *(summary(90 - days, str(days), NOON - days * DAY) for days in (0, 1, 2, 6, 7, 22, 23, 54))
    )

    assert watched.shown == [
        *("Today", "0"),
        *("Yesterday", "1"),
        *("Saturday", "2"),
        *("Tuesday", "6"),
        *("November 2026", "7", "22"),
        *("October 2026", "23"),
        *("September 2026", "54"),
    ]


def test_what_is_still_to_come_is_taken_for_todays(qapp: object) -> None:
    assert Watched(summary(1, "a", NOON + 9 * DAY)).shown == ["Today", "a"]


def test_midnight_makes_the_headings_anew(watched: Watched) -> None:
    watched.now += DAY
    watched.rows.renew()

    assert watched.shown == ["Pinned", "d", "Yesterday", "a", "b", "Sunday", "c"]
    assert watched.said == ["changed 0-0", "changed 2-2", "changed 5-5"]


def test_days_become_a_month(watched: Watched) -> None:
    watched.now += 20 * DAY
    watched.rows.renew()

    assert watched.shown == ["Pinned", "d", "November 2026", "a", "b", "c"]
    assert "reset" not in watched.said


def test_midnight_is_heard_by_itself(run: Run) -> None:
    async def scenario() -> None:
        midnight = NOON + 12 * HOUR
        clock = iter([midnight - 0.01, midnight - 0.01])
        rows = ConversationList(now=lambda: next(clock, midnight))
        rows.extend([summary(1, "a")], is_all=True)
        changed = first(rows.dataChanged)
        await changed

        assert rows.index(0).data() == "Yesterday"

    run(scenario())


def test_a_timer_that_slept_looks_again(run: Run) -> None:
    async def scenario() -> None:
        midnight = NOON + 12 * HOUR
        clock = iter([midnight - 0.01] * 4)
        rows = ConversationList(now=lambda: next(clock, midnight))
        rows.extend([summary(1, "a")], is_all=True)
        await first(rows.dataChanged)

        assert rows.index(0).data() == "Yesterday"

    run(scenario())


# ── fetching ────────────────────────────────────────────────────────────────────────────────────


def test_more_is_wanted_once_until_it_is_there(qapp: object) -> None:
    watched = Watched()
    wanted = heard(watched.rows.more_wanted)
    assert not watched.rows.canFetchMore(ROOT), "nobody has looked into the history yet"

    watched.rows.extend([summary(1)], is_all=False)
    assert not watched.rows.canFetchMore(watched.rows.index(0))
    watched.rows.fetchMore(ROOT)
    watched.rows.fetchMore(ROOT)
    assert len(wanted) == 1

    watched.rows.extend([summary(2, used=NOON - DAY)], is_all=True)
    assert not watched.rows.canFetchMore(ROOT)


def test_what_is_known_is_newer_than_what_is_fetched(watched: Watched) -> None:
    watched.rows.extend([summary(1, "old", NOON - 3 * HOUR), summary(7, "e", NOON - 3 * HOUR)], is_all=True)

    assert watched.shown == [*FIRST[:5], "e", *FIRST[5:]]
    assert watched.said == ["in 5-5"]


# ── words ───────────────────────────────────────────────────────────────────────────────────────


def test_a_conversation_without_a_title_has_a_name(qapp: object) -> None:
    watched = Watched(replace(summary(1), title=""))

    assert watched.shown == ["Today", "New conversation"]


def test_marks_are_said_too(watched: Watched) -> None:
    states = {"is_pinned": True, "is_cut_off": True, "is_kept": False}
    watched.rows.put(summary(1, "a <b>", NOON - HOUR, **states), is_busy=True)
    spoken = watched.told(1, Qt.ItemDataRole.AccessibleTextRole)
    tip = watched.told(1, Qt.ItemDataRole.ToolTipRole)

    assert spoken == "a <b>, answer on its way, pinned, answer cut short, not kept"
    assert isinstance(tip, str)
    assert tip.startswith("<p>a &lt;b&gt;</p><p>Monday, November 23, 2026 11:00")
    assert tip.endswith("answer on its way · pinned · answer cut short · not kept</p>")
    assert watched.told(2, Qt.ItemDataRole.AccessibleTextRole) == "b"
