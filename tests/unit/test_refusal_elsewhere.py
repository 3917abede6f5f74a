"""What other servers refuse with, in the words that people reported of them."""

import json
from dataclasses import replace

import pytest

from desktop.domain.errors import NextStep
from desktop.domain.profiles import PROFILES
from desktop.domain.refusals import (
    AccessDenied,
    AccountProblem,
    ContentRefused,
    ContextTooLong,
    ContextTooLongFor,
    CountryNotServed,
    ImageCountRefused,
    KeyRejected,
    LinkNotOpened,
    ModelCannotSee,
    ModelLoading,
    ModelNotFound,
    OversizedImage,
    QuestionTooLong,
    RateLimited,
    Refused,
    RequestRejected,
    RequestTooLarge,
    ServerFailed,
)
from desktop.domain.settings import ProviderKind
from desktop.providers.refusal import Asked, refusal

Body = object

OVERFLOWS: list[tuple[int, Body, int | None]] = [
    (400, {"error": {"code": 400, "message": "x", "type": "exceed_context_size_error", "n_ctx": 8192}}, 8192),
    (400, "request (14429 tokens) exceeds the available context size (8192 tokens), try increasing it", 8192),
    (500, "the request exceeds the available context size. try increasing the context size", None),
    (
        400,
        "This model's maximum context length is 4097 tokens. However, your messages resulted in 35569",
        4097,
    ),
    (
        400,
        "Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in 300000",
        272_000,
    ),
    (
        400,
        "This endpoint's maximum context length is 131,072 tokens. However, you requested about 2",
        131_072,
    ),
    (400, "The decoder prompt (length 11466) is longer than the maximum model length of 8192.", 8192),
    (400, "The prompt (length 9000) is longer than the maximum model length of 8192.", 8192),
    (
        400,
        "Trying to keep the first 15857 tokens when context the overflows. … context length of only 4096",
        4096,
    ),
    (400, "Cannot truncate prompt with n_keep (15028) >= n_ctx (7424)", 7424),
    (400, "prompt is too long: 215000 tokens > 200000 maximum", 200_000),
    (
        400,
        "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
        1_048_576,
    ),
    (400, "Requested tokens (2285) exceed context window of 2048", 2048),
    (400, {"error": {"message": "no", "code": "context_length_exceeded"}}, None),
]

BLIND: list[tuple[ProviderKind, int, Body]] = [
    ("llamacpp", 500, {"error": {"code": 500, "message": "image input is not supported - hint: the mmproj"}}),
    ("ollama", 500, {"error": '{"error":{"message":"image input is not supported - hint: the mmproj"}}'}),
    ("ollama", 400, {"error": {"message": "this model is missing data required for image input"}}),
    ("ollama", 400, {"error": {"message": "this model does not support image input (ref: b8bd630e)"}}),
    ("lmstudio", 400, {"error": "Model does not support images. Please use a model that does."}),
    ("vllm", 400, {"object": "error", "message": "Qwen/Qwen3-8B is not a multimodal model", "code": 400}),
    ("vllm", 400, {"error": {"message": "At most 0 image(s) may be provided in one prompt."}}),
    ("openrouter", 404, {"error": {"message": "No endpoints found that support image input", "code": 404}}),
    ("custom", 404, {"error": {"message": "No endpoints found that support image input", "code": "404"}}),
    (
        "siliconflow",
        400,
        {"code": 20041, "message": "The model is not a VLM (Vision Language Model).", "data": 0},
    ),
    (
        "openai",
        400,
        {"error": {"message": "Invalid content type. image_url is only supported by certain models."}},
    ),
    (
        "custom",
        400,
        "Failed to deserialize the JSON body: messages[0]: unknown variant `image_url`, expected `text`",
    ),
    ("custom", 400, {"error": {"message": "messages[0].content must be a string"}}),
]

