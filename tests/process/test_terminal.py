"""`viewfinder ask` as users run it: a process, real files, a real server on a socket."""

import json
import signal
import subprocess
import sys
from typing import Any

import pytest

from desktop.paths import resource
from tests.support.scripts import CHECKOUT
from tests.support.seed import CURL_BODY, CURL_STREAM, ERROR_BODY, framed
from tests.support.server import End, events, in_turn, raw, whole
from tests.support.terminal import KEY, Terminal, lines

SEEN = "图中是一名女子和她的狗在"


def delta(**fields: object) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": fields, "finish_reason": None}]}


def end(reason: str) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]}


def test_the_answer_and_nothing_else_goes_to_stdout(terminal: Terminal) -> None:
    done = terminal.ask(str(terminal.picture), "-p", "这是什么")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(SEEN)
    assert done.stdout.count("\n") == 1
    (request,) = terminal.server.requests
    text, picture = request.json["messages"][0]["content"]
    assert text == {"type": "text", "text": "这是什么"}
    assert picture["image_url"]["url"].startswith("data:image/png;base64,")
    assert request.json["stream"] is True
    assert "authorization" not in request.headers


def test_an_empty_name_is_a_usage_error(terminal: Terminal) -> None:
    assert terminal.ask("").returncode == 2


def test_without_a_stream_the_answer_is_the_same(terminal: Terminal) -> None:
    terminal.answer_with(whole(CURL_BODY))
    done = terminal.ask(str(terminal.picture), "--no-stream")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == json.loads(CURL_BODY)["choices"][0]["message"]["content"]
    assert "stream" not in terminal.server.requests[0].json


def test_json_is_one_object_a_line(terminal: Terminal) -> None:
    usage = {"prompt_tokens": 1276, "completion_tokens": 2, "total_tokens": 1278}
    chunks = [
        delta(reasoning_content="Hm."),
        delta(content="一只"),
        delta(content="dog\n"),
        end("stop"),
        {"choices": [], "usage": usage},
    ]
    terminal.answer_with(events(framed(chunks)))
    done = terminal.ask(str(terminal.picture), "--json")

    said = lines(done.stdout)
    assert said[0] == {"type": "reasoning", "text": "Hm."}
    assert "".join(line["text"] for line in said if line["type"] == "text") == "一只dog\n"
    assert {"type": "usage", **usage} in said
    assert said[-1] == {"type": "finished", "reason": "stop"}
    assert done.stderr == ""


def test_reasoning_is_no_part_of_the_answer(terminal: Terminal) -> None:
    terminal.answer_with(
        events(framed([delta(reasoning_content="Hm."), delta(content="A dog"), end("stop")]))
    )
    done = terminal.ask(str(terminal.picture))

    assert (done.stdout, done.stderr) == ("A dog\n", "Hm.\n")


def test_nothing_moves_the_cursor_or_colours_the_terminal(terminal: Terminal) -> None:
    terminal.answer_with(events(framed([delta(content="a\x1b[31mred\x07\r\n\tb\x9b2J\x00c"), end("stop")])))
    done = terminal.ask(str(terminal.picture))

    assert done.stdout == "a[31mred\n\tb2Jc\n"


def test_an_answer_that_is_cut_off_is_printed_as_far_as_it_came(terminal: Terminal) -> None:
    start, *_ = CURL_STREAM.partition("沙滩".encode())
    terminal.answer_with(events(start, End.CUT))
    done = terminal.ask(str(terminal.picture))

    assert done.returncode == 4
    assert done.stdout == SEEN + "\n"
    assert "127.0.0.1" in done.stderr


def test_json_says_that_a_broken_answer_was_interrupted(terminal: Terminal) -> None:
    start, *_ = CURL_STREAM.partition("沙滩".encode())
    terminal.answer_with(events(start, End.CUT))
    done = terminal.ask(str(terminal.picture), "--json")

    *_, error, finished = lines(done.stdout)
    assert (error["type"], error["kind"], error["retryable"]) == ("error", "connection_lost", True)
    assert finished == {"type": "finished", "reason": "interrupted"}


