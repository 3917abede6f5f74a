"""All settings, declared once with type and default; frozen, read with suspicion, written whole."""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal, TypeVar, get_args, get_type_hints

from desktop.domain.messages import Parameters

Region = Literal["cn-beijing", "ap-southeast-1", "us-east-1", "cn-hongkong"]
ProviderKind = Literal["dashscope", "openai_compatible"]
Language = Literal["system", "en", "zh_CN"]
Theme = Literal["system", "light", "dark"]

Number = TypeVar("Number", int, float)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where questions go. `workspace` makes the dedicated host of a DashScope region."""

    provider: ProviderKind = "dashscope"
    region: Region = "cn-beijing"
    workspace: str = ""
    base_url: str = ""


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """In seconds. `idle` is the longest silence between two chunks, first one included."""

    connect: float = 15.0
    idle: float = 120.0


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything but the API key, which only the system's keyring holds.

    `model` empty means: not chosen yet. `text_percent` scales the text of the window. `rotated_photos`: the
    on-device reader finds out which way is up. `keep_conversations`: new ones go into the history.
    """

    endpoint: Endpoint = field(default_factory=Endpoint)
    model: str = ""
    stream: bool = True
    thinking: bool = False
    thinking_budget: int | None = None
    full_detail: bool = False
    rotated_photos: bool = False
    parameters: Parameters = field(default_factory=Parameters)
    limits: TimeLimits = field(default_factory=TimeLimits)
    language: Language = "system"
    theme: Theme = "system"
    text_percent: int = 100
    geometry: str = ""
    side_list: bool = False
    keep_conversations: bool = True


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
        limits=TimeLimits(
            connect=_clamped(limits.connect, TIME_LIMIT_RANGE), idle=_clamped(limits.idle, TIME_LIMIT_RANGE)
        ),
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
        if hasattr(current, "__dataclass_fields__"):
            if isinstance(value, dict):
                changes[entry.name] = _filled(current, value)
        elif _fits(value, hints[entry.name]):
            changes[entry.name] = value
    return replace(default, **changes)


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
