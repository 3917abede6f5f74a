"""Many images at once: progress, giving up, too many of them, folders, and what was refused."""

import asyncio
from pathlib import Path

import pytest

from desktop.domain.image_errors import (
    BrokenImage,
    EmptyFolder,
    FarTooManyImages,
    IsAFolder,
    ManyImagesRefused,
    TooManyImages,
)
from desktop.domain.images import ImageBytes
from desktop.domain.models import READER_MODEL
from desktop.viewmodels.attachments import AttachmentList
from desktop.viewmodels.composer import FolderFound, LoadProgress
from tests.conftest import Run
from tests.support.composing import Bench
from tests.support.pictures import image
from tests.support.qt import first, heard

LIMIT = 250


def names(count: int, start: int = 0) -> list[str]:
    return [f"{number}.png" for number in range(start, start + count)]


def test_what_has_come_stays_when_the_rest_is_given_up(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.loader.hold("2.png")
        bench.add(*names(60))
        await bench.loader.arrival("2.png")
        bench.composer.cancel_loading()

        assert bench.names == names(2)
        assert bench.composer.progress is None
        assert bench.composer.is_ready
        assert bench.loader.asked == names(3), "the others were not even looked at"
        await asyncio.sleep(0)
        await bench.loaded("2b.png")
        assert bench.names == [*names(2), "2b.png"]

    run(scenario())


def test_what_is_given_up_before_it_began_leaves_nothing_behind(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.add("a.png")
        bench.composer.cancel_loading()
        bench.composer.cancel_loading()

        assert bench.progress == [LoadProgress(0, 1), None]
        assert bench.loading == [1, 0]
        await bench.tasks.aclose()
        assert not bench.loader.asked

    run(scenario())


def test_bytes_that_nobody_wants_any_more_are_let_go(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.loader.hold("0.png")
        bench.add(*names(60))
        await bench.loader.arrival("0.png")
        assert len(bench.loader.begun) == 60
        bench.composer.cancel_loading()

        assert len(bench.loader.begun) <= 1, "the one that was being looked at"

    run(scenario())


def test_what_was_refused_before_the_rest_was_given_up_is_told(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.loader.refuse("a.png", BrokenImage)
        bench.loader.hold("b.png")
        bench.add("a.png", "b.png")
        await bench.loader.arrival("b.png")
        bench.composer.cancel_loading()

        assert [type(error) for error in bench.refused] == [BrokenImage]

    run(scenario())


def test_ten_refused_files_are_one_sentence(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        for name in names(10):
            bench.loader.refuse(name, BrokenImage)
        await bench.loaded(*names(12))

        (error,) = bench.refused
        assert isinstance(error, ManyImagesRefused)
        assert str(error) == "10 images cannot be used: 0.png, 1.png, 2.png and 7 more."
        assert error.detail.splitlines() == [f"“{name}” is damaged or cut short." for name in names(10)]
        assert all(refusal.__traceback__ is None for refusal in error.refusals), "frames hold the bytes"
        assert bench.names == names(2, 10)

    run(scenario())


def test_why_one_is_refused_is_heard_before_the_question_is_ready(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        said: list[str] = []
        bench.composer.image_refused.connect(lambda _: said.append("refused"))
        bench.composer.readiness_changed.connect(lambda is_ready: said.append(f"ready: {is_ready}"))
        bench.composer.set_text("Compare.")
        bench.loader.refuse("b.png", BrokenImage)
        await bench.loaded("a.png", "b.png")

        assert said == ["ready: True", "ready: False", "refused", "ready: True"]

    run(scenario())


@pytest.mark.parametrize(("more", "kind"), [(1, TooManyImages), (3, TooManyImages), (4, FarTooManyImages)])
def test_beyond_the_limit_the_rest_is_refused_by_name(run: Run, more: int, kind: type[TooManyImages]) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose()
        await bench.loaded(*names(LIMIT + more))

        assert bench.names == names(LIMIT)
        (error,) = bench.refused
        assert type(error) is kind
        left_out = names(more, LIMIT)
        assert all(name in str(error) for name in left_out[:3])
        if kind is FarTooManyImages:
            assert error.detail.split("\n") == left_out
        else:
            assert error.facts["names"] == tuple(left_out)
        assert len(bench.loader.asked) == LIMIT, "what has no room is not decoded"

    run(scenario())


def test_the_reader_takes_any_number(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose(READER_MODEL)
        await bench.loaded(*names(LIMIT + 1))

        assert len(bench.names) == LIMIT + 1
        assert not bench.refused

    run(scenario())


def test_a_model_that_takes_fewer_keeps_the_first(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose(READER_MODEL)
        await bench.loaded(*names(LIMIT + 1))
        bench.choose()

        assert bench.names == names(LIMIT)
        assert [str(error) for error in bench.refused] == [
            f"A question takes at most {LIMIT} images. Left out: {LIMIT}.png."
        ]

    run(scenario())


def test_the_same_images_again_are_not_too_many(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose()
        await bench.loaded(*names(LIMIT))
        await bench.loaded(*names(LIMIT))
        assert not bench.refused
        await bench.loaded("1.png", "one more.png")

        assert [error.facts["names"] for error in bench.refused] == [("one more.png",)]

    run(scenario())


def test_of_thousands_not_every_one_is_read_to_be_refused(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose()
        await bench.loaded(*names(4 * LIMIT))

        assert len(bench.loader.taken) == 2 * LIMIT
        assert bench.refused[0].facts["more"] == 3 * LIMIT - 3

    run(scenario())


def test_the_same_image_again_while_it_is_being_read_is_one(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        slow = bench.loader.hold("a.png")
        bench.add("a.png")
        bench.add("a.png", "b.png")
        await bench.loader.arrival("a.png")
        slow.set()
        await bench.settled()

        assert bench.names == ["a.png", "b.png"]

    run(scenario())


def test_a_row_of_arrivals_is_told_in_few_words(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        changes = heard(bench.composer.attachments_changed)
        shown: list[int] = []
        rows = AttachmentList(bench.composer)
        bench.composer.readiness_changed.connect(lambda _: shown.append(rows.rowCount()))
        await bench.loaded(*names(60))

        assert shown == [60], "all are there when the question is ready"
        assert len(changes) < 30
        kept = bench.composer.attachments()
        bench.composer.remove(0)
        assert all(a is b for a, b in zip(kept[1:], bench.composer.attachments(), strict=True)), "made once"

    run(scenario())


def test_pixels_without_a_file_are_taken_too(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.composer.add([ImageBytes("Pasted image.png", b"...")])
        await bench.settled()

        assert bench.names == ["Pasted image.png"]
        assert bench.composer.total_bytes() == len(image("Pasted image.png").data)

    run(scenario())


# ── folders ─────────────────────────────────────────────────────────────────────────────────────


def test_a_folder_is_asked_about_and_not_attached(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.loader.refuse("holiday", IsAFolder)
        files = (Path("holiday/1.png"), Path("holiday/2.png"))
        bench.folders.contents[Path("holiday")] = files
        await bench.loaded("a.png", "holiday")

        found = FolderFound("holiday", files)
        assert bench.folders_found == [found]
        assert bench.names == ["a.png"]
        assert not bench.refused
        bench.composer.add_folders([found])
        await bench.settled()
        assert bench.names == ["a.png", "1.png", "2.png"]

    run(scenario())


def test_of_folders_as_many_are_attached_as_there_is_room_for(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose()
        await bench.loaded("first.png", "second.png")
        assert bench.composer.room == LIMIT - 2
        folders = [
            FolderFound(place, tuple(Path(place, name) for name in names(200, start)))
            for place, start in (("a", 0), ("b", 200))
        ]
        bench.composer.add_folders(folders)
        await bench.settled()

        assert bench.names == ["first.png", "second.png", *names(LIMIT - 2)]
        assert not bench.refused
        assert bench.composer.room == 0
        bench.composer.add_folders(folders)
        await bench.settled()
        assert [type(error) for error in bench.refused] == [FarTooManyImages]

    run(scenario())


def test_where_there_is_no_room_a_folder_is_not_asked_about(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.choose()
        await bench.loaded(*names(LIMIT))
        bench.loader.refuse("holiday", IsAFolder)
        bench.folders.contents[Path("holiday")] = (Path("holiday/beach.png"),)
        await bench.loaded("holiday")

        assert not bench.folders_found
        assert [error.facts["names"] for error in bench.refused] == [("beach.png",)]

    run(scenario())


def test_an_empty_folder_is_a_sentence(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.loader.refuse("holiday", IsAFolder)
        await bench.loaded("holiday")

        assert [type(error) for error in bench.refused] == [EmptyFolder]
        assert not bench.folders_found

    run(scenario())


def test_a_folder_that_was_given_up_is_not_asked_about(run: Run) -> None:
    async def scenario() -> None:
        bench = Bench()
        bench.loader.refuse("holiday", IsAFolder)
        bench.folders.contents[Path("holiday")] = (Path("holiday/1.png"),)
        listed = first(bench.composer.progress_changed)
        bench.add("holiday")
        await listed
        bench.composer.cancel_loading()
        await bench.tasks.aclose()

        assert not bench.folders_found

    run(scenario())
