"""A conversation in the real window: kept, found, continued, deleted for good; and one that was cut short."""

from collections.abc import Iterator

import pytest

from desktop.domain.settings import Endpoint, Settings
from desktop.paths import resource
from tests.support.desktop_session import DesktopSession
from tests.support.raw_history import RawHistory
from tests.support.running_app import RunningApp
from tests.support.screen_reader import Node
from tests.support.streaming_server import StreamedAnswer, StreamingServer
from tests.support.waiting import wait_for

pytestmark = pytest.mark.real

RECEIPT = resource("samples", "receipt.png")
PIXELS = RECEIPT.read_bytes()[-600:-500]
"""Some of its last pixels, which are kept as they are."""

FIRST, SECOND = "这笔午饭报销了多少？", "税是多少？"
WORD = "报销"


@pytest.fixture
def server(desk: DesktopSession) -> Iterator[StreamingServer]:
    """The app is set to ask it."""
    with StreamingServer(300, 200.0) as server:
        desk.configure(
            Settings(Endpoint("custom", base_url=server.url), model="local-vision-7b", side_list=True)
        )
        yield server


def ask(desk: DesktopSession, app: RunningApp, server: StreamingServer, question: str) -> StreamedAnswer:
    """Ask, and wait until the server hears of it."""
    count = len(server.answers) + 1
    app.wait_for_focus("Prompt")
    assert app.reader.write("Prompt", question)
    app.wait_for_words("Prompt", question)
    desk.hand.key("Return")
    return server.wait_for_question(count)


def wait_for_end(app: RunningApp, text: str) -> None:
    """Until the whole answer stands on the screen."""
    app.wait_for_answer(text)
    app.wait_for("Send")


def row(app: RunningApp) -> Node | None:
    """The conversation that began with the first question, in the list."""
    return next((node for node in app.reader.items("Conversations") if FIRST in node.name), None)


def test_found_by_a_chinese_word_continued_and_deleted(desk: DesktopSession, server: StreamingServer) -> None:
    home = RawHistory(desk.home)
    with desk.app(RECEIPT) as app:
        app.wait_for_words("Attachments", RECEIPT.name)
        wait_for_end(app, ask(desk, app, server, FIRST).text)
        desk.save_picture("history-1-asked")
        app.quit()
    assert home.holding(WORD)
    assert home.holding(PIXELS)

    with desk.app() as app:
        find(desk, app)
        wait_for_end(app, ask(desk, app, server, SECOND).text)
        desk.save_picture("history-4-continued")
        assert server.requests[-1].json["messages"][:2] == [
            *server.requests[-2].json["messages"],
            {"role": "assistant", "content": server.answers[0].text},
        ]
        delete(desk, app)
        desk.save_picture("history-5-deleted")
        app.click("Undo deletion")
        wait_for("it in the list", lambda: row(app))
        app.wait_for_words("Transcript", SECOND)
        desk.save_picture("history-6-undone")
        assert home.holding(WORD)
        delete(desk, app)
        app.wait_until_gone("Undo deletion")
        traces: list[str | bytes] = [WORD, SECOND, *(each.text[:30] for each in server.answers), PIXELS]
        wait_for("no byte of it", lambda: not any(map(home.holding, traces)))
        desk.save_picture("history-7-gone")
        app.quit()
    assert not RawHistory(desk.data_folder).found().conversations


def find(desk: DesktopSession, app: RunningApp) -> None:
    """Search for the word, and open what is found."""
    app.wait_for_focus("Prompt")
    desk.hand.key("ctrl+shift+f")
    app.wait_for_focus("Search all conversations")
    assert app.reader.write("Search all conversations", WORD)
    wait_for("the hits", lambda: app.reader.items("Found in conversations"))
    desk.save_picture("history-2-found")
    desk.hand.key("Down", "Return")
    app.wait_for_words("Transcript", FIRST)
    desk.save_picture("history-3-opened")
    app.click("Prompt")


def delete(desk: DesktopSession, app: RunningApp) -> None:
    """Delete the conversation that is shown, in the list and by keys."""
    app.click("Search all conversations")
    if app.reader.find("Conversations") is None:
        desk.hand.key("Escape")
    app.wait_for("Conversations")
    desk.hand.key("Tab")
    app.wait_for_focus("Conversations")
    desk.hand.key("Delete")
    app.wait_for("Undo deletion")
    wait_for("it gone from the list", lambda: row(app) is None)


def test_what_was_not_sent_comes_back_after_a_kill(desk: DesktopSession, server: StreamingServer) -> None:
    home = RawHistory(desk.home)
    with desk.app(RECEIPT) as app:
        app.wait_for_words("Attachments", RECEIPT.name)
        assert app.reader.write("Prompt", FIRST)
        wait_for("it on the disk", lambda: home.holding(FIRST) and home.holding(PIXELS))
        app.process.kill()
        app.process.wait()
    with desk.app() as app:
        app.wait_for_words("Prompt", FIRST)
        app.wait_for_words("Attachments", RECEIPT.name)
        desk.save_picture("history-draft")
        desk.hand.key("Return")
        answer = server.wait_for_question(1)
        assert answer.question == FIRST
        assert len(answer.images) == 1
        wait_for_end(app, answer.text)
        app.quit()
    with desk.app() as app:
        app.wait_for_focus("Prompt")
        assert not app.reader.texts("Prompt")
        app.quit()


def test_what_streams_as_the_app_is_quit_can_go_on(desk: DesktopSession, server: StreamingServer) -> None:
    server.length = 8_000
    with desk.app() as app:
        whole = ask(desk, app, server, FIRST).text
        app.wait_for_words("Transcript", "第1张发票")
        app.quit()
    server.rate = 5_000
    with desk.app() as app:
        cut_short = wait_for("its row", lambda: row(app))
        assert "answer cut short" in cut_short.name
        desk.hand.click(cut_short.center)
        app.wait_for_words(
            "Transcript", "Cut short before its end."
        )  # its question may stand above what is seen
        desk.save_picture("history-cut-short")
        app.click("Continue")
        rest = server.wait_for_question(2)
        assert whole.endswith(rest.text)
        wait_for_end(app, whole)
        app.quit()
