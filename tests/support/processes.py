"""Other processes, seen from outside."""

import asyncio
import os
import select


async def has_ended(pid: int, within: float = 10.0) -> bool:
    """Wait until process `pid` has ended; False when it still lives after `within` seconds."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        ended, _, _ = await asyncio.to_thread(select.select, [descriptor], [], [], within)
        return bool(ended)
    finally:
        os.close(descriptor)
