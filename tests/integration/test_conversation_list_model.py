"""The list of conversations against a plain sorted list, whatever is done to both."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.history import ConversationId, Summary
from desktop.viewmodels.conversations import ConversationList, ConversationRole
from desktop.viewmodels.days import Days
from tests.support.rows import noted
from tests.support.summaries import DAY, NOON, summary

USED = st.integers(-70, 2).map(lambda half_days: NOON + half_days * DAY / 2)
SUMMARIES = st.builds(
    lambda number, used, is_pinned: summary(number, used=used, is_pinned=is_pinned),
    *(st.integers(1, 12), USED, st.booleans()),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), SUMMARIES),
        st.tuples(st.just("extend"), st.lists(SUMMARIES, max_size=8)),
        st.tuples(st.just("remove"), st.sets(st.integers(1, 12), max_size=4)),
        st.tuples(st.just("pin"), st.integers(1, 12)),
        st.tuples(st.just("wait"), st.integers(0, 9)),
    ),
    max_size=20,
)


class Plain:
    """The same without anything clever: sorted anew, under headings made anew, each time."""

    def __init__(self) -> None:
        self.now = NOON
        self.known: dict[int, Summary] = {}

    def do(self, step: str, what: object) -> None:
        match step, what:
            case "put", Summary():
                self.known[what.id] = what
            case "extend", list():
                for each in what:
                    self.known.setdefault(each.id, each)
            case "remove", set():
                self.known = {number: each for number, each in self.known.items() if number not in what}
            case "pin", int() if what in self.known:
                self.known[what] = replace(self.known[what], is_pinned=not self.known[what].is_pinned)
            case "wait", int():
                self.now += what * DAY
            case _:
                pass  # nothing that is known is pinned

    def shown(self) -> list[object]:
        days, shown = Days(self.now), list[object]()
        ordered = sorted(self.known.values(), key=lambda row: (row.is_pinned, row.used, row.id), reverse=True)
        for row in ordered:
            title = (days.pinned if row.is_pinned else days.heading(row.used)).title
            if title not in shown:
                shown.append(title)
            shown.append(row)
        return shown


def do(rows: ConversationList, plain: Plain, step: str, what: object) -> None:
    match step, what:
        case "put", Summary():
            rows.put(what)
        case "extend", list():
            rows.extend(what, is_all=False)
        case "remove", set():
            rows.remove([ConversationId(number) for number in what])
        case "pin", int() if what in plain.known:
            rows.put(plain.known[what])
        case "wait", int():
            rows.renew()
        case _:
            pass


def shown(rows: ConversationList) -> list[object]:
    indexes = [rows.index(row) for row in range(rows.rowCount())]
    return [index.data(ConversationRole.SUMMARY) or index.data() for index in indexes]


@given(STEPS)
def test_any_steps_lead_where_a_plain_list_comes(qapp: object, steps: list[tuple[str, object]]) -> None:
    plain = Plain()
    rows = ConversationList(now=lambda: plain.now)
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    tester = QAbstractItemModelTester(rows, mode)
    said = noted(rows)
    for step, what in steps:
        plain.do(step, what)
        do(rows, plain, step, what)

        assert shown(rows) == plain.shown()
        for number in range(1, 13):
            index = rows.index_of(ConversationId(number))
            assert index.data(ConversationRole.SUMMARY) == plain.known.get(number)
    assert "reset" not in said
    assert tester.model() is rows
