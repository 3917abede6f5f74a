"""Proxies as people paste them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.provider_errors import InvalidProxy
from desktop.domain.proxies import Proxy, secret_name, split_proxy
from desktop.domain.settings import Network


@pytest.mark.parametrize(
    ("pasted", "parts"),
    [
        ("http://me:geheim@proxy.example:8080", ("http://proxy.example:8080", "me", "geheim")),
        ("  proxy.example:8080/ ", ("http://proxy.example:8080", "", "")),
        ("127.0.0.1:7890", ("http://127.0.0.1:7890", "", "")),
        ("HTTPS://Proxy.Example", ("https://proxy.example", "", "")),
        ("socks5://127.0.0.1:1080", ("socks5://127.0.0.1:1080", "", "")),
        ("socks5h://[::1]:1080/", ("socks5h://[::1]:1080", "", "")),
        ("socks://127.0.0.1:1080", ("socks5://127.0.0.1:1080", "", "")),
        ("me@proxy:3128", ("http://proxy:3128", "me", "")),
        ("http://me:a%40b%3a@proxy:1", ("http://proxy:1", "me", "a@b:")),
        ("http://me:p@ss:w/o#rd?@proxy:1", ("http://proxy:1", "me", "p@ss:w/o#rd?")),
        ("http://firma%5Cme:100%@proxy", ("http://proxy", "firma\\me", "100%")),
    ],
)
def test_a_pasted_proxy_falls_into_its_parts(pasted: str, parts: tuple[str, str, str]) -> None:
    assert split_proxy(pasted) == parts


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "http://",
        "http://me:geheim@",
        "ftp://me:geheim@proxy:1",
        "socks4://me:geheim@proxy:1",
        "http://me:geheim@proxy:0",
        "http://me:geheim@proxy:65536",
        "http://me:geheim@proxy:port",
        "http://me:geheim@proxy:1/wpad.dat",
        "http://me:geheim@a b",
        "http://me:geheim@:::",
        "http://me:geheim@[::1",
        # For each of its letters, this may be looked at as a whole.
        "http://me:geheim@" + "a" * 100_000 + "!",
    ],
)
def test_what_is_no_proxy_is_told_without_the_password(pasted: str) -> None:
    with pytest.raises(InvalidProxy) as error:
        split_proxy(pasted)
    assert "geheim" not in f"{error.value} {error.value!r} {error.value.facts}"


@given(st.text(max_size=40))
def test_a_proxy_either_splits_or_is_none(pasted: str) -> None:
    try:
        proxy = split_proxy(pasted)
    except InvalidProxy:
        return
    assert split_proxy(proxy.url) == (proxy.url, "", "")


def test_a_password_is_never_printed() -> None:
    proxy = Proxy("http://proxy:1", "me", "geheim")
    assert "geheim" not in f"{proxy} {proxy!r} {(proxy,)}"


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("http://proxy", "proxy:80"),
        ("https://proxy", "proxy:443"),
        ("socks5://[::1]", "[::1]:1080"),
        ("http://[::1]:8", "[::1]:8"),
    ],
)
def test_a_proxy_is_named_by_host_and_port(url: str, place: str) -> None:
    assert Proxy(url).place == place


def test_a_password_is_filed_by_proxy_and_user() -> None:
    assert secret_name(Network("custom", "proxy", "me")) == "proxy:me@proxy:80"
