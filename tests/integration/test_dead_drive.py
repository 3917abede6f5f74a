"""A file whose bytes do not come, as from a network drive that is gone, and what is added after it."""

import asyncio
from collections.abc import Awaitable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from desktop.domain.errors import AppError
from desktop.domain.image_errors import FileUnreadable
from desktop.domain.images import ImageBytes, ImageFile, ImageSource
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels.arrivals import Arrivals
from desktop.viewmodels.cards import Cards
from desktop.viewmodels.progress import UnderWay
from tests.conftest import Run
from tests.support.pictures import ScriptedFolders, ScriptedLoader
from tests.support.qt import first, heard

DEAD = "dead.png"


class DeadDrive(ScriptedLoader):
    """Of `DEAD` there are no bytes until `bytes_of_dead` has them."""

    def __init__(self) -> None:
        super().__init__()
        self.bytes_of_dead: asyncio.Future[ImageBytes] = asyncio.get_running_loop().create_future()

    def read(self, sources: Sequence[ImageSource]) -> list[Awaitable[ImageBytes]]:
        reads = zip(sources, super().read(sources), strict=True)
        return [self.bytes_of_dead if source.name == DEAD else read for source, read in reads]


class Desk:
    """Additions that wait for no file longer than a turn of the loop."""

    def __init__(self) -> None:
        self._root = QObject()
        self.loader, self.tasks, self.cards = DeadDrive(), TaskOwner(), Cards(self._root)
        self.under_way = UnderWay(self.tasks, self._root)
        self.arrivals = Arrivals(self.cards, self.loader, ScriptedFolders(), self.under_way, patience=0)
        self.refused = heard(self.arrivals.refused)

    def add(self, *names: str) -> None:
        self.arrivals.add([ImageFile(Path(name)) for name in names])

    async def holds(self, *names: str) -> None:
        """Until these are attached, in this order."""
        while [card.name for card in self.cards] != list(names):
            await first(self.cards.changed)


def test_what_is_added_later_goes_first(run: Run) -> None:
    async def scenario() -> None:
        desk = Desk()
        desk.add(DEAD, "with it.png")
        desk.add("later.png")
        await desk.holds("later.png")

        desk.loader.bytes_of_dead.set_result(ImageBytes(DEAD, b"dead"))
        await desk.holds("later.png", DEAD, "with it.png")

    run(scenario())


def test_its_failure_is_told_and_the_others_come(run: Run) -> None:
    async def scenario() -> None:
        desk = Desk()
        desk.add(DEAD, "with it.png")
        desk.add("later.png")
        await desk.holds("later.png")

        desk.loader.bytes_of_dead.set_exception(FileUnreadable(name=DEAD, detail="Host is down"))
        await desk.holds("later.png", "with it.png")
        if not desk.refused:
            await first(desk.arrivals.refused)
        (error,) = desk.refused
        assert isinstance(error, AppError)

    run(scenario())


def test_giving_it_up_leaves_the_turn_to_others(run: Run) -> None:
    async def scenario() -> None:
        desk = Desk()
        desk.add(DEAD)
        desk.add("later.png")
        await desk.holds("later.png")

        desk.under_way.end_all()
        desk.add("last.png")
        await desk.holds("later.png", "last.png")

    run(scenario())
