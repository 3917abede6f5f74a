"""Attached images made again when another model, or another server, takes other ones."""

from dataclasses import replace

import pytest

from desktop.domain.image_errors import DecoderCrashed, ImageWontFit
from desktop.domain.image_rules import image_limits
from desktop.domain.images import ImageBytes, ImageChange, ImageInput, Size
from desktop.domain.limits import READER
from desktop.domain.models import Model
from tests.conftest import Run
from tests.support.composing import MODEL, SERVICE, Bench
from tests.support.pictures import image

OCR = "qwen-vl-ocr"
SCAN = Size(6000, 4000)
"""More than an OCR model takes, and no more than the others do."""

SHRUNK = ImageChange("image/png", from_size=SCAN, limit="pixels")


def shrunk(name: str) -> ImageInput:
    """The scan as it fits an OCR model, as the loader would make it."""
    return replace(image(name, Size(4000, 2666)), change=SHRUNK)


async def with_scan(bench: Bench) -> None:
    """The OCR model is asked next about "scan.png", which is too large for it, and "a.png", which is not."""
    bench.choose()
    bench.loader.results["scan.png"] = image("scan.png", SCAN)
    await bench.loaded("scan.png", "a.png")
    bench.loader.results["scan.png"] = shrunk("scan.png")


def test_what_does_not_fit_is_made_again_where_it_stands(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        await with_scan(bench)
        before = bench.composer.attachments()
        slow = bench.loader.hold("scan.png")
        bench.choose(OCR)
        assert [each.is_preparing for each in bench.composer.attachments()] == [True, False]
        assert bench.names == ["scan.png", "a.png"]
        assert not bench.composer.is_ready, "Send waits"
        slow.set()
        await bench.settled()

        assert bench.loader.asked == ["scan.png", "a.png", "scan.png"], "the other one fits"
        assert bench.loader.limits[-1] == image_limits(SERVICE, OCR)
        assert bench.composer.images[0].size == Size(4000, 2666)
        after = bench.composer.attachments()
        assert [each.key for each in after] == [each.key for each in before]
        assert not after[0].is_preparing
        assert bench.composer.is_ready

    run(scenario())


def test_what_was_changed_is_made_again_of_what_the_user_gave(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose(OCR)
        bench.loader.results["scan.png"] = shrunk("scan.png")
        await bench.loaded("scan.png")
        bench.loader.results["scan.png"] = image("scan.png", SCAN)
        bench.choose()
        await bench.settled()

        assert bench.composer.images[0].size == SCAN, "whole again"
        assert bench.composer.images[0].change is None

    run(scenario())


def test_the_given_bytes_are_kept_only_where_something_was_changed(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose(OCR)
        bench.loader.results["scan.png"] = shrunk("scan.png")
        await bench.loaded("scan.png", "a.png")
        assert [card.given is not None for card in bench.composer._cards] == [True, False]
        bench.loader.results["scan.png"] = image("scan.png", SCAN)
        bench.choose()
        await bench.settled()

        assert [card.given is not None for card in bench.composer._cards] == [False, False]

    run(scenario())


def test_the_same_limits_are_no_reason(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose()
        bench.loader.results["scan.png"] = shrunk("scan.png")
        await bench.loaded("scan.png")
        bench.choose("qwen-vl-max", full_detail=True)

        assert not bench.composer.is_loading
        assert bench.loader.asked == ["scan.png"]

    run(scenario())


def test_there_and_back_again(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        await with_scan(bench)
        whole = bench.composer.images[0]
        bench.choose(OCR)
        await bench.settled()
        bench.loader.results["scan.png"] = whole
        bench.choose()
        await bench.settled()

        assert bench.composer.images[0] == whole
        assert bench.loader.sources[-1] == ImageBytes("scan.png", whole.data), "what was there at first"

    run(scenario())


@pytest.mark.parametrize("is_broken", [False, True])
def test_what_was_made_for_a_model_that_was_left_meanwhile_is_not_taken(run: Run, is_broken: bool) -> None:
    async def scenario() -> None:
        bench = Bench()
        await with_scan(bench)
        whole = bench.composer.images[0]
        slow = bench.loader.hold("scan.png")
        bench.choose(OCR)
        await bench.loader.arrival("scan.png")
        if is_broken:
            bench.loader.refuse("scan.png", DecoderCrashed)
        bench.choose()
        assert bench.composer.is_ready, "the whole one is still there"
        slow.set()
        await bench.loaded("b.png")

        assert bench.composer.images[0] is whole
        assert not bench.refused

    run(scenario())


def test_a_model_chosen_while_an_image_is_being_read_gets_one_that_fits(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose()
        bench.loader.results["scan.png"] = image("scan.png", SCAN)
        slow = bench.loader.hold("scan.png")
        bench.add("scan.png")
        await bench.loader.arrival("scan.png")
        bench.choose(OCR)
        slow.set()
        await bench.settled()

        assert bench.loader.limits == [image_limits(SERVICE, MODEL), image_limits(SERVICE, OCR)]

    run(scenario())


@pytest.mark.parametrize("error", [ImageWontFit(name="scan.png", limit=10), DecoderCrashed(name="scan.png")])
def test_what_cannot_be_made_to_fit_goes_with_a_sentence(run: Run, error: Exception) -> None:
    async def scenario() -> None:
        bench = Bench()
        await with_scan(bench)
        bench.loader.results["scan.png"] = error
        bench.choose(OCR)
        await bench.settled()

        assert bench.refused == [error]
        assert bench.names == ["a.png"]
        assert bench.composer.is_ready

    run(scenario())


def test_what_fits_already_stays_if_it_cannot_be_made_better(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose(OCR)
        bench.loader.results["scan.png"] = shrunk("scan.png")
        await bench.loaded("scan.png")
        bench.loader.refuse("scan.png", DecoderCrashed)
        bench.choose()
        await bench.settled()

        assert not bench.refused
        assert bench.composer.images == (shrunk("scan.png"),)
        assert bench.composer.is_ready

    run(scenario())


@pytest.mark.parametrize("change", [None, ImageChange("image/tiff", frames=4, page=2)])
def test_an_image_of_an_earlier_question_is_made_of_what_was_sent(
    run: Run, change: ImageChange | None
) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose()
        sent = replace(image("scan.png", SCAN), change=change)
        bench.composer.put("Again", [sent])
        bench.loader.results["scan.png"] = replace(shrunk("scan.png"), source_digest="of what was sent")
        bench.choose(OCR)
        await bench.settled()

        assert bench.loader.sources == [ImageBytes("scan.png", sent.data)]
        (now,) = bench.composer.images
        assert now.size == Size(4000, 2666)
        assert now.change == SHRUNK
        assert now.source_digest == sent.source_digest, "the same file twice is still one image"

    run(scenario())


def test_a_bug_in_making_one_again_keeps_neither_the_question_nor_the_others(
    run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        bench = Bench()
        await with_scan(bench)
        bench.loader.results["other.png"] = image("other.png", SCAN)
        await bench.loaded("other.png")
        bench.loader.results["scan.png"] = ZeroDivisionError()
        bench.loader.results["other.png"] = shrunk("other.png")
        bench.choose(OCR)
        await bench.settled()

        assert bench.names == ["scan.png", "a.png", "other.png"]
        assert bench.composer.images[-1].size == Size(4000, 2666)
        assert bench.composer.is_ready

    run(scenario())
    assert [record.getMessage() for record in caplog.records] == ["task fit images failed"]
    caplog.clear()


@pytest.mark.parametrize("way", ["removed", "app closed"])
def test_what_is_being_made_again_can_go(run: Run, way: str) -> None:
    async def scenario() -> None:
        bench = Bench()
        await with_scan(bench)
        slow = bench.loader.hold("scan.png")
        bench.choose(OCR)
        await bench.loader.arrival("scan.png")
        bench.composer.cancel_loading()
        assert bench.composer.is_loading, "it has come, and must fit before it can go"
        if way == "removed":
            bench.composer.remove(0)
            assert bench.composer.is_ready
            bench.loader.refuse("scan.png", DecoderCrashed)
            slow.set()
            await bench.loaded("b.png")
            assert not bench.refused
        await bench.tasks.aclose()

        assert bench.names == (["a.png", "b.png"] if way == "removed" else ["scan.png", "a.png"])

    run(scenario())


def test_a_link_that_was_fetched_is_made_again_too(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose(OCR)
        bench.composer.add_links(["https://pictures.example/scan.png"])
        bench.loader.results["scan.png"] = shrunk("scan.png")
        bench.composer.fetch(0)
        await bench.settled()
        bench.loader.results["scan.png"] = image("scan.png", SCAN)
        bench.choose()
        await bench.settled()

        assert bench.composer.images[0].size == SCAN

    run(scenario())


def test_before_anybody_is_chosen_the_reader_is_asked(qapp: object) -> None:
    bench = Bench()

    assert bench.composer.limits == READER
    assert bench.composer.context is None


def test_more_than_the_model_can_hold(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        await bench.loaded("a.png")
        bench.composer.add_links(["https://pictures.example/b.png"])
        for context, is_over in ((None, False), (2000, True), (3000, False)):
            bench.composer.set_model(Model(MODEL, context=context), full_detail=False, endpoint=SERVICE)
            assert bench.composer.context == context
            assert bench.composer.is_over_context is is_over

    run(scenario())
