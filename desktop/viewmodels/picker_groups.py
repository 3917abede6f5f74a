"""What the model picker shows, as values: a group for each server, of a heading and its models."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from math import inf
from typing import NewType, Self

from desktop.domain.endpoints import currency_of, profile_of
from desktop.domain.errors import AppError
from desktop.domain.models import READER_MODEL, Catalog, Listed, Model, Price, derive
from desktop.domain.settings import Endpoint

RowId = NewType("RowId", str)


def row_id(endpoint: Endpoint | None, model_id: str = "") -> RowId:
    """Tells a row from all others: a model may stand under two servers. Without one: the heading."""
    return RowId(f"{endpoint!r} {model_id}")


class ListState(Enum):
    """How far a server is with telling its models."""

    UNASKED = "unasked"
    ASKING = "asking"
    LISTED = "listed"
    FAILED = "failed"
    NEEDS_KEY = "needs_key"


@dataclass(frozen=True, slots=True)
class Heading:
    """Stands above the models of a server; above the on-device reader where `endpoint` is None.

    `count`: how many models it has. `error`: why its list could not be had. `is_found`: it runs on this
    machine, and nobody entered it.
    """

    id: RowId
    endpoint: Endpoint | None
    state: ListState
    count: int
    error: AppError | None = None
    is_found: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A model at a server. `price`: in what is paid there. Not `is_listed`: somebody typed its name."""

    id: RowId
    endpoint: Endpoint | None
    model: Model
    price: Price | None = None
    is_listed: bool = True


Row = Heading | Choice


@dataclass(frozen=True, slots=True)
class Offer:
    """What one server has: its catalog, and a row for each model; those that see no images come last.

    `names` are the ids as they are compared with what is typed.
    """

    catalog: Catalog
    choices: tuple[Choice, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, endpoint: Endpoint, shipped: Catalog, listed: Iterable[Listed] = ()) -> Self:
        """The `shipped` models where they are the server's, then what it lists: 20 µs a model."""
        known = shipped if profile_of(endpoint).has_catalog else Catalog(())
        return cls._of(endpoint, known.merged(listed))

    @classmethod
    def reader(cls) -> Self:
        """What this device has."""
        return cls._of(None, Catalog((Model(READER_MODEL),)))

    @classmethod
    def _of(cls, endpoint: Endpoint | None, catalog: Catalog) -> Self:
        place = row_id(endpoint)
        currency = None if endpoint is None else currency_of(endpoint)
        models = sorted(catalog.models, key=lambda model: model.sees is False)
        choices = (
            Choice(RowId(place + model.id), endpoint, model, model.price_in(currency)) for model in models
        )
        return cls(catalog, tuple(choices), tuple(model.id.casefold() for model in models))

    def with_typed(self, endpoint: Endpoint, model_id: str) -> Self:
        """With the model of that name, which is in use there, even if nobody lists it."""
        typed = Choice(row_id(endpoint, model_id), endpoint, derive(model_id), is_listed=False)
        if any(choice.id == typed.id for choice in self.choices):
            return self
        return replace(self, choices=(*self.choices, typed), names=(*self.names, model_id.casefold()))

    def matching(self, words: Iterable[str]) -> Sequence[Choice]:
        """Those whose names hold all `words`."""
        found = None
        for word in words:
            pairs = zip(self.names, self.choices, strict=True) if found is None else found
            found = [(name, choice) for name, choice in pairs if word in name]
        return self.choices if found is None else [choice for _, choice in found]


@dataclass(frozen=True, slots=True)
class Group:
    """One server, what it has, and how far it is with telling it.

    `asked_at`: when it was asked last, in s of a clock that only goes on.
    """

    endpoint: Endpoint | None
    offer: Offer
    state: ListState = ListState.UNASKED
    error: AppError | None = None
    is_found: bool = False
    asked_at: float = -inf

    def rows(self, words: Sequence[str], server: str) -> list[Row]:
        """The heading, and the models that hold all `words` in their names; none: no heading.

        What a word of `server` begins with is true of all of them, and of a server that has none.
        """
        sought = [word for word in words if not _begins_in(server, word)]
        shown = self.offer.matching(sought)
        return [self._heading(), *shown] if shown or not sought else []

    def with_typed(self, model_id: str) -> "Group":
        """With the model in use, whether it is listed or not."""
        if self.endpoint is None:
            return self
        return replace(self, offer=self.offer.with_typed(self.endpoint, model_id))

    def _heading(self) -> Heading:
        return Heading(
            row_id(self.endpoint),
            self.endpoint,
            self.state,
            len(self.offer.choices),
            self.error,
            self.is_found,
        )


def _begins_in(name: str, word: str) -> bool:
    # What stands in the midst of "ollama" or ":11434" is looked for in models' names.
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}", name) is not None


READER = Group(None, Offer.reader(), ListState.LISTED)
"""The on-device reader, which stands first."""