def test_an_answer_that_reached_its_length_is_an_answer(terminal: Terminal) -> None:
    terminal.answer_with(events(framed([delta(content="A dog"), end("length")])))
    done = terminal.ask(str(terminal.picture))

    assert (done.returncode, done.stdout) == (0, "A dog\n")
    assert "longest length" in done.stderr


@pytest.mark.parametrize("as_json", [False, True])
def test_a_refusal_says_why(terminal: Terminal, as_json: bool) -> None:
    terminal.answer_with(whole(ERROR_BODY, status=401))
    done = terminal.ask(str(terminal.picture), *(["--json"] if as_json else []), OPENAI_API_KEY=KEY)

    assert done.returncode == 4
    if as_json:
        (error,) = lines(done.stdout)
        assert (error["type"], error["kind"], error["retryable"]) == ("error", "invalid_api_key", False)
        assert (error["turn"], error["next_step"]) == ("user", "open_settings")
        assert "rejected the API key" in error["message"]
        assert error["detail"]
    else:
        assert done.stdout == ""
        assert "rejected the API key" in done.stderr


BUSY = whole({"error": {"message": "Busy"}}, status=429, headers={"retry-after-ms": "1"})


def test_a_busy_server_is_asked_again_and_each_wait_is_told(terminal: Terminal) -> None:
    terminal.server.script = in_turn(BUSY, events(CURL_STREAM), BUSY, events(CURL_STREAM))
    done = terminal.ask(str(terminal.picture))
    as_json = terminal.ask(str(terminal.picture), "--json")

    assert (done.returncode, as_json.returncode) == (0, 0)
    assert done.stdout.startswith(SEEN)
    assert done.stderr.endswith("Trying again in 1 s.\n")
    retry, *_, finished = lines(as_json.stdout)
    assert (retry["type"], retry["kind"], retry["seconds"]) == ("retry", "rate_limited", 0.0)
    assert finished == {"type": "finished", "reason": "stop"}


@pytest.mark.parametrize(
    ("arguments", "returncode"),
    [(("--provider", "custom"), 2), (("--provider", "nobody"), 2), (("--region", "eu-central-1"), 2)],
)
def test_a_server_without_an_address_is_a_usage_error(
    terminal: Terminal, arguments: tuple[str, ...], returncode: int
) -> None:
    done = terminal.run("ask", str(terminal.picture), *arguments)

    assert (done.returncode, done.stdout) == (returncode, "")
    assert done.stderr


def test_the_kind_of_a_server_can_be_said(terminal: Terminal) -> None:
    terminal.ask(str(terminal.picture), "--provider", "vllm", OPENROUTER_API_KEY=KEY)

    (request,) = terminal.server.requests
    assert "authorization" not in request.headers


def test_an_unreachable_server_is_named(terminal: Terminal) -> None:
    done = terminal.run("ask", str(terminal.picture), "--base-url", "http://127.0.0.1:9/v1")

    assert done.returncode == 4
    assert "Nothing answers at 127.0.0.1:9" in done.stderr


