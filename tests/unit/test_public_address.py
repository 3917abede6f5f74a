"""Which addresses a link may lead to."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.public import is_public, literal, may_be_public_name

PUBLIC = [
    *("1.1.1.1", "8.8.8.8", "47.95.1.2", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0"),
    *("2606:4700:4700::1111", "2400:3200::1", "2a00:1450:4001::200e", "2001:4860:4860::8888"),
    *("::ffff:8.8.8.8", "2002:808:808::1", "64:ff9b::8.8.8.8"),
]
PRIVATE = [
    *("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "100.127.255.255", "100.100.100.200", "224.0.0.1", "239.255.255.250"),
    *("255.255.255.255", "240.0.0.1", "192.0.0.8", "192.0.2.1", "198.51.100.1", "203.0.113.1", "198.19.0.1"),
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "100::1"),
    *("2001:db8::1", "2001::1", "3fff::1", "5f00::1", "::127.0.0.1", "64:ff9b:1::10.0.0.1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::1", "2002:a00:1::1", "64:ff9b::10.0.0.1"),
    *("64:ff9b::169.254.169.254", "::ffff:0:127.0.0.1"),
]

any_v4 = st.ip_addresses(v=4)
any_v6 = st.ip_addresses(v=6)


@pytest.mark.parametrize("address", PUBLIC)
def test_the_internet_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PRIVATE)
def test_nothing_else_is(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@given(any_v4)
def test_python_agrees_about_every_address(address: ipaddress.IPv4Address) -> None:
    if is_public(address):
        assert address.is_global
        assert not any((address.is_multicast, address.is_reserved, address.is_unspecified))


@given(any_v6)
def test_python_agrees_about_every_long_address(address: ipaddress.IPv6Address) -> None:
    if is_public(address) and address.ipv4_mapped is None and address.sixtofour is None:
        assert address.is_global or address in ipaddress.ip_network("64:ff9b::/96")
        assert not any((address.is_multicast, address.is_link_local, address.is_site_local))


@given(any_v4, st.integers(0, 2**80 - 1))
def test_an_address_that_carries_another_is_judged_by_it(inner: ipaddress.IPv4Address, rest: int) -> None:
    mapped = ipaddress.IPv6Address((0xFFFF << 32) | int(inner))
    nat64 = ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) | int(inner))
    six_to_four = ipaddress.IPv6Address((0x2002 << 112) | (int(inner) << 80) | rest)

    assert is_public(mapped) == is_public(nat64) == is_public(six_to_four) == is_public(inner)


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "a.localhost", "printer", "nas.local", "metadata.google.internal", "router.lan", ""),
        *("nas.home.arpa", "2130706433", "0x7f000001", "127.1", "0177.0.0.1", "0x7f.0.0.0x1", "1.2.3"),
    ],
)
def test_names_that_stay_at_home_are_known(host: str) -> None:
    assert not may_be_public_name(host)


@pytest.mark.parametrize(
    "host", ["example.com", "1.example.com", "localhost.example.com", "x.0xyz", "例子.中国"]
)
def test_other_names_may_be_public(host: str) -> None:
    assert may_be_public_name(host)


def test_an_address_is_told_from_a_name() -> None:
    assert literal("10.0.0.1") == ipaddress.ip_address("10.0.0.1")
    assert literal("::1") == ipaddress.ip_address("::1")
    assert literal("10.0.0.1.example.com") is None
