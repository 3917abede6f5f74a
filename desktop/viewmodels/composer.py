"""The question being written: its text, its images and links, and what they will cost."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from desktop.domain.images import ImageFile, ImageSource
from desktop.domain.messages import Attachable, Message, user_message
from desktop.domain.models import Model
from desktop.domain.ports import FolderReader, ImageLoader, LinkFetcher
from desktop.domain.settings import Endpoint
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels.arrivals import Arrivals, FolderFound
from desktop.viewmodels.attached import AttachedViewModel
from desktop.viewmodels.cards import Attachment
from desktop.viewmodels.fitting import Fitting
from desktop.viewmodels.links import Links
from desktop.viewmodels.pages import PageChoice, Pages
from desktop.viewmodels.progress import LoadProgress, UnderWay
from desktop.viewmodels.recipient import Recipient

__all__ = ["Attachment", "ComposerViewModel", "FolderFound", "LoadProgress", "PageChoice"]


class ComposerViewModel(AttachedViewModel):
    """The question being written.

    Signals:
        loading_changed: So many images are being read, fetched or made again now.
        progress_changed: The `LoadProgress` of what is on its way; None when nothing is any more.
        image_refused: An `AppError`; the other images and the text stay.
        folder_found: A `FolderFound`: a folder was dropped. Nothing of it is attached yet.
        pages_found: A `PageChoice`.
        text_replaced: The text became this, and not by the user's typing.
        readiness_changed: Whether there is something to send.
        edited: The text or what is attached may be another value now.
    """

    loading_changed = Signal(int)
    progress_changed = Signal(object)
    image_refused = Signal(object)
    folder_found = Signal(object)
    pages_found = Signal(object)
    text_replaced = Signal(str)
    readiness_changed = Signal(bool)
    edited = Signal()

    def __init__(
        self,
        loader: ImageLoader,
        folders: FolderReader,
        links: LinkFetcher,
        tasks: TaskOwner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self._was_loading = 0
        self._was_progress: LoadProgress | None = None
        self._was_ready = False
        cards, self._under_way = self._cards, UnderWay(tasks, self)
        self._fitting = Fitting(cards, loader, tasks)
        self._arrivals = Arrivals(cards, loader, folders, self._under_way)
        self._links = Links(cards, loader, links, self._under_way)
        self._pages = Pages(cards, loader, self._under_way)
        self._bind()

    # ── what a pane shows, besides what is attached ─────────────────────────────────────────────

    @property
    def text(self) -> str:
        return self._text

    @property
    def progress(self) -> LoadProgress | None:
        """Of what `cancel_loading` would stop."""
        return self._under_way.progress

    @property
    def loading(self) -> int:
        """So many images are being read, fetched or made again."""
        return self._under_way.left + sum(card.is_stale(self.limits) for card in self._cards)

    @property
    def is_loading(self) -> bool:
        return self.loading > 0

    @property
    def is_ready(self) -> bool:
        has_something = bool(len(self._cards) or self._text.strip())
        return has_something and not self.is_loading and not self._must_fetch()

    # ── what a user does ────────────────────────────────────────────────────────────────────────

    def set_text(self, text: str) -> None:
        """Take over what the user typed."""
        self._text = text
        self._tell_state()

    def add(self, sources: Sequence[ImageSource]) -> None:
        """Read `sources` at once; they appear in the order given. Folders are asked about."""
        self._arrivals.add(sources)

    def add_folders(self, folders: Sequence[FolderFound]) -> None:
        """Attach the images of folders that were asked about, the first where there is not room for all.

        Where there is no room at all, `image_refused` names them.
        """
        images = [ImageFile(path) for found in folders for path in found.files]
        self.add(images[: self.room or None])

    def add_links(self, urls: Sequence[str]) -> None:
        """Attach web addresses; nothing is fetched."""
        self._links.add(urls)

    def fetch(self, index: int) -> None:
        """Make an image of the link at `index`, in its place."""
        self._links.fetch(self._cards[index])

    def ask_pages(self, index: int) -> None:
        """Ask which pages there are in the file at `index`: `pages_found` answers."""
        self._pages.ask(self._cards[index])

    def choose_pages(self, digest: str, pages: Sequence[int]) -> None:
        """Attach `pages` (from 0) of the file that a `PageChoice` was about, in the place of those before."""
        self._pages.choose(digest, pages)

    def cancel_loading(self) -> None:
        """Stop what has not come yet; what came stays, and links stay links."""
        self._under_way.end_all()

    def set_model(self, model: Model, *, full_detail: bool, endpoint: Endpoint) -> None:
        """Whom the question goes to. Images are made again where other limits hold there."""
        self._cards.set_recipient(Recipient(model, endpoint, full_detail))

    def take(self, default_question: str) -> Message:
        """The question as it will be sent; the composer is empty afterwards."""
        question = user_message(self._text.strip() or default_question, self.items)
        self.put("", ())
        return question

    def put(self, text: str, items: Sequence[Attachable]) -> None:
        """Replace all there is, as when a question comes back to be asked again."""
        self._text = text
        self.text_replaced.emit(text)
        self._cards.put(items)

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _bind(self) -> None:
        self._cards.changed.connect(self.attachments_changed)
        self._cards.changed.connect(self._tell_state)
        self._under_way.changed.connect(self._tell_state)
        self._arrivals.folder_found.connect(self.folder_found)
        self._pages.found.connect(self.pages_found)
        for way in (self._arrivals, self._links, self._pages, self._fitting):
            way.refused.connect(self.image_refused)

    def _must_fetch(self) -> bool:
        return not self.limits.links and any(card.image is None for card in self._cards)

    def _tell_state(self) -> None:
        """Say what is another value now; readiness last, for whoever waits to send."""
        progress, loading = self.progress, self.loading
        if progress != self._was_progress:
            self._was_progress = progress
            self.progress_changed.emit(progress)
        if loading != self._was_loading:
            self._was_loading = loading
            self.loading_changed.emit(loading)
        if self.is_ready != self._was_ready:
            self._was_ready = self.is_ready
            self.readiness_changed.emit(self._was_ready)
        self.edited.emit()
