"""The terminal form against other people's servers: they deviate, stall and fail in their own ways."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from desktop.domain.settings import Settings, TimeLimits, to_json
from tests.support.pictures import png
from tests.support.terminal import Terminal, lines
from tests.support.third_party import PROXY_KEY, LlmMock, Served, aimock, litellm, llmock

pytestmark = [pytest.mark.slow, pytest.mark.real]

LONG = "A long answer whose end never comes, because the line breaks off before it is all said. " * 4
FIXTURES: tuple[Mapping[str, Any], ...] = (
    {"match": {"userMessage": "greet"}, "response": {"content": "Hello **there**. 你好 😀 done."}},
    {"match": {"userMessage": "think"}, "response": {"content": "42", "reasoning": "Six by seven."}},
    {
        "match": {"userMessage": "limit", "sequenceIndex": 0},
        "response": {"error": {"message": "Slow down", "type": "rate_limit_error"}, "status": 429},
    },
    {"match": {"userMessage": "limit"}, "response": {"content": "Now."}},
    {
        "match": {"userMessage": "cut"},
        "response": {"content": LONG},
        "latency": 30,
        "truncateAfterChunks": 5,
    },
    {
        "match": {"userMessage": "drop"},
        "response": {"content": LONG},
        "latency": 30,
        "disconnectAfterMs": 200,
    },
    {"match": {"userMessage": "filter"}, "response": {"content": "Well", "finishReason": "content_filter"}},
)


class Asked(NamedTuple):
    """What became of one question."""

    status: int
    text: str
    reasoning: str
    kind: str
    """Of the error; empty if there was none."""
    finish: str
    retries: int
    usage: dict[str, Any]


class Desk:
    """A terminal whose settings wait no longer than a second for a silent server."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        settings = replace(Settings(), limits=TimeLimits(connect=5, first=4, idle=1, thinking=1))
        file = folder / ".config" / "viewfinder" / "settings.json"
        file.parent.mkdir(parents=True)
        file.write_text(to_json(settings), "utf-8")
        (folder / "a.png").write_bytes(png((64, 48)))

    def ask(self, server: Served, question: str, *, key: str = "sk-any", stream: bool = True) -> Asked:
        terminal = Terminal.__new__(Terminal)
        terminal.folder = self._folder
        how = ["--json", "--model", "gpt-4o", "-p", question, *([] if stream else ["--no-stream"])]
        done = terminal.run(
            "ask", str(self._folder / "a.png"), "--base-url", server.url, *how, OPENAI_API_KEY=key
        )
        assert done.stderr == ""
        return _told(done.returncode, lines(done.stdout))


def _told(status: int, said: list[dict[str, Any]]) -> Asked:
    def joined(kind: str) -> str:
        return "".join(line["text"] for line in said if line["type"] == kind)

    by_type = {line["type"]: line for line in said}
    return Asked(
        status,
        joined("text"),
        joined("reasoning"),
        by_type.get("error", {}).get("kind", ""),
        by_type.get("finished", {}).get("reason", ""),
        sum(line["type"] == "retry" for line in said),
        {name: count for name, count in by_type.get("usage", {}).items() if name != "type"},
    )


@pytest.fixture(scope="module")
def mock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LlmMock]:
    with llmock(tmp_path_factory.mktemp("llmock")) as server:
        yield server


