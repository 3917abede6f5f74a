"""The scripted server as a process of its own, as tests of whole programs use it."""

import asyncio
import base64
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.domain.errors import AppError
from desktop.domain.images import ImageInput, Size, digest
from desktop.domain.messages import ChatRequest, user_message
from desktop.domain.provider_errors import ConnectionLost, NotAnAnswer
from desktop.domain.refusals import KeyRejected
from tests.support.asking import KEY, ONE_IMAGE, ask, chat_with
from tests.support.server import Pause, Received, Reply, ScriptedServer
from tests.support.server_scripts import MARKDOWN, MODEL_IDS, REASONING, SCRIPTS
from tests.support.waiting import wait_for


@dataclass(frozen=True)
class Running:
    url: str
    log: Path

    def lines(self) -> list[str]:
        return self.log.read_text("utf-8").splitlines()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[str], Running]]:
    running: list[subprocess.Popen[bytes]] = []

    def start(script: str) -> Running:
        port_file, log = tmp_path / "port", tmp_path / "log"
        command = [sys.executable, "-m", "tests.support.server", "--script", script]
        running.append(subprocess.Popen([*command, "--port-file", str(port_file), "--log", str(log)]))
        wait_for("the server's port", port_file.exists)
        return Running(f"http://127.0.0.1:{port_file.read_text()}/v1", log)

    yield start
    for process in running:
        process.terminate()
        process.wait()


def test_requests_are_logged_without_key_and_pixels(start: Callable[[str], Running]) -> None:
    server = start("models")
    data = b"\x89PNG" + bytes(1000)
    image = ImageInput("a.png", "image/png", data, Size(1, 1), digest(data))
    assert (
        ask(server.url, ChatRequest("m", (user_message("Hi", (image,)),))).text == "You sent: Hi, image_url"
    )
    (line,) = server.lines()
    logged = json.loads(line)
    assert logged["target"] == "/v1/chat/completions"
    url = logged["json"]["messages"][0]["content"][1]["image_url"]["url"]
    assert url == f"data:image/png;base64,<1004 bytes, SHA-256 {digest(data)}>"
    assert logged["headers"]["authorization"] == f"Bearer ({len(KEY)} characters)"
    assert KEY not in line
    assert base64.b64encode(data).decode() not in line


def test_a_hang_up_is_logged(start: Callable[[str], Running]) -> None:
    server = start("hang")

    async def scenario() -> None:
        async with chat_with(server.url) as chat, aclosing(chat.stream(ONE_IMAGE)) as stream:
            await anext(stream)

    asyncio.run(scenario())
    wait_for("what the server logs", lambda: server.lines()[-1] == "hung-up")


def test_the_long_answer_comes_with_its_reasoning() -> None:
    script = SCRIPTS["slow-markdown"]()

    def at_once(request: Received) -> Reply:
        return Reply(tuple(step for step in script(request).steps if not isinstance(step, Pause)))

    with ScriptedServer(at_once) as server:
        draft = ask(server.url)
    assert (draft.reasoning, draft.text, draft.finish) == (REASONING, MARKDOWN, "stop")


@pytest.mark.parametrize(
    ("script", "kind"), [("invalid-key", KeyRejected), ("html", NotAnAnswer), ("cut", ConnectionLost)]
)
def test_a_script_can_go_wrong(script: str, kind: type[AppError], start: Callable[[str], Running]) -> None:
    with pytest.raises(kind):
        ask(start(script).url)


def test_the_documents_stream_is_served(start: Callable[[str], Running]) -> None:
    assert ask(start("seed-stream").url).finish == "stop"


def test_models_are_listed_beside_answers(start: Callable[[str], Running]) -> None:
    server = start("seed-stream")

    async def scenario() -> tuple[str, ...]:
        async with chat_with(server.url) as chat:
            return tuple(each.id for each in await chat.models())

    assert asyncio.run(scenario()) == MODEL_IDS


def test_the_scripts_have_the_names_that_tests_use() -> None:
    assert set(SCRIPTS) == {"seed-stream", "slow-markdown", "invalid-key", "hang", "cut", "html", "models"}
