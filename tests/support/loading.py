"""A real loader with a real worker, as plain calls."""

import asyncio
import io
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from desktop.domain.image_rules import image_limits
from desktop.domain.images import ImageBytes, ImageInput, ImageSource
from desktop.domain.limits import READER, ImageLimits
from desktop.domain.settings import Endpoint
from desktop.imaging.loader import WorkerImageLoader
from desktop.worker.process import WorkerProcess

DASHSCOPE = image_limits(Endpoint(), "qwen3-vl-plus")

__all__ = ["DASHSCOPE", "READER", "Loading", "loading", "opened", "pasted", "rgb"]


class Loading:
    """`WorkerImageLoader`, each call run to its end."""

    def __init__(self, runner: asyncio.Runner, worker: WorkerProcess) -> None:
        self.runner, self._loader = runner, WorkerImageLoader(worker)

    def __call__(
        self, source: ImageSource | bytes, limits: ImageLimits = DASHSCOPE, page: int = 0
    ) -> ImageInput:
        given = pasted(source) if isinstance(source, bytes) else source
        return self.runner.run(self._loader.load(given, limits, page))

    def pages(self, data: bytes) -> tuple[bytes, ...]:
        return self.runner.run(self._loader.pages(pasted(data)))


@contextmanager
def loading() -> Iterator[Loading]:
    """One child for all: most tests must find it as good as new anyway."""
    with asyncio.Runner() as runner:
        worker = WorkerProcess()
        try:
            yield Loading(runner, worker)
        finally:
            runner.run(worker.aclose())


def pasted(data: bytes) -> ImageBytes:
    return ImageBytes("pasted", data)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def rgb(image: ImageInput | bytes) -> NDArray[np.int16]:
    """Height × width × 3 of what is sent, or of encoded bytes; signed, to be subtracted."""
    return np.asarray(opened(image if isinstance(image, bytes) else image.data), np.int16)
