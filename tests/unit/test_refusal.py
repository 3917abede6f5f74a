"""Refusals in every documented shape."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import NextStep
from desktop.domain.profiles import PROFILES
from desktop.domain.provider_errors import (
    EmptyAnswer,
    NotAnAnswer,
    ProviderError,
    ProxyUnusable,
    Redirected,
    WebPageInstead,
)
from desktop.domain.refusals import (
    AccessDenied,
    AccountProblem,
    ContentRefused,
    ContextTooLong,
    KeyMissing,
    KeyRejected,
    ModelNotFound,
    QuestionTooLong,
    RateLimited,
    Refused,
    RegionalKeyRejected,
    RequestRejected,
    ServerFailed,
)
from desktop.domain.server_words import LONGEST_DETAIL
from desktop.providers.refusal import Asked, not_an_answer, refusal, refusal_within
from tests.support.seed import ERROR_BODY

KEY = "sk-0123456789abcdef"
ASKED = Asked("dashscope.aliyuncs.com", "qwen-vl-plus", KEY, PROFILES["dashscope"])
ELSEWHERE = Asked("api.example.com", "gpt", KEY)


def body_of(code: str | None, message: str = "") -> dict[str, object]:
    return {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}


def native(code: str, message: str = "") -> dict[str, object]:
    return {"code": code, "message": message, "request_id": "1-2-3"}


def judged(status: int, body: object, asked: Asked = ASKED, **headers: str) -> ProviderError:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return refusal(asked, status, {name.replace("_", "-"): value for name, value in headers.items()}, content)


def test_the_documents_own_error() -> None:
    error = judged(401, ERROR_BODY)
    assert type(error) is RegionalKeyRejected
    assert error.kind == "invalid_api_key"
    assert error.next_step is NextStep.TRY_REGIONS
    assert error.detail == "Incorrect API key provided.\ninvalid_api_key"


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, body_of("invalid_api_key"), RegionalKeyRejected),
        (401, native("InvalidApiKey"), RegionalKeyRejected),
        (400, native("InvalidApiKey"), RegionalKeyRejected),
        (401, b"", RegionalKeyRejected),
        (401, native("NOT AUTHORIZED"), AccessDenied),
        (403, body_of("access_denied"), AccessDenied),
        (403, native("AccessDenied.Unpurchased"), AccessDenied),
        (403, native("Model.AccessDenied"), AccessDenied),
        (403, native("AllocationQuota.FreeTierOnly", "The free tier is exhausted."), AccountProblem),
        (400, native("Arrearage"), AccountProblem),
        (402, b"", AccountProblem),
        (429, native("PrepaidBillOverdue"), AccountProblem),
        (429, body_of("insufficient_quota", "Free allocated quota exceeded."), AccountProblem),
        (429, body_of("insufficient_quota", "You exceeded your current quota."), RateLimited),
        (429, native("Throttling.AllocationQuota", "Allocated quota exceeded."), RateLimited),
        (429, native("Throttling.BurstRate"), RateLimited),
        (429, b"", RateLimited),
        (503, native("ModelUnavailable"), RateLimited),
        (529, b"", RateLimited),
        (404, body_of("model_not_found", "The model x does not exist."), ModelNotFound),
        (404, native("ModelNotFound"), ModelNotFound),
        (404, body_of("model_not_supported"), ModelNotFound),
        (404, {"error": {"message": 'model "x" not found, try pulling it first'}}, ModelNotFound),
        (404, {"detail": "Not Found"}, NotAnAnswer),
        (404, b"<html><title>404</title></html>", WebPageInstead),
        (401, b"<html>", RegionalKeyRejected),
        (413, b"<html><title>413 Request Entity Too Large</title></html>", QuestionTooLong),
        (405, {"detail": "Method Not Allowed"}, NotAnAnswer),
        (404, b"404 page not found", NotAnAnswer),
        (404, {"error": {"message": "Invalid URL (POST /v1/v1/chat/completions)"}}, NotAnAnswer),
        (304, b"", NotAnAnswer),
        (407, b"", ProxyUnusable),
        (400, body_of("data_inspection_failed"), ContentRefused),
        (400, native("DataInspectionFailed"), ContentRefused),
        (400, body_of("content_filter"), ContentRefused),
        (400, native("InvalidParameter.DataInspection", "The media format is incorrect."), RequestRejected),
        (400, body_of("invalid_parameter_error", "Temperature should be in [0.0, 2.0)"), RequestRejected),
        (422, {"detail": [{"msg": "field required"}]}, RequestRejected),
        (500, body_of("internal_error", "list index out of range"), RequestRejected),
        (500, native("InternalError.Algo"), ServerFailed),
        (500, native("RequestTimeOut"), ServerFailed),
        (502, b"<html><title>Bad gateway</title></html>", ServerFailed),
        (504, b"", ServerFailed),
        (408, b"", ServerFailed),
        (418, b"", Refused),
    ],
)
def test_status_and_code_decide(status: int, body: object, kind: type[ProviderError]) -> None:
    assert type(judged(status, body)) is kind


def test_a_spent_quota_is_temporary_at_dashscope_only() -> None:
    spent = body_of("insufficient_quota", "You exceeded your current quota.")
    assert type(judged(429, spent)) is RateLimited
    assert type(judged(429, spent, ELSEWHERE)) is AccountProblem


@pytest.mark.parametrize("body", [b"", ERROR_BODY, b"Unauthorized"])
def test_without_a_key_one_is_asked_for(body: bytes) -> None:
    assert type(judged(401, body, Asked("host"))) is KeyMissing


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (body_of("c", "m"), "m\nc"),
        (native("C", "m"), "m\nC\nrequest id: 1-2-3"),
        ({**body_of("c", "m"), "request_id": "r"}, "m\nc\nrequest id: r"),
        ({"error": {"message": "m", "code": 400, "type": "BadRequestError"}}, "m\nBadRequestError"),
        ({"object": "error", "message": "m", "type": "t", "code": 40_001}, "m\nt"),
        ({"error": "m"}, "m"),
        ({"detail": "m"}, "m"),
        ({"detail": [{"loc": ["body", "seed"], "msg": "m", "input": 7}, {"msg": "n"}]}, "body.seed: m; n"),
        ({"message": "m"}, "m"),
        ([{"error": {"message": "m"}}], "m"),
        ("m", "m"),
        (b"m", "m"),
        (b"\xef\xbb\xbfm", "m"),
        (b"", "HTTP 500"),
        ({}, "HTTP 500"),
        ({"error": {"message": None, "code": "c"}}, "c"),
        ({"error": [{"message": "m", "code": "c"}]}, "m\nc"),
        ({"errors": [{"message": "m"}]}, "m"),
        ({"errors": ["m", "n"]}, "m"),
        ({"type": "error", "error": {"type": "t", "message": "m"}}, "m\nt"),
        ({"title": "T", "detail": "d", "status": 400, "type": "https://x/y"}, "T: d"),
        ({"detail": {"error": "m"}}, "m"),
        ([{"error": {"code": 400, "message": "m", "status": "INVALID_ARGUMENT"}}], "m\nINVALID_ARGUMENT"),
        ({"error": {"message": "P", "code": 429, "metadata": {"raw": "behind"}}}, "P: behind"),
        ({"error": {"message": "P", "metadata": {"raw": '{"error":{"message":"m","code":"c"}}'}}}, "P: m\nc"),
        ({"error": {"message": "P", "metadata": {"raw": {"message": "m"}}}}, "P: m"),
        ({"error": '{"error":{"message":"m","type":"t"}}'}, "m\nt"),
        (b'event: error\ndata: {"error": {"message": "m"}}\n\n', "m"),
        (b': hello\r\ndata: {"error":\r\ndata: {"message": "m"}}', "m"),
        (b"data: m", "data: m"),
        ({"error": "a\u202eb\u2066c\u200bd"}, "a b c d"),
        ({"error": "Bearer sk-somebody-else5: no"}, "Bearer •••: no"),
        ({"error": "Missing Bearer authentication"}, "Missing Bearer authentication"),
        (b'data: {"error": {"message": "m"}}\n\n', "m"),
        (b"<html><head><title>Bad &amp; broken</title>", "Bad & broken"),
        (b"<html>", "HTTP 500"),
        (b"\xff\x00m\x1b[1m\n", "� m [1m"),
        (b"[" * 100_000, "[" * LONGEST_DETAIL),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_the_servers_words_are_kept_as_plain_text(body: object, detail: str) -> None:
    assert judged(500, body).detail == detail


def test_the_request_id_may_stand_in_a_header() -> None:
    assert judged(500, {"error": "m"}, x_request_id="abc").detail == "m\nrequest id: abc"


def test_the_reason_of_a_rejection_is_part_of_the_sentence() -> None:
    message = "<400> InternalError.Algo.InvalidParameter: Temperature should be in [0.0, 2.0)"
    error = judged(400, native("InvalidParameter", message))
    assert str(error).endswith("did not accept the request: Temperature should be in [0.0, 2.0)")
    assert error.detail.startswith("<400>")
    assert str(judged(400, b"")).endswith("HTTP 400")


def test_a_long_story_is_cut() -> None:
    error = judged(400, {"error": "{x}" * 5_000}, ELSEWHERE)
    assert len(error.detail) == LONGEST_DETAIL
    assert len(str(error)) < 400
    assert str(error).endswith("{x}…")


def test_the_request_id_stands_below_a_long_story() -> None:
    detail = judged(500, native("C" * 900, "m" * 5_000)).detail
    assert len(detail) == LONGEST_DETAIL
    assert detail.endswith("m\n" + "C" * 200 + "\nrequest id: 1-2-3")


def test_an_unknown_model_is_named() -> None:
    assert "“qwen-vl-plus”" in str(judged(404, body_of("model_not_found")))


@pytest.mark.parametrize(
    "body",
    [
        body_of(f"code {KEY}", f"Incorrect API key provided: {KEY}"),
        {**native("c", "m"), "request_id": KEY},
        f"Bearer {KEY}".encode(),
        f"<title>{KEY}</title>".encode(),
        {"detail": [{"input": KEY}]},
        {"error": "x" * 290 + KEY},
        {"error": "x" * (LONGEST_DETAIL - 5) + KEY},
        {"error": {KEY: KEY}},
    ],
    ids=repr,
)
@pytest.mark.parametrize("status", [301, 400, 401, 404, 500])
def test_the_key_is_never_repeated(status: int, body: object) -> None:
    error = judged(status, body, x_request_id=KEY, location=f"https://x/{KEY}?key={KEY}")
    words = getattr(error, "words", None)
    assert KEY[:8] not in f"{error} {error!r} {error.detail} {error.facts} {words}"


NAMES = [
    "error",
    "errors",
    "code",
    "message",
    "detail",
    "type",
    "id",
    "status",
    "param",
    "title",
    "metadata",
    "raw",
    "loc",
    "msg",
    "n_ctx",
    "request_id",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(NAMES),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
)


@given(JSON)
def test_nothing_inside_a_stream_breaks_it(value: object) -> None:
    error = refusal_within(ASKED, value)
    assert error is None or (str(error) and len(error.detail) <= LONGEST_DETAIL)


@given(st.integers(300, 599), st.binary(max_size=200) | JSON)
def test_no_body_breaks_it(status: int, body: object) -> None:
    error = judged(status, body)
    assert str(error)
    assert len(error.detail) <= LONGEST_DETAIL


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("https://other.example/v1/chat/completions", "https://other.example/v1/chat/completions"),
        ("https://me:secret@other.example:8443/login?next=secret#x", "https://other.example:8443/login"),
        ("//other.example/v1", "other.example/v1"),
        ("/login", "dashscope.aliyuncs.com/login"),
    ],
)
def test_a_redirect_names_the_address_and_nothing_secret(location: str, target: str) -> None:
    error = judged(308, b"", location=location)

    assert type(error) is Redirected
    assert error.facts == {"host": ASKED.host, "target": target}
    assert error.next_step is NextStep.OPEN_SETTINGS


def test_a_redirect_to_no_address_is_no_answer() -> None:
    assert type(judged(302, b"", location="http://[")) is NotAnAnswer


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", EmptyAnswer),
        (b" \r\n", EmptyAnswer),
        (b"\xef\xbb\xbf <!doctype html><title>Log in</title>", WebPageInstead),
        (b'{"status": "ok"}', NotAnAnswer),
        (b"pong", NotAnAnswer),
    ],
)
def test_what_is_no_answer_is_told_apart(body: bytes, kind: type[NotAnAnswer]) -> None:
    assert type(not_an_answer(ASKED, body)) is kind


def test_an_address_that_the_server_does_not_have_may_come_as_a_success() -> None:
    error = refusal_within(ASKED, {"error": "Unexpected endpoint or method. (POST /chat/completions)"})

    assert type(error) is NotAnAnswer
    assert error.next_step is NextStep.OPEN_SETTINGS
    assert error.detail.startswith("Unexpected endpoint")


def test_a_web_page_of_the_network_is_told_from_the_servers_own_fault() -> None:
    page = b"<html><head><title>Log in to the guest network</title>"

    assert type(judged(403, page)) is WebPageInstead
    assert judged(403, page).detail == "Log in to the guest network"
    assert type(judged(502, page)) is ServerFailed


@pytest.mark.parametrize("depth", range(0, 1_000, 50))
def test_no_depth_breaks_it(depth: int) -> None:
    body = b'{"error": {"message": ' + b"[" * depth + b"]" * depth + b"}}"

    assert type(judged(500, body)) is ServerFailed


def test_regions_are_only_spoken_of_where_there_are_some() -> None:
    elsewhere = Asked("api.example.com", key="sk-1")

    assert type(judged(401, b"", elsewhere)) is KeyRejected
    assert "region" not in str(judged(401, b"", elsewhere))
    assert "region" in str(judged(401, b""))


@pytest.mark.parametrize("body", [b"<html>" + b"<title>" * 9_000, b"<html>" + b"<title" * 10_000])
def test_a_page_of_nothing_but_titles_is_looked_at_once(body: bytes) -> None:
    # Read again from each of them, it would take seconds.
    assert refusal(ASKED, 500, {}, body).detail == "HTTP 500"


def test_a_limit_that_no_model_has_is_none() -> None:
    asked = replace(ASKED, has_history=True)
    beyond = {"error": {"message": "exceeds", "type": "exceed_context_size_error", "n_ctx": 10**400}}
    assert type(refusal(asked, 400, {}, json.dumps(beyond).encode())) is ContextTooLong
    words = f"maximum context length is {10**400} tokens"
    told = {"error": {"message": words, "code": "context_length_exceeded"}}
    assert type(refusal(asked, 400, {}, json.dumps(told).encode())) is ContextTooLong


def test_only_the_first_of_many_names_count() -> None:
    body = {"error": {"message": "unknown", "param": "field " * 10_000}}
    error = refusal(ASKED, 400, {}, json.dumps(body).encode())
    assert isinstance(error, Refused)
    assert len(error.words.fields) == 32
