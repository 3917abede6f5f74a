"""What a web address tells by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.image_errors import (
    LinkError,
    LinkNotSecure,
    LinkPrivate,
    LinkTooLong,
    LinkUnreachable,
)
from desktop.domain.links import obstacle, refusal, shown


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://example.com/a.png", None),
        ("https://EXAMPLE.com./a.png", None),
        ("https://例子.cn/a.png", None),
        ("https://93.184.216.34/a.png", None),
        ("https://[2606:2800:220::1]:8443/a.png", None),
        ("http://example.com/a.png", LinkNotSecure),
        ("HTTP://127.0.0.1/a.png", LinkNotSecure),
        ("https://127.0.0.1/a.png", LinkPrivate),
        ("https://10.1.2.3:8443/a.png", LinkPrivate),
        ("https://[::1]/a.png", LinkPrivate),
        ("https://[fe80::1]/a.png", LinkPrivate),
        ("https://localhost/a.png", LinkPrivate),
        ("https://nas/a.png", LinkPrivate),
        ("https://Printer.LOCAL./a.png", LinkPrivate),
        ("https://2130706433/a.png", LinkPrivate),
        ("https:///a.png", LinkUnreachable),
        ("https://example.com:99999/a.png", LinkUnreachable),
        ("https://[::1/a.png", LinkUnreachable),
    ],
)
def test_what_can_never_be_fetched_is_known_beforehand(url: str, kind: type[LinkError] | None) -> None:
    assert type(obstacle(url)) is (kind or type(None))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://example.com/a/b.png?token=secret#part", "example.com/a/b.png"),
        ("https://user:secret@example.com:8443/a.png", "example.com:8443/a.png"),
        ("https://example.com/", "example.com"),
        ("https://example.com/%E5%9B%BE%20%0A1.png", "example.com/图 1.png"),
        (f"https://example.com/{'x/' * 5000}a.png", "example.com/…/a.png"),
        ("https://[::1/a.png?secret", "https://[::1/a.png"),
    ],
)
def test_what_is_shown_is_short_and_holds_no_secret(url: str, words: str) -> None:
    assert shown(url) == words


def test_an_address_is_as_long_as_servers_take_them() -> None:
    url = "https://example.com/".ljust(8000, "x")

    assert refusal(url) is None
    assert isinstance(refusal(url + "x"), LinkTooLong)
    assert str(refusal(url + "x")).endswith("is longer than 8 KB.")


@given(st.one_of(st.text(), st.text().map("https://".__add__), st.text().map("https://a.example/".__add__)))
def test_any_text_is_shown_in_a_few_words(text: str) -> None:
    assert len(shown(text)) <= 140
    assert shown(text).isprintable()
    assert isinstance(obstacle(text), LinkError | None)
    assert len(str(refusal(text * 200))) < 200
