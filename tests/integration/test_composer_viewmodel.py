"""The question being written: what comes in, in which order, and what it will cost."""

import asyncio

import pytest

from desktop.domain.image_errors import BrokenImage, EmptyFile, SomeImagesRefused
from desktop.domain.settings import Endpoint
from desktop.domain.vision import seen_by
from desktop.viewmodels.composer import LoadProgress
from tests.conftest import Run
from tests.support.composing import ELSEWHERE, MODEL, SERVICE, Bench
from tests.support.pictures import image
from tests.support.qt import first, heard


def test_images_stand_in_the_order_in_which_they_were_named(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        slow = bench.loader.hold("a.png")
        bench.add("a.png", "b.png", "c.png")
        await bench.loader.arrival("a.png")
        assert bench.loader.asked == ["a.png"], "one at a time"
        slow.set()
        await first(bench.composer.readiness_changed)

        assert bench.names == ["a.png", "b.png", "c.png"]
        assert bench.loading == [3, 2, 1, 0]
        assert bench.progress == [
            LoadProgress(0, 3),
            LoadProgress(1, 3),
            LoadProgress(2, 3),
            LoadProgress(3, 3),
            None,
        ]

    run(scenario())


def test_nothing_is_sent_while_an_image_is_being_read(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.composer.set_text("What is this?")
        assert bench.composer.is_ready
        slow = bench.loader.hold("a.png")
        bench.add("a.png")
        assert not bench.composer.is_ready
        slow.set()
        await first(bench.composer.readiness_changed)

        assert bench.readiness == [True, False, True]

    run(scenario())


def test_the_same_image_twice_is_one(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.loader.results["copy of a.png"] = image("a.png")
        await bench.loaded("a.png", "copy of a.png", "b.png")
        await bench.loaded("a.png")

        assert bench.names == ["a.png", "b.png"]
        assert not bench.refused

    run(scenario())


def test_what_is_refused_is_told_and_the_rest_stays(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.composer.set_text("Compare.")
        bench.loader.refuse("b.png", BrokenImage)
        bench.loader.refuse("d.png", EmptyFile)
        await bench.loaded("a.png", "b.png", "c.png", "d.png")

        (error,) = bench.refused
        assert isinstance(error, SomeImagesRefused)
        assert str(error) == "2 images cannot be used: b.png, d.png."
        assert [type(each) for each in error.refusals] == [BrokenImage, EmptyFile]
        assert bench.names == ["a.png", "c.png"]
        assert bench.composer.text == "Compare."
        assert bench.composer.is_ready

    run(scenario())


def test_more_can_be_added_while_others_are_being_read(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        slow = bench.loader.hold("a.png")
        bench.add("a.png")
        bench.add("b.png", "c.png")
        await bench.loader.arrival("a.png")
        assert bench.composer.progress == LoadProgress(0, 3)
        slow.set()
        await first(bench.composer.readiness_changed)

        assert bench.names == ["a.png", "b.png", "c.png"]
        assert bench.loading[-1] == 0
        assert bench.progress[-2:] == [LoadProgress(3, 3), None], "of both together"

    run(scenario())


def test_a_bug_in_reading_one_leaves_no_image_being_read_for_ever(
    run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.loader.results["b.png"] = ZeroDivisionError()
        await bench.loaded("a.png", "b.png", "c.png")

        assert "a.png" in bench.names
        assert not bench.composer.is_loading

    run(scenario())
    assert [record.getMessage() for record in caplog.records] == ["task load images failed"]
    caplog.clear()


def test_closing_the_app_ends_the_reading_too(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.loader.hold("a.png")
        bench.add("a.png", "b.png")
        await asyncio.sleep(0)
        await bench.tasks.aclose()

        assert not bench.composer.is_loading
        assert asyncio.all_tasks() == {asyncio.current_task()}

    run(scenario())


def test_images_are_moved_and_removed(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        await bench.loaded("a.png", "b.png", "c.png")
        bench.composer.move(0, 2)
        assert bench.names == ["b.png", "c.png", "a.png"]
        bench.composer.remove(1)
        assert bench.names == ["b.png", "a.png"]

    run(scenario())


def test_taking_the_question_empties_the_composer(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        replaced = heard(bench.composer.text_replaced)
        bench.composer.set_text("  What changed? \n")
        await bench.loaded("a.png", "b.png")
        question = bench.composer.take("What do these images show?")

        assert question.text == "What changed?"
        assert [image.name for image in question.images] == ["a.png", "b.png"]
        assert (bench.composer.text, bench.composer.images) == ("", ())
        assert replaced == [""]
        assert not bench.composer.is_ready

    run(scenario())


def test_images_alone_are_sent_with_the_default_question(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        await bench.loaded("a.png")

        assert bench.composer.take("What does this image show?").text == "What does this image show?"

    run(scenario())


def test_blank_text_is_nothing_to_send(qapp: object) -> None:
    bench = Bench()
    bench.composer.set_text(" \n\t")

    assert not bench.composer.is_ready


@pytest.mark.parametrize("full_detail", [False, True])
def test_tokens_are_counted_as_the_service_counts_them(run: Run, full_detail: bool) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.loader.results["small.png"] = image("small.png", (320, 200))
        bench.loader.results["4k.png"] = image("4k.png", (3840, 2160))
        await bench.loaded("small.png", "4k.png")
        bench.choose(full_detail=full_detail)
        sizes = [image.size for image in bench.composer.images]
        plain = [seen_by(MODEL, size) for size in sizes]
        full = [seen_by(MODEL, size, full_detail=True) for size in sizes]

        shown = bench.composer.attachments()
        assert [each.seen for each in shown] == (full if full_detail else plain)
        # A small image is seen as it is, in full detail too: there is nothing to offer.
        assert [each.full for each in shown] == [None, full[1]]
        total = sum(each.tokens for each in (full if full_detail else plain) if each)
        assert bench.composer.image_tokens() == total
        assert bench.composer.full_tokens() == sum(each.tokens for each in full if each)

    run(scenario())


@pytest.mark.parametrize(
    ("model", "endpoint"), [("gpt-nobody-knows", SERVICE), (MODEL, ELSEWHERE), ("on-device-reader", SERVICE)]
)
def test_where_no_rule_is_known_no_number_is_shown(run: Run, model: str, endpoint: Endpoint) -> None:
    async def scenario() -> None:
        bench = Bench()
        await bench.loaded("a.png")
        bench.choose(model, endpoint, full_detail=True)

        assert bench.composer.attachments()[0].seen is None
        assert bench.composer.image_tokens() is None
        assert bench.composer.full_tokens() is None

    run(scenario())


def test_another_model_sees_the_same_images_otherwise(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        await bench.loaded("a.png")
        changes = heard(bench.composer.attachments_changed)
        bench.choose()
        bench.choose()

        assert len(changes) == 1

    run(scenario())
