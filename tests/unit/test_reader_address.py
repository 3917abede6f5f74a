"""A web address as a link that leads to all of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from desktop.reader.address import link


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "https://example.com/pay?id=42&x=中文",
            "<https://example.com/pay?id=42&x=%E4%B8%AD%E6%96%87>",
        ),
        ("http://a.example/a_(b)?x=1.", "<http://a.example/a_(b)?x=1.>"),
        ("HTTPS://A.example:8080", "<https://A.example:8080>"),
        ("https://a.example/50%25", "<https://a.example/50%25>"),
        ("https://a.example/<b>`c`\\", "<https://a.example/%3Cb%3E%60c%60%5C>"),
        ("https://例子.example:81/路", "<https://xn--fsqu00a.example:81/%E8%B7%AF>"),
        ("https://[::1]/x", "<https://[::1]/x>"),
        ("http://http/http", "<http://http/http>"),
    ],
)
def test_an_address_is_a_link(text: str, said: str) -> None:
    assert link(text) == said


@pytest.mark.parametrize(
    "text",
    [
        *("", "Pay here", "https://", "https://a.example and more", "ftp://a.example", "mailto:a@b.example"),
        *("https://[::1", "https://a..例/", "javascript:alert(1)", "WIFI:T:WPA;S:My_Net;P:a*b*c;;"),
        "//a.example",
    ],
)
def test_what_is_more_or_less_than_an_address_is_text(text: str) -> None:
    assert link(text) is None


@given(st.text(max_size=40).map("https://a.example/".__add__))
def test_a_link_is_one_link_and_nothing_else(text: str) -> None:
    said = link(text)
    if said is not None:
        (inline,) = (t for t in MarkdownIt("commonmark").parse(said) if t.type == "inline")
        assert [child.type for child in inline.children or ()] == ["link_open", "text", "link_close"]
        assert said.isascii()
