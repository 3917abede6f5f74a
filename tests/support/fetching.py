"""Somebody who fetches images from a server on loopback that stands for a public one."""

import asyncio
import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from ipaddress import ip_address

import pytest

from desktop.domain import image_errors
from desktop.domain.images import ImageBytes
from desktop.domain.public import IPAddress, is_public
from desktop.providers.fetch import HttpsFetcher, Resolve
from desktop.providers.proxies import SystemProxies
from desktop.providers.routes import Routes
from tests.support.pictures import png
from tests.support.server import Reply, ScriptedServer, whole

PNG = png((64, 48))
SERVED = "127.0.0.1"


class Names:
    """A resolver whose answers a test decides; each name gives its answers in turn, the last for ever."""

    def __init__(self) -> None:
        self.answers: dict[str, list[list[str]]] = {
            "images.example": [[SERVED]],
            "other.example": [[SERVED]],
            "private.example": [["10.0.0.1"]],
            "localhost": [["::1"]],
        }
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[IPAddress]:
        self.asked.append(host)
        if host not in self.answers:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        answers = self.answers[host]
        return [ip_address(address) for address in (answers.pop(0) if len(answers) > 1 else answers[0])]


def judge(address: IPAddress) -> bool:
    """The real judge, but for the server of the test."""
    return str(address) in {SERVED, "127.0.0.2"} or is_public(address)


class Bench:
    """A public server, names that lead to it, and somebody who fetches."""

    def __init__(self, server: ScriptedServer, trust: ssl.SSLContext) -> None:
        self.server = server
        self.names = Names()
        self.resolve: Resolve = self.names
        self.seconds = 20.0
        self.proxies: dict[str, str] = {}
        self._trust = trust

    def url(self, path: str = "/a.png", host: str = "images.example") -> str:
        return f"https://{host}:{self.server.port}{path}"

    def fetch(self, url: str = "") -> ImageBytes:
        return asyncio.run(self.fetching(url or self.url()))

    async def fetching(self, url: str, is_public: Callable[[IPAddress], bool] = judge) -> ImageBytes:
        routes = Routes(self._trust, SystemProxies(lambda: (self.proxies, lambda *_: False)))
        try:
            fetcher = HttpsFetcher(routes, resolve=self.resolve, is_public=is_public, seconds=self.seconds)
            return await fetcher.fetch(url)
        finally:
            await routes.aclose()

    def refused(self, kind: type[image_errors.LinkError], url: str = "") -> image_errors.LinkError:
        with pytest.raises(kind) as error:
            self.fetch(url)
        assert type(error.value) is kind
        return error.value


def image(data: bytes = PNG, content_type: str = "image/png") -> Reply:
    return whole(data, content_type=content_type)


def redirect(place: str, status: int = 302, headers: Mapping[str, str] | None = None) -> Reply:
    return whole(b"", status=status, headers={"Location": place, **(headers or {})})
