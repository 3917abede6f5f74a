"""Groups of the model picker, as servers may come to offer them."""

from collections.abc import Sequence

from hypothesis import strategies as st

from desktop.domain.models import Listed
from desktop.domain.settings import Endpoint
from desktop.viewmodels.picker_groups import READER, Group, ListState, Offer, Row
from tests.support.choosing import CATALOG, CUSTOM, OLLAMA

Listing = tuple[Endpoint, list[tuple[str, bool]], ListState]
"""A server, its models and whether they see, and how far it is."""

_models = st.lists(st.tuples(st.sampled_from("abcdefg"), st.booleans()), unique_by=lambda each: each[0])
_servers = st.sampled_from((Endpoint(), OLLAMA, CUSTOM))

listings: st.SearchStrategy[list[Listing]] = st.lists(
    st.tuples(_servers, _models, st.sampled_from(ListState)), unique_by=lambda each: each[0]
)


def group(endpoint: Endpoint, listed: Sequence[tuple[str, bool]], state: ListState) -> Group:
    models = tuple(Listed(name, sees=sees) for name, sees in listed)
    return Group(endpoint, Offer.of(endpoint, CATALOG, models), state)


def rows_of(listed: Sequence[Listing], typed: str = "") -> list[Row]:
    """The reader's rows, then those of each server, filtered."""
    groups = [READER, *(group(*each) for each in listed)]
    words = typed.split()
    return [row for each in groups for row in each.rows(words, _name(each.endpoint))]


def _name(endpoint: Endpoint | None) -> str:
    return endpoint.provider if endpoint else ""
