"""A file with several pages: which of them stand in the question."""

from dataclasses import replace

import pytest

from desktop.domain.image_errors import BrokenImage
from desktop.domain.images import ImageChange
from desktop.viewmodels.composer import LoadProgress, PageChoice
from tests.conftest import Run
from tests.support.composing import Bench
from tests.support.pictures import image, png
from tests.support.qt import first, heard


class Scan:
    """A composer with "a.png", a file of several pages, "b.png"."""

    def __init__(self, pages: int = 4) -> None:
        self.bench = Bench()
        self.composer = self.bench.composer
        self.loader = self.bench.loader
        self.loader.page_counts["scan.tif"] = pages
        self.found = heard(self.composer.pages_found)

    async def opened(self) -> "Scan":
        self.bench.choose()
        await self.bench.loaded("a.png", "scan.tif", "b.png")
        return self

    async def asked(self, index: int = 1) -> PageChoice:
        self.composer.ask_pages(index)
        (choice,) = await first(self.composer.pages_found)
        assert isinstance(choice, PageChoice)
        await self.bench.settled()
        return choice

    async def chosen(self, *pages: int) -> None:
        self.composer.choose_pages((await self.asked()).digest, pages)
        await self.bench.settled()

    @property
    def row(self) -> list[str | int]:
        """The names of what is attached, and the numbers of the scan's pages."""
        return [
            image.change.page if image.change and image.name == "scan.tif" else image.name
            for image in self.composer.images
        ]


def test_the_first_page_is_attached_and_the_others_are_offered(run: Run) -> None:
    async def scenario() -> None:
        scan = await Scan().opened()
        assert scan.row == ["a.png", 0, "b.png"]
        assert [each.pages for each in scan.composer.attachments()] == [1, 4, 1]
        choice = await scan.asked()

        assert choice.name == "scan.tif"
        assert choice.digest == scan.composer.images[1].source_digest
        assert choice.chosen == (0,)
        assert choice.thumbnails == tuple(png(color=f"#{page:06x}") for page in range(4))

    run(scenario())


def test_what_has_one_page_offers_none(run: Run) -> None:
    async def scenario() -> None:
        scan = Scan()
        film = replace(image("film.gif"), change=ImageChange("image/gif", frames=12))
        scan.loader.results["film.gif"] = film
        await scan.bench.loaded("a.png", "film.gif")
        scan.composer.ask_pages(0)
        scan.composer.ask_pages(1)

        assert not scan.composer.is_loading
        assert [each.pages for each in scan.composer.attachments()] == [1, 1]

    run(scenario())


def test_the_chosen_pages_stand_where_the_file_stood(run: Run) -> None:
    async def scenario() -> None:
        scan = await Scan().opened()
        await scan.chosen(2, 0, 3)
        assert scan.row == ["a.png", 2, 0, 3, "b.png"]
        assert (await scan.asked(2)).chosen == (0, 2, 3)
        await scan.chosen(1, 3)

        assert scan.row == ["a.png", 1, 3, "b.png"]

    run(scenario())


def test_asking_twice_is_answered_once(run: Run) -> None:
    async def scenario() -> None:
        scan = await Scan().opened()
        scan.composer.ask_pages(1)
        await scan.asked()
        assert len(scan.found) == 1
        await scan.asked()
        assert len(scan.found) == 2

    run(scenario())


def test_pages_that_stay_are_not_read_again(run: Run) -> None:
    async def scenario() -> None:
        scan = await Scan().opened()
        first_page = scan.composer.attachments()[1].key
        scan.loader.asked.clear()
        await scan.chosen(0, 1)

        assert scan.loader.asked == ["scan.tif"]
        assert scan.composer.attachments()[1].key is first_page

    run(scenario())


def test_no_page_is_no_choice(run: Run) -> None:
    async def scenario() -> None:
        scan = await Scan().opened()
        await scan.chosen()
        scan.composer.choose_pages("of nothing", [1])

        assert not scan.composer.is_loading
        assert scan.row == ["a.png", 0, "b.png"]

    run(scenario())


def test_a_page_that_cannot_be_read_is_told_and_the_others_stand(run: Run) -> None:
    async def scenario() -> None:
        scan = await Scan().opened()
        await scan.chosen(2, 7)

        assert scan.row == ["a.png", 2, "b.png"]
        assert [str(error) for error in scan.bench.refused] == ["“scan.tif” has 4 pages; there is no page 8."]

    run(scenario())


def test_pages_that_cannot_be_shown_are_a_sentence(run: Run) -> None:
    async def scenario() -> None:
        scan = await Scan().opened()
        scan.loader.refuse("scan.tif", BrokenImage)
        scan.composer.ask_pages(1)
        await scan.bench.settled()

        assert [type(error) for error in scan.bench.refused] == [BrokenImage]
        assert not scan.found

    run(scenario())


def test_send_waits_for_the_chosen_pages_and_they_can_be_given_up(run: Run) -> None:
    async def scenario() -> None:
        scan = await Scan().opened()
        choice = await scan.asked()
        scan.loader.hold("scan.tif")
        scan.composer.choose_pages(choice.digest, [1, 2, 3])
        assert scan.composer.progress == LoadProgress(0, 3)
        assert not scan.composer.is_ready
        scan.composer.cancel_loading()

        assert scan.composer.is_ready
        await scan.bench.tasks.aclose()
        assert scan.row == ["a.png", 0, "b.png"]

    run(scenario())


def test_pages_can_be_given_up_by_whoever_hears_of_the_first(run: Run) -> None:
    async def scenario() -> None:
        scan = await Scan().opened()
        choice = await scan.asked()

        def give_up(progress: LoadProgress | None) -> None:
            if progress is not None and progress.done:
                scan.composer.cancel_loading()

        scan.composer.progress_changed.connect(give_up)
        scan.composer.choose_pages(choice.digest, [1, 0])
        await scan.bench.settled()
        await scan.bench.tasks.aclose()

        assert scan.row == ["a.png", 0, "b.png"]

    run(scenario())


@pytest.mark.parametrize("verb", ["ask", "choose"])
def test_a_file_that_is_removed_meanwhile_does_not_come_back(run: Run, verb: str) -> None:
    async def scenario() -> None:
        scan = await Scan().opened()
        choice = await scan.asked()
        scan.found.clear()
        if verb == "ask":
            scan.composer.ask_pages(1)
            scan.composer.ask_pages(1)
        else:
            scan.composer.choose_pages(choice.digest, [1, 2])
        scan.composer.remove(1)
        await scan.bench.settled()

        assert scan.row == ["a.png", "b.png"]
        assert not scan.found

    run(scenario())


def test_pages_for_which_there_is_no_room_are_named(run: Run) -> None:
    async def scenario() -> None:
        scan = await Scan(pages=300).opened()
        choice = await scan.asked()
        scan.composer.choose_pages(choice.digest, range(249))
        await scan.bench.settled()

        assert scan.row == ["a.png", *range(248), "b.png"], "nothing else had to go"
        assert [error.facts["names"] for error in scan.bench.refused] == [("scan.tif (249)",)]

    run(scenario())


def test_every_page_is_made_again_for_another_model(run: Run) -> None:
    async def scenario() -> None:
        scan = await Scan().opened()
        await scan.chosen(1, 3)
        scan.loader.asked.clear()
        scan.bench.choose("qwen-vl-ocr")
        await scan.bench.settled()

        assert scan.loader.asked == ["scan.tif", "scan.tif"]
        assert scan.row == ["a.png", 1, 3, "b.png"]

    run(scenario())
