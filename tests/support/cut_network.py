"""An answer whose network goes away in the middle: a program for a network namespace of its own.

Prints the kind of error that the answer ends with, and after how many seconds it does.
"""

import asyncio
import fcntl
import socket
import struct
import time

from desktop.domain.errors import AppError
from desktop.domain.settings import TimeLimits
from tests.support import seed
from tests.support.asking import ONE_IMAGE, chat_with, collect
from tests.support.server import Gate, ScriptedServer, events, in_turn

_SET_FLAGS, _UP = 0x8914, 0x1
"""SIOCSIFFLAGS, IFF_UP of Linux."""

_LIMITS = TimeLimits(idle=3000.0, thinking=3000.0)
"""Nothing but the dead connection itself may end the answer."""


def set_network(*, is_up: bool) -> None:
    """Switch loopback, over which nothing comes or goes then, without a word to either side."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as switch:
        fcntl.ioctl(switch, _SET_FLAGS, struct.pack("16sh22x", b"lo", _UP if is_up else 0))


async def end_of_answer(server: ScriptedServer, gate: Gate) -> tuple[str, float]:
    async with chat_with(server.url, limits=_LIMITS) as chat:
        asked = asyncio.create_task(collect(chat, ONE_IMAGE))
        await asyncio.to_thread(gate.reached.wait)
        set_network(is_up=False)
        cut = time.monotonic()
        try:
            await asked
        except AppError as error:
            return type(error).__name__, time.monotonic() - cut
    return "the whole answer", time.monotonic() - cut


def main() -> None:
    set_network(is_up=True)
    begun, _, rest = seed.CURL_STREAM.partition(b"\n\n")
    gate = Gate()
    with ScriptedServer(in_turn(events(begun + b"\n\n", gate, rest))) as server:
        kind, seconds = asyncio.run(end_of_answer(server, gate))
        set_network(is_up=True)
    print(kind, f"{seconds:.0f}", flush=True)


if __name__ == "__main__":
    main()
