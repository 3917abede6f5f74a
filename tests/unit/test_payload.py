import base64
import json

import pytest

from desktop.domain.images import ImageInput, Size, digest
from desktop.domain.messages import ChatRequest, Message, Parameters, TextPart, Thinking, user_message
from desktop.providers.payload import encode, payload

DOT = base64.b64decode("iVBORw0KGgo=")
IMAGE = ImageInput("dot.png", "image/png", DOT, Size(1, 1), digest(DOT))


def asked(**changes: object) -> ChatRequest:
    return ChatRequest("m", (user_message("Hi"),), **changes)  # type: ignore[arg-type]  # by name


def test_only_what_is_set_is_sent() -> None:
    assert payload(asked(stream=False)) == {"model": "m", "messages": [{"role": "user", "content": "Hi"}]}


def test_a_stream_asks_for_its_usage() -> None:
    streaming = {"stream": True, "stream_options": {"include_usage": True}}
    assert payload(asked()) == {**payload(asked(stream=False)), **streaming}


def test_an_image_is_sent_as_its_own_bytes() -> None:
    (message,) = payload(ChatRequest("m", (user_message("Hi", (IMAGE,)),)))["messages"]
    assert message["content"] == [
        {"type": "text", "text": "Hi"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}},
    ]


def test_a_follow_up_carries_the_conversation_and_its_images() -> None:
    messages = (
        user_message("Hi", (IMAGE,)),
        Message("assistant", (TextPart("Yes?"),)),
        user_message("More"),
    )
    first, *later = payload(ChatRequest("m", messages))["messages"]
    assert isinstance(first["content"], list)
    assert later == [{"role": "assistant", "content": "Yes?"}, {"role": "user", "content": "More"}]


def test_instructions_come_first() -> None:
    request = asked(parameters=Parameters(instructions="Be brief."))
    assert payload(request)["messages"][0] == {"role": "system", "content": "Be brief."}


def test_parameters_are_sent_when_set_even_to_zero() -> None:
    sent = payload(
        asked(stream=False, parameters=Parameters(temperature=0.0, top_p=0.5, max_tokens=9, seed=0))
    )
    assert {name: sent[name] for name in sent if name not in ("model", "messages")} == {
        "temperature": 0.0,
        "top_p": 0.5,
        "max_tokens": 9,
        "seed": 0,
    }


@pytest.mark.parametrize(
    ("thinking", "sent"),
    [
        (None, {}),
        (Thinking(enabled=True), {"enable_thinking": True}),
        (Thinking(enabled=True, budget=512), {"enable_thinking": True, "thinking_budget": 512}),
        (Thinking(enabled=False, budget=512), {"enable_thinking": False}),
    ],
)
def test_the_thinking_switch_is_sent_to_models_that_have_it(
    thinking: Thinking | None, sent: dict[str, object]
) -> None:
    body = payload(asked(thinking=thinking))
    assert {name: body[name] for name in body if "thinking" in name} == sent


@pytest.mark.parametrize(("full_detail", "sent"), [(None, False), (False, False), (True, True)])
def test_full_detail_is_sent_when_wanted(full_detail: bool | None, sent: bool) -> None:
    assert payload(asked(full_detail=full_detail)).get("vl_high_resolution_images", False) is sent


def test_the_body_is_utf8_whatever_was_typed() -> None:
    body = encode(ChatRequest("m", (user_message("图 🎉 \ud83d"),)))
    assert json.loads(body.decode())["messages"][0]["content"] == "图 🎉 ?"
