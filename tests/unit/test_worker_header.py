"""What containers tell of their picture: turns, profiles, views, frames, depths."""

import struct
import zlib

import pytest
from PIL import Image, ImageCms

from desktop.worker.pixels import bmp, jpeg, jpeg2000, png, webp
from desktop.worker.pixels.header import Header
from desktop.worker.pixels.pieces import Span
from tests.support.encoded import (
    EXIF_ORIENTATION,
    encoded,
    frames,
    gradient,
    mpo,
    noise,
    with_jp2_profile,
    with_jpeg_segment,
    with_png_chunks,
)

PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
READ = {"PNG": png.header, "JPEG": jpeg.header, "WEBP": webp.header}


def turn(value: int) -> Image.Exif:
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = value
    return exif


@pytest.mark.parametrize("name", READ)
def test_a_plain_image_has_nothing_to_tell(name: str) -> None:
    assert READ[name](encoded(gradient(), name)) == Header()


@pytest.mark.parametrize("name", READ)
def test_turn_and_profile_are_told(name: str) -> None:
    data = encoded(gradient(), name, exif=turn(6), icc_profile=PROFILE)

    assert READ[name](data) == Header(orientation=6, profile=PROFILE)


@pytest.mark.parametrize("mode", ["LA", "RGBA"])
@pytest.mark.parametrize("name", ["PNG", "WEBP"])
def test_alpha_is_told(name: str, mode: str) -> None:
    image = gradient().convert("RGBA")
    image.putalpha(7)

    assert READ[name](encoded(image.convert(mode), name)).alpha
    assert webp.header(encoded(image, "WEBP", lossless=True)).alpha


def test_a_transparent_colour_is_alpha() -> None:
    assert png.header(encoded(gradient(), "PNG", transparency=(0, 0, 90))).alpha


@pytest.mark.parametrize(
    ("data", "plain"),
    [
        (png.header(encoded(Image.new("I;16", (20, 20)), "PNG")), False),
        (png.header(encoded(gradient().convert("1"), "PNG")), True),
        (jpeg.header(encoded(gradient().convert("L"), "JPEG")), True),
        (jpeg.header(encoded(gradient().convert("CMYK"), "JPEG")), False),
    ],
)
def test_what_must_be_converted_is_not_plain(data: Header, plain: bool) -> None:
    assert data.plain is plain


@pytest.mark.parametrize(("name", "module"), [("PNG", png), ("WEBP", webp)])
def test_frames_are_counted(name: str, module: object) -> None:
    assert READ[name](frames(name, 3)).frames == 3


def test_a_still_picture_before_an_animation_is_counted_too() -> None:
    pages = [gradient().rotate(turn) for turn in (0, 30, 60)]
    data = encoded(pages[0], "PNG", save_all=True, append_images=pages[1:], default_image=True)

    assert png.header(data).frames == 3


def test_frames_that_are_only_claimed_do_not_count() -> None:
    data = frames("PNG", 3)
    place = data.index(b"acTL") + 4
    claim = struct.pack(">II", 1 << 30, 0)
    damaged = data[:place] + claim + data[place + 8 :]
    check = struct.pack(">I", zlib.crc32(b"acTL" + claim))
    claimed = damaged[: place + 8] + check + damaged[place + 12 :]

    assert png.header(damaged).frames == 1
    assert png.header(claimed).frames == 3


def test_a_profile_in_many_parts_is_put_together() -> None:
    long = PROFILE + bytes(200_000)

    assert jpeg.header(encoded(gradient(), "JPEG", icc_profile=long)).profile == long


def test_a_profile_with_a_part_missing_is_none() -> None:
    data = encoded(gradient(), "JPEG")

    assert jpeg.header(with_jpeg_segment(data, 0xE2, b"ICC_PROFILE\0\2\2" + PROFILE)).profile is None


@pytest.mark.parametrize(
    "packed", [zlib.compress(PROFILE)[:-9], b"no stream", zlib.compress(bytes(png.PROFILE_LIMIT + 1)), b""]
)
def test_a_damaged_or_endless_profile_is_none(packed: bytes) -> None:
    data = with_png_chunks(encoded(gradient(), "PNG"), (b"iCCP", b"icc\0\0" + packed))

    assert png.header(data).profile is None


def test_views_of_a_multi_picture_file() -> None:
    left, right = (encoded(noise(40, 30).rotate(turn), "JPEG") for turn in (0, 180))
    data = mpo(left, right)
    first, second = jpeg.views(data)

    assert jpeg.header(data).frames == 2
    assert data[slice(*second)] == right
    assert first == Span(0, len(data) - len(right))


@pytest.mark.parametrize("kind", [0x000000, 0x010001])
def test_a_map_of_light_behind_a_photo_is_no_view(kind: int) -> None:
    data = mpo(encoded(noise(40, 30), "JPEG"), encoded(gradient(9, 9), "JPEG"), kind)

    assert jpeg.views(data) == [Span(0, len(data))]
    assert jpeg.header(data).frames == 1


@pytest.mark.parametrize("index", [b"", b"II*\0", b"II*\0\xff\xff\xff\xff", b"II*\0\x08\0\0\0\xff\xff"])
def test_a_damaged_index_of_views_is_none(index: bytes) -> None:
    data = with_jpeg_segment(encoded(gradient(), "JPEG"), 0xE2, b"MPF\0" + index)

    assert jpeg.header(data).frames == 1


def test_a_second_picture_that_says_nothing_of_itself_is_no_view() -> None:
    images = [noise(40, 30), gradient(40, 30)]
    data = encoded(images[0], "MPO", save_all=True, append_images=images[1:])

    assert jpeg.views(data) == [Span(0, len(data))]


def test_a_profile_in_a_bmp() -> None:
    pixels = bytes(20 * 20 * 3 + 20 * 0)
    head = struct.pack("<IiiHHIIiiII", 124, 20, 20, 1, 24, 0, len(pixels), 0, 0, 0, 0)
    colours = bytes(16) + b"DEBM" + bytes(36 + 12) + struct.pack("<III", 4, 124 + len(pixels), len(PROFILE))
    header = head + colours + bytes(124 - len(head + colours))
    data = b"BM" + struct.pack("<IHHI", 0, 0, 0, 14 + 124) + header + pixels + PROFILE

    assert bmp.header(data).profile == PROFILE
    assert bmp.header(encoded(gradient(), "BMP")).profile is None


def test_a_profile_in_a_jpeg_2000() -> None:
    data = encoded(gradient(), "JPEG2000")

    assert jpeg2000.profile(data) is None
    assert jpeg2000.profile(with_jp2_profile(data, PROFILE)) == PROFILE
    assert jpeg2000.profile(encoded(gradient(), "JPEG2000", no_jp2=True)) is None
