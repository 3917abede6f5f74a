"""Servers of models on this machine that nobody entered: asked for on their usual ports, without a key.

Who they are is told by `owned_by` in their lists: Ollama writes the namespace of a model there, and
"library" is that of its own; LM Studio, llama.cpp and vLLM write always the same.
"""

import asyncio
import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import httpx

from desktop.domain.endpoints import host_of
from desktop.domain.ports import FoundServer
from desktop.domain.profiles import PROFILES
from desktop.domain.provider_errors import ConnectionLost, NotAnAnswer, ProviderError
from desktop.domain.settings import Endpoint, ProviderKind
from desktop.providers.faults import domain_errors
from desktop.providers.listing import told_more
from desktop.providers.model_lists import Told, as_listed, read_list
from desktop.providers.refusal import Asked

USUAL_PORTS: Mapping[ProviderKind, int] = MappingProxyType(
    {kind: profile.port for kind, profile in PROFILES.items() if profile.port is not None}
)

_ADDRESSES = ("127.0.0.1", "[::1]")
_LARGEST = 1024 * 1024
_OWNERS: Mapping[str, ProviderKind] = {
    "library": "ollama",
    "organization_owner": "lmstudio",
    "llamacpp": "llamacpp",
    "vllm": "vllm",
}
_HEADERS = {
    "Accept": "application/json",
    # Nothing to unpack, and no connection that is kept.
    "Accept-Encoding": "identity",
    "Connection": "close",
}


async def find_local(
    client: httpx.AsyncClient, seconds: float = 0.8, ports: Mapping[ProviderKind, int] = USUAL_PORTS
) -> tuple[FoundServer, ...]:
    """Whoever answers on `ports` of this machine with a list of models within `seconds`.

    All are asked at once, and nothing is left behind: neither a task nor a connection. Raises nothing.
    """
    searches = (_search(client, seconds, kind, port) for kind, port in ports.items())
    return tuple(found for found in await asyncio.gather(*searches) if found is not None)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


async def _search(
    client: httpx.AsyncClient, seconds: float, kind: ProviderKind, port: int
) -> FoundServer | None:
    """The server at `port`; where one listens at both addresses, the first."""
    # At once, because Windows needs two seconds to say that nothing listens.
    asked = (_ask(client, seconds, kind, f"http://{address}:{port}/v1") for address in _ADDRESSES)
    return next((found for found in await asyncio.gather(*asked) if found is not None), None)


async def _ask(
    client: httpx.AsyncClient, seconds: float, kind: ProviderKind, base_url: str
) -> FoundServer | None:
    server = _LocalServer(client, base_url)
    found = None
    try:
        async with asyncio.timeout(seconds):
            kind, models = await asyncio.to_thread(_read, await server("models"), kind)
            if models is not None:
                found = await asyncio.to_thread(_found, kind, base_url, models)
                asked = Asked(host_of(base_url), profile=PROFILES[kind])
                models = await told_more(server, asked, models)
                found = await asyncio.to_thread(_found, kind, base_url, models)
    except (ProviderError, TimeoutError):
        pass  # what was found until then counts
    return found


def _found(kind: ProviderKind, base_url: str, models: dict[str, Told]) -> FoundServer:
    is_usual = PROFILES[kind].port == httpx.URL(base_url).port
    return FoundServer(Endpoint(kind, base_url="" if is_usual else base_url), as_listed(models))


def _read(body: bytes, kind: ProviderKind) -> tuple[ProviderKind, dict[str, Told] | None]:
    """The models in `body`, if it is a list of some, and whose it is: else that of `kind`."""
    models = read_list(body)
    owners = () if models is None else _owners(json.loads(body))
    return next((_OWNERS[owner] for owner in owners if owner in _OWNERS), kind), models


def _owners(value: object) -> Iterator[str]:
    entries = value.get("data") if isinstance(value, dict) else None
    for entry in entries if isinstance(entries, list) else ():
        owner = entry.get("owned_by") if isinstance(entry, dict) else None
        if isinstance(owner, str):
            yield owner


class _LocalServer:
    """A `listing.Ask` for a server that is asked without a key."""

    def __init__(self, client: httpx.AsyncClient, base_url: str) -> None:
        self._client = client
        self._base = httpx.URL(f"{base_url}/")
        self._host = host_of(base_url)

    async def __call__(self, address: str, body: bytes | None = None, /) -> bytes:
        method, url = "GET" if body is None else "POST", self._base.join(address)
        with domain_errors(self._host):
            async with self._client.stream(
                method, url, content=body, headers=_HEADERS, follow_redirects=False
            ) as reply:
                return await self._read(reply)

    async def _read(self, reply: httpx.Response) -> bytes:
        if reply.status_code != httpx.codes.OK:
            raise NotAnAnswer(host=self._host)
        read = bytearray()
        async for piece in reply.aiter_raw():
            read += piece
            if len(read) > _LARGEST:
                raise ConnectionLost(host=self._host)
        return bytes(read)
