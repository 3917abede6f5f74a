"""What an image's bytes tell before they are decoded."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.worker.pixels import container, png
from desktop.worker.pixels.container import FORMATS, Format, has_its_end, sniff
from desktop.worker.pixels.pieces import Malformed
from tests.support.encoded import SAMPLES, encoded, frames, gradient, noise, png_claiming


@pytest.mark.parametrize("name", FORMATS)
def test_the_bytes_prove_the_format(name: Format) -> None:
    data = SAMPLES[name]()

    assert sniff(data) == name
    assert has_its_end(name, data)


@pytest.mark.parametrize(
    ("options", "name"),
    [({"no_jp2": True}, "jp2"), ({"compression": "tga_rle"}, "tga"), ({"compression": "jpeg"}, "tiff")],
)
def test_another_kind_of_the_same_format(options: dict[str, object], name: Format) -> None:
    pillow = {"jp2": "JPEG2000"}.get(name, name.upper())

    assert sniff(encoded(gradient(), pillow, **options)) == name


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_tga_needs_no_magic_in_any_mode(mode: str) -> None:
    data = encoded(gradient().convert(mode), "TGA")

    assert sniff(data) == "tga"
    assert sniff(data.removesuffix(b"TRUEVISION-XFILE.\0")) == "tga"


def test_an_avif_may_call_itself_first_of_all_something_general() -> None:
    data = bytearray(SAMPLES["avif"]())
    data[8:12] = b"mif1"

    assert sniff(bytes(data)) == "avif"


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"B", b"BM", b"BMI = kg/m2 and so on", b"GIF", b"RIFF....WAVE", b"II*"),
        *(b"8BPS\0\2", bytes(18), bytes(1000), b"\0\0\0\x18ftypisom\0\0\0\0isommp41", b"\0\0\0\x0cjP"),
        *(b"Dear Sir or Madam,\n" * 9, b"\1\1\1\0\0\0\1\x18" + bytes(30)),
    ],
)
def test_what_only_begins_alike_is_no_image(data: bytes) -> None:
    assert sniff(data) is None


@given(st.text(min_size=18).map(str.encode))
def test_no_text_is_taken_for_a_picture_without_magic(text: bytes) -> None:
    assert sniff(text) != "tga" or text[0] < 32


@given(st.binary(max_size=200), st.sampled_from(FORMATS))
def test_no_bytes_break_the_look_at_them(data: bytes, name: Format) -> None:
    for suspicious in (data, SAMPLES[name]()[:40] + data):
        assert has_its_end(name, suspicious) in (True, False)
        assert sniff(suspicious) in (None, *FORMATS)
        for look in (container.header, container.remains):
            with contextlib.suppress(Malformed):
                look(name, suspicious)


@pytest.mark.parametrize("name", ["bmp", "jp2"])
def test_one_missing_byte_is_missed(name: Format) -> None:
    pillow = {"jp2": "JPEG2000"}.get(name, name.upper())

    assert not has_its_end(name, encoded(noise(40, 30), pillow)[:-1])


@pytest.mark.parametrize("name", ["png", "jpeg", "webp"])
def test_a_header_wants_the_end_to_be_there(name: Format) -> None:
    with pytest.raises(Malformed):
        container.header(name, SAMPLES[name]()[:-1])


def test_of_an_animation_the_first_frame_is_enough() -> None:
    data = frames("GIF")

    assert has_its_end("gif", data[: len(data) - 40])
    assert not has_its_end("gif", data[:900])


@pytest.mark.parametrize(
    ("data", "size"), [(png_claiming(7, 100_000), (7, 100_000)), (b"\x89PNG", None), (b"GIF89a", None)]
)
def test_a_png_declares_its_size(data: bytes, size: tuple[int, int] | None) -> None:
    assert png.size(data) == size
