"""What the picker says of servers and their models."""

import pytest
from PySide6.QtWidgets import QApplication

from desktop.domain.errors import AppError
from desktop.domain.models import READER_MODEL, Listed, Model
from desktop.domain.provider_errors import ConnectTimedOut, NotAnAnswer, ProxyUnreachable, TimedOut
from desktop.domain.settings import Endpoint
from desktop.ui.model_words import (
    facts_of,
    kind_words,
    searched_words,
    server_words,
    state_words,
    title_words,
)
from desktop.viewmodels.picker_groups import Choice, Heading, ListState, RowId
from tests.support.choosing import BEIJING, CUSTOM, OLLAMA

State = ListState
ID = RowId("")


@pytest.fixture(autouse=True)
def app(qapp: QApplication) -> QApplication:
    return qapp


def heading(
    state: ListState = State.LISTED,
    endpoint: Endpoint | None = OLLAMA,
    *,
    count: int = 0,
    error: AppError | None = None,
    is_found: bool = False,
) -> Heading:
    return Heading(ID, endpoint, state, count, error, is_found)


@pytest.mark.parametrize(
    ("endpoint", "words"),
    [
        (None, "On this device"),
        (BEIJING, "DashScope · China (Beijing)"),
        (Endpoint(region="us-east-1", plan="token"), "DashScope · US (Virginia) · Token Plan"),
        (OLLAMA, "Ollama"),
        (Endpoint("ollama", base_url="http://localhost:11434/v1"), "Ollama"),
        (Endpoint("ollama", base_url="http://10.0.0.5:11434/v1"), "Ollama · 10.0.0.5:11434"),
        (Endpoint("ollama", base_url="no address"), "Ollama"),
        (CUSTOM, "models.example"),
        (Endpoint("custom"), "OpenAI-compatible"),
    ],
)
def test_a_server_is_told_from_those_beside_it(endpoint: Endpoint | None, words: str) -> None:
    assert server_words(endpoint) == words


@pytest.mark.parametrize(
    ("endpoint", "name"),
    [
        (None, "On-device reader"),
        (BEIJING, "China"),
        (CUSTOM, "models.example"),
        (Endpoint("custom", base_url="https://openrouter.ai/api/v1"), "OpenRouter"),
    ],
)
def test_a_server_is_found_by_all_its_names(endpoint: Endpoint | None, name: str) -> None:
    assert name in searched_words(endpoint)


def test_a_server_that_was_found_says_so() -> None:
    assert title_words(heading()) == "Ollama"
    assert title_words(heading(is_found=True)) == "Ollama · found on this computer"


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (heading(endpoint=None), ""),
        (heading(State.UNASKED), ""),
        (heading(State.ASKING, count=3), "asking…"),
        (heading(State.NEEDS_KEY), "needs a key"),
        (heading(count=1), "1 model"),
        (heading(count=300), "300 models"),
        (heading(State.FAILED, error=ConnectTimedOut(host="x", seconds=15)), "not reachable"),
        (heading(State.FAILED, error=TimedOut(host="x", seconds=120)), "not reachable"),
        (heading(State.FAILED, error=ProxyUnreachable(proxy="x:1")), "not reachable"),
        (heading(State.FAILED, error=NotAnAnswer(host="x")), "no list"),
    ],
)
def test_a_heading_says_how_far_a_server_is(shown: Heading, words: str) -> None:
    assert state_words(shown) == words


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (Choice(ID, BEIJING, Model("a", "current")), "Current models"),
        (Choice(ID, BEIJING, Model("a")), "Listed by the server"),
        (Choice(ID, OLLAMA, Model("a")), ""),
        (Choice(ID, OLLAMA, Model("a"), is_listed=False), "not listed"),
        (Choice(ID, None, Model(READER_MODEL)), ""),
    ],
)
def test_a_catalog_has_parts_and_a_mere_list_has_none(choice: Choice, words: str) -> None:
    assert kind_words(choice) == words


@pytest.mark.parametrize(("sees", "words"), [(False, "no images"), (True, ""), (None, "")])
def test_only_what_is_known_to_see_nothing_is_said_to(sees: bool | None, words: str) -> None:
    assert facts_of(Listed("a", sees=sees).model(), None) == words
