"""Keys in the words of others."""

import base64
import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.provider_errors import NotAnAnswer, Redirected
from desktop.providers.masking import MASK, PART, hide, masked

KEY = "sk-proj-0123456789/abcdef+ghijk=="


def basic(user: str) -> str:
    return base64.b64encode(f"{user}:{KEY}".encode()).decode()


@pytest.mark.parametrize(
    "said",
    [
        KEY,
        KEY[:20],
        f"{KEY[:16]}...{KEY[-4:]}",
        KEY[-16:],
        quote(KEY),
        quote(KEY, safe=""),
        json.dumps(KEY).replace("/", "\\/"),
        base64.b64encode(KEY.encode()).decode(),
        *(base64.b64encode(f"{user}:{KEY}".encode()).decode() for user in ("", "a", "ab", "abc")),
        f"Basic {basic('me')}",
        f"basic {basic('me')}",
    ],
)
def test_no_part_of_a_key_is_left_however_it_is_repeated(said: str) -> None:
    shown = masked(f"you sent {said}, which is wrong", KEY)
    assert shown.startswith("you sent ")
    assert shown.endswith(", which is wrong")
    assert MASK in shown
    assert not any(said[n : n + PART] in shown for n in range(len(said) - PART + 1))


@pytest.mark.parametrize(
    "text",
    [
        "Basic authentication is not supported here.",
        "You didn't provide an API key. Use a Bearer token.",
        "Incorrect API key provided: sk-proj-****hijk.",
        "Bearer authentication",
    ],
)
def test_what_is_no_secret_is_left_as_it_is(text: str) -> None:
    assert masked(text, KEY) == text
    assert masked(text, None) == text


@given(st.text(max_size=80), st.text(st.characters(codec="ascii"), max_size=40), st.text(max_size=80))
def test_a_key_stands_nowhere_in_what_is_shown(before: str, key: str, after: str) -> None:
    shown = masked(before + key + after, key)
    if key and not set(key) & set(MASK):
        assert key not in shown


def test_an_error_loses_it_from_its_sentence_and_its_details() -> None:
    redirected = Redirected(host="h", target=f"https://elsewhere/{KEY}/v1", detail=KEY)
    hide(redirected, KEY)
    assert (
        str(redirected)
        == f"h sends questions on to https://elsewhere/{MASK}/v1. If you trust it, enter that address."
    )
    assert redirected.detail == MASK
    assert redirected.facts["host"] == "h"

    other = NotAnAnswer(host="h", detail=f"illegal status line: {KEY}")
    hide(other, KEY)
    assert other.detail == f"illegal status line: {MASK}"
