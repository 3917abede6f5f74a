"""A conversation longer than the screen, as a screen reader's user goes through it."""

import pytest

from desktop.domain.settings import Endpoint, Settings
from tests.support.desktop_session import DesktopSession
from tests.support.running_app import RunningApp
from tests.support.screen_reader import Node
from tests.support.server_process import server_process
from tests.support.waiting import wait_for

pytestmark = pytest.mark.real

QUESTIONS = [f"What is number {number}?" for number in range(1, 7)]


def messages(app: RunningApp) -> list[Node]:
    return [node for node in app.reader.items("Transcript") if node.role == "list item"]


def is_seen(app: RunningApp, index: int) -> bool:
    return "showing" in messages(app)[index].states


def test_every_message_can_be_read_and_keys_lead_to_it(desk: DesktopSession) -> None:
    with server_process("models", desk.home) as server:
        desk.configure(Settings(Endpoint("custom", base_url=server.url), model="local-vision-7b"))
        with desk.app() as app:
            for question in QUESTIONS:
                app.ask(question)
                app.wait_for_words("Transcript", f"You sent: {question}")
                app.wait_for("Send")

            said = [text for question in QUESTIONS for text in (question, f"You sent: {question}")]
            assert [node.text for node in messages(app)] == said
            kinds = ["Question", "Answer"] * len(QUESTIONS)
            names = [
                f"{kind} {number}: {text}"
                for number, (kind, text) in enumerate(zip(kinds, said, strict=True), 1)
            ]
            assert [node.name for node in messages(app)] == names
            assert not is_seen(app, 0)
            assert is_seen(app, -1)

            for _ in range(len(said) + 1):
                desk.hand.key("alt+Up")
            wait_for("the first question", lambda: is_seen(app, 0))
            assert not is_seen(app, -1)
            desk.save_picture("accessible-1-first-message")

            app.click(names[0])
            desk.hand.key("alt+Down")
            app.wait_for_focus(names[1])
            desk.hand.key("alt+Up")
            app.wait_for_focus(names[0])
            app.quit()
