"""Images as values and as bytes, and a loader that a test holds in its hand."""

import asyncio
import io
import weakref
from collections import defaultdict
from collections.abc import Awaitable, Generator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from PIL import Image

from desktop.domain.image_errors import EmptyFolder, ImageError, LinkError, NoSuchPage, NotAFile
from desktop.domain.images import ImageBytes, ImageChange, ImageInput, ImageSource, Size, digest
from desktop.domain.limits import ImageLimits
from desktop.domain.ports import ImageLoader
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels.composer import ComposerViewModel


@lru_cache
def png(size: tuple[int, int] = (8, 6), color: str = "teal") -> bytes:
    """A PNG of one colour."""
    file = io.BytesIO()
    Image.new("RGB", size, color).save(file, "PNG")
    return file.getvalue()


def image(name: str = "a.png", size: tuple[int, int] = (1920, 1080), color: str = "teal") -> ImageInput:
    """An image that says it has `size`; another name or colour makes it another image."""
    small = png(color=color)
    named = digest(name.encode(errors="surrogatepass") + small)
    return ImageInput(name, "image/png", small, Size(*size), named, small)


class ScriptedLoader:
    """Implements the port `ImageLoader`: gives `image(name)`, or what `results` says for a name.

    A source whose name is in `gates` waits until the test sets its event. `asked` has the names in the order
    in which they were looked at, `sources` what was looked at, `limits` for which limits; `taken` the names
    of those whose bytes were waited for, `begun` whatever somebody may still wait for. `page_counts` makes
    a file of several pages.
    """

    def __init__(self) -> None:
        self.results: dict[str, ImageInput | Exception] = {}
        self.gates: dict[str, asyncio.Event] = {}
        self.page_counts: dict[str, int] = {}
        self._arrived: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self.taken: list[str] = []
        self.begun: weakref.WeakSet[_Read] = weakref.WeakSet()
        self.asked: list[str] = []
        self.limits: list[ImageLimits] = []
        self.sources: list[ImageSource] = []

    def refuse(self, name: str, error: type[ImageError]) -> None:
        self.results[name] = error(name=name)

    def hold(self, name: str) -> asyncio.Event:
        return self.gates.setdefault(name, asyncio.Event())

    async def arrival(self, name: str) -> None:
        """Until the image is looked at, the next time."""
        self._arrived[name].clear()
        await self._arrived[name].wait()

    def read(self, sources: Sequence[ImageSource]) -> list[Awaitable[ImageBytes]]:
        return [self._read(source) for source in sources]

    async def load(self, source: ImageSource, limits: ImageLimits, page: int = 0) -> ImageInput:
        self.asked.append(source.name)
        self.limits.append(limits)
        self.sources.append(source)
        self._arrived[source.name].set()
        if gate := self.gates.get(source.name):
            await gate.wait()
        result = self.results.get(source.name) or image(source.name)
        if isinstance(result, Exception):
            raise result
        pages = self.page_counts.get(source.name, 1)
        if page >= pages:
            raise NoSuchPage(name=source.name, page=page + 1, pages=pages)
        return _page(result, page, pages) if pages > 1 else result

    async def pages(self, source: ImageSource) -> tuple[bytes, ...]:
        if isinstance(result := self.results.get(source.name), Exception):
            raise result
        return tuple(png(color=f"#{page:06x}") for page in range(self.page_counts[source.name]))

    def _read(self, source: ImageSource) -> Awaitable[ImageBytes]:
        read = _Read(self._given(source), self.results.get(source.name), self.taken)
        self.begun.add(read)
        return read

    def _given(self, source: ImageSource) -> ImageBytes:
        """Bytes whose digest is that of the image they become."""
        result = self.results.get(source.name)
        became = result if isinstance(result, ImageInput) else image(source.name)
        return ImageBytes(source.name, became.name.encode() + became.data)


class _Read:
    """A file's bytes to come; a folder says so when it is read."""

    def __init__(self, given: ImageBytes, result: ImageInput | Exception | None, taken: list[str]) -> None:
        self._given, self._result, self._taken = given, result, taken

    def __await__(self) -> Generator[None, None, ImageBytes]:
        yield
        self._taken.append(self._given.name)
        if isinstance(self._result, NotAFile):
            raise self._result
        return self._given


class ScriptedFolders:
    """Implements the port `FolderReader`: `contents` holds each folder's files; others are empty."""

    def __init__(self) -> None:
        self.contents: dict[Path, tuple[Path, ...]] = {}

    async def images_in(self, folder: Path) -> tuple[Path, ...]:
        await asyncio.sleep(0)
        if folder not in self.contents:
            raise EmptyFolder(name=folder.name)
        return self.contents[folder]


class ScriptedLinks:
    """Implements the port `LinkFetcher`: gives bytes named after an address's end, or raises what is said."""

    def __init__(self) -> None:
        self.errors: dict[str, LinkError] = {}
        self.gates: dict[str, asyncio.Event] = {}
        self.fetched: list[str] = []

    def hold(self, url: str) -> asyncio.Event:
        return self.gates.setdefault(url, asyncio.Event())

    async def fetch(self, url: str) -> ImageBytes:
        self.fetched.append(url)
        if gate := self.gates.get(url):
            await gate.wait()
        if url in self.errors:
            raise self.errors[url]
        return ImageBytes(url.rpartition("/")[2], url.encode())


def composer(loader: ImageLoader | None = None, tasks: TaskOwner | None = None) -> ComposerViewModel:
    """A composer over scripted doubles."""
    return ComposerViewModel(
        loader or ScriptedLoader(), ScriptedFolders(), ScriptedLinks(), tasks or TaskOwner()
    )


def _page(whole: ImageInput, page: int, pages: int) -> ImageInput:
    change = ImageChange("image/tiff", frames=pages, page=page)
    name = f"{whole.source_digest} {page}" if page else whole.source_digest
    return replace(whole, source_digest=name, change=change)
