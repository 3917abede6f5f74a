"""Where links truly lead: one form for all of an address, and what is to be doubted about it."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.link_targets import Doubt, link_target, link_with_words
from tests.support.hrefs import hrefs

D = Doubt


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("https://example.com", "https://example.com"),
        ("HTTPS://EXAMPLE.com./A", "https://example.com/A"),
        ("http://example.com:80/", "http://example.com/"),
        ("http://example.com:0443/", "http://example.com:443/"),
        ("http://example.com:/", "http://example.com/"),
        ("http://example.com/a/./b/../c/%2e%2E/%41?%62=%7e#%7E", "http://example.com/a/A?b=~#~"),
        ("http://example.com/../..", "http://example.com/"),
        ("http://example.com/a/..", "http://example.com/"),
        ("http://example.com/%e4%b8%ad中", "http://example.com/%E4%B8%AD%E4%B8%AD"),
        ("http://example.com/100%?q='\"`[]#a#b", "http://example.com/100%25?q=%27%22%60%5B%5D#a%23b"),
        ("http://МОСКВА.рф/", "http://xn--80adxhks.xn--p1ai/"),
        ("http://faß.de/", "http://xn--fa-hia.de/"),
        ("http://ｅｘａｍｐｌｅ。com/", "http://example.com/"),
        ("http://1/", "http://0.0.0.1/"),
        ("http://0300.0250.257/", "http://192.168.1.1/"),
        ("http://[0:0::1]:80/", "http://[::1]/"),
        ("http://[::ffff:7f00:1]/", "http://[::ffff:127.0.0.1]/"),
        ("mailto:a%2Bb@EXAMPLE.com?Subject=a%20b&x=y", "mailto:a+b@example.com?subject=a%20b"),
        ("mailto:a@e.com?subject=x,attachment=/*", "mailto:a@e.com?subject=x%2Cattachment=/%2A"),
        ("mailto:a@e.com?body=x;attach='/y'", "mailto:a@e.com?body=x%3Battach=%27/y%27"),
        ("mailto:a@e.com?cc=b@E.com,c@e.com", "mailto:a@e.com?cc=b@e.com,c@e.com"),
        ("mailto:a@e.com?cc=b@e.com%27,attachment=%27/y", "mailto:a@e.com"),
    ],
)
def test_an_address_has_one_form(href: str, address: str) -> None:
    target = link_target(href)

    assert target is not None
    assert target.address == address


@pytest.mark.parametrize(
    ("href", "shown", "host"),
    [
        ("https://xn--mnchen-3ya.de/%C3%BC", "https://münchen.de/ü", "münchen.de"),
        ("https://xn--fiqs8s.cn:81/%E4%B8%AD%20x", "https://中国.cn:81/中%20x", "中国.cn"),
        ("https://xn--80ak6aa92e.com/", "https://xn--80ak6aa92e.com/", "xn--80ak6aa92e.com"),
        (
            "https://xn--4dbcagdahymbxekheh6e0a7fei0b.com/",
            "https://xn--4dbcagdahymbxekheh6e0a7fei0b.com/",
            None,
        ),
        ("https://e.com/%E2%80%AEgpj", "https://e.com/%E2%80%AEgpj", "e.com"),
        ("https://e.com/%D7%90%FF%E3%85%A4", "https://e.com/%D7%90%FF%E3%85%A4", "e.com"),
        ("mailto:a@e.com?subject=%E4%B8%AD", "mailto:a@e.com?subject=中", "a@e.com"),
    ],
)
def test_it_is_shown_with_the_letters_that_are_plain(href: str, shown: str, host: str | None) -> None:
    target = link_target(href)

    assert target is not None
    assert target.shown == shown
    assert target.host == host or host is None


@pytest.mark.parametrize(
    ("href", "words", "doubts"),
    [
        ("https://example.com/", "example.com", ()),
        ("https://example.com/", "www.example.com", ()),
        ("https://docs.example.com/", "example.com", ()),
        ("https://example.com/", "Version 1.2.3.4 of main.py and README.md", ()),
        ("https://example.com/", "请看example.com。", ()),
        ("https://xn--mnchen-3ya.de/", "münchen.de", ()),
        ("https://e.com/?q=b.com", "https://e.com/?q=b.com", ()),
        ("https://xn--80adxhks.xn--p1ai/", "москва.рф", ()),
        ("https://xn--q9jyb4c.jp/", "", ()),
        ("https://93.184.215.14/", "", ()),
        ("mailto:a@example.com", "a@example.com", ()),
        ("https://example.com/" + "a" * 2000, "", (D.LONG,)),
        ("http://2130706433/", "paypal.com", (D.OTHER_HOST, D.ODD_NUMBER, D.PRIVATE)),
        ("http://pаypal.com@127.0.0.1/", "", (D.USER, D.PRIVATE)),
        ("https://example.com/", "http://127.0.0.1/", (D.OTHER_HOST,)),
        ("https://example.com/", "see example.com, or paypal.com", (D.OTHER_HOST,)),
        ("https://example.com/", "pay\u200bpal.com", (D.OTHER_HOST, D.INVISIBLE)),
        ("mailto:a@xn--80ak6aa92e.com?cc=b@c.d", "", (D.LOOK_ALIKE, D.MORE_THAN_ADDRESS)),
    ],
)
def test_doubts_are_told_in_the_order_of_their_weight(
    href: str, words: str, doubts: tuple[Doubt, ...]
) -> None:
    target = link_with_words(href, words)

    assert target is not None
    assert target.doubts == doubts


def test_what_is_no_link_is_none_with_words_either() -> None:
    assert link_with_words("javascript:alert(1)", "x") is None


def test_in_short_the_host_stays_whole() -> None:
    host = "a-long-name." * 10 + "example.com"
    target = link_target(f"https://{host}:8080/{'a' * 300}/end.html")

    assert target is not None
    assert target.brief.startswith(f"https://{host}:8080/aaa")
    assert target.brief.endswith("aaa/end.html")
    assert len(target.brief) < len(host) + 100


@given(hrefs)
def test_what_comes_out_is_plain_and_comes_out_of_itself(href: str) -> None:
    target = link_target(href)
    if target is None:
        return

    assert target.address.isascii()
    assert target.address.isprintable()
    assert not set(target.address) & set(" \"'<>\\^`{|}[]" if "[" not in href else " \"'<>\\^`{|}")
    again = link_target(target.address)
    assert again is not None
    assert (again.address, again.shown, again.host) == (target.address, target.shown, target.host)
    assert target.host in target.brief


@given(hrefs)
def test_others_find_the_same_host_in_it(href: str) -> None:
    target = link_target(href)
    if target is None or target.address.startswith("mailto:"):
        return

    parts = urlsplit(target.address)
    shown = link_target(f"http://{target.host}")
    assert parts.username is None
    assert shown is not None
    assert urlsplit(shown.address).hostname == parts.hostname


@given(st.text(max_size=40), st.text(max_size=40))
def test_nothing_breaks_it(href: str, words: str) -> None:
    link_target(f"http://{href}")
    link_target(f"mailto:{href}")
    link_with_words("https://example.com/", words)
