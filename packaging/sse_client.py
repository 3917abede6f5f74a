"""Reads streamed answers in one of three ways: `python packaging/sse_client.py WAY URL`.

Each line that comes in is a number of chunks; it is answered with the seconds of CPU that the process takes
to ask for so many and to read them. All ways run on the app's event loop.

app: the app's own source of answers, with its client. sdk: the openai SDK, as its manual shows it. raw:
httpx, which throws the bytes away.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from typing import Any

import httpx
from PySide6.QtCore import QCoreApplication

from desktop.domain.events import TextDelta
from desktop.domain.messages import ChatRequest, user_message
from desktop.domain.settings import TimeLimits
from desktop.providers.http import client_over
from desktop.providers.openai_chat import OpenAIChat
from desktop.providers.routes import open_routes
from desktop.runtime.loop import qt_loop

Read = Callable[[int], Awaitable[int]]
"""Asks for so many chunks, and gives how many came."""

_QUESTION = "What is this?"


def main() -> None:
    """Answer the lines of standard input until it ends."""
    way, url = sys.argv[1:]
    with qt_loop(QCoreApplication([])) as loop:
        loop.run_until_complete(_read_all(WAYS[way](url)))


async def _read_all(opened: AbstractAsyncContextManager[Read]) -> None:
    async with opened as read:
        for line in sys.stdin:
            print(await cost(read, int(line)), flush=True)


async def cost(read: Read, chunks: int) -> float:
    """Seconds of CPU for one answer of so many chunks."""
    began = time.process_time()
    came = await read(chunks)
    spent = time.process_time() - began
    assert came >= chunks, f"{came} of {chunks} chunks came"
    return spent


@asynccontextmanager
async def app(url: str) -> AsyncIterator[Read]:
    """As the app reads."""

    async def read(chunks: int) -> int:
        request = ChatRequest(str(chunks), (user_message(_QUESTION),))
        async with aclosing(chat.stream(request)) as events:
            return len([event.text async for event in events if isinstance(event, TextDelta)])

    async with client_over(await open_routes(), TimeLimits()) as client:
        chat = OpenAIChat(client=client, base_url=url, key="key")
        yield read


@asynccontextmanager
async def sdk(url: str) -> AsyncIterator[Read]:
    """As the openai SDK's manual reads."""
    openai: Any = importlib.import_module("openai")

    async def read(chunks: int) -> int:
        messages = [{"role": "user", "content": _QUESTION}]
        stream = await client.chat.completions.create(model=str(chunks), messages=messages, stream=True)
        return len([chunk.choices[0].delta.content async for chunk in stream])

    async with openai.AsyncOpenAI(api_key="key", base_url=url) as client:
        yield read


@asynccontextmanager
async def raw(url: str) -> AsyncIterator[Read]:
    """Bytes that nobody looks at."""

    async def read(chunks: int) -> int:
        question = {"model": str(chunks), "messages": [], "stream": True}
        async with client.stream("POST", f"{url}/chat/completions", json=question) as reply:
            return len([None async for _ in reply.aiter_raw()])

    async with httpx.AsyncClient() as client:
        yield read


WAYS = {"app": app, "sdk": sdk, "raw": raw}


if __name__ == "__main__":
    main()
