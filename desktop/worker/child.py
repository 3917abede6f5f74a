"""The child process: reads a request from stdin, answers with frames on stdout, leaves at stdin's end."""

import faulthandler
import os
import signal
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

from desktop.worker import landlock, seccomp
from desktop.worker.confine import ALONE_SECONDS, confine, keep_memory, live_for, step_back
from desktop.worker.wire import END, FAILED, REFUSED, Frame, Refusal, read_frame, write_frame

Verb = Callable[[Mapping[str, Any], bytes], Iterator[Frame]]

DETAIL_LIMIT = 500
"""Characters of a library's own words that are passed on."""


def main() -> int:
    """Return the process's exit status."""
    # Ctrl+C in a terminal reaches every process of the group; the app decides when this one ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _keep_stderr_for_crashes()
    confine()
    requests, replies = _private_pipes()
    # Before any library starts a thread, which would stay outside.
    landlock.enclose()
    seccomp.enclose()
    try:
        while (request := read_frame(requests)) is not None:
            live_for(ALONE_SECONDS)
            for reply in _answer(request):
                write_frame(replies, reply)
                live_for(ALONE_SECONDS)
            live_for(0)
    except BrokenPipeError:
        # The app is gone; nobody waits for the rest, nor for a flush at exit.
        os._exit(0)
    return 0


def _keep_stderr_for_crashes() -> None:
    """A crash is told where stderr leads, by frames alone; what libraries print may quote an image."""
    faulthandler.enable(os.dup(2))
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    os.close(nothing)


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the app, out of the reach of libraries that print or prompt."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    return requests, replies


def _answer(request: Frame) -> Iterator[Frame]:
    try:
        yield from _verb(request.kind)(request.facts, request.payload)
    except Refusal as refusal:
        yield Frame(REFUSED, {"kind": refusal.kind, "detail": refusal.detail, "facts": refusal.facts})
    except Exception as error:  # noqa: BLE001 - whatever a library raises, the next image must work
        yield Frame(FAILED, {"detail": f"{type(error).__name__}: {error}"[:DETAIL_LIMIT]})
    else:
        yield Frame(END)


def _verb(name: str) -> Verb:
    """The verb's function; what it needs is imported with it, so that each child loads only its own."""
    if name == "prepare":
        return _prepare
    if name == "inspect":
        keep_memory()
        from desktop.worker.pixels.inspect import inspect  # noqa: PLC0415

        return inspect
    if name == "pages":
        from desktop.worker.pixels.inspect import pages  # noqa: PLC0415

        return pages
    if name == "read":
        step_back()  # before the networks start their threads
        from desktop.worker.reading.read import read  # noqa: PLC0415

        return read
    raise ValueError(f"unknown verb {name!r}")


def _prepare(facts: Mapping[str, Any], _payload: bytes) -> Iterator[Frame]:
    _verb(facts["verb"])
    yield from ()
