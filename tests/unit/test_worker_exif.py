"""Which way up a picture is, out of a block that anybody may have written."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop.worker.pixels.exif import orientation
from tests.support.encoded import EXIF_ORIENTATION


def block(value: int, order: str = "<", *, kind: int = 3, count: int = 1) -> bytes:
    """An EXIF block of two entries."""
    head = struct.pack(f"{order}2sHI", b"II" if order == "<" else b"MM", 42, 8)
    other = struct.pack(f"{order}HHIHH", 0x0100, 3, 1, 640, 0)
    turn = struct.pack(f"{order}HHIHH", EXIF_ORIENTATION, kind, count, value, 0)
    return head + struct.pack(f"{order}H", 2) + other + turn + bytes(4)


@pytest.mark.parametrize("value", range(1, 9))
@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("prefix", [b"", b"Exif\0\0"])
def test_every_turn_in_both_byte_orders(value: int, order: str, prefix: bytes) -> None:
    assert orientation(prefix + block(value, order)) == value


@pytest.mark.parametrize("value", range(1, 9))
def test_what_another_library_writes(value: int) -> None:
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = value

    assert orientation(exif.tobytes()) == value


@pytest.mark.parametrize(
    "senseless",
    [b"", b"II*\0", b"Exif\0\0", block(0), block(9), block(6, kind=4), block(6, count=2), block(6)[:20]],
)
def test_a_senseless_block_turns_nothing(senseless: bytes) -> None:
    assert orientation(senseless) == 1


@given(st.binary(max_size=80), st.sampled_from([b"", b"II*\0", b"MM\0*", b"Exif\0\0MM\0*"]))
def test_no_block_breaks_it(data: bytes, head: bytes) -> None:
    assert orientation(head + data) in range(1, 9)
