"""From a file or pasted bytes to an image that can be sent, through a real worker."""

import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from desktop.domain import image_errors
from desktop.domain.image_formats import MEGABYTES
from desktop.domain.images import THUMBNAIL_SIDE, ImageFile
from desktop.imaging.loader import WorkerImageLoader
from desktop.worker.channel import Channel
from desktop.worker.process import WorkerProcess
from tests.support.encoded import encoded, gradient, noise, png_claiming, turned_jpeg
from tests.support.loading import DASHSCOPE, Loading, loading, opened, pasted


@pytest.fixture(scope="module")
def load() -> Iterator[Loading]:
    with loading() as made:
        yield made


def pixel(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    found = image.getpixel((x, y))
    assert isinstance(found, tuple)
    return found


# ── what is taken ───────────────────────────────────────────────────────────────────────────────


def test_an_upright_exif_changes_nothing(load: Loading) -> None:
    assert load(turned_jpeg(1)).change is None


@pytest.mark.parametrize("image_format", ["PNG", "JPEG", "BMP"])
@pytest.mark.parametrize("size", [(2000, 900), (100, 1200), (12, 2400), (40, 30)])
def test_a_thumbnail_is_small_and_of_the_same_shape(
    load: Loading, image_format: str, size: tuple[int, int]
) -> None:
    small = opened(load(encoded(gradient(*size), image_format)).thumbnail)
    factor = min(1, THUMBNAIL_SIDE / max(size))

    assert all(abs(a - b * factor) <= 1 for a, b in zip(small.size, size, strict=True))
    top, bottom = pixel(small, 0, 0), pixel(small, 0, small.height - 1)
    assert (top[1], bottom[1]) == pytest.approx((0, 255), abs=20)


def test_a_suffix_means_nothing(load: Loading, tmp_path: Path) -> None:
    path = tmp_path / "photo.TXT"
    path.write_bytes(encoded(gradient(), "WEBP"))

    assert load(ImageFile(path)).media_type == "image/webp"


def test_the_same_bytes_are_the_same_image(load: Loading, tmp_path: Path) -> None:
    data = encoded(gradient(), "GIF")
    path = tmp_path / "a.gif"
    path.write_bytes(data)

    file, paste = load(ImageFile(path)), load(data)

    assert file.source_digest == paste.source_digest
    assert file == paste


# ── what is refused ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "data",
    [b"Dear Sir or Madam,\n" * 50, b"BMW and others\n" * 50, b"%PDF-1.7", b"\x89PNG", b"<svg/>", b"\0"],
)
def test_what_is_no_image_is_refused_whatever_its_name(load: Loading, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "notes.png"
    path.write_bytes(data)

    with pytest.raises(image_errors.UnsupportedImage, match=r"notes\.png"):
        load(ImageFile(path))


def test_a_truncated_progressive_jpeg_with_a_whole_thumbnail_inside_is_refused(load: Loading) -> None:
    exif = b"Exif\0\0" + encoded(gradient(), "JPEG")
    data = encoded(noise(90, 70), "JPEG", progressive=True, exif=exif)

    with pytest.raises(image_errors.BrokenImage):
        load(data[:-2])
    assert load(data).size == (90, 70)


@pytest.mark.parametrize("length", [40, None])
def test_a_declared_size_is_judged_before_anything_is_decoded(load: Loading, length: int | None) -> None:
    with pytest.raises(image_errors.ImageTooLarge, match=r"100000 × 100000") as caught:
        load(png_claiming(100_000, 100_000)[:length])
    assert caught.value.facts["limit"] == 120


@pytest.mark.parametrize("size", [(10, 300), (300, 10), (2412, 12)])
def test_too_narrow_for_the_services(load: Loading, size: tuple[int, int]) -> None:
    with pytest.raises(image_errors.ImageTooNarrow, match=f"{size[0]} × {size[1]}"):
        load(encoded(gradient(*size), "PNG"))


def test_empty_bytes(load: Loading, tmp_path: Path) -> None:
    path = tmp_path / "empty.png"
    path.touch()

    with pytest.raises(image_errors.EmptyFile, match=r"empty\.png"):
        load(ImageFile(path))
    with pytest.raises(image_errors.EmptyFile):
        load(b"")


def test_a_file_that_vanished(load: Loading, tmp_path: Path) -> None:
    with pytest.raises(image_errors.FileVanished, match=r"gone\.png"):
        load(ImageFile(tmp_path / "gone.png"))
    with pytest.raises(image_errors.FileVanished):
        load(ImageFile(tmp_path / "no\0name.png"))


def test_a_file_that_is_too_big(load: Loading, tmp_path: Path) -> None:
    path = tmp_path / "big.bmp"
    with path.open("wb") as file:
        file.truncate(MEGABYTES * 1_000_000 + 1)

    with pytest.raises(image_errors.FileTooBig, match="100 MB"):
        load(ImageFile(path))


def test_what_is_no_file_holds_nothing_up(load: Loading, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.png")
    (tmp_path / "folder.png").mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket.png"))
        for path in (*tmp_path.iterdir(), Path("/dev/zero")):
            with pytest.raises(image_errors.NotAFile, match=path.name):
                load(ImageFile(path))


def test_a_file_that_may_not_be_read(load: Loading, tmp_path: Path) -> None:
    path = tmp_path / "secret.png"
    path.write_bytes(encoded(gradient(), "PNG"))
    path.chmod(0)
    if os.geteuid() == 0:  # to whom nothing is forbidden, but to find what leads to itself
        path.unlink()
        path.symlink_to(path)

    with pytest.raises(image_errors.FileUnreadable, match=path.name):
        load(ImageFile(path))


# ── a decoder that dies ─────────────────────────────────────────────────────────────────────────


class Watched(WorkerProcess):
    """Kills its child with an image in its hands, once."""

    fatal = True

    async def _living(self) -> Channel:
        channel = await super()._living()
        if self.fatal and channel.pid is not None:
            self.fatal = False
            os.kill(channel.pid, signal.SIGKILL)
        return channel


def test_a_decoder_that_dies_takes_one_image_with_it(load: Loading) -> None:
    source = pasted(encoded(noise(2000, 1400), "PNG", compress_level=0))

    async def scenario() -> None:
        worker = Watched()
        try:
            with pytest.raises(image_errors.DecoderCrashed, match="pasted"):
                await WorkerImageLoader(worker).load(source, DASHSCOPE)
            assert (await WorkerImageLoader(worker).load(source, DASHSCOPE)).size[1] == 1400
        finally:
            await worker.aclose()

    load.runner.run(scenario())


def test_a_decoder_that_says_nothing_is_given_up(load: Loading) -> None:
    mute = [sys.executable, "-c", "import threading; threading.Event().wait()"]

    async def scenario() -> None:
        worker = WorkerProcess(mute, silence=0.6)
        try:
            with pytest.raises(image_errors.DecoderSlow, match="not read within 1 seconds") as caught:
                await WorkerImageLoader(worker).load(pasted(encoded(gradient(), "PNG")), DASHSCOPE)
            assert caught.value.facts == {"name": "pasted", "seconds": 1}
            with pytest.raises(image_errors.DecoderSlow):
                await WorkerImageLoader(worker).pages(pasted(encoded(gradient(), "PNG")))
        finally:
            await worker.aclose()

    load.runner.run(scenario())
