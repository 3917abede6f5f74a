"""Files and pixels on their way into the question: read at once, looked at one by one, in order."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import AppError, without_frames
from desktop.domain.image_errors import IsAFolder, refused_together, too_many
from desktop.domain.images import ImageBytes, ImageFile, ImageSource, digest
from desktop.domain.ports import FolderReader, ImageLoader
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels.cards import Card, Cards
from desktop.viewmodels.progress import Tally, Work


@dataclass(frozen=True, slots=True)
class FolderFound:
    """A folder that was dropped, and the files in it that look like images."""

    name: str
    files: tuple[Path, ...]


class _Batch:
    """What was added in one go, and why some of it cannot be used."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.refusals: list[AppError] = []
        self.left_out: list[str] = []


class Arrivals(QObject):
    """Turns what is added into cards.

    Signals:
        refused: An `AppError`: why images of one addition cannot be used.
        folder_found: A `FolderFound`; nothing of it is attached.
    """

    refused = Signal(object)
    folder_found = Signal(object)

    def __init__(
        self,
        cards: Cards,
        loader: ImageLoader,
        folders: FolderReader,
        tally: Tally,
        tasks: TaskOwner,
    ) -> None:
        super().__init__(cards)
        self._cards = cards
        self._loader = loader
        self._folders = folders
        self._tally = tally
        self._tasks = tasks
        self._batches: dict[_Batch, asyncio.Task[None]] = {}
        self._turn = asyncio.Lock()

    def add(self, sources: Sequence[ImageSource]) -> None:
        if not sources:
            return
        # Begun here and now, within the drop: what is dropped may be gone when it has ended.
        reads = self._loader.read(sources)
        batch = _Batch(self._tally.begin(len(sources)))
        task = self._tasks.start(self._load(batch, list(zip(sources, reads, strict=True))), "load images")
        self._batches[batch] = task
        # Not in the task: one that is cancelled before its first step never enters it.
        task.add_done_callback(lambda _: self._end(batch))

    def cancel(self) -> None:
        """Give up what has not come; why some of it was refused is still told."""
        for batch, task in tuple(self._batches.items()):
            task.cancel()
            self._end(batch)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    async def _load(self, batch: _Batch, reads: list[tuple[ImageSource, Awaitable[ImageBytes]]]) -> None:
        reads.reverse()
        async with self._turn:
            while reads:
                source, read = reads.pop()
                try:
                    await self._take_in(batch, source, read)
                except AppError as error:
                    batch.refusals.append(without_frames(error))
                self._tally.step(batch.work)

    async def _take_in(self, batch: _Batch, source: ImageSource, read: Awaitable[ImageBytes]) -> None:
        try:
            given = await read
        except IsAFolder:
            await self._look_into(batch, source)
            return
        if self._cards.is_full:
            await self._leave_out(batch, given)
            return
        limits = self._cards.limits
        image = await self._loader.load(given, limits)
        if batch in self._batches:
            self._cards.append(Card(image, given, limits))

    async def _leave_out(self, batch: _Batch, given: ImageBytes) -> None:
        """Note its name, unless it is there already."""
        source_digest = await asyncio.to_thread(digest, given.data)
        if self._cards.find(source_digest) is None:
            batch.left_out.append(given.name)

    async def _look_into(self, batch: _Batch, source: ImageSource) -> None:
        assert isinstance(source, ImageFile)
        files = await self._folders.images_in(source.path)
        if batch in self._batches:
            self.folder_found.emit(FolderFound(source.name, files))

    def _end(self, batch: _Batch) -> None:
        if self._batches.pop(batch, None) is None:
            return
        # Before the work has ended: whoever waits to send must hear it before all is ready.
        if batch.refusals:
            self.refused.emit(refused_together(batch.refusals))
        if batch.left_out:
            self.refused.emit(too_many(batch.left_out, self._cards.limits.count or len(self._cards)))
        self._cards.tell_gathered()
        self._tally.end(batch.work)
