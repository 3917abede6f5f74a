"""Conversations as a list that grows as it is scrolled."""

import time
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from enum import IntEnum
from html import escape
from math import inf

from PySide6.QtCore import (
    QAbstractListModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from desktop.domain.history import ConversationId, Summary
from desktop.viewmodels.days import Days, Heading
from desktop.viewmodels.row_changes import ModelRows, runs

Index = QModelIndex | QPersistentModelIndex
Row = Summary | Heading

_LONGEST_MS = 600_000
"""So often it is looked whether midnight is over: a timer does not count while the machine sleeps."""


class ConversationRole(IntEnum):
    """What the list tells of each row; `SUMMARY` is None where it is a heading."""

    SUMMARY = Qt.ItemDataRole.UserRole + 1
    IS_BUSY = Qt.ItemDataRole.UserRole + 2
    IS_HEADING = Qt.ItemDataRole.UserRole + 3


class ConversationList(QAbstractListModel):
    """Pinned conversations first, then the last used first, under headings that tell the day or month.

    Signals:
        more_wanted: The end of what is known is seen; `extend` is to follow.
    """

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None, *, now: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._now = now
        self._days = Days(now())
        self._rows: ModelRows[Row] = ModelRows(self, _key)
        self._known: dict[ConversationId, Summary] = {}
        self._busy: set[ConversationId] = set()
        self._has_more = False
        self._midnight = QTimer(self, singleShot=True)
        self._midnight.timeout.connect(self._on_midnight_timeout)
        self._wait_for_midnight()

    def summary(self, conversation_id: ConversationId) -> Summary | None:
        return self._known.get(conversation_id)

    def index_of(self, conversation_id: ConversationId) -> QModelIndex:
        """Where it stands; an invalid index if it does not."""
        known = self._known.get(conversation_id)
        return self.index(self._place(known)) if known is not None else QModelIndex()

    def put(self, summary: Summary, *, is_busy: bool = False) -> None:
        """Add it, or let it take the place of what was known of the same conversation."""
        old, was_busy = self._known.get(summary.id), summary.id in self._busy
        if (old, was_busy) == (summary, is_busy):
            return
        self._known[summary.id] = summary
        (self._busy.add if is_busy else self._busy.discard)(summary.id)
        self._need_heading(summary)
        if old is None:
            self._rows.insert(self._place(summary), [summary])
        else:
            self._replace(old, summary)

    def extend(self, summaries: Iterable[Summary], *, is_all: bool) -> None:
        """Add what was fetched; `is_all`: there are no more."""
        self._has_more = not is_all
        rows = list(self._rows)
        for each in summaries:
            if each.id not in self._known:
                self._known[each.id] = each
                _keep_sorted(rows, self._heading(each))
                _keep_sorted(rows, each)
        self._rows.become(rows)

    def remove(self, conversations: Collection[ConversationId]) -> None:
        gone = [known for each in set(conversations) if (known := self._known.pop(each, None)) is not None]
        self._busy.difference_update(conversations)
        for first, last in reversed(runs(sorted(map(self._place, gone)))):
            self._rows.remove(first, last)
            self._drop_empty_heading(first - 1)

    def clear(self) -> None:
        self._has_more = False
        self._known.clear()
        self._busy.clear()
        if self._rows:
            self._rows.remove(0, len(self._rows) - 1)

    def renew(self) -> None:
        """Make the headings anew: the day is another one, or the language is."""
        self._days = Days(self._now())
        self._wait_for_midnight()
        rows: list[Row] = []
        heading: Heading | None = None
        for row in self._rows:
            if isinstance(row, Summary):
                if heading is None or not _is_under(row, heading):
                    heading = self._heading(row)
                    rows.append(heading)
                rows.append(row)
        self._rows.become(rows)

    # ── Qt ──────────────────────────────────────────────────────────────────────────────────────

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        return self._fact(row, role) if role > Qt.ItemDataRole.UserRole else self._words(row, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid() or isinstance(self._rows[index.row()], Heading):
            return flag.NoItemFlags
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsEditable | flag.ItemNeverHasChildren

    def canFetchMore(self, parent: Index) -> bool:
        return self._has_more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._has_more = False  # as far as is known until `extend` tells
            self.more_wanted.emit()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _fact(self, row: Row, role: int) -> object:
        match role:
            case ConversationRole.SUMMARY:
                return row if isinstance(row, Summary) else None
            case ConversationRole.IS_BUSY:
                return isinstance(row, Summary) and row.id in self._busy
            case ConversationRole.IS_HEADING:
                return isinstance(row, Heading)
            case _:
                return None

    def _words(self, row: Row, role: int) -> str | None:
        if isinstance(row, Heading):
            return row.title if role == Qt.ItemDataRole.DisplayRole else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._title(row)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join([self._title(row), *self._states(row)])
            case _:
                return None

    def _title(self, summary: Summary) -> str:
        return summary.title or self.tr("New conversation")

    def _tip(self, summary: Summary) -> str:
        """As HTML, so that long titles are wrapped, and none is taken for HTML."""
        used, locale = QDateTime.fromSecsSinceEpoch(int(summary.used)), QLocale()
        day = locale.toString(used.date(), QLocale.FormatType.LongFormat)
        when = f"{day} {locale.toString(used.time(), QLocale.FormatType.ShortFormat)}"
        facts = " · ".join([when, *self._states(summary)])
        return f"<p>{escape(self._title(summary))}</p><p>{escape(facts)}</p>"

    def _states(self, summary: Summary) -> list[str]:
        """What marks say of it, in words."""
        states = (
            (summary.id in self._busy, self.tr("answer on its way")),
            (summary.is_pinned, self.tr("pinned")),
            (summary.is_cut_off, self.tr("answer cut short")),
            (not summary.is_kept, self.tr("not kept")),
        )
        return [words for is_so, words in states if is_so]

    def _heading(self, summary: Summary) -> Heading:
        return self._days.pinned if summary.is_pinned else self._days.heading(summary.used)

    def _place(self, row: Row) -> int:
        """Where it stands, or would stand."""
        return bisect_left(self._rows, _order(row), key=_order)

    def _need_heading(self, summary: Summary) -> None:
        heading = self._heading(summary)
        place = self._place(heading)
        if not _stands_at(self._rows, place, heading):
            self._rows.insert(place, [heading])

    def _replace(self, old: Summary, new: Summary) -> None:
        row, to = self._place(old), self._place(new)
        to -= to > row
        self._rows.move(row, to)
        self._rows.change(to, new)
        self._drop_empty_heading(self._place(self._heading(old)))

    def _drop_empty_heading(self, row: int) -> None:
        """Take away what stands at `row` if it is a heading with nothing below it."""
        below = self._rows[row + 1] if row + 1 < len(self._rows) else None
        if isinstance(self._rows[row], Heading) and not isinstance(below, Summary):
            self._rows.remove(row, row)

    def _wait_for_midnight(self) -> None:
        milliseconds = 1000 * (self._days.end - self._now())
        self._midnight.start(int(min(max(milliseconds + 1, 0), _LONGEST_MS)))

    def _on_midnight_timeout(self) -> None:
        if self._now() >= self._days.end:
            self.renew()
        else:
            self._wait_for_midnight()


def _key(row: Row) -> tuple[bool, float]:
    return (True, row.since) if isinstance(row, Heading) else (False, row.id)


def _order(row: Row) -> tuple[bool, float, float]:
    """A heading stands above all that was used before its `until`, below all that was used then."""
    if isinstance(row, Heading):
        return row.since > -inf, -row.until, inf
    return not row.is_pinned, -row.used, -row.id


def _is_under(summary: Summary, heading: Heading) -> bool:
    return summary.is_pinned == (heading.since == -inf) and summary.used >= heading.since


def _stands_at(rows: Sequence[Row], place: int, row: Row) -> bool:
    return place < len(rows) and _key(rows[place]) == _key(row)


def _keep_sorted(rows: list[Row], row: Row) -> None:
    """Put it into `rows` where it belongs, unless it is there."""
    place = bisect_left(rows, _order(row), key=_order)
    if not _stands_at(rows, place, row):
        rows.insert(place, row)
