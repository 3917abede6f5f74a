"""What was said to one server is made to fit another: real pixels through the real worker."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from desktop.domain.events import Notice
from desktop.domain.image_errors import BrokenImage, LinkError, LinkPrivate, LinkUnreachable
from desktop.domain.image_rules import image_limits
from desktop.domain.images import ImageInput, Size, digest
from desktop.domain.limits import ImageLimits
from desktop.domain.manner import Manner
from desktop.domain.messages import LinkPart, Message, user_message
from desktop.domain.ports import ImageLoader
from desktop.domain.settings import Endpoint
from desktop.imaging.loader import WorkerImageLoader
from desktop.viewmodels import refitting
from desktop.viewmodels.refitting import Refitting
from desktop.worker.process import WorkerProcess
from tests.conftest import Run
from tests.support.pictures import ScriptedLinks, ScriptedLoader, image

LM_STUDIO = image_limits(Endpoint("lmstudio"), "a-model")
OPEN_AI = image_limits(Endpoint("openai"), "a-model")
LINK = LinkPart("https://a.example/b.png")


def webp(size: tuple[int, int] = (640, 480)) -> ImageInput:
    file = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(file, "WEBP", lossless=True)
    return ImageInput("shot.webp", "image/webp", file.getvalue(), Size(*size), digest(file.getvalue()))


def pixels(encoded: ImageInput) -> bytes:
    return Image.open(io.BytesIO(encoded.data)).convert("RGB").tobytes()


def images(messages: tuple[Message, ...]) -> list[ImageInput]:
    return [each for message in messages for each in message.images if isinstance(each, ImageInput)]


def refits(loader: ImageLoader) -> Refitting:
    return Refitting(loader, ScriptedLinks())


def test_webp_goes_to_lm_studio_as_a_png_of_the_same_pixels(run: Run) -> None:
    async def scenario() -> None:
        worker, given = WorkerProcess(), webp()
        said = (user_message("One", [given]), Message("assistant", ()), user_message("Two"))
        fitted = await refits(WorkerImageLoader(worker)).refitted(said, LM_STUDIO)
        await worker.aclose()
        (made,) = images(fitted.messages)
        assert (made.media_type, made.name, pixels(made)) == ("image/png", "shot.webp", pixels(given))
        assert fitted.messages[1:] == said[1:]
        assert not fitted.notices, "nothing was lost"

    run(scenario())


def test_smaller_images_are_really_smaller_and_it_is_said(run: Run) -> None:
    async def scenario() -> None:
        worker, given = WorkerProcess(), webp((1600, 1200))
        said = (user_message("One", [given, webp((400, 300))]),)
        manner = Manner().smaller(said, OPEN_AI)
        fitted = await refits(WorkerImageLoader(worker)).refitted(said, OPEN_AI, manner)
        await worker.aclose()
        made, small = images(fitted.messages)
        assert small.size == Size(400, 300)
        assert 0.98 < made.size.width * made.size.height / (1600 * 1200 / 2) <= 1
        (notice,) = fitted.notices
        assert str(notice) == f"The images were sent smaller: {made.size}."

    run(scenario())


def test_what_fits_is_sent_as_it_is(run: Run) -> None:
    async def scenario() -> None:
        loader = ScriptedLoader()
        said = (user_message("One", [webp(), LINK]), user_message("Two"))
        fitted = await refits(loader).refitted(said, OPEN_AI)
        assert fitted.messages == said
        assert not loader.asked

    run(scenario())


def test_the_next_turn_finds_it_made(run: Run) -> None:
    async def scenario() -> None:
        loader = ScriptedLoader()
        again, said = refits(loader), (user_message("One", [webp(), LINK]),)
        first = await again.refitted(said, LM_STUDIO)
        assert await again.refitted((*said, user_message("Two")), LM_STUDIO) == replace(
            first, messages=(*first.messages, user_message("Two"))
        )
        assert loader.asked == ["shot.webp", "b.png"]

    run(scenario())


def test_only_so_much_is_kept(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        loader = ScriptedLoader()
        again, said = refits(loader), (user_message("One", [webp()]),)
        other = (user_message("One", [replace(webp((64, 48)), name="other.webp")]),)
        monkeypatch.setattr(refitting, "SHELF_BYTES", len(image().data))
        for each in (said, said, other, said):
            await again.refitted(each, LM_STUDIO)
        assert loader.asked == ["shot.webp", "other.webp", "shot.webp"]

    run(scenario())


def test_the_oldest_images_are_left_out_and_named(run: Run) -> None:
    async def scenario() -> None:
        given = [image(f"{number}.png") for number in range(5)]
        said = (user_message("", given[:3]), user_message("And?", [*given[3:], LINK]))
        fitted = await refits(ScriptedLoader()).refitted(said, ImageLimits(count=2, links=True))
        assert [each.name for each in images(fitted.messages)] == ["4.png"]
        assert fitted.messages[0].text == "[0.png][1.png][2.png]", "no message is empty"
        (notice,) = fitted.notices
        assert notice.notice is Notice.IMAGES_LEFT_OUT
        assert dict(notice.facts) == {"limit": "2", "names": "0.png, 1.png, 2.png, …"}

    run(scenario())


def test_an_address_is_fetched_where_the_server_opens_none(run: Run) -> None:
    async def scenario() -> None:
        fitted = await refits(ScriptedLoader()).refitted((user_message("One", [LINK]),), LM_STUDIO)
        assert [each.name for each in images(fitted.messages)] == ["b.png"]
        assert not fitted.messages[0].links

    run(scenario())


@pytest.mark.parametrize(
    ("url", "error"), [("https://127.0.0.1/a.png", LinkPrivate), (LINK.url, LinkUnreachable)]
)
def test_an_address_that_cannot_be_fetched_is_refused(run: Run, url: str, error: type[LinkError]) -> None:
    async def scenario() -> None:
        links = ScriptedLinks()
        links.errors[LINK.url] = LinkUnreachable(name="a.example/b.png")
        again = Refitting(ScriptedLoader(), links)
        with pytest.raises(error):
            await again.refitted((user_message("One", [LinkPart(url)]),), LM_STUDIO)

    run(scenario())


def test_an_image_that_cannot_be_made_again_says_so(run: Run) -> None:
    async def scenario() -> None:
        loader = ScriptedLoader()
        loader.refuse("shot.webp", BrokenImage)
        with pytest.raises(BrokenImage):
            await refits(loader).refitted((user_message("One", [webp()]),), LM_STUDIO)
        assert loader.asked == ["shot.webp"]

    run(scenario())
