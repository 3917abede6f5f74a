"""A worker that was taken over by the pixels it decodes: what it says of an image is judged, too."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.image_errors import BrokenImage, DecoderCrashed, ImageError
from desktop.domain.image_rules import image_limits
from desktop.domain.images import ImageBytes, ImageInput
from desktop.domain.settings import Endpoint
from desktop.imaging.loader import WorkerImageLoader
from desktop.worker.process import WorkerProcess
from desktop.worker.wire import END, FAILED, REFUSED, Frame, pack
from tests.support.fuzz.strangers import child_saying
from tests.support.pictures import png

PNG = png()
SOUND = {
    "media_type": "image/png",
    "width": 4,
    "height": 4,
    "remains": [[0, 8], "x", [9, 10]],
    "change": None,
}


def loaded(place: Path, *frames: Frame) -> ImageInput:
    """What the app makes of a worker's `frames`."""
    said = place / "said"
    said.write_bytes(b"".join(pack(frame) + frame.payload for frame in frames))

    async def load() -> ImageInput:
        worker = WorkerProcess(child_saying(said), idle=None)
        try:
            limits = image_limits(Endpoint(), "qwen3-vl-plus")
            return await WorkerImageLoader(worker).load(ImageBytes("a.png", PNG), limits)
        finally:
            await worker.aclose()

    return asyncio.run(load())


def test_what_is_sound_is_taken(tmp_path: Path) -> None:
    image = loaded(tmp_path, Frame("image", SOUND, PNG), Frame(END))

    assert image.data == PNG[:8] + b"x" + PNG[9:10]


@pytest.mark.parametrize(
    "facts",
    [
        {"media_type": "text/html"},
        {"media_type": ["image/png"]},
        {"width": "4"},
        {"width": 0},
        {"height": True},
        {"height": None},
        {"remains": [[0, len(PNG) + 1]]},
        {"remains": [[-4, 8]]},
        {"remains": [[0, 8]] * 1_000},
        {"remains": [[8, 0]]},
        {"remains": [["0", "8"]]},
        {"remains": [[0, 8, 16]]},
        {"remains": ["\u4e2d"]},
        {"change": {"from_size": "x"}},
        {"change": {"another": 1}},
        {"change": 5},
    ],
)
def test_what_is_none_of_a_workers_words_is_no_image(tmp_path: Path, facts: dict[str, Any]) -> None:
    with pytest.raises(DecoderCrashed):
        loaded(tmp_path, Frame("image", SOUND | facts, PNG), Frame(END))


@pytest.mark.parametrize(
    ("frame", "error"),
    [
        (Frame(END), DecoderCrashed),
        (Frame(FAILED), DecoderCrashed),
        (Frame(FAILED, {"detail": [1]}), DecoderCrashed),
        (Frame(REFUSED), DecoderCrashed),
        (Frame(REFUSED, {"kind": "broken", "detail": "", "facts": 5}), DecoderCrashed),
        (Frame(REFUSED, {"kind": "broken", "detail": "", "facts": {"kind": 5}}), DecoderCrashed),
        (Frame(REFUSED, {"kind": "broken", "detail": "", "facts": {"name": 5}}), DecoderCrashed),
        (Frame(REFUSED, {"kind": ["broken"], "detail": "", "facts": {}}), DecoderCrashed),
        (Frame(REFUSED, {"kind": "too_large", "detail": "", "facts": {}}), DecoderCrashed),
        (Frame(REFUSED, {"kind": "broken", "detail": "", "facts": {}}), BrokenImage),
    ],
)
def test_an_end_in_strange_words_is_an_end(tmp_path: Path, frame: Frame, error: type[ImageError]) -> None:
    with pytest.raises(error):
        loaded(tmp_path, frame)