@pytest.fixture(scope="module")
def proxy(mock: LlmMock, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with litellm(tmp_path_factory.mktemp("litellm"), mock.url) as server:
        yield server


@pytest.fixture(scope="module")
def fixtures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with aimock(tmp_path_factory.mktemp("aimock"), FIXTURES) as server:
        yield server


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


# ── llmock: faults, and a verdict on the client ─────────────────────────────────────────────────

GIVEN_UP = ["gave_up"]
"""What llmock says of a client that stops after two more tries, as ours is meant to."""

VERDICTS = {
    "disconnect": GIVEN_UP,
    "truncate": ["truncated_stream_accepted"],
    "malformed": ["malformed_chunk_ignored"],
}
"""Only who asks again is let off; but nobody asks unasked for what was half said, and shown as cut off."""


@pytest.mark.parametrize("stream", [True, False])
def test_llmock_answers(mock: LlmMock, desk: Desk, *, stream: bool) -> None:
    mock.plan()
    asked = desk.ask(mock, "What is this?", stream=stream)

    assert (asked.status, asked.kind, asked.finish, asked.retries) == (0, "", "stop", 0)
    assert asked.text
    assert asked.usage["total_tokens"] > 0
    assert mock.verdict() == []


@pytest.mark.parametrize(
    "fault",
    [
        {"type": "fail", "status": 429, "retry_after": 1, "times": 2},
        {"type": "fail", "status": 503, "times": 1},
        {"type": "fail", "status": 500, "times": 2},
        {"type": "fail", "status": 502, "times": 1},
        {"type": "fail", "status": 529, "times": 1},
    ],
    ids=lambda fault: f"{fault['status']}x{fault['times']}",
)
def test_what_passes_is_waited_for_as_long_as_it_asks(
    mock: LlmMock, desk: Desk, fault: Mapping[str, Any]
) -> None:
    mock.plan(fault)
    asked = desk.ask(mock, "What is this?")

    assert (asked.status, asked.kind, asked.finish) == (0, "", "stop")
    assert asked.retries == fault["times"]
    assert mock.verdict() == []


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, "request_rejected"),
        (401, "invalid_api_key"),
        (403, "access_denied"),
        (404, "not_an_answer"),
        (413, "oversized_image"),
        (422, "request_rejected"),
    ],
)
def test_what_cannot_succeed_is_not_tried_again(mock: LlmMock, desk: Desk, status: int, kind: str) -> None:
    mock.plan({"type": "fail", "status": status, "times": None})
    asked = desk.ask(mock, "What is this?")

    assert (asked.status, asked.kind, asked.retries) == (4, kind, 0)
    assert mock.attempts() == 1
    assert mock.verdict() == []


def test_an_outage_is_given_up_after_two_more_tries(mock: LlmMock, desk: Desk) -> None:
    mock.plan({"type": "fail", "status": 500, "times": None})
    asked = desk.ask(mock, "What is this?")

    assert (asked.status, asked.kind, asked.retries) == (4, "server_failed", 2)
    assert mock.attempts() == 3
    assert mock.verdict() in ([], GIVEN_UP)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("disconnect", "connection_lost"),
        ("truncate", ""),
        ("malformed", "not_an_answer"),
        ("stall", "timeout"),
    ],
)
def test_a_broken_stream_is_cut_off_with_what_came(mock: LlmMock, desk: Desk, fault: str, kind: str) -> None:
    mock.plan({"type": "stream_fault", "kind": fault, "after_chunks": 3, "stall_seconds": 30})
    asked = desk.ask(mock, "What is this?")

    assert (asked.status, asked.kind, asked.finish, asked.retries) == (4, kind, "interrupted", 0)
    assert asked.text
    assert mock.verdict() == VERDICTS.get(fault, [])


def test_a_late_first_word_is_waited_for(mock: LlmMock, desk: Desk) -> None:
    mock.plan({"type": "slow_first_token", "seconds": 2})
    asked = desk.ask(mock, "What is this?")

    assert (asked.status, asked.finish, asked.retries) == (0, "stop", 0)


# ── aimock: another hand, another wire ──────────────────────────────────────────────────────────


def test_aimock_answers(fixtures: Served, desk: Desk) -> None:
    asked = desk.ask(fixtures, "greet")

    assert (asked.status, asked.text, asked.finish) == (0, "Hello **there**. 你好 😀 done.", "stop")
    assert asked.usage["total_tokens"] > 0


def test_aimock_thinks(fixtures: Served, desk: Desk) -> None:
    asked = desk.ask(fixtures, "think")

    assert (asked.reasoning, asked.text, asked.finish) == ("Six by seven.", "42", "stop")


