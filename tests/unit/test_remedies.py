"""What is left out of a request, by what a server says against it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.events import Notice
from desktop.domain.provider_errors import ConnectionLost, ProviderError
from desktop.domain.refusals import KeyRejected
from desktop.domain.server_words import ServerWords
from desktop.providers.refusal import Asked, refusal
from desktop.providers.remedies import remedy

ASKED = Asked("host", "m", "sk-1", has_history=True, images=1)
BARE: dict[str, Any] = {"model": "m", "messages": [{"role": "user", "content": "Hi"}]}
STREAMED = {"stream": True, "stream_options": {"include_usage": True}}
SENT: dict[str, Any] = {
    **BARE,
    **STREAMED,
    "temperature": 0.2,
    "top_p": 0.9,
    "seed": 7,
    "max_tokens": 3_000,
    "vl_high_resolution_images": True,
    "enable_thinking": True,
    "thinking_budget": 100,
    "chat_template_kwargs": {"enable_thinking": True},
    "reasoning": {"max_tokens": 100},
    "reasoning_effort": "none",
}
THINKING = "enable_thinking, thinking_budget, chat_template_kwargs, reasoning, reasoning_effort"

WITHOUT = [
    ("The model xxx does not support enable_thinking.", THINKING),
    ("The value of the enable_thinking parameter is restricted to True.", THINKING),
    ('"llama3.2" does not support thinking', THINKING),
    ('think value "medium" is not supported for this model', THINKING),
    ('invalid think value: "none" (must be "high", "medium", "low", true, or false)', THINKING),
    ("Thinking level is not supported for this model.", THINKING),
    ("Reasoning is mandatory for this endpoint and cannot be disabled.", THINKING),
    ("Range of max_tokens should be [1, 8192]", "max_tokens"),
    ("max_tokens is too large: 3000. This model supports at most 2048 completion tokens.", "max_tokens"),
    (
        "'max_tokens' or 'max_completion_tokens' is too large: 3000. The maximum context length is 2048",
        "max_tokens",
    ),
    (
        "maximum context length is 4097 tokens. However, you requested 4222 tokens (1222 in the messages, ",
        "max_tokens",
    ),
    (
        "maximum context length is 4,096 tokens. However, your prompt contains at least 1,097 input tokens.",
        "max_tokens",
    ),
    ("The thinking_budget parameter must be a positive integer and not greater than 80", "thinking_budget"),
    ("Unsupported parameter: 'max_tokens' is not supported with this model.", "max_tokens"),
    ("Unsupported value: 'temperature' does not support 0.2 with this model.", "temperature"),
    ("`temperature` and `top_p` cannot both be specified for this model.", "temperature"),
    ("Unrecognized request argument supplied: reasoning_effort", "reasoning_effort"),
    ("reasoning_effort must be one of low | medium | high", "reasoning_effort"),
    (
        "property 'chat_template_kwargs' is unsupported, did you mean 'temperature'?",
        "chat_template_kwargs",
    ),
    ("Unknown parameter: 'stream_options.include_usage'.", "stream_options"),
    ("unexpected field include_usage", "stream_options"),
    ('json: unknown field "vl_high_resolution_images"', "vl_high_resolution_images"),
    (
        "[{'type': 'extra_forbidden', 'loc': ('body', 'seed'), 'msg': 'Extra inputs are not permitted'}]",
        "seed",
    ),
]

HOPELESS = [
    "Temperature should be in [0.0, 2.0)",
    "'messages' must contain the word 'json' in some form",
    "maximum context length is 4097 tokens. However, you requested 8000 tokens (5000 in the messages, ",
    "Unknown field: model",
    "The video file is too long.",
    "",
]

STREAM_ONLY = [
    "parameter.enable_thinking must be set to false for non-streaming calls",
    "This model only support stream mode, please enable the stream parameter to access the model.",
    "'audio' output only support with stream=true",
    "current user api does not support http call.",
]


def refused(message: str, status: int = 400, code: str = "invalid_parameter_error") -> ProviderError:
    return refusal(ASKED, status, {}, json.dumps({"error": {"message": message, "code": code}}).encode())


@pytest.mark.parametrize("status", [400, 422, 500])
@pytest.mark.parametrize(("message", "fields"), WITHOUT)
def test_what_a_server_does_not_take_is_left_out(message: str, fields: str, status: int) -> None:
    found = remedy(refused(message, status), SENT)

    assert found is not None
    assert found.notice.notice is Notice.SENT_WITHOUT
    assert found.notice.facts == {"fields": fields}
    assert set(SENT) - set(found.apply(SENT)) == set(fields.split(", "))
    assert fields in str(found.notice)


@pytest.mark.parametrize("message", [message for message, _ in WITHOUT] + HOPELESS)
def test_what_was_not_sent_cannot_be_left_out(message: str) -> None:
    assert remedy(refused(message), {**BARE, "stream": True}) is None


@pytest.mark.parametrize("message", HOPELESS)
def test_what_is_the_users_to_change_stays(message: str) -> None:
    assert remedy(refused(message, code=""), SENT) is None


def test_the_code_alone_may_say_it() -> None:
    found = remedy(refused("No.", code="InvalidParameter.NotSupportEnableThinking"), SENT)

    assert found is not None
    assert "enable_thinking" not in found.apply(SENT)


@pytest.mark.parametrize("message", STREAM_ONLY)
def test_what_only_streams_is_streamed(message: str) -> None:
    found = remedy(refused(message), BARE)

    assert found is not None
    assert found.notice.notice is Notice.SENT_STREAMED
    assert found.apply(BARE) == {**BARE, **STREAMED}
    assert remedy(refused(message), found.apply(BARE)) is None


def test_a_limit_under_its_other_name_is_kept() -> None:
    message = "Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead."
    found = remedy(refused(message, code="unsupported_parameter"), SENT)
    assert found is not None
    again = found.apply(SENT)

    assert again["max_completion_tokens"] == SENT["max_tokens"]
    assert "max_tokens" not in again
    assert found.notice.facts == {"fields": "max_tokens"}


def test_the_field_that_the_server_points_at_goes_first() -> None:
    body = {
        "detail": [
            {
                "type": "extra_forbidden",
                "loc": ["body", "seed"],
                "msg": "Extra inputs are not permitted",
                "input": {"temperature": 1},
            }
        ]
    }
    found = remedy(refusal(ASKED, 422, {}, json.dumps(body).encode()), SENT)

    assert found is not None
    assert found.without == ("seed",)


@pytest.mark.parametrize("error", [KeyRejected(host="h", status=401), ConnectionLost(host="h")])
def test_other_errors_have_no_such_remedy(error: ProviderError) -> None:
    if isinstance(error, KeyRejected):
        error.words = ServerWords("Unknown parameter: 'seed'.")

    assert remedy(error, SENT) is None


MESSAGES = [message for message, _ in WITHOUT] + HOPELESS + STREAM_ONLY
FIELDS = st.sets(st.sampled_from([name for name in SENT if name not in BARE]))


@given(FIELDS, st.lists(st.sampled_from(MESSAGES) | st.text(max_size=40), min_size=1), st.integers(400, 599))
def test_applying_remedies_always_ends(fields: set[str], messages: list[str], status: int) -> None:
    sent = {**BARE, **{name: SENT[name] for name in fields}}
    # Streaming adds one field, and a length may go by its other name first.
    steps = len(fields) + 3
    for step in range(steps + len(messages)):
        found = remedy(refused(messages[step % len(messages)], status), sent)
        if found is None:
            continue
        steps -= 1
        changed = found.apply(sent)
        assert changed != sent
        assert {name: changed[name] for name in BARE} == BARE
        sent = changed
    assert steps >= 0
