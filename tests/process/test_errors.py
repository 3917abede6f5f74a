"""What goes wrong gets a sentence and a next step, and nothing is lost."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.domain.settings import Endpoint, Settings
from desktop.paths import resource
from tests.support.desktop_session import DesktopSession
from tests.support.running_app import RunningApp
from tests.support.server_process import server_process

pytestmark = pytest.mark.real

RECEIPT = resource("samples", "receipt.png")


def point_to(desk: DesktopSession, url: str) -> None:
    desk.configure(Settings(Endpoint("custom", base_url=url), model="local-vision-7b"))


@contextmanager
def asked(desk: DesktopSession, script: str) -> Iterator[tuple[RunningApp, str]]:
    """The app after a question to a server that plays `script`, and that server's host."""
    with server_process(script, desk.home) as server:
        point_to(desk, server.url)
        with desk.app() as app:
            app.ask("What is this?")
            yield app, server.host
            app.quit()


def test_a_key_that_is_wanted_leads_to_the_settings(desk: DesktopSession) -> None:
    with asked(desk, "invalid-key") as (app, host):
        app.wait_for_words("Transcript", "What is this?", f"{host} wants an API key.", "Open settings")
        desk.save_picture("errors-1-key-wanted")
        app.click("Open settings")
        app.wait_for("API key")
        desk.hand.key("Escape")
        app.wait_until_gone("API key")


def test_a_web_page_is_no_answer(desk: DesktopSession) -> None:
    with asked(desk, "html") as (app, host):
        app.wait_for_words("Transcript", f"A web page came back instead of {host}'s answer.", "Open settings")
        desk.save_picture("errors-2-web-page")


def test_an_answer_that_is_cut_off_stays_as_far_as_it_came(desk: DesktopSession) -> None:
    with asked(desk, "cut") as (app, host):
        app.wait_for_words("Transcript", f"The connection to {host} broke off.", "Try again")
        assert app.reader.messages("Answer") == ["图中是一名女子和她的狗在"]
        desk.save_picture("errors-3-cut-off")


def test_a_server_that_is_not_there_can_be_tried_again(desk: DesktopSession) -> None:
    with socket.socket() as nobody:  # bound, so that nobody else takes the port; but it does not listen
        nobody.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{nobody.getsockname()[1]}"
        point_to(desk, f"http://{host}/v1")
        with desk.app() as app:
            app.ask("What is this?")
            app.wait_for_words("Transcript", f"Nothing answers at {host}.", "Try again")
            desk.save_picture("errors-4-unreachable")
            app.click("Try again")
            app.wait_for("Next answer")
            app.quit()


def test_a_file_that_is_no_image_is_told_and_the_rest_stays(desk: DesktopSession, tmp_path: Path) -> None:
    text, picture = tmp_path / "notes.png", tmp_path / "picture.txt"
    text.write_text("These are no pixels.", encoding="utf-8")
    shutil.copy(RECEIPT, picture)
    with desk.app() as app:
        app.click("Prompt")
        desk.hand.type("a draft")
        app.wait_for_words("Prompt", "a draft")
        target = app.wait_for("Prompt").center
        assert desk.drag(target, "--file", text, "--file", picture) == "taken"
        app.wait_for_words("Notice", "“notes.png” is not an image that can be read here")
        app.wait_for_words("Attachments", "picture.txt")
        assert app.reader.texts("Prompt") == ["a draft"]
        desk.save_picture("errors-5-no-image")
        app.quit()
