"""Ask a first question on the window's loop: `python -m tests.support.first_question PORT`.

A program of its own, for only a fresh one imports anything. Prints as JSON what the loop's thread imported
from the question on, and the answer.
"""

import json
import os
import sys
from contextlib import aclosing

from PySide6.QtCore import QCoreApplication

from desktop.connection import Connection, load_catalog
from desktop.domain.events import TextDelta
from desktop.domain.messages import user_message
from desktop.domain.request import chat_request
from desktop.domain.settings import Endpoint, Settings
from desktop.runtime.loop import qt_loop
from tests.support.import_threads import import_threads


async def ask(port: int) -> str:
    """The answer of the server at `port` of this machine."""
    settings = Settings(endpoint=Endpoint("custom", base_url=f"http://127.0.0.1:{port}/v1"))
    connection = Connection(os.environ)
    request = chat_request(load_catalog().find("local"), (user_message("What is this?"),), settings)
    try:
        source = await connection.source("local", settings)
        async with aclosing(source.stream(request)) as events:
            return "".join([event.text async for event in events if isinstance(event, TextDelta)])
    finally:
        await connection.aclose()


def main(port: int) -> None:
    with qt_loop(QCoreApplication([])) as loop, import_threads() as imports:
        words = loop.run_until_complete(ask(port))
    print(json.dumps({"words": words, "imported": imports.on_main()}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
