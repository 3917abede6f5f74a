"""Questions that are sent more than once: after a pause, or without what the server does not take."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing

import httpx
import pytest

from desktop.domain.events import AnswerDraft, Notice, NoticeRaised, RetryScheduled, StreamEvent
from desktop.domain.messages import ChatRequest, Parameters, user_message
from desktop.domain.ports import AnswerSource
from desktop.domain.provider_errors import ConnectionLost
from desktop.domain.refusals import RequestRejected
from desktop.providers.habits import Habits
from desktop.providers.http import client_over
from desktop.providers.openai_chat import OpenAIChat
from desktop.providers.retry import RetryingSource
from desktop.providers.routes import open_routes
from tests.support import seed
from tests.support.server import End, Received, Reply, Script, ScriptedServer, events, in_turn, raw, whole

ANSWER = events(seed.CURL_STREAM)
BUSY = whole({"error": {"message": "Busy"}}, status=429, headers={"retry-after-ms": "1"})
SEEDED = ChatRequest("m", (user_message("Hi"),), parameters=Parameters(seed=7, top_p=0.5))


def asking(script: Script, *questions: ChatRequest) -> tuple[list[list[StreamEvent]], list[Received]]:
    """The events of each question, and what the server received."""

    async def scenario(url: str) -> list[list[StreamEvent]]:
        habits = Habits()
        async with client_over(await open_routes()) as client:
            return [await everything(source(client, url, habits), question) for question in questions]

    with ScriptedServer(script) as server:
        return asyncio.run(scenario(server.url)), server.requests


def source(client: httpx.AsyncClient, url: str, habits: Habits | None = None) -> RetryingSource:
    return RetryingSource(OpenAIChat(client=client, base_url=url, key=None, habits=habits))


async def everything(asked: AnswerSource, question: ChatRequest) -> list[StreamEvent]:
    async with aclosing(asked.stream(question)) as stream:
        return [event async for event in stream]


def text_of(got: list[StreamEvent]) -> str:
    draft = AnswerDraft()
    for event in got:
        draft.apply(event)
    return draft.text


# ── after a pause ───────────────────────────────────────────────────────────────────────────────


def test_a_busy_server_is_asked_again_when_it_says() -> None:
    (got,), requests = asking(in_turn(BUSY, BUSY, ANSWER), SEEDED)

    waits = [event.seconds for event in got if isinstance(event, RetryScheduled)]
    assert waits == [0.001, 0.001]
    assert text_of(got).endswith("友谊时刻。")
    assert len(requests) == 3


BODY = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 9999\r\n\r\n"
ROLE = b'data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}\n\n'


@pytest.mark.parametrize("begun", [b": processing\n\n", ROLE], ids=["comment", "role"])
def test_once_a_byte_of_the_answer_came_nothing_is_asked_again_unasked(begun: bytes) -> None:
    with pytest.raises(ConnectionLost) as caught:
        asking(in_turn(raw(BODY, begun, End.CUT), ANSWER), SEEDED)
    assert not caught.value.is_fleeting


# ── without what the server does not take ───────────────────────────────────────────────────────


def takes_no(*fields: str) -> Callable[[Received], Reply]:
    def script(request: Received) -> Reply:
        for name in fields:
            if name in request.json:
                words = f"Unsupported parameter: '{name}' is not supported with this model."
                error = {"message": words, "code": "unsupported_parameter", "param": name}
                return whole({"error": error}, status=400)
        return ANSWER

    return script


def test_what_is_not_taken_is_left_out_told_once_and_remembered() -> None:
    (first, second), requests = asking(takes_no("seed", "top_p"), SEEDED, SEEDED)

    told = [event for event in first if isinstance(event, NoticeRaised)]
    assert [notice.notice for notice in told] == [Notice.SENT_WITHOUT] * 2
    assert not any(isinstance(event, NoticeRaised) for event in second)
    assert text_of(first) == text_of(second) != ""
    assert [sorted({"seed", "top_p"} & request.json.keys()) for request in requests] == [
        ["seed", "top_p"],
        ["top_p"],
        [],
        [],
    ]


def test_what_was_said_before_a_retry_is_not_said_again() -> None:
    refusing = takes_no("seed")
    replies = in_turn(BUSY, ANSWER)

    (got,), requests = asking(
        lambda request: refusing(request) if "seed" in request.json else replies(request), SEEDED
    )

    assert [type(event) for event in got[:2]] == [NoticeRaised, RetryScheduled]
    assert ["seed" in request.json for request in requests] == [True, False, False]


def test_a_refusal_that_nothing_helps_is_told_after_few_questions() -> None:
    def refusing(request: Received) -> Reply:
        words = f"Unsupported parameter: '{max(request.json)}' is not supported."
        return whole({"error": {"message": words}}, status=400)

    with ScriptedServer(refusing) as server:
        with pytest.raises(RequestRejected):
            asyncio.run(_ask_once(server.url))
        assert len(server.requests) <= 5


async def _ask_once(url: str) -> None:
    async with client_over(await open_routes()) as client:
        await everything(source(client, url), SEEDED)
