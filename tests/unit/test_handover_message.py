import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.instance.message import Handover, decoded, encoded

# File names as Python has them: any text, and bytes that are no UTF-8.
NAMES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1),
    st.binary(min_size=1).map(lambda raw: raw.replace(b"\0", b"0").decode("utf-8", "surrogateescape")),
)
TOKENS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=1024)
HANDOVERS = st.builds(Handover, st.lists(NAMES).map(tuple), st.booleans(), TOKENS)
PLAIN = {"viewfinder": 1, "images": ["/a.png"], "clipboard": False, "token": ""}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


def line(**changes: object) -> bytes:
    return json.dumps(PLAIN | changes).encode()


@given(HANDOVERS)
@example(Handover(("/tmp/\udcff.png", "data:image/png;base64,AA==", "https://example.com/猫.png"), True))
def test_what_is_said_is_what_is_heard(handover: Handover) -> None:
    said = encoded(handover)

    assert said.isascii()
    assert said.index(b"\n") == len(said) - 1
    assert decoded(said) == handover


@given(st.binary())
def test_any_bytes_are_no_message(noise: bytes) -> None:
    assert decoded(noise) is None


@given(JSON)
def test_any_json_is_no_message(value: object) -> None:
    assert decoded(json.dumps(value).encode()) is None


@given(st.sampled_from(sorted(PLAIN)), JSON)
def test_a_field_of_another_kind_never_gets_through(field: str, value: object) -> None:
    heard = decoded(line(**{field: value}))

    if heard is not None:
        assert all(map(len, heard.images))
        assert heard.token.isascii()


@given(st.integers(min_value=0))
def test_half_a_message_is_none(length: int) -> None:
    whole = encoded(Handover(("/a.png", "/b.png"), True, "token"))
    assert decoded(whole[: length % (len(whole) - 1)]) is None


@pytest.mark.parametrize(
    "said",
    [
        line(viewfinder=2),
        line(images=["/a\0.png"]),
        line(images=["/\ud800.png"]),
        line(images=[""]),
        line(images="/a.png"),
        line(clipboard=1),
        b"[" * 400_000,
        b'{"viewfinder": ' + b"9" * 100_000 + b"}",
        b"",
        b"\xff\xfe",
    ],
)
def test_what_the_system_could_not_take_is_no_message(said: bytes) -> None:
    assert decoded(said) is None


@pytest.mark.parametrize("token", ["a" * 1025, "a\nb", "ü", "a\0"])
def test_what_no_environment_takes_is_no_token(token: str) -> None:
    assert decoded(line(token=token)) == Handover(("/a.png",))
