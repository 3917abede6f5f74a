"""All settings, declared once with type and default; frozen, read with suspicion, written whole."""

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, astuple, dataclass, field, fields, replace
from typing import Any, Literal, TypeVar, get_args, get_type_hints

from desktop.domain.messages import Parameters

Region = Literal["cn-beijing", "ap-southeast-1", "us-east-1", "cn-hongkong", "eu-central-1", "ap-northeast-1"]
Plan = Literal["usage", "coding", "token"]
ProviderKind = Literal[
    "dashscope", "openai", "openrouter", "siliconflow", "ollama", "lmstudio", "llamacpp", "vllm", "custom"
]
ProxyChoice = Literal["system", "none", "custom"]
Language = Literal["system", "en", "zh_CN"]
Theme = Literal["system", "light", "dark"]

Number = TypeVar("Number", int, float)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server that can be asked. `base_url` empty: the usual one of its kind (`profiles`).

    The others are DashScope's: `workspace` makes the dedicated host of a region, `plan` chooses the host
    that takes the keys of a subscription ("usage": what is used is paid for).
    """

    provider: ProviderKind = "dashscope"
    region: Region = "cn-beijing"
    plan: Plan = "usage"
    workspace: str = ""
    base_url: str = ""


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """In seconds. There is none on the whole of an answer.

    `first`: from the question to the first byte of the answer. `idle`: the longest silence between two
    chunks. `thinking`: in the place of both, where it is longer, for models that think before they speak,
    and for servers of this machine, which load the model first.
    """

    connect: float = 15.0
    first: float = 120.0
    idle: float = 120.0
    thinking: float = 300.0

    def patient(self) -> "TimeLimits":
        """For whoever thinks, or loads, before the first word."""
        return replace(self, first=max(self.first, self.thinking), idle=max(self.idle, self.thinking))


@dataclass(frozen=True, slots=True)
class Network:
    """The way out. `proxy_url` holds neither user nor password: the keyring holds the password.

    `authorities_file`: certificates in PEM that are trusted besides the system's; empty: none.
    """

    proxy: ProxyChoice = "system"
    proxy_url: str = ""
    proxy_user: str = ""
    authorities_file: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything but the keys and the proxy's password, which only the system's keyring holds.

    `endpoint` is asked next, `others` are the servers beside it; no two are the same. `find_local`: look
    for servers on this machine. `model` empty means: not chosen yet. `text_percent` scales the text of the
    window. `rotated_photos`: the on-device reader finds out which way is up. `keep_conversations`: new ones
    go into the history. `key_over_http`: the hosts, as `endpoints.host_of` names them, to which the user lets
    keys go unencrypted.
    """

    endpoint: Endpoint = field(default_factory=Endpoint)
    others: tuple[Endpoint, ...] = ()
    find_local: bool = True
    model: str = ""
    stream: bool = True
    thinking: bool = False
    thinking_budget: int | None = None
    full_detail: bool = False
    rotated_photos: bool = False
    parameters: Parameters = field(default_factory=Parameters)
    limits: TimeLimits = field(default_factory=TimeLimits)
    network: Network = field(default_factory=Network)
    key_over_http: tuple[str, ...] = ()
    language: Language = "system"
    theme: Theme = "system"
    text_percent: int = 100
    geometry: str = ""
    side_list: bool = False
    keep_conversations: bool = True

    @property
    def endpoints(self) -> tuple[Endpoint, ...]:
        """All servers, in an order that does not depend on which is asked next."""
        return tuple(sorted((self.endpoint, *self.others), key=_order))

    def at(self, endpoint: Endpoint) -> "Settings":
        """With `endpoint` as the one that is asked; the one before stays among the others."""
        others = tuple(each for each in self.endpoints if each != endpoint)
        return replace(self, endpoint=endpoint, others=others)

    def with_replaced(self, old: Endpoint, new: Endpoint) -> "Settings":
        """With `new` in the place of `old`."""
        asked = new if self.endpoint == old else self.endpoint
        others = (new if each == old else each for each in self.others)
        return replace(self, endpoint=asked, others=_distinct(others, asked))

    def without(self, endpoint: Endpoint) -> "Settings":
        """Without `endpoint`, unless it is the only one; if it was asked, the first of the others is."""
        rest = tuple(each for each in self.endpoints if each != endpoint)
        if not rest:
            return self
        asked = self.endpoint if self.endpoint in rest else rest[0]
        return replace(self, endpoint=asked, others=_distinct(rest, asked))

    def with_key_over_http(self, host: str, *, is_allowed: bool) -> "Settings":
        """With keys allowed to go to `host` unencrypted, or not any more."""
        others = tuple(each for each in self.key_over_http if each != host)
        hosts = (*others, host)[-_MOST_HOSTS:] if is_allowed else others
        return replace(self, key_over_http=hosts)


