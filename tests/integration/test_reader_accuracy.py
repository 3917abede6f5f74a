"""How much of a screen's text the on-device reader gets right, to the character."""

import asyncio
from collections.abc import Callable, Sequence
from statistics import mean

import pytest

from desktop.reader.reader import OnDeviceReader
from desktop.worker.process import WorkerProcess
from tests.support.degraded import compressed, resampled
from tests.support.reading import Reading, read
from tests.support.screenshots import CONTENT, SCALED_SIZES, SIZES, THEMES, Screenshot, screenshot

MEAN, WORST = 0.005, 0.01
"""The most that may be wrong: one character in two hundred on the average, one in a hundred on any screen."""

SMALL = [(kind, "720p") for kind in CONTENT]
LARGE = [(kind, size) for size in SIZES for kind in CONTENT if size != "720p"]


def each_kind() -> list[Screenshot]:
    """One of each, none on its way like another."""
    return [
        screenshot("english", "720p"),
        screenshot("table", "720p"),
        screenshot("log", "720p", "light"),
        compressed(screenshot("chinese", "720p"), 50),
        resampled(screenshot("code", "720p"), 1.25),
    ]


def small() -> list[Screenshot]:
    return [screenshot(*screen) for screen in SMALL]


def large() -> list[Screenshot]:
    return [screenshot(*screen) for screen in LARGE]


def scaled() -> list[Screenshot]:
    return [screenshot(kind, size) for size in SCALED_SIZES for kind in CONTENT]


def in_both_themes() -> list[Screenshot]:
    return [screenshot(*screen, theme) for screen in SMALL for theme in THEMES]


def as_jpeg() -> list[Screenshot]:
    return [compressed(screenshot(*screen), quality) for screen in SMALL for quality in (75, 50)]


def shared() -> list[Screenshot]:
    return [resampled(screenshot(*screen), factor) for screen in SMALL for factor in (1.25, 1.5)]


def slowly(shots: Callable[[], list[Screenshot]]) -> object:
    return pytest.param(shots, marks=pytest.mark.slow)


@pytest.mark.parametrize(
    "shots", [each_kind, *map(slowly, (small, large, scaled, in_both_themes, as_jpeg, shared))]
)
@pytest.mark.usefixtures("qapp")
def test_the_reader_gets_199_of_200_characters_right(
    shots: Callable[[], list[Screenshot]], capsys: pytest.CaptureFixture[str]
) -> None:
    readings = asyncio.run(all_read(shots()))
    with capsys.disabled():
        print("", *table(readings), sep="\n")

    assert mean(reading.wrong for reading in readings) <= MEAN
    assert mean(reading.wrong_with_blanks for reading in readings) <= 2 * MEAN
    assert not [reading.shot.name for reading in readings if reading.wrong > WORST]
    assert all(reading.first < reading.last for reading in readings)


async def all_read(shots: Sequence[Screenshot]) -> list[Reading]:
    worker = WorkerProcess()
    try:
        return [await read(OnDeviceReader(worker), shot) for shot in shots]
    finally:
        await worker.aclose()


def table(readings: Sequence[Reading]) -> list[str]:
    head = f"{'screen':<24}{'wrong':>8}{'+blanks':>9}{'first s':>9}{'last s':>8}"
    rows = [
        f"{r.shot.name:<24}{r.wrong:>8.2%}{r.wrong_with_blanks:>9.2%}{r.first:>9.1f}{r.last:>8.1f}"
        for r in readings
    ]
    total = f"{'mean':<24}{mean(r.wrong for r in readings):>8.2%}"
    return [head, *rows, total + f"{mean(r.wrong_with_blanks for r in readings):>9.2%}"]