CASES: list[tuple[ProviderKind, int, Body, type[Refused]]] = [
    (
        "llamacpp",
        503,
        {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}},
        ModelLoading,
    ),
    ("custom", 503, {"error": "Model a/b is currently loading", "estimated_time": 20.0}, ModelLoading),
    ("ollama", 500, {"error": "llm server loading model"}, ModelLoading),
    (
        "ollama",
        503,
        {"error": "server busy, please try again.  maximum pending requests exceeded"},
        RateLimited,
    ),
    ("ollama", 404, {"error": {"message": 'model "x" not found, try pulling it first'}}, ModelNotFound),
    ("lmstudio", 400, {"error": "Invalid model identifier. Please specify a valid model."}, ModelNotFound),
    ("lmstudio", 404, {"error": {"message": "No models loaded. Please load a model first."}}, ModelNotFound),
    (
        "vllm",
        404,
        {"error": {"message": "The model `x` does not exist.", "type": "NotFoundError"}},
        ModelNotFound,
    ),
    ("vllm", 401, {"error": "Unauthorized"}, KeyRejected),
    (
        "vllm",
        400,
        {"error": {"message": "At most 1 image(s) may be provided in one prompt."}},
        ImageCountRefused,
    ),
    (
        "vllm",
        400,
        {"detail": [{"loc": ["body", "seed"], "msg": "Input should be an integer"}]},
        RequestRejected,
    ),
    ("siliconflow", 400, {"code": 20012, "message": "Model does not exist. Please check it."}, ModelNotFound),
    ("siliconflow", 403, {"code": 30003, "message": "Model disabled.", "data": None}, ModelNotFound),
    (
        "siliconflow",
        403,
        {"code": 30001, "message": "Sorry, your account balance is insufficient"},
        AccountProblem,
    ),
    ("siliconflow", 401, "Invalid token", KeyRejected),
    ("siliconflow", 503, {"code": 50505, "message": "Model service overloaded."}, RateLimited),
    ("openrouter", 402, {"error": {"message": "Insufficient credits", "code": 402}}, AccountProblem),
    (
        "openrouter",
        403,
        {"error": {"message": "Key limit exceeded (total limit)", "code": 403}},
        AccountProblem,
    ),
    ("openrouter", 403, {"error": {"message": "x requires moderation on y.", "code": 403}}, ContentRefused),
    ("openrouter", 400, {"error": {"message": "x is not a valid model ID", "code": 400}}, ModelNotFound),
    ("openrouter", 404, {"error": {"message": "No endpoints found for x.", "code": 404}}, ModelNotFound),
    ("openrouter", 404, {"error": {"message": "No endpoints found matching your data policy"}}, AccessDenied),
    (
        "openrouter",
        400,
        {
            "error": {
                "message": "Provider returned error",
                "code": 400,
                "metadata": {"raw": '{"error":{"message":"x supports at most 1 image per prompt."}}'},
            }
        },
        ImageCountRefused,
    ),
    (
        "openrouter",
        429,
        {
            "error": {
                "message": "Provider returned error",
                "metadata": {"raw": "x is temporarily rate-limited"},
            }
        },
        RateLimited,
    ),
    (
        "openai",
        401,
        {"error": {"message": "Incorrect API key provided: sk-a***z.", "code": "x"}},
        KeyRejected,
    ),
    ("openai", 403, {"error": {"code": "unsupported_country_region_territory"}}, CountryNotServed),
    ("openai", 404, {"error": {"message": "no", "code": "model_not_found"}}, ModelNotFound),
    (
        "openai",
        429,
        {"error": {"message": "You exceeded your quota", "code": "insufficient_quota"}},
        AccountProblem,
    ),
    ("openai", 429, {"error": {"code": "rate_limit_exceeded"}}, RateLimited),
    (
        "openai",
        400,
        {"error": {"message": "Timeout while downloading x", "code": "invalid_image_url"}},
        LinkNotOpened,
    ),
    (
        "openai",
        400,
        {"error": {"message": "Failed to download x. Image size exceeds the limit."}},
        OversizedImage,
    ),
    (
        "openai",
        400,
        {"error": {"message": "Please make sure your image is below 20 MB in size"}},
        OversizedImage,
    ),
    ("openai", 400, {"error": {"code": "content_policy_violation"}}, ContentRefused),
    ("openai", 409, {"error": {"message": "locked"}}, ServerFailed),
    (
        "custom",
        400,
        [{"error": {"message": "API key not valid.", "status": "INVALID_ARGUMENT"}}],
        KeyRejected,
    ),
    ("custom", 429, [{"error": {"message": "no", "status": "RESOURCE_EXHAUSTED"}}], RateLimited),
    ("custom", 529, {"type": "error", "error": {"type": "overloaded_error", "message": "o"}}, RateLimited),
    ("custom", 400, {"error": {"message": "image exceeds 5 MB maximum: 11179984 bytes"}}, OversizedImage),
    ("custom", 501, b"", Refused),
]


