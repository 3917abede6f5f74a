"""Models behind `POST /chat/completions`: DashScope and everything that calls itself OpenAI-compatible."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import aclosing, asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from typing import Any

import httpx

from desktop.domain.endpoints import clean_key, host_of, is_loopback
from desktop.domain.events import StreamEvent
from desktop.domain.messages import ChatRequest, Parameters, user_message
from desktop.domain.models import Listed
from desktop.domain.profiles import PROFILES, Profile
from desktop.domain.provider_errors import ConnectionLost, NotAnAnswer, ProviderError, TimedOut
from desktop.domain.refusals import ModelNotFound, RequestRejected
from desktop.domain.settings import TimeLimits
from desktop.providers.answer import AnswerDecoder
from desktop.providers.faults import domain_errors
from desktop.providers.habits import Habits
from desktop.providers.http import Upload, body_of, read_into
from desktop.providers.listing import list_models
from desktop.providers.masking import hide
from desktop.providers.model_lists import LARGEST_LIST
from desktop.providers.payload import encode, payload
from desktop.providers.refusal import Asked, refusal
from desktop.providers.remedies import Remedy, remedy
from desktop.providers.silence import Silence

_LARGEST_ERROR = 65_536
_REFUSAL_SECONDS = 10.0
"""For the words of a refusal; the status has said the most."""

_DRAIN_SECONDS = 1.0
_LAST_WORDS_SECONDS = 10.0
"""For what may follow the reason why an answer ended: its usage, `[DONE]`, the end of the body."""

_AT_ONCE = 4_096
"""Bytes of an answer that are looked at before something else gets a turn: they may hold 500 chunks."""

_MOST_REMEDIES = 4
"""For one question: a server that takes none of its fields will not take it at all."""

_USUAL_LIMITS = TimeLimits()


class OpenAIChat:
    """One endpoint with one key (or none): an `AnswerSource` and a `ModelDirectory`.

    `base_url` as `endpoints.base_url` gives it. The client stays the caller's; so do `habits`, which all
    that is asked may share.
    """

    def __init__(
        self,
        *,
        client: httpx.AsyncClient,
        base_url: str,
        key: str | None,
        profile: Profile = PROFILES["custom"],
        limits: TimeLimits = _USUAL_LIMITS,
        habits: Habits | None = None,
    ) -> None:
        self._client = client
        self._host = host_of(base_url)
        with domain_errors(self._host):
            self._base = httpx.URL(f"{base_url}/")
        # Cleaned once more: a key that is no printable ASCII would be quoted by the error about it.
        self._key = clean_key(key or "") or None
        self._profile = profile
        self._habits = habits or Habits()
        self._limits = limits.patient() if profile.is_local or is_loopback(base_url) else limits

    async def stream(self, request: ChatRequest) -> AsyncGenerator[StreamEvent, None]:
        """Raises `ProviderError`, which is not fleeting any more once a byte of the answer has come.

        What the server does not take is left out, and the notice says so; the next question to the same model
        is without it from the start.
        """
        body = await asyncio.to_thread(payload, request, self._profile)
        sent = self._habits.applied(self._host, request.model, body)
        helped: list[tuple[Remedy, Mapping[str, Any]]] = []
        while True:
            has_begun = False
            try:
                async with aclosing(self._answer(request, sent)) as events:
                    async for event in events:
                        if not has_begun:
                            has_begun = True
                            self._learn(request.model, helped)
                        yield event
                return
            except ProviderError as error:
                if error.is_fleeting:
                    # Whoever tries again need not be told anew.
                    self._learn(request.model, helped)
                found = None if has_begun or len(helped) == _MOST_REMEDIES else remedy(error, sent)
                if found is None:
                    raise
            helped.append((found, sent))
            sent = found.apply(sent)
            yield found.notice

    def _learn(self, model: str, helped: list[tuple[Remedy, Mapping[str, Any]]]) -> None:
        for found, refused in helped:
            self._habits.learn(self._host, model, found, refused)

    async def _answer(
        self, request: ChatRequest, sent: Mapping[str, Any]
    ) -> AsyncGenerator[StreamEvent, None]:
        body = await asyncio.to_thread(encode, sent)
        with Silence(self._host, self._limits.patient() if request.thinks else self._limits) as silence:
            try:
                async with aclosing(self._heard(request, body, silence)) as events:
                    async for event in events:
                        yield event
            except ConnectionLost as error:
                error.is_fleeting = not silence.has_heard
                raise

    async def _heard(
        self, request: ChatRequest, body: bytes, silence: Silence
    ) -> AsyncGenerator[StreamEvent, None]:
        asked, upload = self._asked(request), _WatchedUpload(body, silence)
        with self._faults():
            async with self._open("chat/completions", silence, upload) as (reply, pieces):
                if not reply.is_success:
                    raise await _refusal(asked, reply, pieces)
                decoder = AnswerDecoder(asked, reply.headers)
                async with aclosing(_events(decoder, pieces, silence)) as events:
                    async for event in events:
                        yield event
                for event in decoder.finish():
                    yield event

    async def models(self) -> tuple[Listed, ...]:
        return await list_models(self._read, self._asked())

    async def check(self, model: str) -> int | None:
        """Find out whether address and key work, as cheaply as the server allows.

        Gives the number of models that it lists; None if it lists none, and `model` answered with one token
        instead. Raises `ProviderError`.
        """
        try:
            listed = await self.models()
        except (NotAnAnswer, RequestRejected, ModelNotFound):
            if not model:
                raise
            await self._try(model)
            return None
        # Some services list their models to anybody: there, only an answer proves the key.
        is_public = self._key and not self._profile.has_catalog and any(each.id == model for each in listed)
        if model and (is_public or not listed):
            await self._try(model)
        return len(listed) or None

    async def _try(self, model: str) -> None:
        question = ChatRequest(model, (user_message("Hi"),), parameters=Parameters(max_tokens=1))
        async with aclosing(self.stream(question)) as events:
            async for _ in events:
                pass

    async def _read(self, address: str, body: bytes | None = None, /) -> bytes:
        """A `listing.Ask`."""
        read = bytearray()
        upload = None if body is None else Upload(body)
        with self._faults(), Silence(self._host, self._limits) as silence:
            async with self._open(address, silence, upload) as (reply, pieces):
                if not reply.is_success:
                    raise await _refusal(self._asked(), reply, pieces)
                await read_into(read, pieces, LARGEST_LIST)
        return bytes(read)

    def _asked(self, request: ChatRequest | None = None) -> Asked:
        asked = Asked(self._host, key=self._key, profile=self._profile)
        if request is None:
            return asked
        images = sum(len(message.images) + len(message.links) for message in request.messages)
        return replace(asked, model=request.model, has_history=len(request.messages) > 1, images=images)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Whatever goes wrong, as a `ProviderError` in which the key does not stand."""
        try:
            with domain_errors(self._host):
                yield
        except ProviderError as error:
            hide(error, self._key)
            raise

    @asynccontextmanager
    async def _open(
        self, address: str, silence: Silence, upload: Upload | None = None
    ) -> AsyncIterator[tuple[httpx.Response, AsyncIterator[bytes]]]:
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        request = self._client.build_request(
            "GET" if upload is None else "POST",
            self._base.join(address),
            headers=headers,
            timeout=_without_reading(self._limits),
        )
        if upload is not None:
            # Not as `content=`: httpx would wrap it into a generator that a cancelled upload leaves open.
            request.stream = upload
            request.headers.update(upload.headers)
        reply = await silence.during(self._client.send(request, stream=True))
        async with body_of(reply) as pieces:
            yield reply, silence.over(pieces)


