"""Images written out in their own addresses."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import data_urls
from desktop.domain.data_urls import decoded, holds_image, is_data_url, media_type_of
from desktop.domain.images import ImageInURL
from tests.support.pictures import png

PNG = "data:image/png;base64,"


@given(st.binary(max_size=1_000_000))
def test_bytes_come_back_as_they_were(data: bytes) -> None:
    standard, other = base64.b64encode(data).decode(), base64.urlsafe_b64encode(data).decode()

    assert decoded(PNG + standard) == decoded(PNG + other) == decoded(PNG + standard.rstrip("=")) == data
    assert ImageInURL("a.png", PNG + standard).data == data


@pytest.mark.parametrize(
    ("url", "data"),
    [
        ("data:image/png;base64,QUJD", b"ABC"),
        ("DATA:image/png;charset=x;BASE64,QUJD", b"ABC"),
        ("data:image/png;base64,QU\n JD\r\n", b"ABC"),
        ("data:image/png;base64,QUI%3D", b"AB"),
        ("data:image/png;base64,QUJDR", b"ABC"),
        ("data:image/svg+xml,%3Csvg/%3E", b"<svg/>"),
        ("data:image/svg+xml,图", "图".encode()),
        ("data:,a\udcffb", b"a?b"),
        ("data:image/png;base64,QUJD%\udcff", b"ABC"),
        ("data:,", b""),
        ("data:image/png;base64", b""),
        ("data:", b""),
    ],
)
def test_what_is_written_is_what_is_read(url: str, data: bytes) -> None:
    assert decoded(url) == data


@given(st.text(), st.sampled_from([PNG, "data:,", "data:image/png", ""]))
def test_any_text_is_some_bytes(text: str, head: str) -> None:
    assert isinstance(decoded(head + text), bytes)


def test_of_more_than_is_taken_only_one_byte_more_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_urls, "_MOST", 1001)

    assert decoded(PNG + base64.b64encode(bytes(3000)).decode()) == bytes(1001)
    assert decoded("data:," + "%00" * 3000) == bytes(1001)


@pytest.mark.parametrize(
    ("text", "is_url", "is_image"),
    [
        (PNG + base64.b64encode(png()).decode(), True, True),
        ("DATA:IMAGE/JPEG;base64,", True, True),
        ("data:image/svg+xml,%3Csvg/%3E", True, True),
        ("data:text/html,<p>", True, False),
        ("data:image/png is how it begins, they say", True, False),
        ("see data:image/png;base64,QUJD", False, False),
        ("", False, False),
    ],
)
def test_urls_are_told_from_words(text: str, is_url: bool, is_image: bool) -> None:
    assert (is_data_url(text), holds_image(text)) == (is_url, is_image)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (PNG + "QUJD", "image/png"),
        ("data:Text/HTML,<p>", "text/html"),
        ("data:,x", ""),
        ("data:" + "x" * 500, "x" * 40),
    ],
)
def test_they_say_what_they_hold(url: str, kind: str) -> None:
    assert media_type_of(url) == kind
