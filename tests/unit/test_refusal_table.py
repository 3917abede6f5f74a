"""Every row of the service's page "Error codes", in both shapes of the body and both spellings."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

import pytest

from desktop.domain.profiles import PROFILES
from desktop.domain.refusals import (
    AccessDenied,
    AccountProblem,
    AnswerFailed,
    ContentRefused,
    ContextTooLongFor,
    KeyRejected,
    LinkNotOpened,
    ModelCannotSee,
    ModelNotFound,
    OversizedImage,
    PlanKeyRejected,
    RateLimited,
    Refused,
    RegionalKeyRejected,
    RequestRejected,
    ServerFailed,
)
from desktop.providers.refusal import Asked, refusal, refusal_within

ASKED = Asked(
    "dashscope.aliyuncs.com",
    "qwen-vl-plus",
    "sk-0123456789abcdef",
    PROFILES["dashscope"],
    has_history=True,
    images=1,
)


class Row(NamedTuple):
    """`codes`: the compatible spelling, if there is one, and the native one."""

    status: int
    codes: tuple[str, ...]
    message: str
    kind: type[Refused]


INVALID = ("invalid_parameter_error", "InvalidParameter")
PREFIX = "<400> InternalError.Algo.InvalidParameter: "

REJECTED = (
    "parameter.enable_thinking must be set to false for non-streaming calls",
    "This model only support stream mode, please enable the stream parameter to access the model.",
    "current user api does not support http call.",
    "Range of max_tokens should be [1, 8192]",
    "Temperature should be in [0.0, 2.0)",
    "Json mode response is not supported when enable_thinking is true",
    "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
    "The value of the enable_thinking parameter is restricted to True.",
    "The tool call is not supported.",
    "Failed to decode the image during the data inspection.",
    "range of sequence images shoule be (4, 512)",
    "The video file is too long.",
    "Request method 'GET' is not supported.",
)
TOO_LARGE = (
    "Exceeded limit on max bytes per data-uri item : 10485760",
    "Multimodal file size is too large",
    "The image length and width do not meet the model restrictions.",
)
UNOPENED = (
    "The provided URL does not appear to be valid. Ensure it is correctly formatted.",
    "Failed to download multimodal content",
    "Download multimodal file timed out",
    "Wrong Content-Type of multimodal url",
)

ROWS = (
    *(Row(400, INVALID, message, RequestRejected) for message in REJECTED),
    *(Row(400, INVALID, message, OversizedImage) for message in TOO_LARGE),
    *(Row(400, INVALID, message, LinkNotOpened) for message in UNOPENED),
    Row(400, INVALID, "Range of input length should be [1, 129024]", ContextTooLongFor),
    Row(400, INVALID, "input content must be a string.", ModelCannotSee),
    Row(400, ("invalid_request_error",), "you must provide a model parameter.", RequestRejected),
    Row(400, ("invalid_request_error",), "'seed' must be Integer", RequestRejected),
    Row(
        400,
        ("InvalidParameter.DataInspection",),
        "Unable to download the media resource during the data inspection process.",
        LinkNotOpened,
    ),
    Row(400, ("InvalidParameter.DataInspection",), "Download the media resource timed out", LinkNotOpened),
    Row(
        400,
        ("InvalidParameter.DataInspection",),
        "The media format is not supported or incorrect for the data inspection.",
        RequestRejected,
    ),
    Row(
        400,
        ("InvalidParameter.NotSupportEnableThinking",),
        "The model xxx does not support enable_thinking.",
        RequestRejected,
    ),
    Row(
        400,
        ("data_inspection_failed", "DataInspectionFailed"),
        "Input text data may contain inappropriate content.",
        ContentRefused,
    ),
    Row(
        400,
        ("Arrearage",),
        "Access denied, please make sure your account is in good standing.",
        AccountProblem,
    ),
    Row(400, ("APIConnectionError",), "Connection error.", RequestRejected),
    Row(400, ("CustomRoleBlocked",), "Input or output data may contain what is blocked.", ContentRefused),
    Row(400, ("FaqRuleBlocked",), "Input or output data is blocked by faq rule.", ContentRefused),
    Row(400, ("IPInfringementSuspect",), "Input data is suspected of IP infringement.", ContentRefused),
    Row(400, ("InvalidURL",), "The request URL is invalid.", LinkNotOpened),
    Row(400, ("InvalidURL.Timeout",), "", LinkNotOpened),
    Row(400, ("InvalidURL.ConnectionRefused",), "", LinkNotOpened),
    Row(401, ("invalid_api_key", "InvalidApiKey"), "Incorrect API key provided.", RegionalKeyRejected),
    Row(401, ("NOT AUTHORIZED",), "Access denied: Workspace is not authorized.", AccessDenied),
    Row(403, ("access_denied", "AccessDenied"), "Access denied.", AccessDenied),
    Row(403, ("AccessDenied.Unpurchased",), "Access to model denied.", AccessDenied),
    Row(403, ("Model.AccessDenied",), "Model access denied.", AccessDenied),
    Row(403, ("Workspace.AccessDenied",), "Workspace access denied.", AccessDenied),
    Row(403, ("App.AccessDenied",), "App access denied.", AccessDenied),
    Row(
        403,
        ("AllocationQuota.FreeTierOnly",),
        "The free tier of the model has been exhausted.",
        AccountProblem,
    ),
    Row(
        404,
        ("model_not_found", "ModelNotFound"),
        "The model xxx does not exist or you do not have access to it.",
        ModelNotFound,
    ),
    Row(
        404,
        ("model_not_supported",),
        "Unsupported model xxx for OpenAI compatibility mode.",
        ModelNotFound,
    ),
    Row(408, ("RequestTimeOut",), "Request timed out, please try again later.", ServerFailed),
    Row(413, ("BadRequest.TooLarge",), "Payload Too Large", OversizedImage),
    Row(
        429,
        ("limit_requests", "Throttling.RateQuota"),
        "You exceeded your current requests list.",
        RateLimited,
    ),
    Row(429, ("LimitRequests",), "Requests rate limit exceeded, please try again later.", RateLimited),
    Row(
        429,
        ("limit_burst_rate", "Throttling.BurstRate"),
        "Request rate increased too quickly.",
        RateLimited,
    ),
    Row(
        429,
        ("insufficient_quota", "Throttling.AllocationQuota"),
        "You exceeded your current quota, please check your plan and billing details.",
        RateLimited,
    ),
    Row(
        429,
        ("insufficient_quota", "Throttling.AllocationQuota"),
        "Allocated quota exceeded, please increase your quota limit.",
        RateLimited,
    ),
    Row(
        429,
        ("insufficient_quota", "Throttling.AllocationQuota"),
        "Free allocated quota exceeded.",
        AccountProblem,
    ),
    Row(429, ("Throttling",), "Requests throttling triggered.", RateLimited),
    Row(429, ("Throttling",), "Too many requests in route.", RateLimited),
    Row(429, ("CommodityNotPurchased",), "Commodity has not purchased yet.", AccountProblem),
    Row(429, ("PrepaidBillOverdue",), "The prepaid bill is overdue.", AccountProblem),
    Row(429, ("PostpaidBillOverdue",), "The postpaid bill is overdue.", AccountProblem),
    Row(500, ("internal_error", "InternalError"), "An internal error has occured.", ServerFailed),
    Row(500, ("InternalError.Algo",), "inference internal error, please retry.", ServerFailed),
    Row(500, ("InternalError.Timeout",), "An internal timeout error has occured.", ServerFailed),
    Row(500, ("InternalError.FileUpload",), "oss upload error.", ServerFailed),
    Row(500, ("SystemError",), "An system error has occured.", ServerFailed),
    Row(500, ("ModelServiceFailed",), "Failed to request model service.", ServerFailed),
    Row(500, ("RequestTimeOut",), "Request timed out, please try again later.", ServerFailed),
    Row(500, ("internal_error", "InternalError"), "Missing Content-Length of multimodal url.", LinkNotOpened),
    Row(500, ("internal_error", "InternalError"), "list index out of range", RequestRejected),
    Row(
        500,
        ("ModelServingError",),
        "Too many requests. Your requests are being throttled due to system capacity limits.",
        RateLimited,
    ),
    Row(503, ("ModelServingError",), "Too many requests.", RateLimited),
    Row(503, ("ModelUnavailable",), "Model is unavailable, please try again later.", RateLimited),
    Row(504, ("GatewayTimeout",), "", ServerFailed),
)

PASSING = {RateLimited, ServerFailed}
UNKNOWN_WITHOUT_STATUS = {"APIConnectionError"}


def shapes(code: str, message: str) -> dict[str, dict[str, object]]:
    error = {"message": message, "type": code, "param": None, "code": code}
    return {
        "compatible": {"error": error, "id": "chatcmpl-1", "request_id": "1-2-3"},
        "native": {"code": code, "message": message, "request_id": "1-2-3"},
    }


def cases(rows: Iterable[Row]) -> list[tuple[Row, dict[str, object]]]:
    return [(row, body) for row in rows for code in row.codes for body in shapes(code, row.message).values()]


def named(value: Row | dict[str, object]) -> str:
    return f"{value.status}-{value.message[:40]}" if isinstance(value, Row) else str(next(iter(value)))


def judged(row: Row, body: dict[str, object], asked: Asked = ASKED) -> Refused:
    error = refusal(asked, row.status, {}, json.dumps(body).encode())
    assert isinstance(error, Refused)
    return error


@pytest.mark.parametrize(("row", "body"), cases(ROWS), ids=named)
def test_each_row_has_its_meaning(row: Row, body: dict[str, object]) -> None:
    error = judged(row, body)

    assert type(error) is row.kind
    assert error.is_fleeting is (row.kind in PASSING)
    assert error.retryable is (row.kind in PASSING | {LinkNotOpened})
    assert error.detail.splitlines()[-1] == "request id: 1-2-3"
    assert row.message in error.detail


@pytest.mark.parametrize(("row", "body"), cases(row for row in ROWS if row.status == 400), ids=named)
def test_the_services_prefix_changes_nothing(row: Row, body: dict[str, object]) -> None:
    prefixed = (
        json.loads(json.dumps(body).replace(row.message, PREFIX + row.message)) if row.message else body
    )

    assert type(judged(row, prefixed)) is row.kind


@pytest.mark.parametrize(("row", "body"), cases(ROWS), ids=named)
def test_inside_a_stream_the_words_must_do(row: Row, body: dict[str, object]) -> None:
    error = refusal_within(ASKED, body)
    is_plain = row.kind is ServerFailed or row.codes[0] in UNKNOWN_WITHOUT_STATUS

    assert type(error) is (AnswerFailed if is_plain else row.kind)


@pytest.mark.parametrize("shape", ["compatible", "native"])
def test_a_prefix_names_the_status_that_a_stream_or_a_500_hides(shape: str) -> None:
    body = shapes("internal_error", PREFIX + "Temperature should be in [0.0, 2.0)")[shape]
    inside, outside = refusal_within(ASKED, body), refusal(ASKED, 500, {}, json.dumps(body).encode())

    for error in (inside, outside):
        assert type(error) is RequestRejected
        assert str(error).endswith("did not accept the request: Temperature should be in [0.0, 2.0)")
        assert error.facts["status"] == 400


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize(
    ("host", "key", "kind"),
    [
        ("dashscope.aliyuncs.com", "sk-sp-1", PlanKeyRejected),
        ("coding.dashscope.aliyuncs.com", "sk-1", PlanKeyRejected),
        ("token-plan.cn-beijing.maas.aliyuncs.com", "sk-1", PlanKeyRejected),
        ("coding-intl.dashscope.aliyuncs.com", "sk-sp-1", RegionalKeyRejected),
        ("dashscope-intl.aliyuncs.com", "sk-1", RegionalKeyRejected),
    ],
)
def test_keys_of_plans_have_addresses_of_their_own(
    status: int, host: str, key: str, kind: type[KeyRejected]
) -> None:
    error = refusal(replace(ASKED, host=host, key=key), status, {}, b"")

    if status == 401 or kind is PlanKeyRejected:
        assert type(error) is kind
    else:
        assert type(error) is AccessDenied