class _WatchedUpload(Upload):
    """While a question is on its way, it is not the server that is silent."""

    def __init__(self, body: bytes, silence: Silence) -> None:
        super().__init__(body)
        self._silence = silence

    async def __anext__(self) -> bytes:
        self._silence.restart()
        return await super().__anext__()


def _without_reading(limits: TimeLimits) -> httpx.Timeout:
    """For a request whose reading `Silence` limits."""
    return httpx.Timeout(connect=limits.connect, pool=limits.connect, write=limits.idle, read=None)


async def _events(
    decoder: AnswerDecoder, pieces: AsyncIterator[bytes], silence: Silence
) -> AsyncGenerator[StreamEvent, None]:
    """All but what `decoder.finish` gives."""
    loop = asyncio.get_running_loop()
    said = loop.time()
    try:
        async for piece in pieces:
            while piece:
                for event in decoder.feed(piece[:_AT_ONCE]):
                    yield event
                    said = loop.time()
                if piece := piece[_AT_ONCE:]:
                    await asyncio.sleep(0)
            if decoder.is_complete and (
                loop.time() - said > _LAST_WORDS_SECONDS or await _is_over(decoder, pieces, silence)
            ):
                break
    except (httpx.HTTPError, OSError, TimedOut):
        if not decoder.is_whole:
            raise


async def _is_over(decoder: AnswerDecoder, pieces: AsyncIterator[bytes], silence: Silence) -> bool:
    if decoder.is_done:
        await _drain(pieces)
    else:
        silence.limit_to(_LAST_WORDS_SECONDS)
    return decoder.is_done


async def _drain(pieces: AsyncIterator[bytes]) -> None:
    """Read to the body's end, so that the connection can serve the next question."""
    with suppress(httpx.HTTPError, OSError, TimedOut):
        async with asyncio.timeout(_DRAIN_SECONDS):
            async for _ in pieces:
                pass


async def _refusal(asked: Asked, reply: httpx.Response, pieces: AsyncIterator[bytes]) -> Exception:
    body = bytearray()
    with suppress(httpx.HTTPError, OSError, TimedOut):
        async with asyncio.timeout(_REFUSAL_SECONDS):
            await read_into(body, pieces, _LARGEST_ERROR)
    return refusal(asked, reply.status_code, reply.headers, bytes(body))
