"""Bodies of answers, in all the shapes that servers give them."""

import json
from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.domain.errors import AppError
from desktop.domain.events import (
    AnswerDraft,
    Finished,
    StreamEvent,
    TextDelta,
    Usage,
    UsageReported,
)
from desktop.domain.provider_errors import ConnectionLost, EmptyAnswer, NotAnAnswer, ProviderError
from desktop.domain.refusals import AnswerFailed, ContentRefused, RateLimited, RequestRejected, ServerFailed
from desktop.providers.answer import AnswerDecoder
from desktop.providers.refusal import Asked
from tests.support.seed import CURL_BODY, CURL_STREAM, framed

EVENT_STREAM = {"content-type": "text/event-stream"}
ERROR_END = {"choices": [{"delta": {"content": ""}, "finish_reason": "error"}]}
STOP = {"choices": [{"delta": {}, "finish_reason": "stop"}]}


def decoded(*pieces: bytes, headers: Mapping[str, str] | None = None) -> list[StreamEvent]:
    decoder = AnswerDecoder(Asked("host", "m", "sk-secret"), headers or {})
    return [event for piece in pieces for event in decoder.feed(piece)] + list(decoder.finish())


def until_error(*pieces: bytes) -> tuple[list[StreamEvent], ProviderError]:
    """The events before the error, and the error."""
    decoder = AnswerDecoder(Asked("host", "m", "sk-secret"), EVENT_STREAM)
    events: list[StreamEvent] = []

    def read() -> None:
        for piece in pieces:
            events.extend(decoder.feed(piece))
        events.extend(decoder.finish())

    with pytest.raises(ProviderError) as error:
        read()
    return events, error.value


def of_chunks(*chunks: object) -> list[StreamEvent]:
    return decoded(framed(chunks))


def delta(**said: object) -> dict[str, object]:
    return {"choices": [{"delta": said, "finish_reason": None}]}


def test_the_last_text_may_ride_with_the_reason() -> None:
    chunk = {"choices": [{"delta": {"content": "end"}, "finish_reason": "length"}]}
    assert of_chunks(chunk) == [TextDelta("end"), Finished("length")]


@pytest.mark.parametrize(
    "chunk",
    [
        {},
        {"choices": None},
        {"choices": []},
        {"choices": {}},
        {"choices": [None]},
        {"choices": [{}]},
        {"choices": [{"delta": None, "finish_reason": None}]},
        {"choices": [{"delta": {"content": None, "tool_calls": [{"function": {"arguments": None}}]}}]},
        {"choices": [{"delta": {"content": 7}, "finish_reason": 7}]},
        {"choices": [{"delta": {"content": []}, "finish_reason": ""}]},
        {"choices": [{"delta": [], "finish_reason": "null"}], "usage": []},
        {"error": None, "code": None, "choices": []},
        {"type": "ping"},
        None,
        [],
        7,
    ],
    ids=repr,
)
def test_a_chunk_that_says_nothing_changes_nothing(chunk: object) -> None:
    assert of_chunks(delta(content="a"), chunk, delta(content="b"), STOP) == [
        TextDelta("a"),
        TextDelta("b"),
        Finished("stop"),
    ]


def test_content_in_parts_is_put_together() -> None:
    parts = [{"type": "text", "text": "a"}, {"type": "image"}, None, {"text": "b"}]
    assert of_chunks(delta(content=parts), STOP) == [TextDelta("ab"), Finished("stop")]


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("stop", "stop"),
        ("length", "length"),
        ("content_filter", "content_filter"),
        ("sensitive", "content_filter"),
        ("tool_calls", "tool_calls"),
        ("function_call", "tool_calls"),
        ("eos", "stop"),
        ("something new", "stop"),
        ("SAFETY", "content_filter"),
        ("MAX_TOKENS", "length"),
        ("model_context_window_exceeded", "length"),
        ("error", "interrupted"),
        ("network_error", "interrupted"),
        ("insufficient_system_resource", "interrupted"),
        ("aborted", "interrupted"),
    ],
)
def test_every_word_for_the_end_has_a_meaning(word: str, reason: str) -> None:
    assert of_chunks({"choices": [{"delta": {}, "finish_reason": word}]}) == [Finished(reason)]  # type: ignore[arg-type]  # one of them


def test_done_without_a_reason_is_an_ordinary_end() -> None:
    assert of_chunks(delta(content="a")) == [TextDelta("a"), Finished("stop")]


def test_neither_reason_nor_done_is_an_interruption() -> None:
    wire = framed([delta(content="a")]).removesuffix(b"data: [DONE]\n\n")
    assert decoded(wire) == [TextDelta("a"), Finished("interrupted")]
    assert decoded(wire + b'data: {"choices": [{"del') == [TextDelta("a"), Finished("interrupted")]


def test_nothing_follows_done() -> None:
    assert decoded(framed([delta(content="a"), STOP]) + b"data: nonsense\n\n") == [
        TextDelta("a"),
        Finished("stop"),
    ]


