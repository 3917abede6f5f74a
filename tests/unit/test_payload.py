import base64
import json
from dataclasses import replace

import pytest

from desktop.domain.images import ImageInput, Size, digest
from desktop.domain.messages import ChatRequest, Message, Parameters, TextPart, Thinking, user_message
from desktop.domain.profiles import PROFILES
from desktop.domain.settings import ProviderKind
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


ALWAYS = {"model", "messages", "stream"}
ON, ON_FOR_512, OFF = Thinking(enabled=True), Thinking(enabled=True, budget=512), Thinking(False, 512)


@pytest.mark.parametrize(
    ("kind", "thinking", "sent"),
    [
        ("dashscope", None, {}),
        ("dashscope", ON, {"enable_thinking": True}),
        ("dashscope", ON_FOR_512, {"enable_thinking": True, "thinking_budget": 512}),
        ("dashscope", OFF, {"enable_thinking": False}),
        ("siliconflow", ON_FOR_512, {"enable_thinking": True, "thinking_budget": 512}),
        ("vllm", ON, {"chat_template_kwargs": {"enable_thinking": True}}),
        ("llamacpp", OFF, {"chat_template_kwargs": {"enable_thinking": False}}),
        ("openrouter", ON, {"reasoning": {"enabled": True}}),
        ("openrouter", ON_FOR_512, {"reasoning": {"max_tokens": 512}}),
        ("openrouter", OFF, {"reasoning": {"effort": "none"}}),
        ("ollama", ON_FOR_512, {"reasoning_effort": "medium"}),
        ("ollama", OFF, {"reasoning_effort": "none"}),
        ("openai", OFF, {"reasoning_effort": "none"}),
        ("lmstudio", ON, {}),
        ("custom", OFF, {}),
    ],
)
def test_the_thinking_switch_is_sent_as_each_server_knows_it(
    kind: ProviderKind, thinking: Thinking | None, sent: dict[str, object]
) -> None:
    body = payload(asked(thinking=thinking), PROFILES[kind])
    assert {name: body[name] for name in body.keys() - ALWAYS - {"stream_options"}} == sent


@pytest.mark.parametrize(("full_detail", "sent"), [(None, False), (False, False), (True, True)])
def test_full_detail_is_sent_when_wanted(full_detail: bool | None, sent: bool) -> None:
    body = payload(asked(full_detail=full_detail), PROFILES["dashscope"])
    assert body.get("vl_high_resolution_images", False) is sent


@pytest.mark.parametrize("kind", PROFILES)
def test_no_server_is_sent_a_field_that_it_does_not_take(kind: ProviderKind) -> None:
    everything = Parameters(temperature=1.0, top_p=0.5, max_tokens=9, seed=0)
    profile = PROFILES[kind]
    body = payload(asked(parameters=everything, full_detail=True), profile)
    length = {profile.length_field} if "max_tokens" in profile.fields else set()
    assert body.keys() == ALWAYS | (profile.fields - {"max_tokens"}) | length


def test_a_server_that_knows_few_fields_is_sent_few() -> None:
    bare = replace(PROFILES["custom"], fields=frozenset())
    assert payload(asked(parameters=Parameters(seed=1)), bare).keys() == ALWAYS


def test_the_length_has_the_name_that_the_server_gives_it() -> None:
    short = asked(stream=False, parameters=Parameters(max_tokens=9))
    assert payload(short, PROFILES["openai"])["max_completion_tokens"] == 9


def test_the_body_is_utf8_whatever_was_typed() -> None:
    body = encode(payload(ChatRequest("m", (user_message("图 🎉 \ud83d"),))))
    assert json.loads(body.decode())["messages"][0]["content"] == "图 🎉 ?"
