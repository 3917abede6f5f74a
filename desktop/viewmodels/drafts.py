"""The question that is being written outlives the app."""

from dataclasses import replace

from PySide6.QtCore import QObject

from desktop.domain.errors import without_frames
from desktop.domain.history import Draft, Opened
from desktop.domain.history_errors import HistoryError
from desktop.domain.images import ImageInput, KeptImage
from desktop.domain.messages import Attachable, ImagePart, LinkPart
from desktop.domain.ports import HistoryStore
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels.composer import ComposerViewModel
from desktop.viewmodels.keeping import Keeper


class Drafts(QObject):
    """Keeps what the composer holds, and brings back what it held when the app ended.

    What was written for a conversation that is not kept is not kept either, wherever it is shown, until
    the composer has been emptied.
    """

    def __init__(
        self, composer: ComposerViewModel, keeper: Keeper, store: HistoryStore, tasks: TaskOwner
    ) -> None:
        super().__init__(composer)
        self._composer = composer
        self._keeper = keeper
        self._store = store
        self._tasks = tasks
        self._is_shown_kept = True
        self._is_private = False
        self._is_back = False
        self._kept = Draft()
        composer.edited.connect(self._on_composer_edited)
        keeper.opened.connect(self._on_keeper_opened)

    def set_kept(self, *, is_kept: bool) -> None:
        """Whether the conversation that is shown is kept."""
        self._is_shown_kept = is_kept
        self._on_composer_edited()

    def _on_composer_edited(self) -> None:
        composer = self._composer
        is_empty = not composer.text and not composer.items
        self._is_private = not self._is_shown_kept or (self._is_private and not is_empty)
        if self._is_private:
            self._keep(Draft())
        else:
            self._keep(Draft(composer.text, tuple(map(_part, composer.items))))

    def _keep(self, draft: Draft) -> None:
        # Until the one before is back, its images lie on the disk only.
        if self._is_back and draft != self._kept:
            self._kept = draft
            self._keeper.keep_draft(draft)

    def _on_keeper_opened(self, opened: Opened) -> None:
        self._kept = opened.draft
        if opened.draft != Draft():
            self._tasks.start(self._bring_back(opened.draft), "bring back draft")
        else:
            self._is_back = True
            self._on_composer_edited()

    async def _bring_back(self, draft: Draft) -> None:
        items = [item for part in draft.parts if (item := await self._item(part)) is not None]
        composer, self._is_back = self._composer, True
        # Whoever was faster than the disk has the last word.
        composer.put(composer.text or draft.text, [*items, *composer.items])

    async def _item(self, part: ImagePart | LinkPart) -> Attachable | None:
        if isinstance(part, LinkPart):
            return part
        image = part.image
        if isinstance(image, ImageInput):
            return image
        try:
            return await self._here(image)
        except HistoryError as error:
            self._composer.image_refused.emit(without_frames(error))
            return None

    async def _here(self, image: KeptImage) -> ImageInput:
        thumbnail = await self._store.thumbnail(image.digest)
        return replace(await self._store.image(image), thumbnail=thumbnail)


def _part(item: Attachable) -> ImagePart | LinkPart:
    return item if isinstance(item, LinkPart) else ImagePart(item)
