"""Conversations in SQLite, images in files: the history on this machine."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from desktop.domain.conversation import Conversation
from desktop.domain.history import (
    Change,
    ConversationId,
    Draft,
    End,
    HistorySize,
    Hit,
    Opened,
    Piece,
    Summary,
)
from desktop.domain.history_errors import HistoryError, ImageLost
from desktop.domain.images import ImageInput, KeptImage
from desktop.storage import drafts, ending, index, loading, marking, sizing, writing
from desktop.storage.archive import Archive
from desktop.storage.thread import DatabaseThread, Slices

T = TypeVar("T")


class SqliteHistory:
    """A `HistoryStore` in `folder`, on a thread of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._archive = Archive(folder)
        self._files = self._archive.files
        self._thread = DatabaseThread()
        self._is_closed = False

    @property
    def folder(self) -> Path:
        return self._folder

    async def open(self) -> Opened:
        self._refuse_late_calls()
        opened = await self._thread.run(self._archive.open)
        self._thread.begin(self._archive.tidy())
        return opened

    async def aclose(self) -> None:
        if self._is_closed:
            return
        self._is_closed = True
        with suppress(HistoryError):
            await asyncio.wrap_future(self._thread.begin(self._archive.purge()))
        self._thread.end_slices()
        await self._thread.run(self._archive.close)
        self._thread.end()

    # ── conversations ───────────────────────────────────────────────────────────────────────────

    async def write(self, change: Change) -> None:
        await self._do(lambda db: writing.write(db, self._files, change))

    async def grow(self, pieces: Sequence[Piece]) -> None:
        await self._do(lambda db: writing.grow(db, pieces))

    async def keep_draft(self, draft: Draft) -> None:
        await self._do(lambda db: drafts.keep(db, self._files, draft))

    async def page(self, after: Summary | None, count: int) -> tuple[Summary, ...]:
        return await self._do(lambda db: loading.page(db, after, count))

    async def summary(self, conversation: ConversationId) -> Summary:
        return await self._do(lambda db: loading.summary(db, conversation))

    async def load(self, conversation: ConversationId) -> Conversation:
        return await self._do(lambda db: loading.load(db, conversation))

    async def load_end(self, conversation: ConversationId, count: int) -> End:
        return await self._do(lambda db: ending.load_end(db, conversation, count))

    async def search(self, needle: str, count: int) -> tuple[Hit, ...]:
        return await self._do(lambda db: index.search(db, needle, count))

    # ── images ──────────────────────────────────────────────────────────────────────────────────

    async def image(self, kept: KeptImage) -> ImageInput:
        data = await self._do(lambda _: self._files.read(kept))
        if data is None:
            raise ImageLost(name=kept.name)
        return ImageInput(kept.name, kept.media_type, data, kept.size, kept.source_digest, change=kept.change)

    async def thumbnail(self, digest: str) -> bytes:
        return await self._do(lambda _: self._files.thumbnail(digest))

    # ── what is done in a list ──────────────────────────────────────────────────────────────────

    async def set_title(self, conversation: ConversationId, title: str) -> None:
        await self._do(lambda db: marking.set_title(db, conversation, title))

    async def set_pinned(self, conversations: Sequence[ConversationId], *, is_pinned: bool) -> None:
        await self._do(lambda db: marking.set_pinned(db, conversations, is_pinned=is_pinned))

    async def delete(self, conversations: Sequence[ConversationId]) -> None:
        await self._do(lambda db: marking.delete(db, conversations))

    async def restore(self, conversations: Sequence[ConversationId]) -> None:
        await self._do(lambda db: marking.restore(db, conversations))

    async def purge(self) -> None:
        await self._in_slices(self._archive.purge())

    async def delete_everything(self) -> None:
        await self._in_slices(self._archive.delete_everything())

    async def size(self) -> HistorySize:
        return await self._do(lambda db: sizing.measure(db, self._folder))

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    async def _do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        self._refuse_late_calls()
        return await self._thread.run(lambda: self._archive.do(work))

    async def _in_slices(self, slices: Slices) -> None:
        self._refuse_late_calls()
        await asyncio.wrap_future(self._thread.begin(slices))

    def _refuse_late_calls(self) -> None:
        if self._is_closed:
            raise HistoryError(folder=str(self._folder))
