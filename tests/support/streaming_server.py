"""A model's server that answers every question at length, and knows to the moment what it has sent."""

import base64
import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from desktop.domain.images import digest
from desktop.domain.request import GO_ON
from tests.support.pace import Pace
from tests.support.server import Gate, Received, Reply, ScriptedServer, Step, events
from tests.support.server_scripts import chat_events, chat_script
from tests.support.waiting import PATIENCE

DELTA = 8
"""Characters that are sent at once."""


class StreamedAnswer:
    """One answer on its way, to `question` with `images` (the SHA-256 of each).

    `asked` is when the request was here, of `time.monotonic`; `ended` is set when the last word has left.
    """

    def __init__(self, request: Received, text: str) -> None:
        self.asked = time.monotonic()
        self.question, self.images = _asked_by(request)
        self.text = text
        self.ended = threading.Event()
        self._sent: list[tuple[float, int]] = []

    def note(self, length: int) -> None:
        """So many characters have been given to the system, which hands them on at once on this machine."""
        self._sent.append((time.monotonic(), length))
        if length == len(self.text):
            self.ended.set()

    def sent_by(self, moment: float) -> str:
        """What had left at `moment`."""
        return self.text[: max((length for at, length in self._sent if at <= moment), default=0)]

    def sent_at(self, place: int) -> float | None:
        """When the character at `place` left; None if it has not."""
        return next((at for at, length in self._sent if length > place), None)

    def longest_rest(self, since: float) -> float:
        """The longest time in seconds, from `since` on, in which nothing left."""
        times = [at for at, _ in self._sent if at >= since]
        return max((after - before for before, after in pairwise(times)), default=0.0)


class StreamingServer(ScriptedServer):
    """Answers with `length` characters, `rate` deltas a second; goes on with an answer where it was cut off.

    `answers` are those that were asked for; `on_question` hears of each before anything of it is sent.
    The last delta of each waits for `gate`, if there is one.
    """

    def __init__(self, length: int, rate: float) -> None:
        super().__init__(self._reply)
        self.length = length
        self.rate = rate
        self.gate: Gate | None = None
        self.on_question: Callable[[StreamedAnswer], None] = lambda _: None
        self.answers: list[StreamedAnswer] = []
        self._asked = threading.Condition()
        self._models = chat_script(events())

    def wait_for_question(self, count: int) -> StreamedAnswer:
        """The answer to question number `count`, from 1, once it was asked."""
        with self._asked:
            came = self._asked.wait_for(lambda: len(self.answers) >= count, PATIENCE)
        assert came, f"question {count} was not asked"
        return self.answers[count - 1]

    # ── inside ──────────────────────────────────────────────────────────────────────────────────

    def _reply(self, request: Received) -> Reply:
        if request.target.endswith("/models"):
            return self._models(request)
        answer = StreamedAnswer(request, self._text_for(request))
        self.on_question(answer)
        with self._asked:
            self.answers.append(answer)
            self._asked.notify_all()
        return events(*self._steps(answer))

    def _text_for(self, request: Received) -> str:
        said: list[Any] = request.json["messages"]
        if said[-1]["content"] != GO_ON:
            return answer_text(len(self.answers) + 1, self.length)
        begun: str = said[-2]["content"]
        whole = next(answer.text for answer in self.answers if answer.text.startswith(begun))
        return whole[len(begun) :]

    def _steps(self, answer: StreamedAnswer) -> Iterator[Step]:
        *deltas, end, done = chat_events(answer.text, DELTA)
        pace = Pace(self.rate)
        for number, delta in enumerate(deltas, 1):
            is_last = number == len(deltas)
            if is_last and self.gate is not None:
                yield self.gate
            yield from (pace, delta, _Note(answer, min(number * DELTA, len(answer.text))))
        yield from (end, done)


class _Note(Gate):
    """An open gate that writes down when it is passed: what stands before it has left then."""

    def __init__(self, answer: StreamedAnswer, length: int) -> None:
        super().__init__()
        self._answer = answer
        self._length = length

    async def passed(self) -> None:
        self._answer.note(self._length)


def answer_text(number: int, length: int) -> str:
    """`length` characters of answer `number`, no two places of which are alike; plain paragraphs."""
    lines = (f"{number}·{line} 第{line}张发票的金额是 {line * 37} 元 🎉 and so on" for line in range(length))
    text = ""
    for line in lines:
        text += line + "\n\n"
        if len(text) >= length:
            break
    return text[:length].rstrip() + "."


def _asked_by(request: Received) -> tuple[str, list[str]]:
    """The words of the last question of `request`, and the SHA-256 of its images."""
    content = request.json["messages"][-1]["content"]
    parts: list[Any] = content if isinstance(content, list) else [{"type": "text", "text": content}]
    text = "".join(part["text"] for part in parts if part["type"] == "text")
    urls = [part["image_url"]["url"] for part in parts if part["type"] == "image_url"]
    return text, [digest(base64.b64decode(url.partition(",")[2])) for url in urls]
