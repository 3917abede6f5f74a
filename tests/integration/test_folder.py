"""The images of a folder, as a file manager shows them."""

import asyncio
import os
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import image_errors
from desktop.domain.image_formats import HEAD, SUFFIXES, looks_like_image
from desktop.imaging import folder as folder_module
from desktop.imaging.folder import DiskFolders, natural_key
from tests.support.encoded import encoded, gradient
from tests.support.pictures import png


def images_in(folder: Path) -> list[str]:
    return [path.name for path in asyncio.run(DiskFolders().images_in(folder))]


def fill(folder: Path, *names: str, data: bytes = b"") -> None:
    for name in names:
        (folder / name).write_bytes(data)


def test_images_come_in_the_order_of_a_file_manager(tmp_path: Path) -> None:
    names = ["a2.png", "A10.PNG", "a11.jpg", "B1.webp", "图1.heic", "图12.heic"]
    fill(tmp_path, *random.Random(3).sample(names, len(names)))

    assert images_in(tmp_path) == names


def test_paths_lead_to_the_files(tmp_path: Path) -> None:
    fill(tmp_path, "a.png")

    assert asyncio.run(DiskFolders().images_in(tmp_path)) == (tmp_path / "a.png",)


def test_what_is_no_image_is_left_out(tmp_path: Path) -> None:
    fill(tmp_path, "a.png", "b.txt", ".hidden.png", "._a.png", "c.mp4", "archive.png.zip")
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "folder.png" / "below.png").touch()
    os.mkfifo(tmp_path / "fifo.png")
    os.mkfifo(tmp_path / "fifo")

    assert images_in(tmp_path) == ["a.png"]


def test_without_a_suffix_the_first_bytes_tell(tmp_path: Path) -> None:
    fill(tmp_path, "camera", "Screenshot 10.20.30", data=png())
    fill(tmp_path, "README", "LICENSE 2.0", data=b"words")
    fill(tmp_path, "empty")

    assert images_in(tmp_path) == ["camera", "Screenshot 10.20.30"]


def test_links_lead_to_files_or_are_left_out(tmp_path: Path) -> None:
    fill(tmp_path, "a.png")
    (tmp_path / "b.png").symlink_to("a.png")
    (tmp_path / "loop.png").symlink_to("loop.png")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "nowhere.png").symlink_to("missing.png")
    (tmp_path / "self.png").symlink_to(tmp_path)

    assert images_in(tmp_path) == ["a.png", "b.png"]


def test_a_file_that_cannot_be_read_does_not_hide_the_others(tmp_path: Path) -> None:
    fill(tmp_path, "a.png")
    # Nothing is forbidden to root, except to read this.
    (tmp_path / "camera").symlink_to("/proc/self/mem")

    assert images_in(tmp_path) == ["a.png"]


def test_a_name_that_is_no_text_is_taken(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.png"))).touch()

    assert images_in(tmp_path) == ["\udcff.png"]


def test_of_a_large_folder_the_first_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "MOST_IMAGES", 3)
    fill(tmp_path, *(f"{number}.png" for number in range(12)))

    assert images_in(tmp_path) == ["0.png", "1.png", "2.png"]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("empty", image_errors.EmptyFolder),
        ("missing", image_errors.FileVanished),
        ("nul\0", image_errors.FileVanished),
        ("a.png", image_errors.NotAFile),
        ("loop", image_errors.FileUnreadable),
    ],
)
def test_a_folder_that_gives_nothing_is_named(
    tmp_path: Path, name: str, error: type[image_errors.ImageError]
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    fill(tmp_path, "a.png")

    with pytest.raises(error, match=name.strip("\0")):
        images_in(tmp_path / name)


@given(st.lists(st.text()))
def test_any_names_can_be_sorted(names: list[str]) -> None:
    assert sorted(sorted(names), key=natural_key) == sorted(sorted(names, reverse=True), key=natural_key)


@pytest.mark.parametrize("image_format", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "JPEG2000"])
def test_the_first_bytes_give_an_image_away(image_format: str) -> None:
    assert looks_like_image(encoded(gradient(), image_format)[:HEAD])


@pytest.mark.parametrize(
    ("head", "is_image"),
    [
        (b"\0\0\0\x24ftypheic\0\0\0\0mif1heic", True),
        (b"\0\0\0\x1cftypmsf1\0\0\0\0", True),
        (b"8BPS\0\1\0\0", True),
        (b"\xff\x4f\xff\x51\0\x2f", True),
        (b"\0\0\0\x20ftypisom\0\0\2\0", False),
        (b"BMW is a maker of cars in Munich", False),
        (b"<!doctype html>", False),
        (b"%PDF-1.7", False),
        (b"", False),
    ],
)
def test_what_is_no_image_does_not_begin_like_one(head: bytes, is_image: bool) -> None:
    assert looks_like_image(head) is is_image


def test_suffixes_are_compared_in_small_letters() -> None:
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in SUFFIXES)


def test_a_folder_that_does_not_answer_holds_up_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()
    fill(tmp_path, "a.png")
    look = folder_module._images_in

    def wait(folder: Path) -> tuple[Path, ...]:
        goes_on.wait()
        return look(folder)

    async def scenario() -> None:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(2))
        monkeypatch.setattr(folder_module, "_images_in", wait)
        waiting = [asyncio.ensure_future(DiskFolders().images_in(tmp_path)) for _ in range(4)]
        assert await asyncio.to_thread(str, 1) == "1", "other work goes on"
        waiting.pop().cancel()
        goes_on.set()
        assert await asyncio.gather(*waiting) == [(tmp_path / "a.png",)] * 3

    asyncio.run(scenario())


def test_links_of_a_folder_lead_to_files_only(tmp_path: Path) -> None:
    fill(tmp_path, "a.png")
    for name, target in {
        "b.png": "a.png",
        "circle.png": "circle.png",
        "device.png": "/dev/zero",
        "dangling.png": "nowhere",
        "folder.png": ".",
        "terminal": "/dev/tty",
    }.items():
        (tmp_path / name).symlink_to(target)

    assert images_in(tmp_path) == ["a.png", "b.png"]


def test_what_leads_elsewhere_is_no_image_of_a_folder(tmp_path: Path) -> None:
    fill(tmp_path, "a.desktop", "b.url", "c.lnk", "d.webloc", "e.svg", "f.html", data=png())

    with pytest.raises(image_errors.EmptyFolder):
        images_in(tmp_path)
