"""What is known of each model, and what can be told from an id nobody wrote down."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, Self

from desktop.domain.sight import sees
from desktop.domain.text import QT_TRANSLATE_NOOP
from desktop.domain.vision import patch

READER_MODEL = "on-device-reader"
"""The id under which the on-device reader stands in the picker, in settings and in `--model`."""

DEFAULT_MODEL = "qwen3-vl-plus"
"""Chosen when the first working key is saved."""

LISTED_GROUP = "listed"
"""The group of models that a server lists and the catalog does not know."""

GROUP_NAMES: Mapping[str, str] = {
    "current": QT_TRANSLATE_NOOP("catalog", "Current models"),
    "current_open": QT_TRANSLATE_NOOP("catalog", "Current models, open source"),
    "special": QT_TRANSLATE_NOOP("catalog", "Special purposes"),
    "qwen": QT_TRANSLATE_NOOP("catalog", "Qwen"),
    "qwen_open": QT_TRANSLATE_NOOP("catalog", "Qwen, open source"),
    LISTED_GROUP: QT_TRANSLATE_NOOP("catalog", "Listed by the server"),
}
"""The name to show for each group of the catalog, in English."""

ThinkingKind = Literal["none", "hybrid", "always"]
Currency = Literal["USD", "CNY"]
CoordinateSystem = Literal["resized_px", "relative_1000"]


@dataclass(frozen=True, slots=True)
class Price:
    """The list price per million tokens, for requests of up to `up_to` prompt tokens (None: any).

    CNY is the price in Beijing, USD the one in Singapore.
    """

    currency: Literal["CNY", "USD"]
    prompt: float
    completion: float
    up_to: int | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """One entry of the picker. Lengths in tokens, `patch` in px; None means: not known.

    `sees`: whether it takes images.

    `group` is a key of `GROUP_NAMES`. Only `hybrid` models take the thinking switch; `thinking` is "none"
    where nothing is known, so that nothing unknown is sent.
    """

    id: str
    group: str = LISTED_GROUP
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
    sees: bool | None = None

    def price_in(self, currency: Currency | None) -> Price | None:
        """The price of a short request, if it is known in `currency`."""
        return next((price for price in self.prices if price.currency == currency), None)


@dataclass(frozen=True, slots=True)
class Listed:
    """What a server tells of one of its models; None: nothing. `context` in tokens."""

    id: str
    context: int | None = None
    sees: bool | None = None
    thinking: ThinkingKind | None = None

    def model(self) -> Model:
        """What its id tells, and over that what the server told."""
        known = derive(self.id)
        return replace(
            known,
            context=known.context if self.context is None else self.context,
            sees=known.sees if self.sees is None else self.sees,
            thinking=self._thinking(known.thinking),
        )

    def _thinking(self, known: ThinkingKind) -> ThinkingKind:
        # Ollama says of a model that always thinks only that it can.
        says_less = (self.thinking, known) == ("hybrid", "always")
        return known if self.thinking is None or says_less else self.thinking


@dataclass(frozen=True, slots=True)
class Catalog:
    """The models that ship with the app, merged with those that a server lists."""

    models: tuple[Model, ...]

    @classmethod
    def from_toml(cls, text: str) -> Self:
        """Read `resources/catalog.toml`. Raises `tomllib.TOMLDecodeError`, `KeyError`, `TypeError`."""
        groups: Mapping[str, Any] = tomllib.loads(text)
        return cls(
            tuple(
                model
                for group, entries in groups.items()
                for entry in entries
                for model in _models(group, entry)
            )
        )

    def find(self, model_id: str) -> Model:
        """The entry for `model_id`, or one derived from the id's form."""
        for model in self.models:
            if model.id == model_id:
                return model
        return derive(model_id)

    def merged(self, listed: Iterable[Listed]) -> "Catalog":
        """With what a server lists and the catalog lacks, as a group of their own."""
        known = {model.id for model in self.models}
        new = {each.id: each.model() for each in listed if each.id not in known}
        return Catalog(self.models + tuple(new[model_id] for model_id in sorted(new)))


# Naming of the service: "视觉推理" and "深度思考" (help.aliyun.com, model-studio/visual-reasoning and
# deep-thinking). Open weights think, and measure boxes, in the same way on every server that holds them;
# SiliconFlow's page of `enable_thinking` and vLLM's "Reasoning Outputs" say so of Qwen3.5.
_ALWAYS_THINKS = re.compile(r"^qvq-|-thinking(-\d{4}-\d{2}-\d{2})?$", re.IGNORECASE)
_HYBRID = re.compile(r"^qwen3(-vl-(plus|flash)|-omni-flash)\b")
_HYBRID_ON = re.compile(r"(^|/)qwen3\.[5-9]-(plus|flash|max|\d+b)\b", re.IGNORECASE)
_STREAM_ONLY = re.compile(r"^(qvq|qwen[\d.]*-omni)-")
_RELATIVE = re.compile(r"(^|/)qwen3-vl\b|^gui-plus\b", re.IGNORECASE)


def derive(model_id: str) -> Model:
    """What the form of an id tells about a model that no catalog describes."""
    thinks_by_default = bool(_HYBRID_ON.search(model_id))
    hybrid = thinks_by_default or _HYBRID.search(model_id)
    always = _ALWAYS_THINKS.search(model_id)
    return Model(
        model_id,
        thinking="always" if always else "hybrid" if hybrid else "none",
        thinks_by_default=bool(always) or thinks_by_default,
        stream_only=bool(_STREAM_ONLY.search(model_id)),
        patch=patch(model_id),
        coordinates="relative_1000" if thinks_by_default or _RELATIVE.search(model_id) else None,
        sees=sees(model_id),
    )


def _models(group: str, entry: Mapping[str, Any]) -> Iterator[Model]:
    """The models that share the facts of one table; all that ship with the app take images."""
    facts = {name: value for name, value in entry.items() if name not in ("ids", "prices")}
    prices = tuple(
        Price(currency, **tier) for currency, tiers in entry.get("prices", {}).items() for tier in tiers
    )
    return (Model(model_id, group=group, prices=prices, sees=True, **facts) for model_id in entry["ids"])
