"""`viewfinder ask` on a real terminal, asked of a server that wants to take it over."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.support.scripts import CHECKOUT
from tests.support.seed import framed
from tests.support.server import End, Reply, events, whole
from tests.support.terminal import Terminal
from tests.support.vt import acted_on, printed

TAKE_OVER = (
    "\x1b[2J\x1b[1;1H\x1b]0;title\x07\x1b]52;c;c3VkbyBybQ==\x1b\\\x1bP+q544e\x1b\\\x9b31m\x9d8;;http://a\x9c"
    "\x7f\b\r\u2028\u202emr\u202c\u2066x\u2069\u200b\U000e0073\U000e0075"
)


def delta(**fields: object) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": fields, "finish_reason": None}]}


def answer(ending: list[End]) -> Reply:
    """Each character of what is hostile comes in a piece of its own."""
    letters = [delta(content=char) for char in f"before {TAKE_OVER} after"]
    return events(framed([delta(reasoning_content=TAKE_OVER), *letters]), *ending)


def refusal() -> Reply:
    error = {"message": f"No.\n{TAKE_OVER}", "code": TAKE_OVER, "type": TAKE_OVER}
    return whole({"error": error, "request_id": TAKE_OVER}, status=400)


def on_a_terminal(terminal: Terminal, *arguments: str) -> bytes:
    command = terminal.command("ask", "--base-url", terminal.server.url, *arguments)
    return printed(command, CHECKOUT, terminal.environ())


@pytest.mark.parametrize("reply", [answer([]), answer([End.CUT]), refusal()])
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_nothing_of_what_a_server_says_acts_on_the_terminal(
    terminal: Terminal, reply: Reply, form: tuple[str, ...]
) -> None:
    terminal.answer_with(reply)

    shown = on_a_terminal(terminal, str(terminal.picture), "--model", f"m{TAKE_OVER}", *form)

    assert shown
    assert acted_on(shown) == set()


def test_json_on_a_terminal_is_the_exact_text(terminal: Terminal) -> None:
    terminal.answer_with(answer([]))

    shown = on_a_terminal(terminal, str(terminal.picture), "--model", "m", "--json").decode()

    said = [json.loads(line) for line in shown.splitlines()]
    assert "".join(each["text"] for each in said if each["type"] == "text") == f"before {TAKE_OVER} after"


@pytest.mark.parametrize(
    "arguments",
    [
        ("a\x1b[2J\u202e.png",),
        ("--provider", TAKE_OVER, "a.png"),
        ("--nonsense" + TAKE_OVER, "a.png"),
        ("a.png", "--base-url", f"http://{TAKE_OVER}/"),
        (f"https://{TAKE_OVER}/a.png", "--model", "ocr"),
        (f"data:image/{TAKE_OVER};base64,AAAA", "--model", "ocr"),
    ],
)
def test_nothing_that_was_typed_acts_on_it_again(terminal: Terminal, arguments: tuple[str, ...]) -> None:
    shown = on_a_terminal(terminal, *arguments)

    assert shown
    assert acted_on(shown) == set()


def test_a_file_may_have_any_name_that_there_is(terminal: Terminal) -> None:
    for name in (b"a\x1b[31m\n\xe2\x80\xae.png", b"\xff\xfe.png", b"\xc2\x9b2J" + b"x" * 240 + b".png"):
        folder = Path(terminal.folder, "folder")
        folder.mkdir(exist_ok=True)
        place = folder / os.fsdecode(name)
        place.write_bytes(b"no image")

        shown = on_a_terminal(terminal, str(place), "--model", "m")

        assert acted_on(shown) == set()
        assert "is not an image" in shown.decode()
