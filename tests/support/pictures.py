"""Images as values and as bytes, and a loader that a test holds in its hand."""

import asyncio
import io
from collections.abc import Sequence

from PIL import Image

from desktop.domain.image_errors import ImageError
from desktop.domain.images import ImageBytes, ImageInput, ImageSource, Size, digest
from desktop.domain.limits import ImageLimits


def png(size: tuple[int, int] = (8, 6), color: str = "teal") -> bytes:
    """A PNG of one colour."""
    file = io.BytesIO()
    Image.new("RGB", size, color).save(file, "PNG")
    return file.getvalue()


def image(name: str = "a.png", size: tuple[int, int] = (1920, 1080), color: str = "teal") -> ImageInput:
    """An image that says it has `size`; another name or colour makes it another image."""
    small = png(color=color)
    return ImageInput(name, "image/png", small, Size(*size), digest(name.encode() + small), small)


class ScriptedLoader:
    """Implements the port `ImageLoader`: gives `image(name)`, or what `results` says for a name.

    A source whose name is in `gates` waits until the test sets its event.
    """

    def __init__(self) -> None:
        self.results: dict[str, ImageInput | Exception] = {}
        self.gates: dict[str, asyncio.Event] = {}
        self.asked: list[str] = []

    def refuse(self, name: str, error: type[ImageError]) -> None:
        self.results[name] = error(name=name)

    def hold(self, name: str) -> asyncio.Event:
        return self.gates.setdefault(name, asyncio.Event())

    def read(self, sources: Sequence[ImageSource]) -> list[asyncio.Future[ImageBytes]]:
        return [_done(ImageBytes(source.name, b"")) for source in sources]

    async def load(self, source: ImageSource, limits: ImageLimits, page: int = 0) -> ImageInput:
        self.asked.append(source.name)
        if gate := self.gates.get(source.name):
            await gate.wait()
        result = self.results.get(source.name) or image(source.name)
        if isinstance(result, Exception):
            raise result
        return result


def _done(given: ImageBytes) -> asyncio.Future[ImageBytes]:
    done: asyncio.Future[ImageBytes] = asyncio.get_running_loop().create_future()
    done.set_result(given)
    return done
