"""The chat view model over the real provider, a real socket and the app's own loop."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from desktop.domain.messages import user_message
from desktop.domain.ports import AnswerSource
from desktop.domain.refusals import KeyRejected
from desktop.domain.settings import Settings
from desktop.providers.openai_chat import OpenAIChat
from tests.conftest import Run
from tests.support.asking import chat_with
from tests.support.chatting import ChatBench, Follower
from tests.support.pictures import image
from tests.support.scripted import ScriptedBackend
from tests.support.seed import CURL_STREAM, ERROR_BODY
from tests.support.server import End, Gate, ScriptedServer, events, whole

QUESTION = user_message("这是什么", (image("a.png"),))
START, *_ = CURL_STREAM.partition("沙滩".encode())


class ServerBackend(ScriptedBackend):
    """Everything is answered by one server."""

    def __init__(self, chat: OpenAIChat) -> None:
        super().__init__()
        self._chat = chat

    async def source(self, model: str, settings: Settings) -> AnswerSource:
        return self._chat


@asynccontextmanager
async def bench_with(server: ScriptedServer) -> AsyncIterator[ChatBench]:
    async with chat_with(server.url) as chat:
        bench = ChatBench(ServerBackend(chat))
        yield bench
        await bench.tasks.aclose()


def test_an_answer_streams_from_socket_to_transcript(run: Run) -> None:
    gate = Gate()

    async def scenario(server: ScriptedServer) -> None:
        async with bench_with(server) as bench:
            follower = Follower(bench.chat.transcript)
            bench.chat.send(QUESTION)
            assert await asyncio.to_thread(gate.reached.wait, 10)
            assert bench.chat.is_busy
            gate.open()
            await bench.idle()

            answer = bench.ended[0]
            assert answer.finish == "stop"
            assert answer.text.startswith("图中")
            assert follower.texts == ["", answer.text]

    with ScriptedServer(lambda _: events(START, gate, CURL_STREAM[len(START) :])) as server:
        run(scenario(server))
        (request,) = server.requests
        content = request.json["messages"][-1]["content"]
        assert content[0] == {"type": "text", "text": "这是什么"}
        assert content[1]["image_url"]["url"].startswith("data:image/png;base64,")


def test_stop_hangs_up_and_keeps_what_came(run: Run) -> None:
    async def scenario(server: ScriptedServer) -> None:
        async with bench_with(server) as bench:
            bench.chat.send(QUESTION)
            await bench.announced("图中是一名女子和她的狗在")
            bench.chat.stop()

            assert bench.ended[0].finish == "cancelled"
            assert bench.shown().startswith("图中")
            assert await asyncio.to_thread(server.hung_up.wait, 10)

    with ScriptedServer(lambda _: events(START, End.HANG)) as server:
        run(scenario(server))


def test_a_refusal_becomes_the_answer_s_error(run: Run) -> None:
    async def scenario(server: ScriptedServer) -> None:
        async with bench_with(server) as bench:
            bench.chat.send(QUESTION)
            await bench.idle()

            answer = bench.ended[0]
            assert isinstance(answer.error, KeyRejected)
            assert (answer.text, answer.finish) == ("", "interrupted")

    with ScriptedServer(lambda _: whole(ERROR_BODY, status=401)) as server:
        run(scenario(server))
