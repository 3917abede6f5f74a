"""What was found stays in the order in which one reads, whichever message is searched first."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.transcript.box import Mark, MarkKind
from desktop.ui.transcript.found import Found, Hit, Hits, MarksOf
from desktop.ui.transcript.selection import Place

places = st.lists(
    st.builds(Place, st.integers(0, 4), st.integers(-1, 0), st.integers(0, 3), st.integers(0, 9)),
    unique=True,
    max_size=30,
)
_BEGIN, _END = Place(0, -1, 0, 0), Place(9, 0, 0, 0)


def found_at(hits: list[Place]) -> Found:
    """Each a character long; the texts of the last message are added to first."""
    found = Found()
    for place in sorted(hits, key=lambda hit: (-hit.message, hit.text, hit.block, hit.offset)):
        found.hits_in(*place[:2]).add(*place[2:], place.offset + 1)
    return found


@given(places)
def test_they_are_gone_through_in_order_and_back(hits: list[Place]) -> None:
    found, every = found_at(hits), sorted(hits)
    on, back = list[Place](), list[Place]()
    hit = found.first_from(_BEGIN)
    while hit is not None:
        on.append(hit.place)
        hit = found.first_from(hit.place._replace(offset=hit.end))
    hit = found.last_before(_END)
    while hit is not None:
        back.append(hit.place)
        hit = found.last_before(hit.place)

    assert on == every
    assert back == every[::-1]
    assert len(found) == len(every)


@given(places)
def test_each_has_its_number(hits: list[Place]) -> None:
    found = found_at(hits)

    numbers = [found.number_of(Hit(place, place.offset + 1)) for place in sorted(hits)]

    assert numbers == list(range(1, len(hits) + 1))


@given(places, st.integers(0, 3))
def test_what_is_forgotten_from_a_block_on_is_gone(hits: list[Place], block: int) -> None:
    found = found_at(hits)

    found.hits_in(0, 0).truncate(block)

    gone = {place for place in hits if place[:2] == (0, 0) and place.block >= block}
    assert len(found) == len(hits) - len(gone)
    assert not [place for place in gone if found.holds(Hit(place, place.offset + 1))]


def test_emptied_it_can_be_added_to() -> None:
    found = Found()
    hits = found.hits_in(0, 0)
    hits.add(0, 1, 2)

    found.empty()
    hits.add(0, 3, 4)

    assert found.first_from(_BEGIN) == Hit(Place(0, 0, 0, 3), 4)


def test_marks_are_those_of_the_hits_that_touch_what_is_seen() -> None:
    hits = Hits()
    for begin in range(0, 100, 10):
        hits.add(1, begin, begin + 5)
    marks = MarksOf(hits, Hit(Place(0, 0, 1, 20), 25)).between(1, 12, 40)

    assert marks == [
        Mark(10, 15, MarkKind.FOUND),
        Mark(20, 25, MarkKind.FOUND),
        Mark(30, 35, MarkKind.FOUND),
        Mark(20, 25, MarkKind.CURRENT),
    ]
    assert all(a.kind.value <= b.kind.value for a, b in pairwise(marks))
    assert MarksOf(hits, None).between(0, 0, 100) == []
