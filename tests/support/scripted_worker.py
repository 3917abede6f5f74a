"""A child that speaks the worker's language and does what the test says: `python scripted_worker.py`."""

import os
import sys
import threading
from collections.abc import Callable, Iterator

from desktop.worker.wire import END, Frame, read_frame, write_frame


def answer(request: Frame) -> Iterator[Frame]:
    """One verb after another, in words: "first, then silence"."""
    for verb in request.kind.split(", then "):
        match verb:
            case "echo":
                yield Frame("echo", request.facts, request.payload)
            case "count":
                yield from (Frame("number", {"number": n}) for n in range(request.facts["to"]))
            case "environment":
                yield Frame("environment", dict(os.environ))
            case "first":
                yield Frame("first")
            case misdeed:
                MISDEEDS[misdeed]()
    yield Frame(END)


MISDEEDS: dict[str, Callable[[], object]] = {
    "silence": lambda: threading.Event().wait(),
    "die": lambda: os._exit(3),
    "babble": lambda: os.write(1, b"Loading model, please wait ...\n"),
    "flood stderr": lambda: os.write(2, b"warning\n" * 100_000),
}


if __name__ == "__main__":
    while (asked := read_frame(sys.stdin.buffer)) is not None:
        for frame in answer(asked):
            write_frame(sys.stdout.buffer, frame)
