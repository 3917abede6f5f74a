"""What remains of a file, as spans of it and bytes in between."""

import json
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop.worker.pixels.pieces import Piece, Span, from_json, joined, length, merged, shifted, to_json

DATA = bytes(range(256))


@st.composite
def spans(draw: st.DrawFn) -> list[Piece]:
    """Spans of `DATA` in their order, some of them neighbours, with bytes in between."""
    cuts = sorted(draw(st.lists(st.integers(0, 256), min_size=2, max_size=9)))
    found: list[Piece] = [Span(*pair) for pair in pairwise(cuts)]
    return [piece for span in found for piece in (span, *draw(st.lists(st.binary(max_size=3), max_size=1)))]


@given(spans())
def test_merging_changes_no_byte(pieces: list[Piece]) -> None:
    assert joined(DATA, merged(pieces)) == joined(DATA, pieces)
    assert length(merged(pieces)) == length(pieces) == len(joined(DATA, pieces))


@given(spans())
def test_pieces_travel_as_json(pieces: list[Piece]) -> None:
    assert from_json(json.loads(json.dumps(to_json(pieces)))) == pieces


@given(spans(), st.binary(max_size=20))
def test_pieces_of_a_part_are_pieces_of_the_whole(pieces: list[Piece], before: bytes) -> None:
    assert joined(before + DATA, shifted(pieces, len(before))) == joined(DATA, pieces)


def test_neighbours_become_one() -> None:
    assert merged([Span(0, 4), Span(4, 9), b"x", Span(9, 12)]) == [Span(0, 9), b"x", Span(9, 12)]


def test_all_of_it_is_not_copied() -> None:
    assert joined(DATA, [Span(0, 256)]) is DATA
