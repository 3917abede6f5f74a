"""A backend whose answers a test writes: the port `Backend`, without a server or a keyring."""

import asyncio
from collections.abc import AsyncGenerator, Iterable

from desktop.domain.errors import AppError
from desktop.domain.events import StreamEvent
from desktop.domain.messages import ChatRequest
from desktop.domain.ports import AnswerSource, KeyOrigin
from desktop.domain.settings import Settings

Step = StreamEvent | AppError | asyncio.Event


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
    """Answers with `script`, and keeps keys in a dictionary by host address."""

    def __init__(self) -> None:
        self.script = ScriptedSource([])
        self.models: tuple[str, ...] | AppError = ()
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

    async def model_ids(self, settings: Settings) -> tuple[str, ...]:
        if isinstance(self.models, AppError):
            raise self.models
        return self.models

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

    async def forget_key(self, settings: Settings) -> None:
        self.keys.pop(_place(settings), None)


def _place(settings: Settings) -> str:
    return repr(settings.endpoint)
