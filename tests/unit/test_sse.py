"""Server-sent events, judged by the WHATWG's rules and by any cut."""

import json
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.providers.sse import LARGEST_EVENT, EventTooLarge, ServerSentEvent, SseDecoder
from tests.support.seed import CURL_STREAM

TRICKY = (
    "\ufeffdata: 图\r\n\r\n: ping\n\ndata:a\rdata: b\r\revent: error\ndata\ndata:  🎉\r\n\nid: 1\n\ndata: end"
).encode()
TRICKY_EVENTS = [
    ServerSentEvent("图"),
    ServerSentEvent("a\nb"),
    ServerSentEvent("\n 🎉", event="error"),
    ServerSentEvent("end"),
]


def decoded(*pieces: bytes) -> list[ServerSentEvent]:
    decoder = SseDecoder()
    return [event for piece in pieces for event in decoder.feed(piece)] + decoder.flush()


SEED_EVENTS = decoded(CURL_STREAM)


def test_the_documents_stream_is_its_chunks_and_done() -> None:
    *chunks, done = [event.data for event in SEED_EVENTS]
    assert len(chunks) == 15
    assert all(json.loads(chunk)["object"] == "chat.completion.chunk" for chunk in chunks)
    assert done == "[DONE]"


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"], ids=["LF", "CRLF", "CR"])
def test_each_line_ending_is_one(ending: bytes) -> None:
    assert decoded(CURL_STREAM.replace(b"\n", ending)) == SEED_EVENTS


@pytest.mark.parametrize(
    ("wire", "expected"),
    [
        (b"data: a\n\n", ["a"]),
        (b"data:a\n\n", ["a"]),
        (b"data:  a\n\n", [" a"]),
        (b"data: a\ndata: b\n\n", ["a\nb"]),
        (b"data: a:b\n\n", ["a:b"]),
        (b"data\n\ndata:\n\n", []),
        (b": comment\n\n:\n\n", []),
        (b"id: 7\nretry: 100\nevent: x\n\n", []),
        (b"Data: a\nunknown: b\n\n", []),
        (b"\n\n\ndata: a\n\n\n\n", ["a"]),
        (b"\xef\xbb\xbfdata: a\n\n\xef\xbb\xbfdata: b\n\n", ["a"]),
        (b"data: a\xff\n\n", ["a\ufffd"]),
        (b"data: a\n", ["a"]),
        (b"data: a", ["a"]),
        (b"", []),
    ],
)
def test_the_standards_rules(wire: bytes, expected: list[str]) -> None:
    assert [event.data for event in decoded(wire)] == expected


def test_the_name_of_an_event_holds_for_that_event() -> None:
    assert decoded(b"event: error\ndata: a\n\ndata: b\n\n") == [
        ServerSentEvent("a", event="error"),
        ServerSentEvent("b"),
    ]


def test_the_document_may_be_cut_anywhere() -> None:
    for cut in range(len(CURL_STREAM) + 1):
        assert decoded(CURL_STREAM[:cut], CURL_STREAM[cut:]) == SEED_EVENTS


def test_hard_bytes_may_be_cut_at_any_two_places() -> None:
    assert decoded(TRICKY) == TRICKY_EVENTS
    for first, second in combinations(range(len(TRICKY) + 1), 2):
        assert decoded(TRICKY[:first], TRICKY[first:second], TRICKY[second:]) == TRICKY_EVENTS


def test_bytes_may_come_one_by_one() -> None:
    assert decoded(*(CURL_STREAM[i : i + 1] for i in range(len(CURL_STREAM)))) == SEED_EVENTS


@given(st.lists(st.integers(0, len(CURL_STREAM))).map(sorted))
def test_the_document_may_be_cut_into_any_pieces(cuts: list[int]) -> None:
    edges = [0, *cuts, len(CURL_STREAM)]
    pieces = [CURL_STREAM[start:end] for start, end in pairwise(edges)]
    assert decoded(*pieces) == SEED_EVENTS


wires = st.lists(
    st.sampled_from([b"data", b":", b" ", b"\r", b"\n", b"\r\n", b"event: x", b"\xef\xbb\xbf", "图".encode()])
    | st.binary(max_size=4)
).map(b"".join)


@given(wires, st.data())
def test_any_bytes_may_be_cut_anywhere(wire: bytes, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(wire)))
    assert decoded(wire[:cut], wire[cut:]) == decoded(wire)


def test_a_huge_line_in_small_pieces_is_read_once() -> None:
    pieces = [b"data: ", *[b"x" * 100] * 5_000, b"\n\n"]
    (event,) = decoded(*pieces)
    assert len(event.data) == 500_000


@pytest.mark.parametrize(
    "line", [b"x" * 1024, b"data: " + b"x" * 1017 + b"\n", b": ping " + b"x" * 1017 + b"\n"]
)
def test_an_event_without_end_is_refused(line: bytes) -> None:
    with pytest.raises(EventTooLarge):
        decoded(*[line] * (LARGEST_EVENT // 1000))


def test_the_limit_is_one_events_and_not_the_streams() -> None:
    decoder = SseDecoder()
    event = b"data: " + b"x" * (LARGEST_EVENT // 2) + b"\n\n"
    for _ in range(4):
        assert len(decoder.feed(event)) == 1
