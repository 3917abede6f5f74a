"""How much of a screen's text the on-device reader gets right, to the character."""

import asyncio
import time
from contextlib import aclosing
from dataclasses import dataclass

import pytest

from desktop.domain.events import LineRead, TextDelta
from desktop.domain.images import ImageInput, Size
from desktop.domain.messages import ChatRequest, user_message
from desktop.domain.models import READER_MODEL
from desktop.reader.reader import OnDeviceReader
from desktop.worker.process import WorkerProcess
from tests.support.error_rate import error_rate, one_spaced, without_spaces
from tests.support.screenshots import CONTENT, SIZES, Screenshot, screenshot

MEAN, WORST = 0.01, 0.02
"""The most that may be wrong: one character in a hundred on the average, two on any screen."""

EVERY = [(kind, size) for size in SIZES for kind in CONTENT]

REPRESENTATIVE = [
    *((kind, "720p") for kind in CONTENT),
    ("code", "4K dense"),
    ("chinese", "4K 200%"),
    ("table", "4K 200%"),
]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of `shot`, and after how many seconds the first and the last line came."""

    shot: Screenshot
    text: str
    first: float
    last: float

    @property
    def wrong(self) -> float:
        """Wrong characters, blanks left out: how wide a blank is, and whether one stands between 四 and 478,
        is typography rather than text."""
        return error_rate(without_spaces(self.shot.text), without_spaces(self.text))

    @property
    def wrong_with_blanks(self) -> float:
        """The same with one blank where there is any, line ends included."""
        return error_rate(one_spaced(self.shot.text), one_spaced(self.text))


@pytest.mark.parametrize(
    "screens",
    [
        pytest.param(REPRESENTATIVE, id="representative"),
        pytest.param([s for s in EVERY if s not in REPRESENTATIVE], id="the rest", marks=pytest.mark.slow),
    ],
)
@pytest.mark.usefixtures("qapp")
def test_the_reader_gets_99_of_100_characters_right(
    screens: list[tuple[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    readings = asyncio.run(all_read([screenshot(*screen) for screen in screens]))
    with capsys.disabled():
        print("", *table(readings), sep="\n")

    assert mean([reading.wrong for reading in readings]) <= MEAN
    assert mean([reading.wrong_with_blanks for reading in readings]) <= MEAN
    assert not [reading.shot.name for reading in readings if reading.wrong > WORST]
    assert all(reading.first < reading.last for reading in readings)


async def all_read(shots: list[Screenshot]) -> list[Reading]:
    worker = WorkerProcess()
    try:
        return [await read(OnDeviceReader(worker), shot) for shot in shots]
    finally:
        await worker.aclose()


async def read(reader: OnDeviceReader, shot: Screenshot) -> Reading:
    image = ImageInput(shot.name, shot.mime, shot.data, Size(0, 0), "")
    begin, pieces, times = time.perf_counter(), [], []
    async with aclosing(reader.stream(ChatRequest(READER_MODEL, (user_message("", (image,)),)))) as stream:
        async for event in stream:
            if isinstance(event, TextDelta):
                pieces.append(event.text)
            elif isinstance(event, LineRead):
                times.append(time.perf_counter() - begin)
    return Reading(shot, "".join(pieces), times[0], times[-1])


def mean(figures: list[float]) -> float:
    return sum(figures) / len(figures)


def table(readings: list[Reading]) -> list[str]:
    head = f"{'screen':<18}{'characters':>11}{'wrong':>8}{'+blanks':>9}{'first s':>9}{'last s':>8}"
    rows = [
        f"{r.shot.name:<18}{len(without_spaces(r.shot.text)):>11}{r.wrong:>8.2%}{r.wrong_with_blanks:>9.2%}"
        f"{r.first:>9.1f}{r.last:>8.1f}"
        for r in readings
    ]
    total = f"{'mean':<29}{mean([r.wrong for r in readings]):>8.2%}"
    return [head, *rows, total + f"{mean([r.wrong_with_blanks for r in readings]):>9.2%}"]
