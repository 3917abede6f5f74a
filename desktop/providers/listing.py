"""The models of a server, and what it tells of each, as far as its kind lets itself be asked."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Protocol

from desktop.domain.models import Listed
from desktop.domain.profiles import ListKind
from desktop.domain.provider_errors import NotAnAnswer, ProviderError
from desktop.domain.refusals import ModelNotFound, RequestRejected
from desktop.providers.model_lists import Told, as_listed, read_entry, read_list, read_props
from desktop.providers.refusal import Asked, not_an_answer

_NO_SUCH_PLACE = (NotAnAnswer, RequestRejected, ModelNotFound)
_MOST_SHOWN, _SHOWN_AT_ONCE = 64, 4

_Models = dict[str, Told]


class Ask(Protocol):
    async def __call__(self, address: str, body: bytes | None = None, /) -> bytes:
        """What is found at `address`: with `body`, which is JSON, as the answer to a POST.

        `address` is a link as it would stand at the base address and a slash: `models`, `../api/tags`.
        The answer has at most `model_lists.LARGEST_LIST` bytes. Raises `ProviderError`.
        """
        ...


async def list_models(ask: Ask, asked: Asked) -> tuple[Listed, ...]:
    """The models that can be asked questions, in the server's order.

    Empty also where a kind of server that has a catalog has no list. Raises `ProviderError`: `NotAnAnswer`
    when something came that is no list.
    """
    try:
        models = await _list(ask, "models", asked)
    except _NO_SUCH_PLACE:
        if asked.profile.list_kind != "dashscope":
            raise
        models = await _dashscopes_own(ask, asked)
    models = await told_more(ask, asked, models)
    # As reading, this takes a while for lists made to be long.
    return await asyncio.to_thread(as_listed, models)


async def told_more(ask: Ask, asked: Asked, models: dict[str, Told], seconds: float = 5.0) -> dict[str, Told]:
    """`models` with what the server tells of them elsewhere within `seconds`, if it does.

    Raises no `ProviderError`.
    """
    more = _MORE.get(asked.profile.list_kind)
    if more is None:
        return models
    try:
        async with asyncio.timeout(seconds):
            return await more(ask, asked, models)
    except TimeoutError:
        return models


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


async def _list(ask: Ask, address: str, asked: Asked) -> _Models:
    body = await ask(address)
    models = await asyncio.to_thread(read_list, body)
    if models is None:
        raise not_an_answer(asked, body)
    return models


async def _dashscopes_own(ask: Ask, asked: Asked) -> _Models:
    try:
        return await _list(ask, "../../api/v1/models?page_no=1&page_size=100", asked)
    except _NO_SUCH_PLACE:
        return {}


async def _with_list(ask: Ask, address: str, asked: Asked, models: _Models) -> _Models:
    """With what another list of the same models tells; one that fails tells nothing."""
    try:
        found = await _list(ask, address, asked)
    except ProviderError:
        return models
    return {each: found.get(each, Told()).over(told) for each, told in models.items()}


async def _from_lmstudio(ask: Ask, asked: Asked, models: _Models) -> _Models:
    return await _with_list(ask, "../api/v0/models", asked, models)


async def _from_ollama(ask: Ask, asked: Asked, models: _Models) -> _Models:
    """Its list tells what models can do only since 2026; before, each is to be asked for."""
    models = await _with_list(ask, "../api/tags", asked, models)
    untold = [each for each, told in models.items() if told.sees is None][:_MOST_SHOWN]
    turns = asyncio.Semaphore(_SHOWN_AT_ONCE)
    async with asyncio.TaskGroup() as group:
        shown = {each: group.create_task(_show(ask, each, turns)) for each in untold}
    models |= {each: task.result().over(models[each]) for each, task in shown.items()}
    return {each: _with_silence_read(told) for each, told in models.items()}


def _with_silence_read(told: Told) -> Told:
    """Ollama that tells what a model can do, and not that it thinks, refuses to have it think."""
    knows = told.sees is not None and told.thinking is None
    return replace(told, thinking="none") if knows else told


async def _show(ask: Ask, model_id: str, turns: asyncio.Semaphore) -> Told:
    async with turns:
        try:
            return read_entry(await ask("../api/show", json.dumps({"model": model_id}).encode()))
        except ProviderError:
            return Told()


async def _from_llamacpp(ask: Ask, _: Asked, models: _Models) -> _Models:
    """Where it holds several models, its properties are none of theirs."""
    if len(models) != 1:
        return models
    try:
        told = read_props(await ask("../props"))
    except ProviderError:
        return models
    return {each: told.over(before) for each, before in models.items()}


_MORE: Mapping[ListKind, Callable[[Ask, Asked, _Models], Awaitable[_Models]]] = {
    "lmstudio": _from_lmstudio,
    "ollama": _from_ollama,
    "llamacpp": _from_llamacpp,
}
