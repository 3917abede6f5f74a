"""The openai SDK as a second reader: what it accepts says the same to the app."""

from collections.abc import Iterator
from typing import Any

import pytest

from desktop.domain.events import AnswerDraft
from tests.support import seed
from tests.support.asking import ask
from tests.support.faults import FAULTS
from tests.support.faults.fault import replies
from tests.support.faults.said import ANSWER
from tests.support.sdk_reader import SdkReader, sdk_reader
from tests.support.server import events

STREAMS = {
    **{fault.name: fault.scene for fault in FAULTS if fault.group == "wire" and isinstance(fault.comes, str)},
    "the document's": replies(events(seed.CURL_STREAM)),
    "the SDK's own": replies(events(seed.sdk_wire())),
    "LangChain's": replies(events(seed.langchain_wire())),
}

REFUSED = {
    "events without data",
    "choices missing",
    "choices null",
    "a choice that is null",
    "delta missing",
    "content in parts",
    "cut after the reason",
    "JSON instead of a stream",
    "gzip of one piece",
}
"""Streams at which the SDK fails, or of which it hears nothing."""

TAGS = {"<think> in the text": "<think>Hm.</think>\n\n", "<think> that never ends": "<think>"}
"""What the SDK takes for the beginning of the answer."""

OUR_WORDS = {
    "eos": "stop",
    "max_tokens": "length",
    "sensitive": "content_filter",
    "function_call": "tool_calls",
    "error": "interrupted",
    "network_error": "interrupted",
    "insufficient_system_resource": "interrupted",
    "aborted": "interrupted",
}
"""What the app makes of words for the end that are not OpenAI's."""


@pytest.fixture(scope="module")
def reader() -> Iterator[SdkReader]:
    with sdk_reader() as reader:
        yield reader


@pytest.mark.parametrize("name", STREAMS)
def test_what_the_sdk_accepts_says_the_same_to_the_app(reader: SdkReader, name: str) -> None:
    with STREAMS[name]() as place:
        theirs, ours = reader.heard(place.endpoint.base_url), ask(place.endpoint.base_url)

    assert ("refused" in theirs or not theirs["chunks"]) == (name in REFUSED)
    if name not in REFUSED:
        assert (text(ours, name), counts(ours)) == (theirs["text"], counted(theirs))
        assert ours.finish == reason(theirs)


def text(ours: AnswerDraft, name: str) -> str:
    if name == "the whole answer as thoughts":
        return ""
    return TAGS.get(name, "") + ours.text


def counts(ours: AnswerDraft) -> list[int | None] | None:
    usage = ours.usage
    return [usage.prompt_tokens, usage.completion_tokens, usage.total_tokens] if usage else None


def counted(theirs: dict[str, Any]) -> list[int | None] | None:
    """Without what is no number, which the SDK hands on too."""
    usage = [count if isinstance(count, int) else None for count in theirs["usage"] or []]
    return usage or None


def reason(theirs: dict[str, Any]) -> str:
    """The app adds one where the server gave none: what ends with `[DONE]` has ended."""
    word: str | None = theirs["finish"]
    if word is None:
        return "stop" if theirs["text"] == ANSWER else "interrupted"
    return OUR_WORDS.get(word, word)
