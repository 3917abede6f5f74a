"""Many questions: twenty at once, and a thousand after each other that leave nothing behind."""

import asyncio
import gc
import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, suppress
from pathlib import Path

import pytest

from desktop.connection import Connection
from desktop.domain.errors import AppError
from desktop.domain.events import AnswerDraft
from desktop.domain.messages import ChatRequest, Parameters, user_message
from desktop.domain.settings import Endpoint, Settings
from tests.support import seed
from tests.support.drawer import Drawer
from tests.support.server import End, Gate, Received, Reply, Script, ScriptedServer, events, whole

QUESTION = ChatRequest("m", (user_message("Hi"),), parameters=Parameters(seed=7))


async def draft_of(connection: Connection, url: str, most: int = 1_000) -> AnswerDraft:
    """The answer, left after `most` events."""
    draft = AnswerDraft()
    settings = Settings(Endpoint("custom", base_url=url))
    asked = await connection.source("m", settings)
    async with aclosing(asked.stream(QUESTION)) as stream:
        async for event in stream:
            draft.apply(event)
            if (most := most - 1) == 0:
                break
    return draft


def test_twenty_streams_at_once_go_through_one_client() -> None:
    """None of them ends before all have begun."""
    gate, first, rest = Gate(), seed.CURL_STREAM[:700], seed.CURL_STREAM[700:]

    def script(_: Received) -> Reply:
        if len(server.requests) == 20:
            gate.open()
        return events(first, gate, rest)

    async def scenario() -> list[AnswerDraft]:
        connection = Connection({}, secrets=Drawer())
        try:
            return await asyncio.gather(*(draft_of(connection, server.url) for _ in range(20)))
        finally:
            await connection.aclose()

    with ScriptedServer(script) as server:
        drafts = asyncio.run(scenario())
    assert server.connections == 20
    assert {draft.finish for draft in drafts} == {"stop"}
    assert len({draft.text for draft in drafts}) == 1


# ── a thousand in a row ─────────────────────────────────────────────────────────────────────────

WARMING, MEASURED = 200, 1_000
REFUSED = whole({"error": {"message": "Unsupported parameter: 'seed'"}}, status=400)
REPLIES = (
    events(seed.CURL_STREAM),
    whole(seed.CURL_BODY),
    events(seed.CURL_STREAM[:900], End.CUT),
    whole(seed.ERROR_BODY, status=401),
    events(seed.CURL_STREAM[:900], End.HANG),
    events(seed.CURL_STREAM),
    whole(b"<html>", content_type="text/html"),
)
"""Whole ones, broken ones, refusals, and one that is stopped half way."""

MOST_GROWTH = 100
"""Bytes a question: less than any object that one could leave."""

LATE_TO_CLOSE = 5
"""Descriptors of the server, whose thread may be just about to close them: a leak would have hundreds."""


async def ask(connection: Connection, server: ScriptedServer, count: int) -> None:
    for number in range(count):
        reply = REPLIES[number % len(REPLIES)]
        server.script = refusing_seed(reply)
        with suppress(AppError):
            await draft_of(connection, server.url, most=1 if End.HANG in tuple(reply.steps) else 1_000)
        server.requests.clear()


def refusing_seed(reply: Reply) -> Script:
    return lambda request: REFUSED if "seed" in request.json else reply


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts descriptors as Linux lists them")
def test_a_thousand_questions_leave_nothing_behind() -> None:
    async def scenario() -> None:
        # asyncio's own executor starts one more whenever all of its threads happen to be busy.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
        connection = Connection({}, secrets=Drawer())
        try:
            await ask(connection, server, WARMING)
            before = measured()
            await ask(connection, server, MEASURED // 2)
            between = measured()
            await ask(connection, server, MEASURED // 2)
            after = measured()
        finally:
            await connection.aclose()
        # Threads and tasks; a thread of an earlier test may end meanwhile.
        assert all(now <= then for then, now in zip(before[2:], after[2:], strict=True))
        assert max(between[1], after[1]) <= before[1] + LATE_TO_CLOSE
        # What is made once, such as a module that is loaded late, grows in one of the halves only.
        growth = min(between[0] - before[0], after[0] - between[0])
        assert growth / (MEASURED // 2) < MOST_GROWTH

    with ScriptedServer(lambda _: REFUSED) as server:
        tracemalloc.start()
        try:
            asyncio.run(scenario())
        finally:
            tracemalloc.stop()


def measured() -> tuple[int, int, int, int]:
    gc.collect()
    memory, _ = tracemalloc.get_traced_memory()
    return memory, descriptors(), threading.active_count(), len(asyncio.all_tasks())