def test_a_partial_answer_in_one_piece_says_so() -> None:
    events = decoded(CURL_BODY, headers={"x-dashscope-partialresponse": "true"})
    assert events[-1] == Finished("interrupted")


def test_the_last_usage_is_told_once_before_the_end() -> None:
    usage = {
        "prompt_tokens": 2520,
        "completion_tokens": 40,
        "total_tokens": 2560,
        "prompt_tokens_details": {"image_tokens": 2503, "text_tokens": 17, "cached_tokens": 256},
        "completion_tokens_details": {"reasoning_tokens": 12},
    }
    chunks = [
        {**delta(content="a"), "usage": {"prompt_tokens": 1}},
        {"choices": [], "usage": usage},
        {**STOP, "usage": None},
    ]
    assert of_chunks(*chunks)[1:] == [
        UsageReported(Usage(2520, 40, 2560, image_tokens=2503, reasoning_tokens=12, cached_tokens=256)),
        Finished("stop"),
    ]


@pytest.mark.parametrize("count", [True, -1, 1.5, "7", None, [], {}, 10**400, float("nan")])
def test_a_count_that_is_none_is_not_shown(count: object) -> None:
    usage = {"prompt_tokens": count, "total_tokens": 3, "prompt_tokens_details": count}
    assert UsageReported(Usage(total_tokens=3)) in of_chunks({**STOP, "usage": usage})


def test_an_emoji_cut_between_two_deltas_is_whole_again() -> None:
    wire = b'data: {"choices":[{"delta":{"content":"a\\ud83d"}}]}\n\n'
    wire += b'data: {"choices":[{"delta":{"content":"\\ude00b"},"finish_reason":"stop"}]}\n\n'
    assert decoded(wire) == [TextDelta("a"), TextDelta("😀b"), Finished("stop")]


def test_half_an_emoji_does_not_travel_on() -> None:
    wire = b'{"choices":[{"message":{"content":"\\ude00 a \\ud83d"},"finish_reason":"stop"}]}'
    assert decoded(wire) == [TextDelta("\ufffd a "), TextDelta("\ufffd"), Finished("stop")]


@pytest.mark.parametrize("before", [b"", b"\n\n", b" \r\n", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("body", [CURL_BODY, CURL_STREAM], ids=["json", "events"])
def test_blanks_before_an_answer_do_no_harm(before: bytes, body: bytes) -> None:
    assert decoded(before + body) == decoded(*(bytes([byte]) for byte in before), body) == decoded(body)


@pytest.mark.parametrize(
    ("chunk", "kind"),
    [
        ({"error": {"code": "data_inspection_failed", "message": "no"}}, ContentRefused),
        ({"error": {"code": 429, "message": "slow down"}, "choices": []}, RateLimited),
        ({"error": "out of memory"}, AnswerFailed),
        ({"error": {"code": 429, "message": "no"}, **ERROR_END}, RateLimited),
        ({"choices": [{"delta": {}, "error": {"code": 502, "message": "no"}}]}, ServerFailed),
        ({"code": "Throttling.RateQuota", "message": "slow down", "request_id": "1"}, RateLimited),
        ({"code": "InvalidParameter", "message": "no", "request_id": "1"}, RequestRejected),
        ({"code": "InternalError.Algo", "message": "no", "request_id": "1"}, AnswerFailed),
        ({"error": {"code": "503", "message": "no"}}, ServerFailed),
        ({"code": "DataInspectionFailed", "message": "no", "request_id": "1"}, ContentRefused),
    ],
)
def test_an_error_inside_comes_after_what_came(chunk: object, kind: type[AppError]) -> None:
    events, error = until_error(framed([delta(content="a"), chunk]))
    assert events == [TextDelta("a")]
    assert type(error) is kind


def test_an_error_without_a_status_has_a_sentence_without_one() -> None:
    _, error = until_error(framed([delta(content="a"), {"error": {"message": "no"}}]))
    assert str(error) == "host failed while it answered."


@pytest.mark.parametrize("code", [0, 200, "200", "0", "Success", "ok", "", None])
def test_a_code_of_success_is_no_error(code: object) -> None:
    last = {"choices": [], "usage": {"total_tokens": 3}, "code": code, "message": "success"}
    assert of_chunks({**delta(content="a"), "code": code}, {**STOP, "code": code}, last) == [
        TextDelta("a"),
        UsageReported(Usage(total_tokens=3)),
        Finished("stop"),
    ]


@pytest.mark.parametrize(
    "data", ['{"message": "broken", "code": 1}', '{"error": {"message": "broken"}}', "broken"]
)
def test_an_event_named_error_is_one(data: str) -> None:
    _, error = until_error(b"event: error\ndata: " + data.encode() + b"\n\n")
    assert isinstance(error, ServerFailed)
    assert error.detail.startswith("broken")


def test_an_error_does_not_repeat_the_key() -> None:
    _, error = until_error(framed([{"error": {"message": "bad key sk-secret", "code": "sk-secret"}}]))
    assert "sk-secret" not in f"{error!r} {error.detail} {error.facts}"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"  <!DOCTYPE html>",
        b"{}",
        b"[]",
        b'{"detail": "x"}',
        b"[" * 200_000,
        b"hello",
        b"data: hello\n\n",
        b'data: {"hello": 1}\n\n',
    ],
    ids=lambda body: repr(body[:20]),
)
def test_what_is_no_answer_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(NotAnAnswer):
        decoded(body)


