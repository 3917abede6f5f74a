"""What befalls a history on a small disk, in a program that stands on it: `SCENARIO FOLDER`.

Only who stands there may open a database on it: SQLite follows the links that lead there from elsewhere, and
ends up where it began. The program asks on stdout for the disk to be "ro" or "rw", and waits for a line.
"""

import asyncio
import os
import sys
from collections.abc import Awaitable
from pathlib import Path

from desktop.domain.conversation import Answer, Conversation, MessageId
from desktop.domain.history import Piece
from desktop.domain.history_errors import HistoryError, HistoryFull, HistoryNotWritable
from desktop.domain.messages import user_message
from desktop.storage.history import SqliteHistory
from tests.support.histories import ID, OTHER, asked, opened, picture, whole

_LONG = Conversation().ask(user_message("?")).begin_answer(MessageId(0), "m")
_ENOUGH = 150_000
"""Bytes for some pieces, and for nothing large."""


async def read_only_for_a_while(disk: Path) -> None:
    """It is said when the history is opened; later it can be written on."""
    async with opened(disk / "history") as store:
        await store.write(whole(ID, asked()))
    _ask_for("ro")
    store = SqliteHistory(disk / "history")
    assert await _refusal(store.open()) is HistoryNotWritable
    _ask_for("rw")
    await store.open()
    await store.write(whole(OTHER, asked()))
    assert len(await store.page(None, 9)) == 2
    await store.aclose()


async def full_for_a_while(disk: Path) -> None:
    """It is said; what was written stays and can be read; everything is written once there is space."""
    large = whole(OTHER, asked("x" * 200_000, "!", picture(1)))
    async with opened(disk / "history") as store:
        await store.write(whole(ID, _LONG))
        ballast = _fill(disk, _ENOUGH)
        grown = await _grow_until_full(store)
        assert await _refusal(store.write(large)) is HistoryFull
        assert (await store.load(ID))[MessageId(1)].answer == Answer("m", text=grown)
        ballast.unlink()
        await store.write(large)
        await store.grow([Piece(ID, MessageId(1), "the end")])
    async with opened(disk / "history") as store:
        answer = (await store.load(ID))[MessageId(1)].answer
        assert answer == Answer("m", text=f"{grown}the end", finish="interrupted")


async def full_at_first(disk: Path) -> None:
    """The history is opened once there is space."""
    ballast = _fill(disk, 0)
    store = SqliteHistory(disk / "history")
    assert await _refusal(store.open()) is HistoryFull
    ballast.unlink()
    await store.open()
    await store.write(whole(ID, asked()))
    await store.aclose()


def _ask_for(how: str) -> None:
    print(how, flush=True)
    sys.stdin.readline()


async def _refusal(asked_for: Awaitable[object]) -> type[HistoryError] | None:
    try:
        await asked_for
    except HistoryError as error:
        return type(error)
    return None


async def _grow_until_full(store: SqliteHistory) -> str:
    """What had been written before."""
    grown = ""
    while len(grown) < 2_000_000:
        piece = f"{len(grown)} ".ljust(5000)
        try:
            await store.grow([Piece(ID, MessageId(1), piece)])
        except HistoryFull:
            return grown
        grown += piece
    raise AssertionError("the disk was never full")


def _fill(disk: Path, left: int) -> Path:
    """A file on it that leaves so many bytes."""
    found = os.statvfs(disk)
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(found.f_bavail * found.f_frsize - left))
    return ballast


if __name__ == "__main__":
    scenarios = {each.__name__: each for each in (read_only_for_a_while, full_for_a_while, full_at_first)}
    asyncio.run(scenarios[sys.argv[1]](Path(sys.argv[2])))
