"""An app that is killed, and what it must not have lost by that."""

import sqlite3
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.conversation import Answer, Conversation, Node
from desktop.domain.images import KeptImage
from desktop.storage.database import connect
from tests.support.raw_history import Found
from tests.support.streaming_server import StreamedAnswer

_FLUSHES = 20

CHECKPOINT = 0.25
"""Seconds: what is older must be on the disk."""

MARGIN = 0.1
"""Seconds beside that, for the way through the socket and a frame; 150 rounds took less than 0.02 of them."""


def slowest_flush(folder: Path) -> float:
    """What it takes to write a row to this disk, at worst, in seconds."""
    with closing(connect(folder / "flushed.db")) as database:
        database.execute("CREATE TABLE IF NOT EXISTS row(number INTEGER)")
        return max(_seconds(database, number) for number in range(_FLUSHES))


def _seconds(database: sqlite3.Connection, number: int) -> float:
    began = time.monotonic()
    database.execute("INSERT INTO row VALUES (?)", (number,))
    return time.monotonic() - began


def kill(process: "subprocess.Popen[bytes]", seconds: float) -> float:
    """Kill it `seconds` from now, at once and for good; the moment, of `time.monotonic`."""
    with suppress(subprocess.TimeoutExpired):
        raise AssertionError(f"it ended by itself, with {process.wait(seconds)}")
    moment = time.monotonic()
    process.kill()
    process.wait()
    return moment


def kill_during(process: "subprocess.Popen[bytes]", seconds: float, act: Callable[[], object]) -> float:
    """The same, while `act` is done."""
    with ThreadPoolExecutor(1) as thread:
        killed = thread.submit(kill, process, seconds)
        act()
        return killed.result()


@dataclass(frozen=True, slots=True)
class Loss:
    """How much of one answer is missing. `age` of its oldest missing character at the kill, in seconds.

    `pause` is the longest time in which the server itself was held up within that time.
    """

    characters: int
    age: float
    pause: float

    def __str__(self) -> str:
        return f"{self.characters} characters, {1000 * self.age:.0f} ms (pause {1000 * self.pause:.0f} ms)"


def loss(streamed: StreamedAnswer, kept: str, killed: float) -> Loss:
    """What of `streamed` had been sent when the app was killed and is not in `kept`, its beginning."""
    assert streamed.text.startswith(kept), f"{kept[-80:]!r} is not what was sent"
    sent = streamed.sent_by(killed)
    left = streamed.sent_at(len(kept))
    if left is None or len(kept) >= len(sent):
        return Loss(0, 0.0, 0.0)
    return Loss(len(sent) - len(kept), killed - left, streamed.longest_rest(left - CHECKPOINT))


def node_of(found: Found, question: str) -> tuple[Conversation, Node] | None:
    """The conversation in which `question` was asked, and its node; None if it is nowhere."""
    for conversation in found.conversations.values():
        for node in conversation.nodes:
            if node.question is not None and node.question.text == question:
                return conversation, node
    return None


def answer_of(found: Found, question: str) -> Answer:
    """The last answer to `question`. It must be there."""
    place = node_of(found, question)
    assert place is not None, f"“{question}” is lost"
    conversation, node = place
    answer = conversation.children(node.id)[-1].answer
    assert answer is not None
    return answer


def images_of(found: Found, question: str) -> list[str]:
    """The SHA-256 of the images of `question`, all of which lie in the history."""
    place = node_of(found, question)
    assert place is not None, f"“{question}” is lost"
    asked = place[1].question
    assert asked is not None
    return [image.digest for image in asked.images if isinstance(image, KeptImage)]
