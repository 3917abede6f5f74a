"""Questions to a model's server on a real socket, asked with the real pointer and keys."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from desktop.domain.settings import Endpoint, Settings
from desktop.paths import resource
from tests.support.corpus_png_file import PICTURE_CHUNKS, chunks_of, joined
from tests.support.desktop_session import DesktopSession
from tests.support.running_app import RunningApp
from tests.support.seed import CURL_STREAM
from tests.support.server_process import ServerProcess, server_process
from tests.support.waiting import wait_for

pytestmark = pytest.mark.real

MODEL = "local-vision-7b"
RECEIPT = resource("samples", "receipt.png")
# The file tells its density as well: that stays here.
SENT = joined(chunk for chunk in chunks_of(RECEIPT.read_bytes()) if chunk.kind in PICTURE_CHUNKS)
SEEN = f"data:image/png;base64,<{len(SENT)} bytes, SHA-256 {hashlib.sha256(SENT).hexdigest()}>"
SEED_ANSWER = "".join(
    choice["delta"].get("content") or ""
    for line in CURL_STREAM.decode().splitlines()
    if line.startswith("data: {")
    for choice in json.loads(line.removeprefix("data: "))["choices"]
)


@contextmanager
def conversation(desk: DesktopSession, script: str) -> Iterator[tuple[RunningApp, ServerProcess]]:
    """The app, set to ask a server that plays `script`."""
    with server_process(script, desk.home) as server:
        desk.configure(Settings(Endpoint("custom", base_url=server.url), model=MODEL))
        with desk.app() as app:
            yield app, server
            app.quit()


def drop_receipt(desk: DesktopSession, app: RunningApp) -> None:
    assert desk.drag(app.wait_for("Prompt").center, "--file", RECEIPT) == "taken"
    app.wait_for_words("Attachments", RECEIPT.name)


def answer(app: RunningApp) -> str:
    return "".join(app.reader.messages("Answer")[-1:])


def longer_answer(app: RunningApp, before: str) -> str:
    said = answer(app)
    return said if len(said) > len(before) else ""


def test_a_dropped_image_and_a_typed_question_are_answered(desk: DesktopSession) -> None:
    with conversation(desk, "seed-stream") as (app, server):
        drop_receipt(desk, app)
        app.ask("What is in this image?")
        wait_for("the whole answer", lambda: answer(app) == SEED_ANSWER)
        app.wait_for("Send")
        desk.save_picture("server-1-seed-answer")

    (question,) = server.questions()
    assert question["model"] == MODEL
    assert question["messages"] == [
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "What is in this image?"},
                {"type": "image_url", "image_url": {"url": SEEN}},
            ],
        }
    ]
    assert not server.has_been_hung_up_on()


def test_the_answer_is_painted_while_it_comes(desk: DesktopSession) -> None:
    with conversation(desk, "slow-markdown") as (app, _):
        app.ask("What is on the screen?")
        seen = [""]
        for _ in range(4):
            seen.append(wait_for("more words", lambda: longer_answer(app, seen[-1])))
            app.wait_for("Stop")
        desk.save_picture("server-2-streaming")
        app.wait_for("Send")
        final = answer(app).splitlines()
        # The last line may still have been open, half of its Markdown not there yet.
        whole = [text.splitlines()[:-1] for text in seen]
        assert all(lines == final[: len(lines)] for lines in whole)
        assert whole[-1]
        assert "Raw HTML like <b>this</b> stays text." in answer(app)
        assert answer(app).endswith("while the beginning stays where it is.")
        desk.save_picture("server-3-markdown")


def test_escape_hangs_up_and_keeps_what_came(desk: DesktopSession) -> None:
    with conversation(desk, "hang") as (app, server):
        app.ask("What is in this image?")
        came = wait_for("the first words", lambda: answer(app))
        assert SEED_ANSWER.startswith(came)
        assert not server.has_been_hung_up_on()
        desk.hand.key("Escape")
        wait_for("the hang-up", server.has_been_hung_up_on)
        app.wait_for("Send")
        app.wait_for_words("Transcript", "Stopped")
        assert answer(app) == came
        desk.save_picture("server-4-stopped")


def test_a_follow_up_carries_the_conversation_and_its_image(desk: DesktopSession) -> None:
    with conversation(desk, "models") as (app, server):
        drop_receipt(desk, app)
        app.ask("What is this?")
        app.wait_for_words("Transcript", "You sent: What is this?, image_url")
        app.wait_for("Send")
        app.ask("And the total?")
        app.wait_for_words("Transcript", "You sent: And the total?")
        app.wait_for("Send")
        desk.save_picture("server-5-follow-up")

    _, follow_up = server.questions()
    first, answered, second = follow_up["messages"]
    assert first["content"][1]["image_url"]["url"] == SEEN
    assert answered == {"role": "assistant", "content": "You sent: What is this?, image_url"}
    assert second == {"role": "user", "content": "And the total?"}
