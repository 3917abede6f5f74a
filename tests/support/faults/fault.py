"""What a fault is, and the places where faults happen."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Literal

from desktop.domain.endpoints import provider_host
from desktop.domain.events import FinishReason
from desktop.domain.provider_errors import ProviderError
from desktop.domain.settings import Endpoint, Network, Settings, TimeLimits
from tests.support.faults.said import ANSWER
from tests.support.server import Reply, ScriptedServer, in_turn
from tests.support.terminal import KEY

Group = Literal["wire", "HTTP", "TLS", "proxy", "network"]
Host = Literal["here", "dashscope", "openai", "openrouter", "siliconflow"]

MODEL = "a-model"
DIRECT = Network(proxy="none")
PATIENT = TimeLimits(connect=20, first=20, idle=20, thinking=20)
CONNECTS_SOON = TimeLimits(connect=1, first=20, idle=20, thinking=20)
BEGINS_SOON = TimeLimits(connect=20, first=1, idle=20, thinking=1)
NEVER_PAUSES = TimeLimits(connect=20, first=20, idle=1, thinking=1)
"""Limits, one of which is as short as the settings allow."""

TRIES = 3
"""The first, and two unasked."""

_ADDRESSES = {
    "dashscope": "http://dashscope.aliyuncs.com/compatible-mode/v1",
    "openai": "http://api.openai.com/v1",
    "openrouter": "http://openrouter.ai/api/v1",
    "siliconflow": "http://api.siliconflow.cn/v1",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question goes, and how. `server` counts who asks; None where nobody hears a question."""

    endpoint: Endpoint
    network: Network = DIRECT
    limits: TimeLimits = PATIENT
    server: ScriptedServer | None = None

    @property
    def settings(self) -> Settings:
        return Settings(
            endpoint=self.endpoint,
            find_local=False,
            model=MODEL,
            limits=self.limits,
            network=self.network,
            # The far servers of these scenes stand behind a proxy that must see who is asked for what.
            key_over_http=(provider_host(self.endpoint),),
            language="en",
            keep_conversations=False,
        )


Scene = Callable[[], AbstractContextManager[Place]]
"""A place that exists as long as its `with` block runs."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`comes` is the error's class, or the reason for which the answer ended.

    `text` is what is kept of the answer; None: as much as came, which chance decides. `thoughts` likewise.
    `tries`: how often the server is asked; None: as the class of the error has it. `notice`: the name of
    what is said beside.
    """

    group: Group
    name: str
    scene: Scene
    comes: type[ProviderError] | FinishReason
    text: str | None = ""
    thoughts: str = ""
    tries: int | None = None
    notice: str = ""
    key: str | None = KEY

    @property
    def asked(self) -> int:
        if self.tries is not None:
            return self.tries
        is_fleeting = not isinstance(self.comes, str) and self.comes.is_fleeting
        has_begun = self.text != "" or self.thoughts
        return TRIES if is_fleeting and not has_begun else 1

    @property
    def retries(self) -> int:
        """How often it is said that the same is asked again."""
        is_changed = self.notice == "sent_without"
        return self.asked - 1 - is_changed


def at(address: str, **how: object) -> Place:
    return Place(Endpoint("custom", base_url=address), **how)  # type: ignore[arg-type]  # Place's own fields


def replies(*given: Reply, host: Host = "here", limits: TimeLimits = PATIENT) -> Scene:
    """One reply a request, the last one for all that follow.

    A well-known `host` is asked by name, by way of a proxy that answers in its place.
    """

    @contextmanager
    def scene() -> Iterator[Place]:
        with ScriptedServer(in_turn(*given)) as server:
            if host == "here":
                yield at(server.url, limits=limits, server=server)
            else:
                proxy = Network(proxy="custom", proxy_url=f"http://127.0.0.1:{server.port}")
                yield at(_ADDRESSES[host], network=proxy, limits=limits, server=server)

    return scene


def bearable(name: str, *given: Reply, text: str = ANSWER, thoughts: str = "", notice: str = "") -> Fault:
    """Something odd on the wire that changes nothing."""
    return Fault("wire", name, replies(*given), "stop", text, thoughts, notice=notice)
