"""An API key typed into Settings, and the system's own keyring."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.settings import Endpoint, Settings
from tests.support.desktop_session import DesktopSession, desktop_session, new_home
from tests.support.running_app import RunningApp
from tests.support.server_process import ServerProcess, server_process
from tests.support.session_bus import without_bus
from tests.support.waiting import wait_for

pytestmark = pytest.mark.real

KEY = "sk-0123456789abcdef-never-in-clear"
PASSWORD = "test"


@pytest.fixture
def home() -> Iterator[Path]:
    with new_home() as folder:
        yield folder


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    with server_process("models", tmp_path) as running:
        yield running


def configure(desk: DesktopSession, server: ServerProcess) -> None:
    desk.configure(Settings(Endpoint("custom", base_url=server.url), model="local-vision-7b"))


def open_settings(desk: DesktopSession, app: RunningApp) -> None:
    app.wait_for_focus("Prompt")
    desk.hand.key("ctrl+comma")
    app.wait_for("API key")


def type_key(desk: DesktopSession, app: RunningApp) -> None:
    app.click("API key")
    app.wait_for_focus("API key")
    desk.hand.type(KEY)
    desk.hand.key("Return")


def close_settings(desk: DesktopSession, app: RunningApp) -> None:
    desk.hand.key("Escape")
    app.wait_until_gone("API key")


def places_of_the_key(desk: DesktopSession, app: RunningApp) -> list[str]:
    """Files below HOME, and arguments and environments of the app's processes, that hold it in clear."""
    family = [app.process.pid, *app.workers()]
    told = [Path(f"/proc/{pid}/{what}") for pid in family for what in ("cmdline", "environ")]
    files = [path for path in desk.home.rglob("*") if path.is_file()]
    return [str(path) for path in (*files, *told) if KEY.encode() in path.read_bytes()]


def test_a_key_is_kept_in_the_keyring_and_nowhere_else(home: Path, server: ServerProcess) -> None:
    with desktop_session(home=home, keyring="unlocked") as desk:
        configure(desk, server)
        with desk.app() as app:
            open_settings(desk, app)
            app.wait_for_words("Key state", "No key is stored for this host.")
            type_key(desk, app)
            app.wait_for_words("Key state", "stored in the system keyring")
            app.wait_for_words("Test result", f"{server.host} answered. It works.")
            desk.save_picture("keyring-1-kept")
            assert desk.secrets is not None
            assert desk.secrets.lookup("viewfinder", server.host) == KEY
            assert app.workers()
            assert places_of_the_key(desk, app) == []
            close_settings(desk, app)
            app.quit()
        assert any((home / ".local/share/keyrings").glob("*.keyring"))

    with desktop_session(home=home, keyring="unlocked") as desk, desk.app() as app:
        open_settings(desk, app)
        app.wait_for_words("Key state", "stored in the system keyring")
        close_settings(desk, app)
        app.ask("Hello")
        app.wait_for_words("Transcript", "You sent: Hello")
        app.quit()
    # The test asks for the list and for one word, and the question follows.
    sent = [(request["target"], request["headers"]["authorization"]) for request in server.requests()]
    bearer = f"Bearer ({len(KEY)} characters)"
    targets = ("/v1/models", "/v1/chat/completions", "/v1/chat/completions")
    assert sent == [(target, bearer) for target in targets]


def test_a_refused_key_is_said_where_it_was_typed(home: Path, tmp_path: Path) -> None:
    with (
        server_process("invalid-key", tmp_path) as server,
        desktop_session(home=home, keyring="unlocked") as desk,
    ):
        configure(desk, server)
        with desk.app() as app:
            open_settings(desk, app)
            type_key(desk, app)
            app.wait_for_words("Test result", f"{server.host} rejected the API key.")
            desk.save_picture("keyring-2-refused")
            close_settings(desk, app)
            app.quit()


def test_the_window_goes_on_while_a_locked_keyring_asks_for_its_password(
    home: Path, server: ServerProcess
) -> None:
    with desktop_session(home=home, keyring="unlocked") as desk:
        keep = ["secret-tool", "store", "--label=Viewfinder", "service", "viewfinder"]
        subprocess.run([*keep, "username", server.host], env=desk.environ, input=KEY.encode(), check=True)

    with desktop_session(home=home, keyring="locked") as desk:
        configure(desk, server)
        with desk.app() as app:
            open_settings(desk, app)
            app.wait_for_words("Key state", "Waiting for the system keyring…")
            desk.wait_for_window("Unlock")
            desk.save_picture("keyring-3-locked")
            assert app.reader.write("Prompt", "typed meanwhile")
            app.wait_for_words("Prompt", "typed meanwhile")

            desk.hand.type(PASSWORD)
            desk.hand.key("Return")
            app.wait_for_words("Key state", "stored in the system keyring")
            app.click("API key")
            close_settings(desk, app)
            app.quit()


@pytest.mark.parametrize("has_bus", [True, False], ids=["no service", "no bus"])
def test_without_a_keyring_a_key_lives_as_long_as_the_app(
    desk: DesktopSession, server: ServerProcess, has_bus: bool
) -> None:
    configure(desk, server)
    with desk.app(environ=desk.environ if has_bus else without_bus(desk.environ)) as app:
        open_settings(desk, app)
        app.wait_for_words("Key state", "No key is stored for this host.")
        type_key(desk, app)
        app.wait_for_words("Key state", "This system has no keyring.", "kept until the app is closed")
        app.wait_for_words("Test result", "It works.")
        assert places_of_the_key(desk, app) == []
        desk.save_picture("keyring-4-none")
        close_settings(desk, app)
        app.ask("Hello")
        wait_for("the question", server.questions)
        app.wait_for_words("Transcript", "You sent: Hello")
        app.quit()
    assert server.requests()[-1]["headers"]["authorization"] == f"Bearer ({len(KEY)} characters)"
