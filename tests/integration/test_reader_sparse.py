"""Nearly empty screens: a word, a toast, a dialog on much paper, where the detector is blind at first."""

import asyncio
from collections.abc import Sequence

import pytest

from desktop.reader.reader import OnDeviceReader
from desktop.worker.process import WorkerProcess
from tests.support.reading import Reading, read
from tests.support.sparse import SCENES, SIZES, sparse

Screen = tuple[str, str, str]

ONE_OF_EACH: list[Screen] = [
    ("word", "1080p", "light"),
    ("toast zh", "1080p", "dark"),
    ("button", "4K", "light"),
    ("dialog", "1440p", "wallpaper"),
    ("dialog zh", "1080p", "petals"),
]
FLAT: list[Screen] = [
    (scene, size, paper)
    for number, size in enumerate(SIZES)
    for place, scene in enumerate(SCENES)
    for paper in [("light", "dark", "wallpaper")[(number + place) % 3]]
]
BUSY: list[Screen] = [(scene, size, "petals") for scene in SCENES for size in ("1080p", "1440p")]


@pytest.mark.parametrize(
    "screens",
    [ONE_OF_EACH, pytest.param(FLAT, marks=pytest.mark.slow), pytest.param(BUSY, marks=pytest.mark.slow)],
    ids=["one of each", "flat", "busy"],
)
@pytest.mark.usefixtures("qapp")
def test_every_character_is_read_and_nothing_else(screens: Sequence[Screen]) -> None:
    readings = asyncio.run(all_read(screens))

    assert {r.shot.name: r.text for r in readings if r.wrong} == {}


async def all_read(screens: Sequence[Screen]) -> list[Reading]:
    worker = WorkerProcess()
    try:
        return [await read(OnDeviceReader(worker), sparse(*screen)) for screen in screens]
    finally:
        await worker.aclose()