def test_aimock_is_busy_once(fixtures: Served, desk: Desk) -> None:
    asked = desk.ask(fixtures, "limit")

    assert (asked.status, asked.text, asked.retries) == (0, "Now.", 1)


@pytest.mark.parametrize("question", ["cut", "drop"])
def test_aimock_breaks_off(fixtures: Served, desk: Desk, question: str) -> None:
    asked = desk.ask(fixtures, question)

    assert (asked.status, asked.finish) == (4, "interrupted")
    assert LONG.startswith(asked.text)
    assert asked.text


def test_aimock_filters(fixtures: Served, desk: Desk) -> None:
    asked = desk.ask(fixtures, "filter")

    assert (asked.text, asked.finish) == ("Well", "content_filter")


def test_aimock_knows_no_such_question(fixtures: Served, desk: Desk) -> None:
    assert desk.ask(fixtures, "something else").kind == "not_an_answer"


# ── litellm's proxy: what stands before most companies' models ──────────────────────────────────


@pytest.mark.parametrize("stream", [True, False])
def test_litellm_answers(mock: LlmMock, proxy: Served, desk: Desk, *, stream: bool) -> None:
    mock.plan()
    asked = desk.ask(proxy, "What is this?", key=PROXY_KEY, stream=stream)

    assert (asked.status, asked.kind, asked.finish) == (0, "", "stop")
    assert asked.text
    assert asked.usage["total_tokens"] > 0


@pytest.mark.parametrize(("status", "kind"), [(400, "request_rejected"), (401, "invalid_api_key")])
def test_litellm_hands_on_what_its_server_refused(
    mock: LlmMock, proxy: Served, desk: Desk, status: int, kind: str
) -> None:
    mock.plan({"type": "fail", "status": status, "times": None})
    asked = desk.ask(proxy, "What is this?", key=PROXY_KEY)

    assert (asked.status, asked.kind, asked.retries) == (4, kind, 0)


def test_litellm_is_busy_when_its_server_is(mock: LlmMock, proxy: Served, desk: Desk) -> None:
    mock.plan({"type": "fail", "status": 429, "retry_after": 1, "times": 1})
    asked = desk.ask(proxy, "What is this?", key=PROXY_KEY)

    assert (asked.status, asked.finish) == (0, "stop")


def test_litellm_breaks_off_when_its_server_stalls(mock: LlmMock, proxy: Served, desk: Desk) -> None:
    mock.plan({"type": "stream_fault", "kind": "stall", "after_chunks": 3, "stall_seconds": 30})
    asked = desk.ask(proxy, "What is this?", key=PROXY_KEY)

    assert (asked.status, asked.kind, asked.finish) == (4, "timeout", "interrupted")
    assert asked.text


def test_litellm_says_within_the_stream_that_its_server_spoke_nonsense(
    mock: LlmMock, proxy: Served, desk: Desk
) -> None:
    mock.plan({"type": "stream_fault", "kind": "malformed", "after_chunks": 3})
    asked = desk.ask(proxy, "What is this?", key=PROXY_KEY)

    assert (asked.status, asked.kind, asked.finish) == (4, "server_failed", "interrupted")
    assert asked.text


def test_litellm_calls_a_stream_whole_that_was_cut_short(mock: LlmMock, proxy: Served, desk: Desk) -> None:
    """It sends `finish_reason: stop` where its server sent none: behind it nobody can tell."""
    mock.plan({"type": "stream_fault", "kind": "truncate", "after_chunks": 3})
    asked = desk.ask(proxy, "What is this?", key=PROXY_KEY)

    assert (asked.status, asked.finish) == (0, "stop")


def test_litellm_wants_its_own_key(proxy: Served, desk: Desk) -> None:
    asked = desk.ask(proxy, "What is this?", key="sk-of-somebody-else")

    assert (asked.status, asked.retries) == (4, 0)
    assert asked.kind == "invalid_api_key"
