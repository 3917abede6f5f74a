"""Tops that follow from heights, as if they were added up each time."""

from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desktop.ui.transcript.heights import Heights

# Quarters add up without rounding, whatever the order.
heights = st.integers(0, 400).map(lambda quarters: quarters / 4)


class HeightsMachine(RuleBasedStateMachine):
    """`Heights` beside a plain list."""

    def __init__(self) -> None:
        super().__init__()
        self.list: list[float] = []
        self.heights = Heights()

    @property
    def tops(self) -> list[float]:
        return [*accumulate(self.list, initial=0.0)]

    @rule(height=heights)
    def append(self, height: float) -> None:
        self.list.append(height)
        self.heights.append(height)

    @rule(above=st.lists(heights, max_size=5))
    def prepend(self, above: list[float]) -> None:
        self.list[:0] = above
        self.heights.prepend(above)

    @precondition(lambda self: self.list)
    @rule(height=heights, data=st.data())
    def change(self, height: float, data: st.DataObject) -> None:
        index = data.draw(st.integers(0, len(self.list) - 1))
        self.list[index] = height
        self.heights[index] = height

    @rule(data=st.data())
    def truncate(self, data: st.DataObject) -> None:
        length = data.draw(st.integers(0, len(self.list)))
        del self.list[length:]
        self.heights.truncate(length)

    @rule(data=st.data())
    def look_up_a_top(self, data: st.DataObject) -> None:
        index = data.draw(st.integers(0, len(self.list)))

        assert self.heights.top(index) == self.tops[index]

    @rule(y=st.integers(-40, 2000).map(lambda quarters: quarters / 4))
    def look_up_what_stands_there(self, y: float) -> None:
        index = self.heights.at(y)

        if not self.list:
            assert index == 0
        elif y < 0:
            assert self.tops[index] == 0
        elif y >= self.tops[-1]:
            assert index == len(self.list) - 1
        else:
            assert self.tops[index] <= y < self.tops[index + 1]

    @invariant()
    def says_how_many_there_are(self) -> None:
        assert len(self.heights) == len(self.list)
        assert [self.heights[index] for index in range(len(self.list))] == self.list


HeightsMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestHeights = HeightsMachine.TestCase


@given(st.lists(heights, max_size=20))
def test_a_list_that_is_given_whole(plain: list[float]) -> None:
    assert Heights(plain).total == sum(plain)
    assert Heights().total == 0
