"""Attached images made again when another model, or another server, takes other ones."""

import asyncio
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import AppError, without_frames
from desktop.domain.image_errors import refused_together, too_many
from desktop.domain.ports import ImageLoader
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels.cards import Card, Cards


class Fitting(QObject):
    """Keeps every attached image as good as the limits of the moment allow.

    Signals:
        refused: An `AppError`: which images had to go.
    """

    refused = Signal(object)

    def __init__(self, cards: Cards, loader: ImageLoader, tasks: TaskOwner) -> None:
        super().__init__(cards)
        self._cards = cards
        self._loader = loader
        self._tasks = tasks
        self._task: asyncio.Task[None] | None = None
        cards.changed.connect(self._on_cards_changed)

    def _on_cards_changed(self) -> None:
        self._leave_out()
        if self._task is None and self._cards.stale() is not None:
            self._task = self._tasks.start(self._fit_all(), "fit images")
            self._task.add_done_callback(self._on_task_done)

    def _leave_out(self) -> None:
        """Let those go that are more than the limits of now allow."""
        count = self._cards.limits.count
        if count is not None and (excess := tuple(self._cards)[count:]):
            self._cards.remove(excess)
            self.refused.emit(too_many([card.name for card in excess], count))

    def _on_task_done(self, task: asyncio.Task[None]) -> None:
        self._task = None
        if not task.cancelled():
            self._on_cards_changed()

    async def _fit_all(self) -> None:
        refusals: list[AppError] = []
        while (card := self._cards.stale()) is not None:
            try:
                await self._fit(card)
            except AppError as error:
                refusals.append(without_frames(error))
        if refusals:
            self.refused.emit(refused_together(refusals))

    async def _fit(self, card: Card) -> None:
        image, limits, source = card.image, self._cards.limits, card.source
        assert image is not None
        assert source is not None
        try:
            again = await self._loader.load(source, limits, card.page if card.given is not None else 0)
        except AppError:
            if limits == self._cards.limits and card in self._cards and not limits.fit(image):
                self._cards.remove([card])
                raise
            again, source = image, card.given
        except Exception:
            # A bug of ours must not keep the question waiting for ever.
            self._cards.set_image(card, image, card.given, limits)
            raise
        if limits == self._cards.limits:  # or else it is for a model that was left meanwhile
            again = replace(again, source_digest=image.source_digest)
            self._cards.set_image(card, again, source, limits)
