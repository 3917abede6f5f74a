"""Thumbnails out of the history: fetched when they are asked for, a few at a time, and kept for a while."""

import pytest

from desktop.domain.images import KeptImage
from desktop.runtime.tasks import TaskOwner
from desktop.viewmodels import pictures
from desktop.viewmodels.pictures import Pictures
from tests.conftest import Run
from tests.support.kept import Shelf, kept
from tests.support.pictures import image, png
from tests.support.qt import first, heard

COLORS = ("red", "green", "blue", "white", "black", "gray", "pink", "gold")


class Bench:
    """Pictures over a shelf, and the digests of those that arrived."""

    def __init__(self, *colors: str) -> None:
        self.shelf = Shelf(*colors)
        self.pictures = Pictures(self.shelf, TaskOwner())
        self.arrived = heard(self.pictures.arrived)

    async def wait_for(self, count: int) -> None:
        while len(self.arrived) < count:
            await first(self.pictures.arrived)

    async def fetched(self, image: KeptImage) -> bytes | None:
        arrived = first(self.pictures.arrived)
        assert self.pictures.thumbnail(image) is None
        await arrived
        return self.pictures.thumbnail(image)


def digests(*colors: str) -> list[str]:
    return [kept(color=color).digest for color in colors]


def test_an_image_that_is_here_has_its_own(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        assert bench.pictures.thumbnail(image(color="red")) == png(color="red")
        assert bench.shelf.asked == []

    run(scenario())


def test_a_kept_one_arrives_and_stays(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench("red")
        assert await bench.fetched(kept(color="red")) == png(color="red")
        assert bench.pictures.thumbnail(kept("other name.png", color="red")) == png(color="red")
        assert bench.arrived == bench.shelf.asked == digests("red")

    run(scenario())


@pytest.mark.parametrize("is_busy", [False, True])
def test_one_that_is_lost_or_cannot_be_read_is_empty(run: Run, is_busy: bool) -> None:
    async def scenario() -> None:
        bench = Bench(*(["red"] if is_busy else []))
        bench.shelf.is_busy = is_busy
        assert await bench.fetched(kept(color="red")) == b""

    run(scenario())


def test_asked_for_again_and_again_it_is_fetched_once(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench("red")
        for _ in range(5):
            assert bench.pictures.thumbnail(kept(color="red")) is None
        await bench.wait_for(1)
        assert bench.shelf.asked == digests("red")

    run(scenario())


def test_a_few_at_a_time_and_the_newest_wish_first(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench(*COLORS)
        bench.shelf.is_open.clear()
        for color in (*COLORS, COLORS[4]):
            bench.pictures.thumbnail(kept(color=color))
        bench.shelf.is_open.set()
        await bench.wait_for(len(COLORS))

        begun, rest = COLORS[: pictures._AT_ONCE], COLORS[: pictures._AT_ONCE - 1 : -1]
        again = (COLORS[4], *(color for color in rest if color != COLORS[4]))
        assert bench.shelf.asked == digests(*begun, *again)

    run(scenario())


def test_wishes_that_were_long_ago_are_forgotten(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_MOST_WISHES", 2)

    async def scenario() -> None:
        bench = Bench(*COLORS)
        for color in COLORS:
            bench.pictures.thumbnail(kept(color=color))
        await bench.wait_for(pictures._AT_ONCE + 2)

        assert set(bench.shelf.asked) == set(digests(*COLORS[: pictures._AT_ONCE], *COLORS[-2:]))

    run(scenario())


def test_no_more_are_kept_than_there_is_room_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    longest = max(len(png(color=color)) for color in ("red", "green", "blue"))
    monkeypatch.setattr(pictures, "_KEPT_BYTES", 2 * longest)

    async def scenario() -> None:
        bench = Bench("red", "green", "blue")
        await bench.fetched(kept(color="red"))
        await bench.fetched(kept(color="green"))
        bench.pictures.thumbnail(kept(color="red"))
        await bench.fetched(kept(color="blue"))

        assert bench.pictures.thumbnail(kept(color="red")) == png(color="red")
        assert await bench.fetched(kept(color="green")) == png(color="green")

    run(scenario())


def test_without_a_history_nothing_arrives(run: Run) -> None:
    async def scenario() -> None:
        alone = Pictures(None, TaskOwner())
        arrived = heard(alone.arrived)
        assert alone.thumbnail(kept()) is None
        assert alone.thumbnail(image(color="red")) == png(color="red")
        assert arrived == []

    run(scenario())
