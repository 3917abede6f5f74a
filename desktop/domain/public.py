"""Which addresses belong to the public Internet; a link from elsewhere has no business with any other.

Sources: IANA's registries of special-purpose IPv4 and IPv6 addresses (RFC 6890 and those after it). Python's
`is_global` says the same of most, but not the same in every release.
"""

import ipaddress
import re

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_SPECIAL_V4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network, unspecified
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local; the metadata service of clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_UNICAST_V6 = ipaddress.IPv6Network("2000::/3")
_SPECIAL_V6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "3fff::/20",  # documentation
    )
)
_6TO4 = ipaddress.IPv6Network("2002::/16")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

STAND_INS = ipaddress.IPv4Network("198.18.0.0/15")
"""What VPN programs resolve every name to (Clash and sing-box, "fake IP"); they know the name behind it, and
look it up elsewhere. Nothing else is to be found there."""

_PRIVATE_NAME = re.compile(r"(?:.*\.)?(?:localhost|local|internal|intranet|lan|home|corp|home\.arpa)|[^.]*")
_NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)")


def is_public(address: IPAddress) -> bool:
    """Whether `address`, and the IPv4 address that it may carry, is one of the public Internet."""
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _SPECIAL_V4)
    if (carried := _carried(address)) is not None:
        return is_public(carried)
    return address in _UNICAST_V6 and not any(address in network for network in _SPECIAL_V6)


def literal(host: str) -> IPAddress | None:
    """The address that `host` spells out; None for a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def may_be_public_name(host: str) -> bool:
    """False for names that lead into this machine or its network, and for addresses in odd spellings.

    `host` in small letters, without a dot at its end.
    """
    return not _PRIVATE_NAME.fullmatch(host) and not _NUMBER.fullmatch(host)


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that packets to `address` end up at."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _6TO4:
        return address.sixtofour
    return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF) if address in _NAT64 else None