def test_what_is_no_answer_is_said_to_be_none(terminal: Terminal) -> None:
    terminal.answer_with(raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html></html>"))

    assert terminal.ask(str(terminal.picture)).returncode == 4


@pytest.mark.parametrize(
    "arguments", [["ask"], ["ask", "a.png", "--base-url", "not an address"], ["ask", "a.png", "--nonsense"]]
)
def test_a_command_line_that_makes_no_sense_is_2(terminal: Terminal, arguments: list[str]) -> None:
    done = terminal.run(*arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr


@pytest.mark.parametrize(
    ("variables", "sent"),
    [
        ({"DASHSCOPE_API_KEY": KEY}, None),
        ({"OPENAI_API_KEY": KEY}, f"Bearer {KEY}"),
        ({"OPENAI_API_KEY": f' "Bearer {KEY}"\n'}, f"Bearer {KEY}"),
    ],
)
def test_a_key_of_the_environment_goes_where_it_belongs(
    terminal: Terminal, variables: dict[str, str], sent: str | None
) -> None:
    terminal.ask(str(terminal.picture), **variables)

    assert terminal.server.requests[0].headers.get("authorization") == sent


def test_a_server_that_is_named_is_asked_without_a_model_too(terminal: Terminal) -> None:
    done = terminal.run("ask", str(terminal.picture), "--base-url", terminal.server.url)

    assert done.returncode == 0
    assert terminal.server.requests[0].json["model"] == "qwen3-vl-plus"


def test_interrupted_it_hangs_up_and_says_so(terminal: Terminal) -> None:
    start, *_ = CURL_STREAM.partition("沙滩".encode())
    terminal.answer_with(events(start, End.HANG))
    with terminal.start(str(terminal.picture), "--json") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        # Not `communicate`: it passes over what `readline` has read ahead.
        rest = lines(process.stdout.read().decode())
        complaint = process.stderr.read()

    assert first["type"] == "text"
    assert process.returncode == 130
    assert [line["type"] for line in rest[:-1]] == ["text"] * (len(rest) - 1)
    assert rest[-1] == {"type": "finished", "reason": "cancelled"}
    assert complaint == b""
    assert terminal.server.hung_up.wait(20)


def test_whoever_reads_one_line_and_leaves_hears_no_complaint(terminal: Terminal) -> None:
    many = [delta(content=f"line {number}\n") for number in range(20_000)]
    terminal.answer_with(events(framed([*many, end("stop")])))
    with terminal.start(str(terminal.picture)) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"line 0\n"
        process.stdout.close()
        complaint = process.stderr.read()

    assert complaint == b""
    assert process.returncode == 130


def test_without_a_display_it_asks_in_the_terminal(terminal: Terminal) -> None:
    done = terminal.run(str(resource("samples", "receipt.png")))

    assert done.returncode == 0
    assert "There is no display" in done.stderr
    assert "33.46" in done.stdout


def test_a_display_that_does_not_answer_is_none(terminal: Terminal) -> None:
    done = terminal.run(str(resource("samples", "receipt.png")), DISPLAY=":4711")

    assert "There is no display" in done.stderr
    assert (done.returncode, "33.46" in done.stdout) == (0, True)


def test_without_a_display_the_options_of_ask_are_understood(terminal: Terminal) -> None:
    done = terminal.run(str(terminal.picture), "-p", "Hi", "--base-url", terminal.server.url, "--model", "m")

    assert done.returncode == 0
    assert terminal.server.requests[0].json["messages"][0]["content"][0]["text"] == "Hi"


def test_without_a_display_and_images_it_prints_the_help(terminal: Terminal) -> None:
    done = terminal.run()

    assert (done.returncode, done.stdout) == (2, "")
    assert "usage: viewfinder ask" in done.stderr


def test_the_on_device_reader_reads_line_by_line(terminal: Terminal) -> None:
    done = terminal.run("ask", str(resource("samples", "receipt.png")), "--json")
    said = lines(done.stdout)
    boxes = [line for line in said if line["type"] == "box"]

    assert done.returncode == 0
    assert said[-1] == {"type": "finished", "reason": "stop"}
    assert len(boxes) > 10
    for box in boxes:
        x0, y0, x1, y1 = box["box"]
        assert 0 <= x0 < x1
        assert 0 <= y0 < y1
        assert box["image"] == 0
        assert box["text"]


def test_the_terminal_form_loads_no_qt() -> None:
    code = "import sys, desktop.cli, desktop.connection, desktop.terminal; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}

    assert not loaded & {"PySide6", "qasync", "shiboken6"}
    assert not loaded & {"httpx", "keyring", "rapidocr", "onnxruntime"}, "not before they are needed"
