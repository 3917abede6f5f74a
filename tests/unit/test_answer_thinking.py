"""Thoughts, wherever a server puts them."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.events import (
    AnswerDraft,
    Finished,
    Notice,
    NoticeRaised,
    ReasoningDelta,
    StreamEvent,
    TextDelta,
    Usage,
    UsageReported,
)
from desktop.domain.profiles import PROFILES
from desktop.providers.answer import AnswerDecoder
from desktop.providers.refusal import Asked
from tests.support.seed import framed

CUSTOM = Asked("host", "m")
STOP = {"choices": [{"delta": {}, "finish_reason": "stop"}]}
SHOWN_TOO = NoticeRaised(Notice.ALL_WAS_THINKING)


def decoded(*pieces: bytes, asked: Asked = CUSTOM) -> list[StreamEvent]:
    decoder = AnswerDecoder(asked, {})
    return [event for piece in pieces for event in decoder.feed(piece)] + list(decoder.finish())


def of_chunks(*chunks: object) -> list[StreamEvent]:
    return decoded(framed(chunks))


def delta(**said: object) -> dict[str, object]:
    return {"choices": [{"delta": said, "finish_reason": None}]}


def test_reasoning_comes_as_events_of_its_own() -> None:
    assert of_chunks(
        delta(role="assistant", content=""),
        delta(content=None, reasoning_content="Hm"),
        delta(reasoning="m."),
        delta(content="Yes.", reasoning_content=None),
        STOP,
    ) == [ReasoningDelta("Hm"), ReasoningDelta("m."), TextDelta("Yes."), Finished("stop")]


@pytest.mark.parametrize("key", ["reasoning", "reasoning_content"])
@pytest.mark.parametrize("kind", PROFILES)
def test_every_kind_of_server_is_understood_by_either_name(kind: str, key: str) -> None:
    asked = Asked("host", profile=PROFILES[kind])  # type: ignore[index]  # it is one of them
    events = decoded(framed([delta(**{key: "Hm."}), delta(content="Yes."), STOP]), asked=asked)
    assert events == [ReasoningDelta("Hm."), TextDelta("Yes."), Finished("stop")]


def test_thoughts_under_two_names_are_told_once() -> None:
    said = delta(reasoning="Hm.", reasoning_content="Hm.", reasoning_details=[{"text": "Hm."}])
    assert of_chunks(said, delta(content="Yes."), STOP)[0] == ReasoningDelta("Hm.")


@pytest.mark.parametrize(
    "details",
    [
        [{"type": "reasoning.text", "text": "Hm"}, {"type": "reasoning.text", "text": "m."}],
        [{"type": "reasoning.summary", "summary": "Hmm."}, {"type": "reasoning.encrypted", "data": "x"}],
    ],
)
def test_thoughts_in_details_are_thoughts(details: list[object]) -> None:
    events = of_chunks(delta(content="", reasoning=None, reasoning_details=details), delta(content="Yes."))
    assert events[:2] == [ReasoningDelta("Hmm."), TextDelta("Yes.")]


# ── an answer that is thoughts alone ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "chunks",
    [
        [delta(reasoning="All "), delta(reasoning="of it.", content="")],
        [delta(reasoning_content="All of it."), delta(content="\n\n")],
        [delta(content="<think>All of it.</thi"), delta(content="nk>\n")],
        [delta(content="<think>All of"), delta(content=" it.")],
    ],
)
def test_what_is_wholly_thoughts_is_shown_as_the_answer_too(chunks: list[object]) -> None:
    events = of_chunks(*chunks, STOP, {"choices": [], "usage": {"total_tokens": 1}})
    thoughts = "".join(event.text for event in events if isinstance(event, ReasoningDelta))
    assert thoughts == "All of it."
    ending = [SHOWN_TOO, TextDelta(thoughts), UsageReported(Usage(total_tokens=1)), Finished("stop")]
    assert events[-4:] == ending


def test_so_it_is_in_an_answer_in_one_piece() -> None:
    choice = {"message": {"content": None, "reasoning": "All."}, "finish_reason": "stop"}
    body = json.dumps({"choices": [choice]}).encode()
    assert decoded(body) == [ReasoningDelta("All."), SHOWN_TOO, TextDelta("All."), Finished("stop")]


@pytest.mark.parametrize("reason", ["length", "content_filter", "tool_calls", "network_error"])
def test_thoughts_that_did_not_come_to_an_end_stay_thoughts(reason: str) -> None:
    events = of_chunks(delta(reasoning="Hm."), {"choices": [{"delta": {}, "finish_reason": reason}]})
    assert events[:-1] == [ReasoningDelta("Hm.")]


def test_thoughts_that_are_cut_off_stay_thoughts() -> None:
    wire = framed([delta(reasoning="Hm.")]).removesuffix(b"data: [DONE]\n\n")
    assert decoded(wire) == [ReasoningDelta("Hm."), Finished("interrupted")]


# ── tags in the text ────────────────────────────────────────────────────────────────────────────

PIECES = ["<th", "ink>\n图", "？\ud83e", "\udd14</think", ">\n\nA `<think>`"]
# In escapes, as the halves of an emoji can only be sent.
TAGGED = b"".join(
    b"data: %b\n\n" % json.dumps(chunk).encode() for chunk in (*(delta(content=p) for p in PIECES), STOP)
)


def test_tags_at_the_start_make_thoughts() -> None:
    draft = folded(decoded(TAGGED))
    assert (draft.reasoning, draft.text) == ("图？🤔", "A `<think>`")


def test_tags_are_read_in_an_answer_in_one_piece_too() -> None:
    choice = {"message": {"content": "<think>Hm.</think>Yes."}, "finish_reason": "stop"}
    events = decoded(json.dumps({"choices": [choice]}).encode())
    assert events == [ReasoningDelta("Hm."), TextDelta("Yes."), Finished("stop")]


@given(st.lists(st.integers(0, len(TAGGED))).map(sorted))
def test_the_wire_may_be_cut_anywhere(cuts: list[int]) -> None:
    edges = [0, *cuts, len(TAGGED)]
    assert decoded(*(TAGGED[start:end] for start, end in pairwise(edges))) == decoded(TAGGED)


said = st.fixed_dictionaries(
    {},
    optional={
        "content": st.sampled_from(["<think>", "</thi", "nk>", "\n", "a", "图", "🎉", "", None]),
        "reasoning": st.sampled_from(["b", "", None]),
        "refusal": st.sampled_from(["c", None]),
    },
)


@given(st.lists(said), st.sampled_from(["stop", "length"]), st.data())
def test_whatever_is_said_where_may_be_cut_anywhere(
    saids: list[dict[str, object]], reason: str, data: st.DataObject
) -> None:
    wire = framed([*(delta(**each) for each in saids), {"choices": [{"delta": {}, "finish_reason": reason}]}])
    cuts = data.draw(st.lists(st.integers(0, len(wire)), max_size=6).map(sorted))
    pieces = [wire[start:end] for start, end in pairwise([0, *cuts, len(wire)])]
    assert decoded(*pieces) == decoded(wire)


def folded(events: list[StreamEvent]) -> AnswerDraft:
    draft = AnswerDraft()
    for event in events:
        draft.apply(event)
    return draft
