"""Asking a server through the provider, as the app does: one client, one endpoint, one question."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

import pytest

from desktop.domain.errors import AppError
from desktop.domain.events import AnswerDraft
from desktop.domain.messages import ChatRequest, LinkPart, user_message
from desktop.domain.settings import TimeLimits
from desktop.providers.http import client_over
from desktop.providers.openai_chat import OpenAIChat
from desktop.providers.routes import open_routes
from tests.support.server import Script, ScriptedServer

KEY = "sk-0123456789abcdef0123456789abcdef"
DOG = "https://dashscope.oss-cn-beijing.aliyuncs.com/images/dog_and_girl.jpeg"
TIGER = "https://dashscope.oss-cn-beijing.aliyuncs.com/images/tiger.png"

ONE_IMAGE = ChatRequest("qwen-vl-plus", (user_message("这是什么", (LinkPart(DOG),)),))
TWO_IMAGES = ChatRequest(
    "qwen-vl-plus", (user_message("这些是什么", (LinkPart(DOG), LinkPart(TIGER))),), stream=False
)
PATIENT = TimeLimits(connect=20, idle=20)


@asynccontextmanager
async def chat_with(
    url: str, key: str | None = KEY, limits: TimeLimits = PATIENT
) -> AsyncIterator[OpenAIChat]:
    async with client_over(await open_routes(), limits) as client:
        yield OpenAIChat(client=client, base_url=url, key=key, limits=limits)


async def collect(chat: OpenAIChat, request: ChatRequest) -> AnswerDraft:
    draft = AnswerDraft()
    async with aclosing(chat.stream(request)) as stream:
        async for event in stream:
            assert draft.finish is None, "Finished is the last event"
            draft.apply(event)
    return draft


def ask(
    url: str, request: ChatRequest = ONE_IMAGE, *, key: str | None = KEY, limits: TimeLimits = PATIENT
) -> AnswerDraft:
    """The whole answer. Raises what the provider raises."""

    async def scenario() -> AnswerDraft:
        async with chat_with(url, key, limits) as chat:
            return await collect(chat, request)

    return asyncio.run(scenario())


def answered(script: Script, request: ChatRequest = ONE_IMAGE) -> AnswerDraft:
    with ScriptedServer(script) as server:
        return ask(server.url, request)


def refused(script: Script, kind: type[AppError]) -> AppError:
    with ScriptedServer(script) as server, pytest.raises(kind) as error:
        ask(server.url)
    return error.value