def _order(endpoint: Endpoint) -> tuple[int, str, str, str, str]:
    return (
        _KINDS.index(endpoint.provider),
        endpoint.base_url,
        endpoint.region,
        endpoint.plan,
        endpoint.workspace,
    )


def _distinct(endpoints: Iterable[Endpoint], other_than: Endpoint) -> tuple[Endpoint, ...]:
    return tuple(each for each in dict.fromkeys(endpoints) if each != other_than)


_MOST_SERVERS = 250
"""Of a file: more than anyone has, and read in 70 ms."""

_KINDS: tuple[str, ...] = get_args(ProviderKind)
_OLD_KINDS = {"openai_compatible": "custom"}
"""Kinds of provider as earlier settings name them."""

_MOST_HOSTS = 64
"""To which keys may go unencrypted; the oldest is forgotten first."""
_HOST = re.compile(r"[\w.-]{1,253}(?::\d{1,5})?|\[[0-9a-f:.]{2,45}\](?::\d{1,5})?")

TEXT_PERCENT_RANGE = (60, 250)
"""Smallest and largest text size in percent that Ctrl+Plus and Ctrl+Minus reach."""

TIME_LIMIT_RANGE = (1.0, 3600.0)
"""Smallest and largest time limit in seconds that can be set."""


def to_json(settings: Settings) -> str:
    return json.dumps(asdict(settings), ensure_ascii=False, indent=2) + "\n"


def from_json(text: str, defaults: Settings | None = None) -> Settings:
    """Read what `to_json` wrote. A field that is missing or of a wrong kind is taken from `defaults`.

    Numbers are brought within the ranges above. Raises `ValueError` when `text` is no JSON object at all.
    """
    try:
        loaded = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(loaded, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - the text is wrong, not a type
    return _in_range(_filled(defaults or Settings(), loaded))


def _in_range(settings: Settings) -> Settings:
    limits = settings.limits
    return replace(
        settings,
        text_percent=_clamped(settings.text_percent, TEXT_PERCENT_RANGE),
        limits=TimeLimits(*(_clamped(each, TIME_LIMIT_RANGE) for each in astuple(limits))),
        others=_distinct(settings.others, settings.endpoint),
    )


def _clamped(value: Number, bounds: tuple[Number, Number]) -> Number:
    return min(max(value, bounds[0]), bounds[1])


def _filled(default: Any, loaded: Mapping[str, Any]) -> Any:
    """`default` with every field of `loaded` that has the right type."""
    hints = get_type_hints(type(default))
    changes = {}
    for entry in fields(default):
        if entry.name not in loaded:
            continue
        value, current = loaded[entry.name], getattr(default, entry.name)
        if entry.name == "provider":
            value = _kind(value)
        if entry.name in _LISTS:
            changes[entry.name] = _LISTS[entry.name](value)
        elif hasattr(current, "__dataclass_fields__"):
            if isinstance(value, dict):
                changes[entry.name] = _filled(current, value)
        elif _fits(value, hints[entry.name]):
            changes[entry.name] = value
    return replace(default, **changes)


def _kind(loaded: Any) -> Any:
    return _OLD_KINDS.get(loaded, loaded) if isinstance(loaded, str) else loaded


def _endpoints(loaded: Any) -> tuple[Endpoint, ...]:
    """Those of a kind that is known: any other would be taken for the default one."""
    entries = loaded[:_MOST_SERVERS] if isinstance(loaded, list) else []
    objects = (entry for entry in entries if isinstance(entry, dict))
    return tuple(_filled(Endpoint(), each) for each in objects if _kind(each.get("provider")) in _KINDS)


def _hosts(loaded: Any) -> tuple[str, ...]:
    """What is no host allows nothing; it would never be one that is asked."""
    entries = loaded if isinstance(loaded, list) else []
    hosts = dict.fromkeys(each for each in entries if isinstance(each, str) and _HOST.fullmatch(each))
    return tuple(hosts)[-_MOST_HOSTS:]


_LISTS: Mapping[str, Callable[[Any], tuple[Any, ...]]] = {"others": _endpoints, "key_over_http": _hosts}


def _fits(value: Any, hint: Any) -> bool:
    if choices := get_args(hint):
        return any(
            value is None if c is type(None) else _fits(value, c) if isinstance(c, type) else value == c
            for c in choices
        )
    if hint is float:
        # The comparison is false for NaN, and exact for whole numbers of any length.
        return type(value) in (int, float) and abs(value) <= sys.float_info.max
    return type(value) is hint
