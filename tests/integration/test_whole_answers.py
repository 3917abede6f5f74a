"""Answers and refusals that are whole, though the bodies they come in are not."""

import asyncio
import json
import ssl
import threading
from pathlib import Path
from socket import create_server, socket

import pytest
import trustme

from desktop.domain.events import AnswerDraft
from desktop.domain.refusals import KeyRejected
from desktop.domain.settings import Network, TimeLimits
from desktop.providers import openai_chat
from desktop.providers.http import client_over
from desktop.providers.openai_chat import OpenAIChat
from desktop.providers.routes import open_routes
from tests.support.asking import ONE_IMAGE, answered, ask, collect, refused
from tests.support.server import End, ScriptedServer, in_turn, raw
from tests.support.server_scripts import chat_events
from tests.support.tls import tls_context

MESSAGE = {"role": "assistant", "content": "A dog."}
JSON = json.dumps({"choices": [{"message": MESSAGE, "finish_reason": "stop"}]}).encode()
LONGER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n"
SECRET = b'{"error": {"message": "Incorrect API key provided.", "code": "invalid_api_key"}}'


def test_json_that_is_whole_is_an_answer_though_more_was_promised() -> None:
    draft = answered(in_turn(raw(LONGER, JSON, End.CUT)))

    assert (draft.text, draft.finish) == ("A dog.", "stop")


def test_json_that_is_whole_is_an_answer_though_nothing_follows() -> None:
    with ScriptedServer(in_turn(raw(LONGER, JSON, End.HANG))) as server:
        draft = ask(server.url, limits=TimeLimits(first=0.3, idle=0.3, thinking=0.3))

    assert (draft.text, draft.finish) == ("A dog.", "stop")


@pytest.mark.parametrize("body", [SECRET, SECRET[:20], b""])
def test_a_refusal_whose_words_do_not_end_is_one(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openai_chat, "_REFUSAL_SECONDS", 0.3)
    head = b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 9999\r\n\r\n"

    assert "rejected the API key" in str(refused(in_turn(raw(head, body, End.HANG)), KeyRejected))


def test_what_breaks_tls_after_an_answer_does_not_harm_it(tmp_path: Path) -> None:
    authority, file = trustme.CA(), tmp_path / "company.pem"
    authority.cert_pem.write_to_path(str(file))
    network = Network("none", authorities_file=str(file))

    with create_server(("127.0.0.1", 0)) as listening:
        serving = threading.Thread(target=_answer_and_break, args=(listening, tls_context(authority)))
        serving.start()
        draft = asyncio.run(_asked(f"https://127.0.0.1:{listening.getsockname()[1]}/v1", network))
        serving.join()

    assert (draft.text, draft.finish) == ("A dog.", "stop")


async def _asked(url: str, network: Network) -> AnswerDraft:
    async with client_over(await open_routes(network)) as client:
        return await collect(OpenAIChat(client=client, base_url=url, key=None), ONE_IMAGE)


def _answer_and_break(listening: socket, context: ssl.SSLContext) -> None:
    """An answer up to its reason, and a record that no key fits."""
    plain, _ = listening.accept()
    with plain.dup() as beside, context.wrap_socket(plain, server_side=True) as secure:
        _read_question(secure)
        *chunks, _ = chat_events("A dog.")
        secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + b"".join(chunks))
        beside.sendall(b"\x17\x03\x03\x00\x20" + b"?" * 32)


def _read_question(secure: ssl.SSLSocket) -> None:
    """All of it: to close before that is a reset, which takes with it what was sent."""
    with secure.makefile("rb") as reading:
        head = iter(reading.readline, b"\r\n")
        fields = dict(line.lower().split(b":", 1) for line in head if b":" in line)
        reading.read(int(fields[b"content-length"]))
