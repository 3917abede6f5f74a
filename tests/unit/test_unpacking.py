"""Packed bodies, cut anywhere, whole or broken."""

import gzip
import zlib
from collections.abc import Callable
from itertools import islice, pairwise

import brotli
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.providers.unpacking import LARGEST_PART, unpacker_of


def bare(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


KINDS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "zlib": ("deflate", zlib.compress),
    "bare": ("Deflate", bare),
    "brotli": ("br", brotli.compress),
    "twice": ("gzip, br", lambda body: brotli.compress(gzip.compress(body))),
}
ALL_KINDS = pytest.mark.parametrize(("encoding", "pack"), KINDS.values(), ids=KINDS)


def unpacked(encoding: str, *pieces: bytes) -> list[bytes]:
    unpacker = unpacker_of(encoding)
    assert unpacker is not None
    return [part for piece in pieces for part in unpacker.parts(piece)]


@ALL_KINDS
@given(body=st.binary(max_size=300), cuts=st.lists(st.integers(0, 300), max_size=4))
def test_whatever_was_packed_comes_out(
    encoding: str, pack: Callable[[bytes], bytes], body: bytes, cuts: list[int]
) -> None:
    packed = pack(body)
    places = [0, *sorted(cuts), len(packed)]
    pieces = [packed[begin:end] for begin, end in pairwise(places)]
    assert b"".join(unpacked(encoding, *pieces)) == body


@ALL_KINDS
@pytest.mark.parametrize("size", [LARGEST_PART - 1, LARGEST_PART, LARGEST_PART + 1, 10 * LARGEST_PART + 7])
def test_much_comes_in_parts_of_a_bounded_size(
    encoding: str, pack: Callable[[bytes], bytes], size: int
) -> None:
    parts = unpacked(encoding, pack(b" " * size))
    assert b"".join(parts) == b" " * size
    assert all(0 < len(part) <= LARGEST_PART for part in parts)


@ALL_KINDS
def test_what_is_not_asked_for_is_not_unpacked(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    unpacker = unpacker_of(encoding)
    assert unpacker is not None
    first = next(iter(unpacker.parts(pack(b" " * 50_000_000))))
    assert len(first) <= LARGEST_PART


@ALL_KINDS
def test_what_is_cut_short_gives_what_it_holds(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    body = bytes(range(256)) * 2_000
    assert body.startswith(b"".join(unpacked(encoding, pack(body)[:-9])))


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_what_is_not_packed_as_it_says_is_an_error(encoding: str) -> None:
    with pytest.raises(httpx.DecodingError):
        unpacked(encoding, b"not at all packed")


@pytest.mark.parametrize("encoding", ["", "identity", "utf-8", "zstd"])
def test_what_is_packed_in_no_way_that_was_asked_for_is_left_as_it_is(encoding: str) -> None:
    assert unpacker_of(encoding) is None


def test_nothing_is_packed_over_and_over() -> None:
    with pytest.raises(httpx.DecodingError):
        unpacker_of(", ".join(islice(iter(lambda: "gzip", ""), 1_000)))
