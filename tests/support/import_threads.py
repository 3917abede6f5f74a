"""Which thread imported what."""

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


class ImportThreads(MetaPathFinder):
    """Finds nothing, and notes who looked: the threads' names by module."""

    def __init__(self) -> None:
        self.threads: dict[str, str] = {}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        self.threads.setdefault(fullname, threading.current_thread().name)
        return None

    def on_main(self) -> list[str]:
        """What the main thread imported."""
        return [name for name, thread in self.threads.items() if thread == "MainThread"]


@contextmanager
def import_threads() -> Iterator[ImportThreads]:
    """Note every import from now on."""
    finder = ImportThreads()
    sys.meta_path.insert(0, finder)
    try:
        yield finder
    finally:
        sys.meta_path.remove(finder)
