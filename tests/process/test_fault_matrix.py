"""Every fault as users of the terminal form meet it: a process, its output, its exit status."""

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.endpoints import is_loopback
from desktop.domain.settings import to_json
from desktop.paths import APP
from desktop.terminal import Exit
from tests.support.faults import FAULTS
from tests.support.faults.fault import MODEL, Fault, Place, at
from tests.support.faults.said import ANSWER, STREAM
from tests.support.server import ScriptedServer, events, in_turn
from tests.support.terminal import Terminal, lines

AT_ONCE = 4
"""Processes that run beside each other: many of them wait for a server that is silent."""

BATCH = 16
LINK = "https://images.example/a.png"
KEYS = tuple(f"{name}_API_KEY" for name in ("DASHSCOPE", "OPENAI", "OPENROUTER", "SILICONFLOW"))

ODD = [fault for fault in FAULTS if fault.comes == "stop"]
"""What changes nothing: tried in one process by the other matrix too."""

BAD = [fault for fault in FAULTS if fault.comes != "stop"]


def batches(faults: Sequence[Fault], *marks: pytest.MarkDecorator) -> Iterator[Any]:
    """Several faults for one test, whose processes run beside each other."""
    for first in range(0, len(faults), BATCH):
        begin = faults[first]
        yield pytest.param(faults[first : first + BATCH], id=f"{begin.group}, from {begin.name}", marks=marks)


@pytest.mark.parametrize("batch", [*batches(BAD), *batches(ODD, pytest.mark.slow)])
def test_each_fault_is_told_in_the_terminal(batch: Sequence[Fault], tmp_path: Path) -> None:
    def judged(number: int) -> list[str]:
        folder = tmp_path / f"{number}"
        folder.mkdir()
        return wrong_about(batch[number], folder)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        wrong = "\n".join(each for found in pool.map(judged, range(len(batch))) for each in found)
    assert wrong == ""
    assert is_answered(tmp_path / "0")


def is_answered(folder: Path) -> bool:
    """Whether a good server's answer comes, where a fault was met before."""
    with ScriptedServer(in_turn(events(STREAM))) as good:
        done = ask(Terminal(folder, good), at(good.url), {})
    text = "".join(line["text"] for line in lines(done.stdout) if line["type"] == "text")
    return (text, done.stderr, done.returncode) == (ANSWER, "", Exit.ANSWERED)


def wrong_about(fault: Fault, folder: Path) -> list[str]:
    """What is not as `fault` has it, named."""
    with fault.scene() as place, ScriptedServer(in_turn(events(STREAM))) as good:
        terminal = Terminal(folder, good)
        keys = dict.fromkeys(KEYS, fault.key) if fault.key else {}
        done = ask(terminal, place, keys)
        found = {
            "stderr": (done.stderr, ""),
            "exit status": (done.returncode, status(fault)),
            **seen(fault, lines(done.stdout)),
        }
        if place.server is not None:
            found["requests"] = (len(place.server.requests), fault.asked)
    return [f"{fault.name}: {what} {was!r}, not {due!r}" for what, (was, due) in found.items() if was != due]


def ask(terminal: Terminal, place: Place, keys: dict[str, str]) -> Any:
    """One question, with the settings of `place` in the user's file."""
    file = terminal.folder / ".config" / APP / "settings.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(to_json(place.settings), "utf-8")
    address = place.endpoint.base_url
    named = ["--base-url", address] if address else []
    # Far servers are sent the address of an image: that saves the process which reads files.
    image = str(terminal.picture) if not address or is_loopback(address) else LINK
    return terminal.run("ask", image, "--json", "--model", MODEL, *named, **keys)


def status(fault: Fault) -> Exit:
    is_answer = isinstance(fault.comes, str) and fault.comes != "interrupted"
    return Exit.ANSWERED if is_answer else Exit.FAILED


def seen(fault: Fault, said: Sequence[dict[str, Any]]) -> dict[str, tuple[object, object]]:
    """What was printed, and what should have been, by name."""

    def of(kind: str, key: str) -> list[Any]:
        return [line[key] for line in said if line["type"] == kind]

    text = "".join(of("text", "text"))
    found: dict[str, tuple[object, object]] = {
        "text": (text, fault.text if fault.text is not None else ANSWER[: len(text)]),
        "thoughts": ("".join(of("reasoning", "text")), fault.thoughts),
        "notices": (of("notice", "kind"), [fault.notice] * bool(fault.notice)),
        "retries": (len(of("retry", "kind")), fault.retries),
    }
    if isinstance(fault.comes, str):
        return {**found, "end": (said[-1], {"type": "finished", "reason": fault.comes})}
    sentence = re.sub(r"\\{\w+\\}", "(.*)", re.escape(fault.comes.sentence))
    return {
        **found,
        "kinds": (of("error", "kind"), [fault.comes.kind]),
        "retryable": (of("error", "retryable"), [fault.comes.retryable]),
        "sentence": ([bool(re.fullmatch(sentence, each)) for each in of("error", "message")], [True]),
    }
