"""The ends of Python at which exceptions come out that nobody has caught, all led to one place."""

import logging
import sys
import threading
import warnings
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any, TextIO

from desktop.diagnosis.bugs import Bugs
from desktop.diagnosis.frames import place_of

if TYPE_CHECKING:
    # A start that only hands over loads no asyncio, which takes as long as all else.
    from asyncio import AbstractEventLoop
    from sys import UnraisableHookArgs

_log = logging.getLogger(__name__)

LoopHandler = Callable[["AbstractEventLoop", dict[str, Any]], None]


def lead_to(bugs: Bugs) -> None:
    """From now on nothing that was not caught is printed: desktops keep what programs print in files."""

    def of_slot(_kind: type[BaseException], error: BaseException, _frames: TracebackType | None) -> None:
        if not isinstance(error, KeyboardInterrupt):
            bugs.note(error, "slot")

    def of_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            bugs.note(args.exc_value, "thread")

    def of_destructor(args: "UnraisableHookArgs") -> None:
        if args.exc_value is not None:
            bugs.note(args.exc_value, "destructor")

    sys.excepthook = of_slot
    threading.excepthook = of_thread
    sys.unraisablehook = of_destructor
    warnings.showwarning = _log_warning


def loop_handler(bugs: Bugs) -> LoopHandler:
    """What an event loop does with exceptions out of callbacks, and of tasks that nobody waits for."""

    def handle(_loop: "AbstractEventLoop", context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            bugs.note(error, "callback")
        else:
            _log.warning("the event loop complains")

    return handle


def _log_warning(  # noqa: PLR0917 - called by Python
    message: Warning | str,  # noqa: ARG001 - it may quote anything
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001 - never printed
    line: str | None = None,  # noqa: ARG001 - of the source
) -> None:
    _log.warning("%s (%s:%d)", category.__name__, place_of(filename), lineno)
