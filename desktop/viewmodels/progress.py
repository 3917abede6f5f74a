"""How much of what is on its way has come."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class LoadProgress:
    """`done` of `total` images have been looked at, refused ones included."""

    done: int
    total: int


@dataclass(eq=False, slots=True)
class Work:
    """One piece of work: so many images of it are `done`, of `total`."""

    total: int
    done: int = 0


class Tally(QObject):
    """Adds up all pieces of work that are under way.

    Signals:
        changed: Work was begun, went on, or ended.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._under_way: list[Work] = []
        self._ended = 0

    @property
    def left(self) -> int:
        """So many images are on their way; of a piece of work at least one until it has ended."""
        return sum(max(1, work.total - work.done) for work in self._under_way)

    @property
    def progress(self) -> LoadProgress | None:
        """Of all that was begun since nothing was under way; None when nothing is."""
        if not self._under_way:
            return None
        done = self._ended + sum(work.done for work in self._under_way)
        return LoadProgress(done, self._ended + sum(work.total for work in self._under_way))

    def __contains__(self, work: Work) -> bool:
        return work in self._under_way

    def begin(self, total: int) -> Work:
        work = Work(total)
        self._under_way.append(work)
        self.changed.emit()
        return work

    def step(self, work: Work) -> None:
        """One more image is done."""
        work.done += 1
        self.changed.emit()

    def end(self, work: Work) -> None:
        """Nothing of `work` is to come any more. Saying so twice does no harm."""
        if work in self._under_way:
            self._under_way.remove(work)
            self._ended = self._ended + work.total if self._under_way else 0
            self.changed.emit()
