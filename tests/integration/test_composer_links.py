"""Web addresses in the question: attached as they are, and made images of on request."""

import pytest

from desktop.domain.image_errors import BrokenImage, LinkError, LinkNotSecure, LinkPrivate, LinkTooLong
from desktop.domain.messages import ImagePart, LinkPart, TextPart
from desktop.domain.models import READER_MODEL
from desktop.domain.settings import Endpoint
from desktop.viewmodels.attachments import AttachmentList
from tests.conftest import Run
from tests.support.composing import MODEL, SERVICE, Bench
from tests.support.pictures import image

CAT = "https://pictures.example/cat.png"
DOG = "https://pictures.example/dog.png"
NEAR = Endpoint("custom", base_url="http://localhost:11434/v1")


def test_links_and_images_go_in_their_order(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose()
        rows = AttachmentList(bench.composer)
        bench.composer.add_links([CAT, DOG, CAT])
        assert rows.rowCount() == 2, "shown at once"
        await bench.loaded("a.png")
        bench.composer.add_links([DOG])
        bench.composer.move(2, 0)
        assert bench.names == ["a.png", CAT, DOG], "a link twice is one"
        question = bench.composer.take("What is this?")

        assert question.parts == (
            TextPart("What is this?"),
            ImagePart(image("a.png")),
            LinkPart(CAT),
            LinkPart(DOG),
        )
        assert bench.composer.items == ()
        bench.composer.put("Again", [LinkPart(CAT), image("a.png")])
        assert bench.names == [CAT, "a.png"]

    run(scenario())


@pytest.mark.parametrize(
    ("model", "endpoint", "must_be_fetched"),
    [(MODEL, SERVICE, False), (MODEL, NEAR, True), (READER_MODEL, SERVICE, True)],
)
def test_what_takes_no_links_gets_none(
    run: Run, model: str, endpoint: Endpoint, must_be_fetched: bool
) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose(model, endpoint)
        bench.composer.set_text("What is this?")
        bench.composer.add_links([CAT])
        assert bench.composer.is_ready is not must_be_fetched
        assert bench.composer.attachments()[0].must_be_fetched is must_be_fetched
        bench.composer.fetch(0)
        await bench.settled()

        assert bench.composer.is_ready
        assert not bench.composer.attachments()[0].must_be_fetched

    run(scenario())


def test_another_model_may_need_it_fetched(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose()
        bench.composer.add_links([CAT])
        bench.choose(READER_MODEL)
        bench.choose()

        assert bench.readiness == [True, False, True]

    run(scenario())


def test_a_fetched_link_becomes_the_image_where_it_stands(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose()
        await bench.loaded("a.png")
        bench.composer.add_links([CAT, DOG])
        slow = bench.links.hold(CAT)
        before = bench.composer.attachments()[1]
        bench.composer.fetch(1)
        bench.composer.fetch(1)
        fetching = bench.composer.attachments()[1]
        assert fetching.is_fetching
        assert fetching.item == LinkPart(CAT)
        assert not bench.composer.is_ready
        slow.set()
        await bench.settled()

        assert bench.names == ["a.png", "cat.png", DOG]
        after = bench.composer.attachments()[1]
        assert after.key is before.key
        assert not after.is_fetching
        assert after.seen is not None
        assert bench.loader.asked == ["a.png", "cat.png"]

    run(scenario())


@pytest.mark.parametrize("cause", ["address", "content"])
def test_what_cannot_be_fetched_stays_a_link(run: Run, cause: str) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose()
        if cause == "address":
            bench.links.errors[CAT] = LinkPrivate(name=CAT)
        else:
            bench.loader.refuse("cat.png", BrokenImage)
        bench.composer.add_links([CAT])
        bench.composer.fetch(0)
        await bench.settled()

        assert [type(error) for error in bench.refused] == [
            LinkPrivate if cause == "address" else BrokenImage
        ]
        assert bench.names == [CAT]
        assert not bench.composer.attachments()[0].is_fetching
        assert bench.composer.is_ready

    run(scenario())


def test_a_link_to_an_image_that_is_there_adds_nothing(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        await bench.loaded("a.png")
        bench.composer.add_links([CAT, DOG])
        bench.loader.results["cat.png"] = image("a.png")
        bench.composer.fetch(1)
        await bench.settled()

        assert bench.names == ["a.png", DOG]
        assert not bench.refused

    run(scenario())


@pytest.mark.parametrize("way", ["removed", "given up", "taken", "app closed"])
def test_a_fetch_that_nobody_wants_ends(run: Run, way: str) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose()
        bench.composer.add_links([CAT, DOG])
        bench.links.hold(CAT)
        bench.composer.fetch(0)
        if way == "removed":
            bench.composer.remove(0)
        elif way == "given up":
            bench.composer.cancel_loading()
        elif way == "taken":
            bench.composer.take("")
        else:
            await bench.tasks.aclose()

        assert not bench.composer.is_loading
        assert not any(each.is_fetching for each in bench.composer.attachments())
        assert bench.names == {"removed": [DOG], "taken": []}.get(way, [CAT, DOG])
        await bench.tasks.aclose()
        assert not bench.refused

    run(scenario())


def test_links_count_as_images(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose()
        urls = [f"https://pictures.example/{number}.png" for number in range(252)]
        bench.composer.add_links([*urls, *urls])

        assert bench.names == urls[:250]
        left_out = ("pictures.example/250.png", "pictures.example/251.png")
        assert [error.facts["names"] for error in bench.refused] == [left_out]
        bench.composer.add_links(urls[:3])
        assert len(bench.refused) == 1, "these are there"

    run(scenario())


def test_an_address_of_a_hundred_kilobytes_is_refused_in_a_few_words(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose()
        long = f"https://pictures.example/{'x' * 100_000}.png?token={'y' * 100}"
        bench.composer.add_links([long, CAT])
        (error,) = bench.refused

        assert isinstance(error, LinkTooLong)
        assert len(str(error)) < 160
        assert "pictures.example" in str(error)
        assert bench.names == [CAT]

    run(scenario())


@pytest.mark.parametrize(
    ("url", "obstacle"),
    [
        (CAT, None),
        ("http://pictures.example/cat.png", LinkNotSecure),
        ("https://192.168.1.7/cat.png", LinkPrivate),
        ("https://printer.local/cat.png", LinkPrivate),
    ],
)
def test_what_can_never_be_fetched_says_so_at_once(
    run: Run, url: str, obstacle: type[LinkError] | None
) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose()
        bench.composer.add_links([url])
        (shown,) = bench.composer.attachments()

        assert type(shown.obstacle) is (obstacle or type(None))
        assert bench.composer.is_ready, "the model's server may know the way"

    run(scenario())


def test_what_a_link_costs_is_not_known(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose()
        await bench.loaded("a.png")
        bytes_of_images = bench.composer.total_bytes()
        assert bench.composer.image_tokens() is not None
        bench.composer.add_links([CAT])

        assert bench.composer.image_tokens() is None
        assert bench.composer.total_bytes() == bytes_of_images
        assert bench.composer.images == (image("a.png"),)

    run(scenario())
