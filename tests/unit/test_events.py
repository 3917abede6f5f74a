"""The fold of a stream's events."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.events import (
    AnswerDraft,
    Finished,
    FinishReason,
    LineRead,
    LinesLocated,
    Notice,
    NoticeRaised,
    ReasoningDelta,
    StreamEvent,
    TextDelta,
    Usage,
    UsageReported,
)
from desktop.domain.images import Box

BOXES = st.builds(Box, *[st.integers(0, 9)] * 4)
EVENTS: st.SearchStrategy[StreamEvent] = st.one_of(
    st.builds(TextDelta, st.text()),
    st.builds(ReasoningDelta, st.text()),
    st.builds(NoticeRaised, st.sampled_from(Notice)),
    st.builds(LinesLocated, st.integers(0, 3), st.tuples(BOXES)),
    st.builds(LineRead, st.integers(0, 3), BOXES, st.text(), st.floats(0, 1)),
    st.builds(UsageReported, st.builds(Usage, st.integers(0, 9))),
    st.builds(Finished, st.sampled_from(get_args(FinishReason))),
)


def folded(events: list[StreamEvent]) -> AnswerDraft:
    draft = AnswerDraft()
    for event in events:
        draft.apply(event)
    return draft


@given(events=st.lists(EVENTS))
def test_a_draft_is_what_was_said_kind_by_kind(events: list[StreamEvent]) -> None:
    draft = folded(events)

    assert draft.text == "".join(e.text for e in events if isinstance(e, TextDelta))
    assert draft.reasoning == "".join(e.text for e in events if isinstance(e, ReasoningDelta))
    assert draft.lines == [e for e in events if isinstance(e, LineRead)]
    assert draft.notices == [e for e in events if isinstance(e, NoticeRaised)]
    assert draft.usage == next((e.usage for e in reversed(events) if isinstance(e, UsageReported)), None)
    assert draft.finish == next((e.reason for e in reversed(events) if isinstance(e, Finished)), None)


@given(events=st.lists(EVENTS), cut=st.integers(0, 20))
def test_looking_at_a_draft_changes_nothing(events: list[StreamEvent], cut: int) -> None:
    looked_at = folded(events[:cut])
    for _ in range(2):
        assert looked_at.text + looked_at.reasoning is not None
    for event in events[cut:]:
        looked_at.apply(event)

    assert (looked_at.text, looked_at.reasoning) == (folded(events).text, folded(events).reasoning)


def test_what_is_no_event_is_our_own_mistake() -> None:
    with pytest.raises(AssertionError):
        AnswerDraft().apply("text")  # type: ignore[arg-type]  # that is the test
