"""Waiting for Qt's signals on the loop, and leaving no task behind."""

import asyncio
import logging
from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QWidget

_LONGEST_SECONDS = 20

Child = TypeVar("Child", bound=QObject)


async def in_time(scenario: Coroutine[Any, Any, None]) -> None:
    """Fail a scenario that waits for what never comes."""
    async with asyncio.timeout(_LONGEST_SECONDS):
        await scenario


async def ended_tasks() -> list[str]:
    """Cancel every other task of the running loop, wait for their end, and say which there were."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return [repr(task) for task in tasks]


def warnings_in(records: Iterable[logging.LogRecord]) -> list[str]:
    """What the app warned of; servers that tests run in threads of their own may say what they like."""
    ours = (record for record in records if record.threadName == "MainThread")
    return [record.getMessage() for record in ours if record.levelno >= logging.WARNING]


def first(signal: SignalInstance) -> asyncio.Future[tuple[Any, ...]]:
    """The arguments of the next emission of `signal`; ask for it before you act."""
    arguments = asyncio.get_running_loop().create_future()
    signal.connect(lambda *args: None if arguments.done() else arguments.set_result(args))
    return arguments


def heard(signal: SignalInstance) -> list[Any]:
    """A list that every emission's arguments are added to (the only one bare, several as a tuple)."""
    emissions: list[Any] = []
    signal.connect(lambda *args: emissions.append(args[0] if len(args) == 1 else args))
    return emissions


def child(parent: QObject, kind: type[Child], name: str = "") -> Child:
    """The one child of `kind`, or the one whose accessible name is `name`."""
    children = [each for each in parent.findChildren(kind) if name in ("", _name(each))]
    assert len(children) == 1, f"{len(children)} of {kind.__name__} {name}"
    return children[0]


def _name(each: QObject) -> str:
    return each.accessibleName() if isinstance(each, QWidget) else each.objectName()
