"""What the window hears of our own bugs, and the report about them."""

import asyncio
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, Signal

from desktop.diagnosis.bugs import Bugs
from desktop.runtime.tasks import TaskOwner

Reporter = Callable[[Mapping[str, str]], str]
"""Makes a report that begins with the facts it is given. Reads files, and asks the keyring: in a thread."""


class Diagnosis(QObject):
    """Tells of bugs, and makes reports off the window's thread. `has_crashed`: the run before this one did.

    Signals:
        bug_met: Something raised an exception that nobody caught; once for each place that did.
        report_ready: The text that was asked for.
    """

    bug_met = Signal()
    report_ready = Signal(str)
    _noted = Signal()

    def __init__(
        self, bugs: Bugs, reporter: Reporter, tasks: TaskOwner, *, has_crashed: bool = False
    ) -> None:
        super().__init__()
        self._bugs = bugs
        self._reporter = reporter
        self._tasks = tasks
        self._has_crashed = has_crashed
        # Queued: a bug may come out of any thread, and out of the middle of a paint.
        self._noted.connect(self.bug_met, Qt.ConnectionType.QueuedConnection)
        bugs.listen(self._noted.emit)

    def take_crash(self) -> bool:
        """Whether the run before this one crashed; that is told once."""
        has_crashed, self._has_crashed = self._has_crashed, False
        return has_crashed

    def ask_for_report(self, seen: Mapping[str, str]) -> None:
        """Make a report that begins with what was `seen` of the screen."""
        self._tasks.start(self._report(seen), "make report")

    def close(self) -> None:
        """Hear of nothing any more: the event loop ends."""
        self._bugs.listen(None)

    async def _report(self, seen: Mapping[str, str]) -> None:
        self.report_ready.emit(await asyncio.to_thread(self._reporter, seen))
