"""Answers without end, and values without end in them."""

import pytest

from desktop.domain.events import AnswerDraft, Finished, StreamEvent, TextDelta
from desktop.domain.provider_errors import AnswerTooLong, NotAnAnswer, ProviderError
from desktop.providers.answer import AnswerDecoder
from desktop.providers.chunks import LONGEST_ANSWER
from desktop.providers.refusal import Asked
from desktop.providers.sse import LARGEST_EVENT
from tests.support.torrents import STOP, delta


def decoded(*pieces: bytes) -> tuple[list[StreamEvent], ProviderError | None]:
    """The events, and the error that they ended in."""
    decoder, events = AnswerDecoder(Asked("host", "m", None), {}), list[StreamEvent]()
    try:
        for piece in pieces:
            events.extend(decoder.feed(piece))
        events.extend(decoder.finish())
    except ProviderError as error:
        return events, error
    return events, None


@pytest.mark.parametrize("key", ["content", "reasoning_content"])
@pytest.mark.parametrize("size", [10_000, 300_007])
def test_it_is_ended_after_what_there_is_room_for(key: str, size: int) -> None:
    events, error = decoded(*[delta(**{key: "x" * size})] * (LONGEST_ANSWER // size + 2))
    draft = AnswerDraft()
    for event in events:
        draft.apply(event)
    assert isinstance(error, AnswerTooLong)
    assert len(draft.text + draft.reasoning) == LONGEST_ANSWER
    assert str(error) == "host sent 2 million characters and went on. The answer was ended here."


def test_thoughts_and_words_share_the_room() -> None:
    half = delta(content="x" * 250_000, reasoning="y" * 250_000)
    full = [half] * (LONGEST_ANSWER // 500_000)
    events, error = decoded(*full, STOP)
    assert (events[-1], error) == (Finished("stop"), None)
    events, error = decoded(*full, delta(content="z"))
    assert isinstance(error, AnswerTooLong)
    assert TextDelta("z") not in events


@pytest.mark.parametrize("begin", [b'{"choices": [', b'data: {"choices": ['])
def test_a_value_without_end_is_no_answer(begin: bytes) -> None:
    _, error = decoded(begin, *[b"{}," * 1_000] * (LARGEST_EVENT // 3_000 + 1))
    assert isinstance(error, NotAnAnswer)
