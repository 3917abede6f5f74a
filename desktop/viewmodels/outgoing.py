"""A question between the conversation and whoever answers it: kept, filled, made to fit."""

from desktop.domain.events import Notice, NoticeRaised
from desktop.domain.history import ConversationId
from desktop.domain.image_errors import ImagesSmallEnough
from desktop.domain.image_rules import image_limits
from desktop.domain.models import READER_MODEL
from desktop.domain.ports import Backend, ImageLoader, LinkFetcher
from desktop.domain.request import chat_request
from desktop.runtime.worker import Prepared
from desktop.viewmodels.asking import Asked
from desktop.viewmodels.keeping import Keeper
from desktop.viewmodels.refitting import Refitted, Refitting


class Outgoing:
    """Makes requests of questions, for all conversations."""

    def __init__(self, backend: Backend, keeper: Keeper, loader: ImageLoader, fetcher: LinkFetcher) -> None:
        self._backend = backend
        self._keeper = keeper
        self._refitting = Refitting(loader, fetcher)

    async def prepared(self, conversation: ConversationId, asked: Asked) -> Prepared:
        """Whom to ask, and what. Raises `AppError`; the question is kept by then."""
        # On the disk before it leaves: whatever happens then, the question is not lost.
        await self._keeper.settled(conversation)
        fitting = await self._fitting(asked)
        settings = asked.asking.settings
        source = await self._backend.source(asked.model, settings)
        request = chat_request(asked.asking.named(asked.model), fitting.messages, settings)
        alone = (NoticeRaised(Notice.ASKED_ALONE),) if asked.manner.is_alone else ()
        notices = (*alone, *fitting.notices)
        return Prepared(source, request, tuple(each for each in notices if each not in asked.stated))

    async def _fitting(self, asked: Asked) -> Refitted:
        if asked.manner.is_spent:
            raise ImagesSmallEnough
        filled = await self._keeper.filled(asked.said)
        if asked.model == READER_MODEL:
            return Refitted(filled)  # it takes whatever was decoded, and opens no addresses
        limits = image_limits(asked.asking.settings.endpoint, asked.model)
        return await self._refitting.refitted(filled, limits, asked.manner)
