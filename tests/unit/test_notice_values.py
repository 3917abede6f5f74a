"""Notices of others' work as values, and how their texts are cut into pieces."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.notices import Notice, parse_notices
from desktop.viewmodels.notices import _PIECE, _pieces

ROW = {
    "name": "libheif",
    "version": "1.23.0",
    "license": "LGPL-3.0-or-later",
    "copyright": ["Dirk Farin"],
    "source": ["https://example.org/libheif"],
    "texts": ["LGPL-3.0"],
    "modules": [],
}


def test_a_row_becomes_a_notice() -> None:
    (notice,) = parse_notices(json.dumps([ROW]))

    assert notice == Notice(
        "libheif",
        "1.23.0",
        "LGPL-3.0-or-later",
        ("Dirk Farin",),
        ("https://example.org/libheif",),
        ("LGPL-3.0",),
    )
    assert notice.title == "libheif 1.23.0"
    assert notice.is_replaceable


def test_what_has_no_version_has_its_name_alone() -> None:
    (notice,) = parse_notices(json.dumps([ROW | {"version": "", "license": "MIT"}]))

    assert notice.title == "libheif"
    assert not notice.is_replaceable


@pytest.mark.parametrize(
    ("needle", "expected"),
    [
        ("", True),
        (" ", True),
        ("LIBHEIF", True),
        ("1.23", True),
        ("lgpl heif", True),
        ("farin", True),
        ("heif mit", False),
        ("example.org", False),
    ],
)
def test_each_word_is_looked_for(needle: str, expected: bool) -> None:
    (notice,) = parse_notices(json.dumps([ROW]))

    assert notice.matches(needle) is expected


@given(st.lists(st.text(alphabet="ab \n", max_size=3 * _PIECE // 2), max_size=4))
def test_pieces_are_the_text_in_whole_lines(texts: list[str]) -> None:
    lines = "".join(texts).splitlines(keepends=True)
    pieces = list(_pieces(lines))

    assert "".join(pieces) == "".join(lines)
    assert all(pieces)
    assert all(len(piece) >= _PIECE and piece.endswith("\n") for piece in pieces[:-1])
