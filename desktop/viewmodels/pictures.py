"""The small pictures of images whose bytes lie in the history, fetched when somebody paints them."""

from collections import OrderedDict
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.domain.history_errors import HistoryError
from desktop.domain.images import ImageInput, Picture
from desktop.runtime.tasks import TaskOwner

_KEPT_BYTES = 16_000_000
"""Of PNGs: 150 of screenshots, which are some 100 kB each."""
_AT_ONCE = 3
"""So many are fetched at a time: what is wished for next need not wait for long."""
_MOST_WISHES = 128
"""More than any window shows at once; what was asked for before is out of sight."""


class ThumbnailStore(Protocol):
    """What is needed here of a `HistoryStore`."""

    async def thumbnail(self, digest: str) -> bytes:
        """A PNG; empty if there is none. Raises `HistoryError`."""
        ...


class Pictures(QObject):
    """Gives thumbnails to whoever paints them; one that is not there yet comes a moment later.

    Without a `store` only images that have their own are shown.

    Signals:
        arrived: The thumbnail of the image with this SHA-256 digest is there: paint again.
    """

    arrived = Signal(str)

    def __init__(self, store: ThumbnailStore | None, tasks: TaskOwner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._tasks = tasks
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._kept_bytes = 0
        self._wishes: OrderedDict[str, None] = OrderedDict()
        """Digests, the newest last."""
        self._fetched: set[str] = set()

    def thumbnail(self, image: Picture) -> bytes | None:
        """A PNG of `image`: empty if there is none, None if it is not there yet."""
        if isinstance(image, ImageInput):
            return image.thumbnail
        if image.digest in self._kept:
            self._kept.move_to_end(image.digest)
            return self._kept[image.digest]
        self._wish(image.digest)
        return None

    def _wish(self, digest: str) -> None:
        if digest in self._fetched or self._store is None:
            return
        self._wishes[digest] = None
        self._wishes.move_to_end(digest)
        if len(self._wishes) > _MOST_WISHES:
            self._wishes.popitem(last=False)
        self._go_on()

    def _go_on(self) -> None:
        while self._wishes and self._store is not None and len(self._fetched) < _AT_ONCE:
            digest, _ = self._wishes.popitem()
            self._fetched.add(digest)
            self._tasks.start(self._fetch(self._store, digest), "fetch thumbnail")

    async def _fetch(self, store: ThumbnailStore, digest: str) -> None:
        try:
            png = await store.thumbnail(digest)
        except HistoryError:
            png = b""
        finally:
            self._fetched.discard(digest)
        self._keep(digest, png)
        self._go_on()
        self.arrived.emit(digest)

    def _keep(self, digest: str, png: bytes) -> None:
        self._kept[digest] = png
        self._kept_bytes += len(png)
        while self._kept_bytes > _KEPT_BYTES and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._kept_bytes -= len(oldest)
