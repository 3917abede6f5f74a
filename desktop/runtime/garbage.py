"""When, and in which thread, Python looks for cycles of objects that nobody uses."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer

INTERVAL_MS = 2000
"""Between two looks at how much has gathered: some thousand objects, one or two ms, while text streams in."""


@contextmanager
def collected_here() -> Iterator[None]:
    """Collect garbage on this thread and no other; its Qt event loop runs meanwhile.

    Python collects in whichever thread happens to allocate. An object of Qt that is part of a cycle would
    be destroyed there, while the thread that it belongs to still sends it events: a crash.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    timer = QTimer(interval=INTERVAL_MS)
    timer.timeout.connect(collect_due)
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        if was_enabled:
            gc.enable()


def collect_due() -> None:
    """Collect the oldest generation that has grown over Python's threshold for it, and the younger ones."""
    counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
    if due := [generation for generation, (count, limit) in enumerate(counts) if count > limit]:
        gc.collect(due[-1])


def keep_all() -> None:
    """Never look again at the objects that are there now: after the start they stay, and are most of all."""
    gc.freeze()
