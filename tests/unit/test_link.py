"""A web address taken apart: what is asked for, what is shown, how the file is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.image_errors import LinkError, LinkNotSecure, LinkUnreachable
from desktop.providers.link import host_of, parse


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://example.com/a.png", "a.png"),
        ("https://example.com/a/b.png?x=/c.jpg#d", "b.png"),
        ("https://example.com/%E5%9B%BE%201.png", "图 1.png"),
        ("https://example.com/图.png", "图.png"),
        ("https://example.com/..%2F..%2Fetc%2Fpasswd", "etcpasswd"),
        ("https://example.com/a%5Cb%00%0A%E2%80%AEgnp.exe", "abgnp.exe"),
        ("https://example.com/%2E%2E", "example.com"),
        ("https://example.com/%ff.png", "\ufffd.png"),
        ("https://example.com", "example.com"),
        ("https://example.com:8443/", "example.com:8443"),
        (f"https://example.com/{'x' * 300}.png", f"{'x' * 40}…{'x' * 35}.png"),
    ],
)
def test_a_file_has_the_name_of_the_last_segment_or_else_of_the_host(address: str, name: str) -> None:
    assert parse(address).file_name == name


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://example.com/a/b.png?token=secret#part", "example.com/a/b.png"),
        ("https://user:secret@example.com/a.png", "example.com/a.png"),
        ("https://example.com@evil.example/a.png", "evil.example/a.png"),
        ("https://example.com/", "example.com"),
        (f"https://example.com/{'x/' * 100}a.png", "example.com/…/a.png"),
        ("https://例子.example/a.png", "xn--fsqu00a.example/a.png"),
        ("  https://EXAMPLE.com/a.png\n", "example.com/a.png"),
    ],
)
def test_what_is_shown_is_short_and_holds_no_secret(address: str, shown: str) -> None:
    assert parse(address).shown == shown


def test_neither_user_nor_password_nor_fragment_is_sent() -> None:
    url = parse("https://user:secret@example.com:8443/a.png?x=1#y").url

    assert str(url) == "https://example.com:8443/a.png?x=1"


@pytest.mark.parametrize("scheme", ["http", "HTTP", "ftp", "file", "data"])
def test_only_https_is_secure(scheme: str) -> None:
    with pytest.raises(LinkNotSecure, match=r"example\.com/a\.png is not fetched"):
        parse(f"{scheme}://u:secret@example.com/a.png?token=secret")


@pytest.mark.parametrize(
    "address",
    [
        "https://",
        "https:///a.png",
        "https://exa mple.com:x/?secret",
        "https://[::1/secret@x",
        "\0",
        "https://\\",
        "https://./",
    ],
)
def test_what_is_no_address_cannot_be_reached(address: str) -> None:
    with pytest.raises(LinkUnreachable) as error:
        parse(address)
    assert "?secret" not in str(error.value)
    assert "\0" not in str(error.value)


@pytest.mark.parametrize(
    ("address", "host"),
    [("https://Example.COM./a", "example.com"), ("https://[2001:DB8::1]:8443/", "2001:db8::1")],
)
def test_a_host_is_asked_for_in_one_spelling(address: str, host: str) -> None:
    assert host_of(parse(address).url) == host


@given(st.one_of(st.text(), st.text().map("https://".__add__), st.text().map("https://a.example/".__add__)))
def test_any_text_is_a_link_or_a_sentence(text: str) -> None:
    try:
        link = parse(text)
    except LinkError as error:
        sentence = str(error)
    else:
        sentence = link.shown
        assert link.file_name.isprintable()
        assert link.file_name.strip(".")
        assert not set(link.file_name) & set("/\\")
        assert len(link.file_name) <= 80 or link.file_name == link.shown
    assert sentence.isprintable()