def test_json_that_breaks_off_is_a_lost_connection_wherever_it_does() -> None:
    values = '{"choices": [{"message": {"content": "图\\n cut"}}], "n": {"a": -1.5e3, "b": true, "c": null}}'
    body = values.encode()
    for length in range(1, len(body)):
        with pytest.raises(ConnectionLost):
            decoded(body[:length])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \r\n",
        b": hello\n\n",
        b'data: {"choi',
        b"data: [DONE]\n\n",
        framed([{"choices": []}]),
        framed([{"choices": [], "usage": {"total_tokens": 1}}]),
        framed([delta(role="assistant", content="")]).removesuffix(b"data: [DONE]\n\n"),
    ],
    ids=lambda body: repr(body[:20]),
)
def test_an_event_stream_that_says_nothing_is_no_answer(body: bytes) -> None:
    with pytest.raises(EmptyAnswer):
        decoded(body, headers=EVENT_STREAM)


@pytest.mark.parametrize("said", [{}, {"content": ""}, {"content": None, "tool_calls": [{"index": 0}]}])
def test_a_model_may_have_nothing_to_say(said: dict[str, object]) -> None:
    assert of_chunks(delta(**said), STOP) == [Finished("stop")]


def test_a_call_of_a_tool_is_no_empty_answer() -> None:
    chunks = delta(tool_calls=[{"index": 0, "function": {"name": "look", "arguments": "{}"}}])
    assert of_chunks(chunks) == [Finished("stop")]


def test_a_refusal_in_the_models_own_words_is_the_answer() -> None:
    assert of_chunks(delta(content=None, refusal="I can"), delta(refusal="not."), STOP) == [
        TextDelta("I can"),
        TextDelta("not."),
        Finished("stop"),
    ]


def test_of_several_answers_the_first_is_shown() -> None:
    def numbered(index: int | None, text: str, reason: str | None = None) -> dict[str, object]:
        return {"index": index, "delta": {"content": text}, "finish_reason": reason}

    assert of_chunks(
        {"choices": [numbered(1, "no", "length"), numbered(0, "a")]},
        {"choices": [numbered(1, "no")]},
        {"choices": [numbered(None, "b", "stop")]},
    ) == [TextDelta("a"), TextDelta("b"), Finished("stop")]


@pytest.mark.parametrize("start", [b"data: ", b"{"])
def test_an_answer_without_bounds_is_refused(start: bytes) -> None:
    with pytest.raises(NotAnAnswer):
        decoded(start, *[b" " * 1024 * 1024] * 17)


JSON_NAMES = [
    "choices",
    "delta",
    "message",
    "content",
    "reasoning",
    "text",
    "finish_reason",
    "usage",
    "prompt_tokens",
    "prompt_tokens_details",
    "error",
    "code",
    "type",
    "detail",
    "request_id",
    "id",
    "data",
]
jsons = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(JSON_NAMES),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


def folded(wire: bytes) -> AnswerDraft | ProviderError:
    """Whichever comes; anything else fails the test."""
    draft = AnswerDraft()
    try:
        for event in decoded(wire):
            draft.apply(event)
    except ProviderError as error:
        return error
    return draft


@given(st.lists(jsons, max_size=4), st.booleans())
@example([{"choices": [{"delta": {"content": "\ud800"}}]}], True)
@example([{"error": {"message": {}, "code": []}}], False)
def test_no_json_breaks_it(values: list[object], as_events: bool) -> None:
    datas = [json.dumps(value).encode() for value in values]
    wire = b"".join(b"data: " + data + b"\n\n" for data in datas) if as_events else b"".join(datas)
    outcome = folded(wire)
    if isinstance(outcome, AnswerDraft):
        assert outcome.finish is not None
        assert (outcome.text + outcome.reasoning).encode().decode() == outcome.text + outcome.reasoning
    else:
        assert "host" in str(outcome)


@given(st.binary(max_size=200))
def test_no_bytes_break_it(wire: bytes) -> None:
    assert isinstance(folded(wire), AnswerDraft | ProviderError)


@given(st.lists(st.integers(0, len(CURL_STREAM))).map(sorted))
def test_an_answer_may_be_cut_into_any_pieces(cuts: list[int]) -> None:
    edges = [0, *cuts, len(CURL_STREAM)]
    pieces = [CURL_STREAM[start:end] for start, end in pairwise(edges)]
    assert decoded(*pieces) == decoded(CURL_STREAM)
