"""A key stands in the one header of its request, and in nothing that is ever written down."""

import asyncio
import io
import logging
import traceback
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from desktop.connection import Connection
from desktop.domain.provider_errors import ProviderError
from desktop.domain.settings import Endpoint, Network, Settings, to_json
from desktop.providers.masking import PART
from desktop.storage.environment import take_keys
from tests.support import seed
from tests.support.asking import ONE_IMAGE
from tests.support.drawer import Drawer
from tests.support.server import Received, ScriptedServer, by_path, events, whole

KEY = "sk-marker-0123456789abcdef"
ANSWERS = by_path(
    {
        "/models": whole({"data": [{"id": "a-model"}]}),
        "/completions": events(seed.CURL_STREAM),
        "/api/tags": whole({"models": [{"model": "a-model"}]}),
        "/api/show": whole({"capabilities": ["completion", "vision"]}),
    }
)
REFUSES = by_path(
    {"/models": whole({"error": KEY}, status=401), "/completions": whole(KEY.encode(), status=500)}
)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that any library says, though it were asked for everything."""
    said, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(said), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield said
    root.setLevel(level)
    root.removeHandler(handler)


def settings_at(server: ScriptedServer) -> Settings:
    return Settings(Endpoint("ollama", base_url=server.url), model="a-model", network=Network("none"))


async def everything(made: Connection, settings: Settings) -> AsyncIterator[ProviderError | None]:
    """Asks in every way; what came of each."""
    for work in (
        made.models(settings),
        made.check(settings, None),
        made.check(settings, KEY),
        _asked(made, settings),
    ):
        try:
            await work
        except ProviderError as error:
            yield error
        else:
            yield None


async def _asked(made: Connection, settings: Settings) -> None:
    async for _ in (await made.source("a-model", settings)).stream(ONE_IMAGE):
        pass


def holds_a_part(text: str) -> bool:
    """Whether `text` tells the key, or enough of it."""
    return any(KEY[n : n + PART] in text for n in range(len(KEY) - PART + 1))


def outside_of_the_header(request: Received) -> str:
    others = {name: value for name, value in request.headers.items() if name != "authorization"}
    return f"{request.method} {request.target} {others} {request.body.decode('utf-8', 'replace')}"


def test_it_stands_in_one_header_of_each_request_and_nowhere_else(log: io.StringIO) -> None:
    async def scenario() -> None:
        made = Connection({}, secrets=Drawer(keys={f"127.0.0.1:{server.port}": KEY}))
        assert [error async for error in everything(made, settings_at(server))] == [None] * 4
        await made.aclose()

    with ScriptedServer(ANSWERS) as server:
        asyncio.run(scenario())
    assert len(server.requests) >= 4
    for request in server.requests:
        assert request.headers["authorization"] == f"Bearer {KEY}"
        assert not holds_a_part(outside_of_the_header(request))
    assert "send_request_headers" in log.getvalue(), "httpcore is heard"
    assert not holds_a_part(log.getvalue())


def test_no_error_holds_it_nor_its_traceback(log: io.StringIO) -> None:
    async def scenario() -> list[ProviderError | None]:
        made = Connection({}, secrets=Drawer(keys={f"127.0.0.1:{server.port}": KEY}))
        errors = [error async for error in everything(made, settings_at(server))]
        await made.aclose()
        return errors

    with ScriptedServer(REFUSES) as server:
        errors = asyncio.run(scenario())
    for error in errors:
        assert error is not None
        assert not holds_a_part(f"{error} {error!r} {vars(error)}")
        assert not holds_a_part("".join(traceback.format_exception(error)))
    assert not holds_a_part(log.getvalue())


def test_no_object_that_holds_it_says_so() -> None:
    """What a log of `repr`, or a traceback with the values of its variables, would show."""

    async def scenario() -> None:
        made = Connection(take_keys({"OPENAI_API_KEY": KEY}), secrets=Drawer(keys={"other.test": KEY}))
        settings = settings_at(server)
        await made.keep_key(settings, KEY)
        source = await made.source("a-model", settings)
        async for _ in source.stream(ONE_IMAGE):
            pass
        held = [made, source, settings, to_json(settings), *vars(made).values(), *vars(source).values()]
        assert not [each for each in map(repr, held) if holds_a_part(each)]
        await made.aclose()

    with ScriptedServer(ANSWERS) as server:
        asyncio.run(scenario())


def test_httpx_itself_hides_it() -> None:
    request = httpx.Request("POST", "https://model.test/v1", headers={"Authorization": f"Bearer {KEY}"})
    assert not holds_a_part(f"{request!r} {request.headers!r} {httpx.Response(200, request=request)!r}")
