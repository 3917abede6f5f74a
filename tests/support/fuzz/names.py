"""Addresses, keys, links, proxies, data URLs and names, as they are pasted, dropped and typed."""

import random
from collections.abc import Callable
from contextlib import suppress

from desktop.domain import data_urls, links
from desktop.domain.endpoints import (
    base_url,
    clean_key,
    currency_of,
    host_of,
    is_loopback,
    kind_at,
    profile_of,
    provider_host,
    without_secrets,
)
from desktop.domain.link_targets import link_target
from desktop.domain.named import named_image
from desktop.domain.provider_errors import InvalidAddress, InvalidProxy
from desktop.domain.proxies import secret_name, split_proxy
from desktop.domain.settings import Endpoint, Network
from desktop.providers.desktop_proxy import is_excepted
from tests.support.fuzz.engine import Target
from tests.support.fuzz.mutation import mutated
from tests.support.fuzz.texts import WORDS, decoded, encoded, hostile_text

_PARTS = (
    *(
        "http://",
        "https://",
        "HTTPS:",
        "socks5://",
        "socks://",
        "//",
        "user:pass@",
        "@",
        ":",
        "/",
        "?k=v",
        "#x",
        "[::1]",
    ),
    *(
        "127.0.0.1",
        "0.0.0.0",
        "2130706433",
        "0x7f000001",
        "::ffff:10.0.0.1",
        "localhost",
        "example.com",
        ":8080",
        ":0",
    ),
    *(
        ":65536",
        ":99999999999",
        "/v1",
        "/chat/completions",
        "%2f",
        "%",
        "%zz",
        "xn--",
        "。",
        "\uff0e",
        "..",
        "...",
        "ⓔ",
    ),
    *(
        "Bearer ",
        "export ",
        "OPENAI_API_KEY=",
        "sk-0123456789",
        "-H 'Authorization: ",
        '"',
        "data:image/png;base64,",
    ),
    *(
        "data:image/png,",
        "aGVsbG8=",
        "-_+/",
        "=",
        ";charset=x",
        "file://",
        "/tmp/a.png",
        "C:\\a.png",
        "10.0.0.0/8",
    ),
)
_SPOKEN = tuple(map(encoded, (*_PARTS, *WORDS)))
_LONGEST = 20_000
"""Bytes: a field takes no more."""

_LONGEST_SHOWN = 140
"""Characters of an address: a host and the end of a path, each of at most 60, and what parts them."""

_SECRET = "hunter2hunter2"
"""Looked for in what is shown."""


class Names(Target):
    """Each of those who take such a text takes this one; whatever is shown of it is short and printable."""

    name = "names"
    peak_mb = 48

    def make(self, chance: random.Random) -> bytes:
        text = "".join(chance.choices(_PARTS, k=chance.randint(1, 8))) + hostile_text(chance, most=3)
        return mutated(chance, encoded(text), _SPOKEN, 4)

    def check(self, data: bytes) -> str:
        text = decoded(data[:_LONGEST])
        for use in _USES:
            use(text)
        return "an address" if _is_address(text) else "no address"


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _is_address(text: str) -> bool:
    try:
        url = base_url(Endpoint("custom", base_url=text))
    except InvalidAddress:
        return False
    assert base_url(Endpoint("custom", base_url=url)) == url
    assert host_of(url) == provider_host(Endpoint("custom", base_url=text))
    is_loopback(url)
    kind_at(url)
    return True


def _as_address(text: str) -> None:
    endpoint = Endpoint("custom", base_url=text)
    profile_of(endpoint)
    currency_of(endpoint)
    provider_host(Endpoint("dashscope", workspace=text))
    bare = without_secrets(text)
    assert without_secrets(bare) == bare, (text, bare)
    hidden = without_secrets(f"https://me:{_SECRET}@a.example/{text}")
    assert _SECRET not in hidden, hidden


def _as_key(text: str) -> None:
    key = clean_key(text)
    assert key.isascii()
    assert key.isprintable()
    assert clean_key(key) == key, (text, key)


def _as_link(text: str) -> None:
    for url in (text, f"https://me:{_SECRET}@a.example/{text}"):
        shown = links.shown(url)
        assert shown.isprintable()
        assert len(shown) <= _LONGEST_SHOWN, len(shown)
        assert _SECRET not in shown
        for error in (links.refusal(url), links.obstacle(url)):
            assert error is None or str(error)


def _as_target(text: str) -> None:
    for href in (text, f"https://{text}", f"https://a.example/{text}", f"mailto:{text}"):
        target = link_target(href)
        if target is None:
            continue
        assert target.address.isascii(), target
        assert target.address.isprintable(), target
        assert target.address.startswith(("http://", "https://", "mailto:")), target
        assert target.shown.isprintable(), target
        assert target.host in target.brief, target
        again = link_target(target.address)
        assert again is not None and again.address == target.address, (href, target, again)  # noqa: PT018 - mypy


def _as_proxy(text: str) -> None:
    for use in (split_proxy, lambda pasted: secret_name(Network("custom", pasted, "me"))):
        with suppress(InvalidProxy):
            use(text)
    is_excepted("models.example", 443, text.split(","))
    is_excepted(text, 443, ["models.example", "10.0.0.0/8", "*"])


def _as_data_url(text: str) -> None:
    data_urls.holds_image(text)
    data_urls.media_type_of(text)
    for url in (text, f"data:image/png;base64,{text}", f"data:,{text}"):
        assert len(data_urls.decoded(url)) <= len(encoded(url)) * 2
        named_image(url)


_USES: tuple[Callable[[str], None], ...] = (
    _as_address,
    _as_key,
    _as_link,
    _as_target,
    _as_proxy,
    _as_data_url,
)
