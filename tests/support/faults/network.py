"""Servers that are not reached: names, ports, ways."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from desktop.domain.provider_errors import (
    ConnectTimedOut,
    InvalidAddress,
    NameNotFound,
    NetworkDown,
    NothingListens,
    ProviderError,
    WorkspaceMissing,
)
from desktop.domain.settings import Endpoint
from tests.support.faults.fault import CONNECTS_SOON, Fault, Place, Scene, at


def free_port() -> int:
    """Where nothing listens."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port: int = place.getsockname()[1]
    return port


def _at(url: str) -> Scene:
    @contextmanager
    def scene() -> Iterator[Place]:
        yield at(url)

    return scene


@contextmanager
def _nobody() -> Iterator[Place]:
    yield at(f"http://127.0.0.1:{free_port()}/v1")


@contextmanager
def _deaf() -> Iterator[Place]:
    """A port whose queue of connections is full: nobody answers, nobody refuses."""
    with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for waiting in (first, second):
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield at(f"http://127.0.0.1:{listener.getsockname()[1]}/v1", limits=CONNECTS_SOON)


@contextmanager
def _homeless() -> Iterator[Place]:
    """A region in which every customer has a host of its own."""
    yield Place(Endpoint(region="eu-central-1"))


@contextmanager
def _no_address() -> Iterator[Place]:
    yield Place(Endpoint("custom"))


def _fails(name: str, scene: Scene, kind: type[ProviderError]) -> Fault:
    return Fault("network", name, scene, kind)


NETWORK: tuple[Fault, ...] = (
    _fails("a name nobody knows", _at("https://model.invalid/v1"), NameNotFound),
    _fails("a name nobody knows, with a port", _at("http://model.invalid:11434/v1"), NameNotFound),
    _fails("a label that is too long", _at("http://" + "a" * 64 + ".example/v1"), NameNotFound),
    _fails("a number that is no address", _at("http://999.999.999.999/v1"), InvalidAddress),
    _fails("a region without its workspace", _homeless, WorkspaceMissing),
    _fails("no address at all", _no_address, InvalidAddress),
    _fails("nothing listens", _nobody, NothingListens),
    _fails("takes no connection", _deaf, ConnectTimedOut),
    # An address that no system has a way to.
    _fails("no way there", _at("http://255.255.255.255/v1"), NetworkDown),
)
