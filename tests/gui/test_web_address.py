"""Web addresses as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QUrl

from desktop.ui.web_address import image_addresses, web_address


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://example.com/a.png", "https://example.com/a.png"),
        ("  http://example.com/a.png\n", "http://example.com/a.png"),
        ("example.com/a.png", "https://example.com/a.png"),
        ("HTTPS://example.com/a.png", "https://example.com/a.png"),
        ("https://example.com/图 片.png", ""),
        ("https://example.com/图片.png", "https://example.com/%E5%9B%BE%E7%89%87.png"),
        ("https://例子.cn/a.png", "https://xn--fsqu00a.cn/a.png"),
        ("https://example.com/a.png?size=2&x=%20", "https://example.com/a.png?size=2&x=%20"),
        ("ftp://example.com/a.png", ""),
        ("file:///etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("data:image/png;base64,AAAA", ""),
        ("two words.png", ""),
        ("word", ""),
        ("https://", ""),
        ("", ""),
    ],
)
def test_what_is_typed_becomes_a_whole_address(typed: str, address: str) -> None:
    assert web_address(typed) == address


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What is on https://example.com/a.png ?", ["https://example.com/a.png"]),
        ("看看 https://example.com/a.png，谢谢", ["https://example.com/a.png"]),
        (
            "(https://example.com/a.webp) and “http://example.com/b.HEIC”.",
            ["https://example.com/a.webp", "http://example.com/b.HEIC"],
        ),
        (
            "https://example.com/a.jpg?w=800&h=600 twice https://example.com/a.jpg?w=800&h=600",
            ["https://example.com/a.jpg?w=800&h=600"],
        ),
        ("The end is https://example.com/a.png.", ["https://example.com/a.png"]),
        ("https://example.com/a.png.html", []),
        ("https://example.com/a.pngx", []),
        ("https://example.com/page", []),
        ("a.png", []),
        ("", []),
    ],
)
def test_addresses_of_images_are_found_in_a_text(text: str, found: list[str]) -> None:
    assert image_addresses(text) == found


@given(st.text(max_size=200))
def test_any_text_is_an_address_or_none(text: str) -> None:
    assert QUrl(web_address(text)).scheme() in ("", "http", "https")
    assert all(each.startswith("http") for each in image_addresses(f"https://{text}.png {text}"))
