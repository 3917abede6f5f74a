"""Chunks that are known again say what they would say if they were parsed."""

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.events import StreamEvent, TextDelta
from desktop.domain.provider_errors import ProviderError
from desktop.providers.alike import AlikeChunks
from desktop.providers.answer import AnswerDecoder
from desktop.providers.refusal import Asked
from tests.support.seed import CURL_STREAM

FACTS = {"id": "1", "object": "chat.completion.chunk", "usage": None}


def framed(value: object) -> bytes:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode()


def chunk(words: str, key: str = "content", **facts: object) -> bytes:
    choice = {"index": 0, "delta": {key: words}, "finish_reason": None}
    return framed({**FACTS, "choices": [choice], **facts})


def decoded(pieces: Sequence[bytes]) -> list[StreamEvent | str]:
    """All events, and the error that ended them."""
    decoder = AnswerDecoder(Asked("host", "m", None), {"content-type": "text/event-stream"})
    events: list[StreamEvent | str] = []
    try:
        for piece in pieces:
            events.extend(decoder.feed(piece))
        events.extend(decoder.finish())
    except ProviderError as error:
        events.append(repr(error))
    return events


def parsed(pieces: Sequence[bytes]) -> list[StreamEvent | str]:
    """What the same body says when no piece of it is a chunk by itself."""
    body = b"".join(pieces)
    return decoded([body[:1], body[1:]])


def taught(*pieces: bytes) -> AlikeChunks:
    chunks = AlikeChunks()
    for piece in pieces:
        assert chunks.message_in(piece) is None
    return chunks


@pytest.mark.parametrize(("key", "known_as"), [("content", "content"), ("reasoning_content", "reasoning")])
def test_the_third_of_a_kind_is_known(key: str, known_as: str) -> None:
    chunks = taught(chunk("the ", key), chunk("theory ", key))
    assert chunks.message_in(chunk("图 and 🎉", key)) == {known_as: "图 and 🎉"}


@pytest.mark.parametrize("words", ['"', "\\", "\n", "", "\x7f\x01"])
def test_what_json_writes_otherwise_is_parsed(words: str) -> None:
    chunks = taught(chunk("a"), chunk("b"))
    assert chunks.message_in(chunk(words)) is None
    assert chunks.message_in(chunk("c")) == {"content": "c"}


@pytest.mark.parametrize(
    "other",
    [
        chunk("b", created=8),
        chunk("b", usage={"total_tokens": 1}),
        chunk("b") + chunk("c"),
        chunk("b")[:-1],
        chunk("b")[6:],
        b"event: error\n" + chunk("b"),
        b": ping\n\n",
        b"",
    ],
)
def test_what_differs_in_more_than_words_is_parsed(other: bytes) -> None:
    assert taught(chunk("a"), chunk("c")).message_in(other) is None


@pytest.mark.parametrize(
    "pieces",
    [
        [framed({"choices": [{"delta": {"role": "r", "name": name}}]}) for name in "ab"],
        [framed({"choices": [{"delta": {"content": "w", "refusal": name}}]}) for name in "ab"],
        [framed({"choices": [{"delta": {"content": name, "reasoning": "w"}}]}) for name in "ab"],
        [framed({"choices": [{"delta": {"content": name}, "text": name}]}) for name in "ab"],
        [b"event: error\n" + chunk(name) for name in "ab"],
        [chunk(name)[:-1] for name in "ab"],
        [chunk(name) + b"event: x\n" for name in "ab"],
        [chunk(name * 4096) for name in "ab"],
        [b"x", b"x"],
        [chunk("a"), chunk("a")],
    ],
)
def test_a_shape_that_is_not_all_that_a_chunk_says_is_not_learned(pieces: list[bytes]) -> None:
    assert taught(*pieces).message_in(pieces[-1]) is None


def test_most_of_the_documents_stream_is_known() -> None:
    chunks = AlikeChunks()
    known = [chunks.message_in(piece + b"\n\n") for piece in CURL_STREAM.split(b"\n\n")]
    assert sum(message is not None for message in known) == 9


def test_another_shape_is_learned_in_the_place_of_the_first() -> None:
    chunks = taught(chunk("a", "reasoning"), chunk("b", "reasoning"))
    assert chunks.message_in(chunk("c", "reasoning")) == {"reasoning": "c"}
    following = [chunks.message_in(chunk(words)) for words in "defg"]
    assert following == [None, None, {"content": "f"}, {"content": "g"}]


def test_a_byte_order_mark_is_one_at_the_beginning_only() -> None:
    marked = [b"\xef\xbb\xbf" + chunk(words) for words in "abcd"]
    assert decoded(marked) == parsed(marked)


def test_half_an_emoji_before_known_words_is_mended() -> None:
    half = chunk("half").replace(b"half", b"\\ud83d")
    pieces = [chunk("a"), chunk("b"), chunk("c"), half, chunk("d")]
    assert decoded(pieces) == parsed(pieces)
    assert TextDelta("\ufffdd") in decoded(pieces)


words = st.text() | st.sampled_from(["the ", "theory", '"', "\\", "\n", "\r", "", "图", "🎉"])
chunks = st.builds(
    chunk,
    words,
    st.sampled_from(["content", "content", "reasoning", "reasoning_content", "other"]),
    created=st.sampled_from([1, 1, 1, 2]),
    usage=st.sampled_from([None, None, {"total_tokens": 3}]),
)
odd = st.sampled_from(
    [b": ping\n\n", b"\n", b"data: [DONE]\n\n", b"event: x\n", chunk("a")[:-1], b'data: {"choices": []}\n\n']
)


@given(st.lists(chunks | chunks | chunks | odd, max_size=30).map(lambda pieces: [b":\n\n", *pieces]))
def test_a_body_says_the_same_however_its_chunks_are_read(pieces: list[bytes]) -> None:
    assert decoded(pieces) == parsed(pieces)
