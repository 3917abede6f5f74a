"""How long servers ask to wait, and what the app makes of it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.profiles import PROFILES
from desktop.domain.provider_errors import ProviderError
from desktop.domain.refusals import KeyRejected, RateLimited, RateLimitedFor, ServerFailed
from desktop.providers.pauses import asked_pause
from desktop.providers.refusal import Asked, refusal

ASKED = Asked("host", "m", "sk-1", PROFILES["dashscope"])
NOON = "Mon, 23 Nov 2026 12:00:00 GMT"


def refused(status: int, headers: dict[str, str] | None = None, message: str = "") -> ProviderError:
    return refusal(ASKED, status, headers or {}, json.dumps({"error": {"message": message}}).encode())


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": " 0.5 "}, 0.5),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after-ms": "1500", "retry-after": "2"}, 1.5),
        ({"retry-after": "Mon, 23 Nov 2026 12:00:20 GMT", "date": NOON}, 20.0),
        ({"retry-after": "Mon, 23 Nov 2026 11:00:00 GMT", "date": NOON}, 0.0),
        ({"retry-after": "Mon, 23 Nov 2020 11:00:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "1e9"}, None),
        ({"retry-after": "99999999999"}, None),
        ({"retry-after": "nan"}, None),
        ({"x-ratelimit-reset": "1795435260000", "date": NOON}, 60.0),
        ({"x-ratelimit-reset": "60"}, None),
        ({"x-ratelimit-reset": "1795435260"}, None),
        ({"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "6m0s"}, 360.0),
        ({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "250ms"}, 0.25),
        ({"x-ratelimit-remaining-tokens": "9", "x-ratelimit-reset-tokens": "6m0s"}, None),
    ],
)
def test_headers_say_it(headers: dict[str, str], pause: float | None) -> None:
    assert asked_pause(headers, "") == pause


@pytest.mark.parametrize(
    ("message", "pause"),
    [
        ("Rate limit reached. Limit 3, Used 3. Please try again in 20s. Visit …", 20.0),
        ("Please try again in 1.5s.", 1.5),
        ("Please try again in 120ms.", 0.12),
        ("Please try again in 6m0s.", 360.0),
        ("Please try again in 1h2m3s", 3723.0),
        ("Please retry after 6 seconds.", 6.0),
        ("Please retry in 34.07s.", 34.07),
        ("Please wait 2 minutes before you ask again", 120.0),
        ("Try again after 1 hour.", 3600.0),
        ("请 5 秒后再试", 5.0),
        ("请在2分钟后重试。", 120.0),
        ("Please try again later.", None),
        ("Retry 3 times", None),
        ("Wait.", None),
    ],
)
def test_words_say_it(message: str, pause: float | None) -> None:
    assert asked_pause({}, message) == (None if pause is None else pytest.approx(pause))


def test_what_a_proxy_hands_on_counts_where_it_says_nothing_itself() -> None:
    handed_on = {"llm_provider-retry-after": "7"}

    assert asked_pause(handed_on, "try again in 20s") == 7.0
    assert asked_pause({**handed_on, "retry-after": "3"}, "") == 3.0


@pytest.mark.parametrize("unit", ["", " ", "s", "ms ", "秒"])
def test_nobody_waits_for_a_number_to_be_read(unit: str) -> None:
    """Quadratic in 90 000 digits, it would take minutes."""
    number = "1" * 90_000 + unit
    headers = {"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": number}

    assert asked_pause(headers, f"try again in {number}") is None


def test_headers_go_before_words() -> None:
    assert asked_pause({"retry-after": "3"}, "try again in 20s") == 3.0


@given(st.dictionaries(st.sampled_from(["retry-after", "retry-after-ms", "date"]), st.text()), st.text())
def test_no_header_and_no_word_breaks_it(headers: dict[str, str], message: str) -> None:
    pause = asked_pause(headers, message)

    assert pause is None or 0 <= pause <= 31 * 86_400


def test_a_pause_that_somebody_would_watch_is_waited_for() -> None:
    error = refused(429, {"retry-after": "60"})

    assert (type(error), error.pause, error.is_fleeting) == (RateLimited, 60.0, True)


def test_a_longer_one_is_said() -> None:
    error = refused(429, {"retry-after": "60.5"})

    assert (type(error), error.pause, error.is_fleeting) == (RateLimitedFor, 60.5, False)
    assert error.retryable
    assert "wait 61 seconds" in str(error)


def test_a_server_that_is_being_mended_is_not_asked_again_unasked() -> None:
    error = refused(503, {"retry-after": "3600"})

    assert (type(error), error.is_fleeting, error.retryable) == (ServerFailed, False, True)


def test_what_is_used_up_for_the_day_is_not_asked_for_again() -> None:
    error = refused(429, message="Rate limit exceeded: free-models-per-day.")

    assert (type(error), error.is_fleeting, error.retryable) == (RateLimited, False, True)


@pytest.mark.parametrize("code", ["limit_burst_rate", "Throttling.BurstRate"])
def test_a_burst_waits_longer(code: str) -> None:
    body = json.dumps({"code": code, "message": "Request rate increased too quickly."}).encode()

    assert refusal(ASKED, 429, {}, body).pause == 5.0
    assert refusal(ASKED, 429, {"retry-after": "9"}, body).pause == 9.0


def test_a_server_may_say_whether_to_try_again() -> None:
    assert not refused(503, {"x-should-retry": "false"}).is_fleeting
    assert refused(429, {"x-should-retry": "true", "retry-after": "1"}).is_fleeting
    assert ServerFailed.is_fleeting


def test_it_cannot_make_succeed_what_cannot() -> None:
    error = refused(401, {"x-should-retry": "true", "retry-after": "1"})

    assert isinstance(error, KeyRejected)
    assert not error.is_fleeting
    assert error.pause is None


def test_a_number_of_thousands_of_digits_says_nothing() -> None:
    assert asked_pause({"x-ratelimit-reset": "9" * 5_000}, "") is None
    assert asked_pause({"retry-after": "9" * 5_000}, "") is None
