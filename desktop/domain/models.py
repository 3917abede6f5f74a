"""What is known of each model, and what can be told from an id nobody wrote down."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

READER_MODEL = "on-device-reader"
"""The id under which the on-device reader stands in the picker, in settings and in `--model`."""

DEFAULT_MODEL = "qwen3-vl-plus"
"""Chosen when the first working key is saved."""

ThinkingKind = Literal["none", "hybrid", "always"]
CoordinateSystem = Literal["resized_px", "relative_1000"]


@dataclass(frozen=True, slots=True)
class Price:
    """Per million tokens, for requests of up to `up_to` input tokens (None: any)."""

    currency: Literal["USD", "CNY"]
    prompt: float
    completion: float
    up_to: int | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """One entry of the picker. Lengths in tokens, `patch` in px; None means: not known."""

    id: str
    group: str = ""
    context: int | None = None
    max_output: int | None = None
    thinking: ThinkingKind = "none"
    thinks_by_default: bool = False
    max_thinking: int | None = None
    stream_only: bool = False
    patch: int | None = None
    coordinates: CoordinateSystem | None = None
    prices: tuple[Price, ...] = ()
    legacy: bool = False


@dataclass(frozen=True, slots=True)
class Catalog:
    """The models that ship with the app, merged with those that a server lists."""

    models: tuple[Model, ...]

    @classmethod
    def from_toml(cls, text: str) -> Self:
        """Read `resources/catalog.toml`. Raises `tomllib.TOMLDecodeError`, `KeyError`, `TypeError`."""
        groups: Mapping[str, Any] = tomllib.loads(text)["group"]
        return cls(
            tuple(
                _model(group["name"], {**group.get("defaults", {}), **entry})
                for group in groups.values()
                for entry in group["models"]
            )
        )

    def find(self, model_id: str) -> Model:
        """The entry for `model_id`, or one derived from the id's form."""
        for model in self.models:
            if model.id == model_id:
                return model
        return derive(model_id)

    def merged(self, listed: Iterable[str]) -> "Catalog":
        """With the ids that a server lists and the catalog lacks, as a group of their own."""
        known = {model.id for model in self.models}
        return Catalog(self.models + tuple(derive(i) for i in sorted(set(listed) - known)))


_STREAM_ONLY = re.compile(r"^(qvq|qwen[\d.]*-omni|qwen-omni)")
_ALWAYS_THINKS = re.compile(r"(^qvq|-thinking(-\d{4}-\d{2}-\d{2})?$)")


def derive(model_id: str) -> Model:
    """What the form of an id tells. Source: the service's naming, dashscope.md §2 of the design notes."""
    return Model(
        model_id,
        thinking="always" if _ALWAYS_THINKS.search(model_id) else "none",
        stream_only=bool(_STREAM_ONLY.match(model_id)),
    )


def _model(group: str, entry: Mapping[str, Any]) -> Model:
    facts = {name: value for name, value in entry.items() if name != "prices"}
    return Model(group=group, prices=tuple(Price(**p) for p in entry.get("prices", ())), **facts)
