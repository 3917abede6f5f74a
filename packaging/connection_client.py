"""What the first byte of an answer costs over TLS: `python packaging/connection_client.py URL`.

Each line that comes in is answered with two numbers: the seconds of CPU from the question to the first byte
with a client of httpx that is made for it, and with the app's, whose connection is open.
"""

from __future__ import annotations

import sys
import time

import httpx
from PySide6.QtCore import QCoreApplication

from desktop.domain.settings import TimeLimits
from desktop.providers.http import client_over
from desktop.providers.routes import open_routes
from desktop.runtime.loop import qt_loop

_QUESTION = {"model": "1", "messages": [], "stream": True}


def main() -> None:
    """Answer the lines of standard input until it ends."""
    with qt_loop(QCoreApplication([])) as loop:
        loop.run_until_complete(_compare_all(sys.argv[1]))


async def _compare_all(url: str) -> None:
    async with client_over(await open_routes(), TimeLimits()) as warm:
        await to_first_byte(warm, url)
        for _ in sys.stdin:
            fresh = await of_fresh_client(url)
            print(fresh, await to_first_byte(warm, url), flush=True)


async def of_fresh_client(url: str) -> float:
    """Seconds of CPU until the first byte has come, the client's making included."""
    began = time.process_time()
    client = httpx.AsyncClient()
    made = time.process_time() - began
    async with client:
        return made + await to_first_byte(client, url)


async def to_first_byte(client: httpx.AsyncClient, url: str) -> float:
    """Seconds of CPU until the first byte has come; the rest of the answer is read as well."""
    began = time.process_time()
    async with client.stream("POST", f"{url}/chat/completions", json=_QUESTION) as reply:
        pieces = reply.aiter_raw()
        await anext(pieces)
        spent = time.process_time() - began
        async for _ in pieces:
            pass
    return spent


if __name__ == "__main__":
    main()
