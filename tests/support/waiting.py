"""Waiting for what another process does: look again and again, until a deadline that only failures reach."""

import time
from collections.abc import Callable
from typing import Literal, TypeVar

Seen = TypeVar("Seen")

PATIENCE = 30.0
"""Seconds. Far more than anything takes here, for machines that do much else."""

_PAUSE = 0.03


def wait_for(
    what: str, look: Callable[[], Seen | Literal[False] | None], *, seconds: float = PATIENCE
) -> Seen:
    """The first thing that `look` sees: not None, False or empty. Fails with `what` was waited for."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        seen = look()
        if seen:
            return seen
        time.sleep(_PAUSE)
    raise AssertionError(f"not within {seconds:g} s: {what}")