def judged(asked: Asked, status: int, body: Body) -> Refused:
    if isinstance(body, str):
        body = {"error": {"message": body, "type": "invalid_request_error"}}
    error = refusal(asked, status, {}, body if isinstance(body, bytes) else json.dumps(body).encode())
    assert isinstance(error, Refused)
    return error


def at(kind: ProviderKind, **others: object) -> Asked:
    return replace(Asked("host", "m", "sk-1", PROFILES[kind], images=1), **others)  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "status", "body", "expected"), CASES)
def test_each_has_its_meaning(kind: ProviderKind, status: int, body: Body, expected: type[Refused]) -> None:
    assert type(judged(at(kind), status, body)) is expected


@pytest.mark.parametrize(("kind", "status", "body"), BLIND)
def test_a_model_that_sees_nothing_is_told_from_a_broken_one(
    kind: ProviderKind, status: int, body: Body
) -> None:
    error = judged(at(kind), status, body)

    assert type(error) is ModelCannotSee
    assert error.next_step is NextStep.CHOOSE_MODEL
    assert "“m”" in str(error)


@pytest.mark.parametrize(("status", "body", "limit"), OVERFLOWS)
def test_the_limit_is_read_where_it_is_said(status: int, body: Body, limit: int | None) -> None:
    error = judged(at("custom", has_history=True), status, body)

    assert type(error) is (ContextTooLong if limit is None else ContextTooLongFor)
    assert error.facts.get("limit") == limit
    assert error.next_step is NextStep.ASK_ALONE


@pytest.mark.parametrize(
    ("has_history", "images", "kind", "step"),
    [
        (True, 0, ContextTooLong, NextStep.ASK_ALONE),
        (True, 2, ContextTooLong, NextStep.ASK_ALONE),
        (False, 1, OversizedImage, NextStep.SHRINK_IMAGES),
        (False, 2, RequestTooLarge, NextStep.SHRINK_IMAGES),
        (False, 0, QuestionTooLong, NextStep.CHOOSE_MODEL),
    ],
)
def test_the_way_out_of_too_much_is_by_what_there_is(
    has_history: bool, images: int, kind: type[Refused], step: NextStep
) -> None:
    error = judged(at("custom", has_history=has_history, images=images), 400, "prompt is too long")

    assert type(error) is kind
    assert error.next_step is step


@pytest.mark.parametrize(
    ("has_history", "images", "kind"),
    [
        (True, 0, ContextTooLong),
        (True, 2, RequestTooLarge),
        (True, 1, OversizedImage),
        (False, 0, QuestionTooLong),
    ],
)
def test_bytes_are_saved_by_smaller_images_first(has_history: bool, images: int, kind: type[Refused]) -> None:
    assert type(judged(at("custom", has_history=has_history, images=images), 413, b"")) is kind


def test_a_code_means_what_it_means_there() -> None:
    body = {"error": {"message": "You exceeded your current quota.", "code": "insufficient_quota"}}

    assert type(judged(at("dashscope"), 429, body)) is RateLimited
    assert {type(judged(at(kind), 429, body)) for kind in PROFILES if kind != "dashscope"} == {AccountProblem}
