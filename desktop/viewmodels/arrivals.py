"""Files and pixels on their way into the question: read at once, looked at one by one, in order."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import AppError, without_frames
from desktop.domain.image_errors import IsAFolder, refused_together, too_many
from desktop.domain.images import ImageBytes, ImageFile, ImageSource, digest
from desktop.domain.ports import FolderReader, ImageLoader
from desktop.viewmodels.cards import Card, Cards
from desktop.viewmodels.progress import UnderWay, Work
from desktop.viewmodels.turns import Turn

PATIENCE = 2.0
"""Seconds that later additions wait for a file or a folder of an earlier one: a network drive may be gone."""


@dataclass(frozen=True, slots=True)
class FolderFound:
    """A folder that was dropped, and the files in it that look like images."""

    name: str
    files: tuple[Path, ...]


Reads = list[tuple[ImageSource, Awaitable[ImageBytes]]]
"""What was named, and its bytes to come."""


class _Batch:
    """What was added in one go: what of it was not looked at yet, and why some of it cannot be used."""

    def __init__(self, reads: Reads, at_end: Callable[["_Batch"], None]) -> None:
        self.work = Work(len(reads), lambda: at_end(self))
        self.reads = reads[::-1]
        self.refusals: list[AppError] = []
        self.left_out: list[str] = []


class Arrivals(QObject):
    """Turns what is added into cards, in order; behind a file that does not come nobody waits for long.

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
        under_way: UnderWay,
        *,
        patience: float = PATIENCE,
    ) -> None:
        super().__init__(cards)
        self._cards = cards
        self._loader = loader
        self._folders = folders
        self._under_way = under_way
        self._lock = asyncio.Lock()
        self._patience = patience

    def add(self, sources: Sequence[ImageSource]) -> None:
        if not sources:
            return
        # Begun here and now, within the drop: what is dropped may be gone when it has ended.
        reads = list(zip(sources, self._loader.read(sources), strict=True))
        batch = _Batch(reads, self._end)
        self._under_way.start("load images", batch.work, self._load(batch))

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    async def _load(self, batch: _Batch) -> None:
        async with Turn(self._lock, self._patience) as turn:
            while batch.reads:
                try:
                    await self._take_in(turn, batch, *batch.reads.pop())
                except AppError as error:
                    batch.refusals.append(without_frames(error))
                self._under_way.step(batch.work)

    async def _take_in(
        self, turn: Turn, batch: _Batch, source: ImageSource, read: Awaitable[ImageBytes]
    ) -> None:
        if self._cards.is_full and len(batch.left_out) >= len(self._cards):
            batch.left_out.append(source.name)  # of thousands not every one is read in vain
            return
        try:
            given = await turn.wait_for(read)
        except IsAFolder:
            await self._look_into(turn, batch, source)
            return
        if self._cards.is_full:
            await self._leave_out(batch, given)
            return
        limits = self._cards.limits
        image = await self._loader.load(given, limits)
        self._cards.append(Card.of(image, given, limits))

    async def _leave_out(self, batch: _Batch, given: ImageBytes) -> None:
        """Note its name, unless it is there already."""
        source_digest = await asyncio.to_thread(digest, given.data)
        if self._cards.find(source_digest) is None:
            batch.left_out.append(given.name)

    async def _look_into(self, turn: Turn, batch: _Batch, source: ImageSource) -> None:
        assert isinstance(source, ImageFile)
        files = await turn.wait_for(self._folders.images_in(source.path))
        if self._cards.is_full:
            batch.left_out += [file.name for file in files]
        else:
            self.folder_found.emit(FolderFound(source.name, files))

    def _end(self, batch: _Batch) -> None:
        batch.reads.clear()
        # Before anything else: whoever waits to send must hear it before all is ready.
        if batch.refusals:
            self.refused.emit(refused_together(batch.refusals))
        if batch.left_out:
            self.refused.emit(too_many(batch.left_out, len(self._cards)))
        self._cards.tell_gathered()
