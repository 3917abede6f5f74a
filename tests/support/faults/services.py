"""What services answer, in their own codes and words: the same means different things."""

from desktop.domain.provider_errors import ProviderError
from desktop.domain.refusals import (
    AccessDenied,
    AccountProblem,
    ContentRefused,
    CountryNotServed,
    ImageCountRefused,
    LinkNotOpened,
    ModelCannotSee,
    ModelNotFound,
    OversizedImage,
    PlanKeyRejected,
    RateLimited,
    RegionalKeyRejected,
    RequestRejected,
    ServerFailed,
)
from tests.support.faults.fault import Fault, Host, replies
from tests.support.server import whole
from tests.support.terminal import KEY

_SOON = {"retry-after-ms": "20"}


def _compatible(code: str, message: str) -> dict[str, object]:
    error = {"message": message, "type": code, "param": None, "code": code}
    return {"error": error, "id": "chatcmpl-1", "request_id": "r-1"}


def _native(code: str, message: str) -> dict[str, object]:
    return {"code": code, "message": message, "request_id": "r-1"}


def _refused(
    host: Host, kind: type[ProviderError], status: int, body: object, name: str, *, key: str = KEY
) -> Fault:
    reply = whole(body, status=status, headers=_SOON)
    return Fault("HTTP", f"{host}: {name}", replies(reply, host=host), kind, key=key)


def _both(kind: type[ProviderError], status: int, code: str, native: str, message: str) -> tuple[Fault, ...]:
    """DashScope's two spellings, in its two shapes of body."""
    return (
        _refused("dashscope", kind, status, _compatible(code, message), code),
        _refused("dashscope", kind, status, _native(native, message), native),
    )


_DASHSCOPE = (
    *_both(RegionalKeyRejected, 401, "invalid_api_key", "InvalidApiKey", "Incorrect API key provided."),
    *_both(
        AccountProblem, 400, "Arrearage", "Arrearage.", "Please make sure your account is in good standing."
    ),
    *_both(
        ContentRefused,
        400,
        "data_inspection_failed",
        "DataInspectionFailed",
        "Input data may contain inappropriate content.",
    ),
    *_both(ModelNotFound, 404, "model_not_found", "ModelNotFound", "The model does not exist."),
    *_both(AccessDenied, 403, "access_denied", "Model.AccessDenied", "Access denied."),
    *_both(RateLimited, 429, "limit_requests", "Throttling.RateQuota", "Requests rate limit exceeded"),
    *_both(RateLimited, 429, "insufficient_quota", "Throttling.AllocationQuota", "Allocated quota exceeded"),
    *_both(ServerFailed, 500, "internal_error", "InternalError", "inference internal error"),
    *_both(RequestRejected, 400, "invalid_parameter_error", "InvalidParameter", "Role must be user."),
    _refused(
        "dashscope",
        PlanKeyRejected,
        401,
        _compatible("invalid_api_key", "Incorrect API key provided."),
        "a plan's key",
        key="sk-sp-0123456789abcdef",
    ),
    _refused(
        "dashscope",
        AccountProblem,
        403,
        _native("AllocationQuota.FreeTierOnly", "The free tier of the model has been exhausted."),
        "the free tier is used up",
    ),
    _refused(
        "dashscope",
        AccountProblem,
        429,
        _native("Throttling.AllocationQuota", "Free allocated quota exceeded."),
        "the free quota is used up",
    ),
    _refused(
        "dashscope",
        RequestRejected,
        500,
        _native("InternalError", "list index out of range"),
        "a fault of ours as 500",
    ),
    _refused(
        "dashscope",
        ModelNotFound,
        404,
        _compatible("model_not_supported", "Unsupported model a-model for OpenAI compatibility mode."),
        "model_not_supported",
    ),
    _refused(
        "dashscope",
        OversizedImage,
        400,
        _compatible(
            "invalid_parameter_error",
            "<400> InternalError.Algo.InvalidParameter: Exceeded limit on max bytes per data-uri item : 9",
        ),
        "a data URI too long",
    ),
    _refused(
        "dashscope",
        OversizedImage,
        400,
        _compatible(
            "invalid_parameter_error", "The image length and width do not meet the model restrictions."
        ),
        "an image too large",
    ),
    _refused(
        "dashscope",
        LinkNotOpened,
        400,
        _native(
            "InvalidParameter.DataInspection",
            "Download the media resource timed out during the data inspection process.",
        ),
        "a link not opened",
    ),
    _refused(
        "dashscope",
        RateLimited,
        503,
        _native("ModelUnavailable", "Model is unavailable, please try again later."),
        "ModelUnavailable",
    ),
)

_OTHERS = (
    _refused(
        "openai",
        AccountProblem,
        429,
        _compatible("insufficient_quota", "You exceeded your current quota, please check your plan."),
        "insufficient_quota",
    ),
    _refused(
        "openai",
        RateLimited,
        429,
        _compatible("rate_limit_exceeded", "Rate limit reached for a-model."),
        "rate_limit_exceeded",
    ),
    _refused(
        "openai",
        CountryNotServed,
        403,
        _compatible("unsupported_country_region_territory", "Country, region, or territory not supported"),
        "the country",
    ),
    _refused(
        "openai",
        ContentRefused,
        400,
        _compatible("content_policy_violation", "Your request was rejected by our safety system."),
        "content_policy_violation",
    ),
    _refused(
        "openai",
        ModelNotFound,
        404,
        _compatible("model_not_found", "The model `a-model` does not exist or you do not have access to it."),
        "model_not_found",
    ),
    _refused(
        "openrouter",
        AccountProblem,
        402,
        {"error": {"code": 402, "message": "Insufficient credits"}},
        "no credits",
    ),
    _refused(
        "openrouter",
        ModelCannotSee,
        404,
        {"error": {"code": 404, "message": "No endpoints found that support image input"}},
        "no model that sees",
    ),
    _refused(
        "openrouter",
        RateLimited,
        429,
        {
            "error": {
                "code": 429,
                "message": "Provider returned error",
                "metadata": {"raw": "a-model is temporarily rate-limited upstream"},
            }
        },
        "busy upstream",
    ),
    _refused(
        "siliconflow",
        AccountProblem,
        403,
        {"code": 30001, "message": "Sorry, your account balance is insufficient", "data": None},
        "no balance",
    ),
    _refused(
        "here",
        ModelCannotSee,
        500,
        {
            "error": {
                "code": 500,
                "message": "image input is not supported - hint: you may need to provide the mmproj",
                "type": "server_error",
            }
        },
        "llama.cpp without mmproj",
    ),
    _refused(
        "here",
        ImageCountRefused,
        400,
        {
            "object": "error",
            "message": "At most 1 image(s) may be provided in one request.",
            "type": "BadRequestError",
            "code": 400,
        },
        "vLLM takes one image",
    ),
    _refused(
        "here",
        ModelNotFound,
        404,
        {"error": {"message": 'model "a-model" not found, try pulling it first', "type": "api_error"}},
        "Ollama has no such model",
    ),
)

SERVICES: tuple[Fault, ...] = (*_DASHSCOPE, *_OTHERS)
