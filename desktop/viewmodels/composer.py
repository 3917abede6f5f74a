"""The question being written: its text, its images, and what they will cost."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import AppError
from desktop.domain.images import ImageBytes, ImageInput, ImageSource
from desktop.domain.limits import READER
from desktop.domain.messages import Message, user_message
from desktop.domain.ports import ImageLoader
from desktop.domain.vision import Seen, has_full_detail, seen_by
from desktop.runtime.tasks import TaskOwner


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attached image and what the chosen model sees of it.

    `seen` is what it sees as things are set (None: no rule is known), `full` what it would see in full
    detail (None: that changes nothing).
    """

    image: ImageInput
    seen: Seen | None
    full: Seen | None


class ComposerViewModel(QObject):
    """The question being written.

    Signals:
        attachments_changed: Images came, went, or changed places; or the model sees them otherwise.
        loading_changed: So many images are being read now.
        image_refused: An `ImageError`; the other images and the text stay.
        text_replaced: The text became this, and not by the user's typing.
        readiness_changed: Whether there is something to send.
    """

    attachments_changed = Signal()
    loading_changed = Signal(int)
    image_refused = Signal(object)
    text_replaced = Signal(str)
    readiness_changed = Signal(bool)

    def __init__(self, loader: ImageLoader, tasks: TaskOwner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self._tasks = tasks
        self._images: list[ImageInput] = []
        self._text = ""
        self._loading = 0
        self._model = ""
        self._full_detail = False
        self._is_service = False
        self._was_ready = False

    # ── what a pane shows ───────────────────────────────────────────────────────────────────────

    @property
    def text(self) -> str:
        return self._text

    @property
    def images(self) -> tuple[ImageInput, ...]:
        return tuple(self._images)

    @property
    def loading(self) -> int:
        """So many images are being read."""
        return self._loading

    @property
    def is_loading(self) -> bool:
        return self._loading > 0

    @property
    def is_ready(self) -> bool:
        return not self.is_loading and bool(self._images or self._text.strip())

    @property
    def full_detail(self) -> bool:
        return self._full_detail

    def attachments(self) -> tuple[Attachment, ...]:
        return tuple(self._attachment(image) for image in self._images)

    def image_tokens(self) -> int | None:
        """What all images cost as things are set, in tokens; None where that is not known."""
        return _total([attachment.seen for attachment in self.attachments()])

    def full_tokens(self) -> int | None:
        """What they would cost in full detail; None where that changes nothing."""
        attachments = self.attachments()
        if all(attachment.full is None for attachment in attachments):
            return None
        return _total([attachment.full or attachment.seen for attachment in attachments])

    # ── what a user does ────────────────────────────────────────────────────────────────────────

    def set_text(self, text: str) -> None:
        """Take over what the user typed."""
        self._text = text
        self._tell_readiness()

    def add(self, sources: Sequence[ImageSource]) -> None:
        """Read `sources` at once; they appear in the order given."""
        if sources:
            self._set_loading(self._loading + len(sources))
            # Begun here and now, within the drop: what is dropped may be gone when it has ended.
            reads = self._loader.read(sources)
            self._tasks.start(self._load(reads), "load images")

    def remove(self, index: int) -> None:
        del self._images[index]
        self._tell_attachments()

    def move(self, index: int, to: int) -> None:
        """Take the image at `index` and put it where `to` is."""
        self._images.insert(to, self._images.pop(index))
        self._tell_attachments()

    def set_model(self, model: str, *, full_detail: bool, is_service: bool) -> None:
        """`is_service`: the model runs where the rule of the eye, and the switch for full detail, hold."""
        asked = (model, full_detail, is_service)
        if asked != (self._model, self._full_detail, self._is_service):
            self._model, self._full_detail, self._is_service = asked
            self.attachments_changed.emit()

    def take(self, default_question: str) -> Message:
        """The question as it will be sent; the composer is empty afterwards."""
        question = user_message(self._text.strip() or default_question, tuple(self._images))
        self.put("", ())
        return question

    def put(self, text: str, images: Sequence[ImageInput]) -> None:
        """Replace all there is, as when a question comes back to be asked again."""
        self._text, self._images = text, list(images)
        self.text_replaced.emit(text)
        self._tell_attachments()

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    async def _load(self, reads: Sequence[Awaitable[ImageBytes]]) -> None:
        left = len(reads)
        try:
            async with asyncio.TaskGroup() as group:
                for load in [group.create_task(self._attempt(read)) for read in reads]:
                    self._take_in(await load)
                    left -= 1
                    self._set_loading(self._loading - 1)
        finally:
            if left:
                self._set_loading(self._loading - left)

    async def _attempt(self, read: Awaitable[ImageBytes]) -> ImageInput | AppError:
        try:
            return await self._loader.load(await read, READER)
        except AppError as error:
            return error

    def _take_in(self, loaded: ImageInput | AppError) -> None:
        if isinstance(loaded, AppError):
            self.image_refused.emit(loaded)
        elif all(loaded.source_digest != other.source_digest for other in self._images):
            self._images.append(loaded)
            self._tell_attachments()

    def _attachment(self, image: ImageInput) -> Attachment:
        if not self._is_service:
            return Attachment(image, None, None)
        plain = seen_by(self._model, image.size)
        full = None
        if has_full_detail(self._model):
            full = seen_by(self._model, image.size, full_detail=True)
        if full == plain:
            full = None
        return Attachment(image, full if full is not None and self._full_detail else plain, full)

    def _tell_attachments(self) -> None:
        self.attachments_changed.emit()
        self._tell_readiness()

    def _set_loading(self, count: int) -> None:
        self._loading = count
        self.loading_changed.emit(count)
        self._tell_readiness()

    def _tell_readiness(self) -> None:
        if self.is_ready != self._was_ready:
            self._was_ready = self.is_ready
            self.readiness_changed.emit(self._was_ready)


def _total(seen: Sequence[Seen | None]) -> int | None:
    known = [each.tokens for each in seen if each is not None]
    return sum(known) if known and len(known) == len(seen) else None
