"""What an image's bytes tell before they are decoded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.worker.container import FORMATS, Format, declared_png_size, has_its_end, sniff
from tests.support.encoded import encoded, frames, gradient, noise, png_claiming


@pytest.mark.parametrize("name", FORMATS)
def test_the_first_bytes_prove_the_format(name: Format) -> None:
    data = encoded(gradient(), name.upper())

    assert sniff(data) == name
    assert has_its_end(name, data)


@pytest.mark.parametrize(
    "data", [b"", b"B", b"BM", b"BMI = kg/m2 and so on", b"GIF", b"RIFF....WAVE", b"II*"]
)
def test_what_only_begins_alike_is_no_image(data: bytes) -> None:
    assert sniff(data) is None


@given(st.binary(max_size=200), st.sampled_from(FORMATS))
def test_no_bytes_break_the_look_at_the_end(data: bytes, name: Format) -> None:
    magic = encoded(gradient(12, 12), name.upper())[:20]

    for suspicious in (data, magic + data):
        assert has_its_end(name, suspicious) in (True, False)


@pytest.mark.parametrize("name", ["jpeg", "bmp"])
def test_one_missing_byte_is_missed(name: Format) -> None:
    assert not has_its_end(name, encoded(noise(40, 30), name.upper())[:-1])


def test_of_an_animation_the_first_frame_is_enough() -> None:
    data = frames("GIF")

    assert has_its_end("gif", data[: len(data) - 40])
    assert not has_its_end("gif", data[:900])


@pytest.mark.parametrize("trailer", [b"\0" * 16, b"SEFT\xff\xd8 and more"])
def test_bytes_behind_a_jpeg_do_not_matter(trailer: bytes) -> None:
    assert has_its_end("jpeg", encoded(noise(40, 30), "JPEG") + trailer)


@pytest.mark.parametrize(
    ("data", "size"), [(png_claiming(7, 100_000), (7, 100_000)), (b"\x89PNG", None), (b"GIF89a", None)]
)
def test_a_png_declares_its_size(data: bytes, size: tuple[int, int] | None) -> None:
    assert declared_png_size(data) == size
