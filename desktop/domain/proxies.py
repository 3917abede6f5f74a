"""Proxies as people paste them, and as the settings keep them: the password apart from the address."""

import re
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import unquote

from desktop.domain.provider_errors import InvalidProxy
from desktop.domain.settings import Network

DEFAULT_PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}
"""By scheme, of the kinds of proxy that can be used; where an address names no port."""

_OTHER_NAMES = {"": "http", "socks": "socks5"}
"""GNOME writes `socks://` and means version 5."""

_PLACE = re.compile(r"(?P<host>(?=[.-]*\w)[\w.-]+|\[[0-9a-f:.]+\])(?::(?P<port>\d{1,5}))?/?", re.IGNORECASE)


class Proxy(NamedTuple):
    """`url` is `scheme://host` or `scheme://host:port`. `user`, `password`: not encoded; empty: none."""

    url: str
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return f"Proxy({self.url!r}, …)"

    @property
    def scheme(self) -> str:
        return self.url.partition("://")[0]

    @property
    def place(self) -> str:
        """`host:port`, as errors name it."""
        scheme, _, place = self.url.partition("://")
        return place if re.search(r":\d+$", place) else f"{place}:{DEFAULT_PORTS[scheme]}"


def split_proxy(pasted: str) -> Proxy:
    """`http://user:password@host:8080`, or a part of it such as `host:8080`, in its parts.

    Raises `InvalidProxy`, in which there is neither user nor password.
    """
    scheme, _, rest = pasted.strip().rpartition("://")
    scheme = _OTHER_NAMES.get(scheme.lower(), scheme.lower())
    # Passwords hold signs that belong encoded, and are pasted as they are: the last `@` ends them.
    credentials, _, place = rest.rpartition("@")
    user, _, password = credentials.partition(":")
    found = _PLACE.fullmatch(place)
    if scheme not in DEFAULT_PORTS or found is None or not 0 < int(found["port"] or 1) < 1 << 16:
        raise InvalidProxy(address=place)
    port = f":{found['port']}" if found["port"] else ""
    return Proxy(f"{scheme}://{found['host'].lower()}{port}", unquote(user), unquote(password))


def without_credentials(network: Network) -> Network:
    """`network` as it may be stored: its address without a user and a password that a hand wrote there."""
    if "@" not in network.proxy_url:
        return network
    try:
        proxy = split_proxy(network.proxy_url)
    except InvalidProxy:
        proxy = Proxy("")
    user = network.proxy_user or proxy.user
    return replace(network, proxy_url=proxy.url, proxy_user=user)


def secret_name(network: Network) -> str:
    """Under which the password of the user's own proxy is kept. Raises `InvalidProxy`."""
    return f"proxy:{network.proxy_user}@{split_proxy(network.proxy_url).place}"
