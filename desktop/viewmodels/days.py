"""The days, weekdays and months under which conversations stand in a list."""

from dataclasses import dataclass
from math import inf

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

translate = QCoreApplication.translate

_WEEK = 7
"""So many days stand for themselves, today included; older ones are gathered by month."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Stands above what was used from `since` on and before `until`, in seconds since the epoch.

    What is pinned has no time: its heading reaches from −∞ to ∞.
    """

    title: str
    since: float
    until: float


class Days:
    """The headings as they are on the day of `now` (seconds since the epoch), by the clock of this machine.

    `end` is when that day ends.
    """

    def __init__(self, now: float) -> None:
        self._today = _date_of(now)
        self.end = _start(self._today.addDays(1))
        self.pinned = Heading(translate("conversations", "Pinned"), -inf, inf)
        self._week = _start(self._today.addDays(1 - _WEEK))
        self._made = [self._day(ago) for ago in range(_WEEK)]

    def heading(self, used: float) -> Heading:
        """The one above what was used then; what is still to come is taken for today's."""
        for heading in self._made:
            if heading.since <= used < heading.until:
                return heading
        self._made.append(self._month(_date_of(used)))
        return self._made[-1]

    def _month(self, date: QDate) -> Heading:
        first = QDate(date.year(), date.month(), 1)
        # A format of QLocale: languages order year and month as they like.
        title = QLocale().toString(first, translate("conversations", "MMMM yyyy"))
        return Heading(title, _start(first), min(_start(first.addMonths(1)), self._week))

    def _day(self, ago: int) -> Heading:
        date = self._today.addDays(-ago)
        return Heading(self._title(date, ago), _start(date), _start(date.addDays(1)) if ago else inf)

    def _title(self, date: QDate, ago: int) -> str:
        match ago:
            case 0:
                return translate("conversations", "Today")
            case 1:
                return translate("conversations", "Yesterday")
            case _:
                return QLocale().standaloneDayName(date.dayOfWeek())


def _date_of(seconds: float) -> QDate:
    return QDateTime.fromSecsSinceEpoch(int(seconds)).date()


def _start(date: QDate) -> float:
    # Not all days begin at midnight: clocks are set forward at 0:00 in some places.
    return date.startOfDay().toSecsSinceEpoch()
