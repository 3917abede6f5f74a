"""A backend whose answers a test writes: the port `Backend`, without a server or a keyring."""

import asyncio
from collections.abc import AsyncGenerator, Iterable

from desktop.domain.errors import AppError
from desktop.domain.events import StreamEvent
from desktop.domain.messages import ChatRequest
from desktop.domain.models import Listed
from desktop.domain.ports import AnswerSource, FoundServer, KeyOrigin
from desktop.domain.refusals import KeyRejected
from desktop.domain.settings import Endpoint, Network, Settings

Step = StreamEvent | AppError | asyncio.Event
Told = tuple[str | Listed, ...] | AppError


class ScriptedSource:
    """Says each step: an event is yielded, an error raised, an `asyncio.Event` waited for."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self._steps = list(steps)
        self.requests: list[ChatRequest] = []

    async def stream(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        self.requests.append(request)
        for step in self._steps:
            if isinstance(step, asyncio.Event):
                await step.wait()
            elif isinstance(step, AppError):
                raise step
            else:
                await asyncio.sleep(0)
                yield step


class ScriptedBackend:
    """Answers with `script`, and keeps keys in a dictionary by host address.

    Servers list what `listed_at` says of them, or else `listed`, once their `list_gates` are open; `asked`
    is who was asked for it, in order.
    """

    def __init__(self) -> None:
        self.script = ScriptedSource([])
        self.listed: Told = ()
        self.listed_at: dict[Endpoint, Told] = {}
        self.list_gates: dict[Endpoint, asyncio.Event] = {}
        self.asked: list[Endpoint] = []
        self.found: tuple[FoundServer, ...] = ()
        self.home: Endpoint | AppError | None = None
        self.proxy_passwords: dict[Network, str] = {}
        self.proxy_error: AppError | None = None
        self.check_error: AppError | None = None
        self.key_error: AppError | None = None
        self.keyring_gate = asyncio.Event()
        self.keyring_gate.set()
        self.keys: dict[str, str] = {}

    def answer_with(self, *steps: Step) -> ScriptedSource:
        self.script = ScriptedSource(steps)
        return self.script

    async def source(self, model: str, settings: Settings) -> AnswerSource:
        return self.script

    async def models(self, settings: Settings) -> tuple[Listed, ...]:
        self.asked.append(settings.endpoint)
        if gate := self.list_gates.get(settings.endpoint):
            await gate.wait()
        told = self.listed_at.get(settings.endpoint, self.listed)
        if isinstance(told, AppError):
            raise told
        return tuple(Listed(each) if isinstance(each, str) else each for each in told)

    async def local_servers(self) -> tuple[FoundServer, ...]:
        return self.found

    async def find_home(self, settings: Settings, key: str | None) -> Endpoint:
        if self.home is None:
            raise KeyRejected(host="dashscope", status=401)
        if isinstance(self.home, AppError):
            raise self.home
        return self.home

    async def check(self, settings: Settings, key: str | None) -> None:
        if self.check_error is not None:
            raise self.check_error

    async def key_origin(self, settings: Settings) -> KeyOrigin:
        await self.keyring_gate.wait()
        if self.key_error is not None:
            raise self.key_error
        return KeyOrigin.KEYRING if _place(settings) in self.keys else KeyOrigin.NONE

    async def keep_key(self, settings: Settings, key: str) -> None:
        self.keys[_place(settings)] = key
        if self.key_error is not None:
            raise self.key_error

    async def share_key(self, settings: Settings, home: Endpoint) -> None:
        if key := self.keys.get(_place(settings)):
            await self.keep_key(settings.at(home), key)

    async def forget_key(self, settings: Settings) -> None:
        self.keys.pop(_place(settings), None)

    async def has_proxy_password(self, network: Network) -> bool:
        if self.proxy_error is not None:
            raise self.proxy_error
        return bool(self.proxy_passwords.get(network))

    async def keep_proxy_password(self, network: Network, password: str) -> None:
        self.proxy_passwords[network] = password
        if self.proxy_error is not None:
            raise self.proxy_error


def _place(settings: Settings) -> str:
    return repr(settings.endpoint)
