"""An API key in the system's own keyring, typed into the installed app's Settings."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.settings import Endpoint, Settings
from proofs.installed_app import Installed
from tests.support.desktop_session import DesktopSession, desktop_session, new_home
from tests.support.running_app import RunningApp
from tests.support.server import ScriptedServer
from tests.support.server_scripts import SCRIPTS

_KEY = "sk-0123456789abcdef-typed-in-settings"
_STORED = "stored in the system keyring"


def prove(installed: Installed) -> None:
    """A key is kept where another program finds it, and in no file; after a restart it is used.

    Raises:
        AssertionError: Something of that is not so.
    """
    with new_home() as home, ScriptedServer(SCRIPTS["models"]()) as server:
        host = f"127.0.0.1:{server.port}"
        with desktop_session(home=home, keyring="unlocked") as desk:
            desk.configure(Settings(Endpoint("custom", base_url=server.url), model="local-vision-7b"))
            _keep(installed, desk, host)
        with desktop_session(home=home, keyring="unlocked") as desk:
            _use(installed, desk)
        sent = [request.headers.get("authorization") for request in server.requests]
        assert len(sent) > 1, sent
        assert set(sent) == {f"Bearer {_KEY}"}, sent


def _keep(installed: Installed, desk: DesktopSession, host: str) -> None:
    with installed.started(desk) as app:
        _open_settings(app)
        app.wait_for_words("Key state", "No key is stored for this host.")
        app.click("API key")
        app.wait_for_focus("API key")
        desk.hand.type(_KEY)
        desk.hand.key("Return")
        app.wait_for_words("Key state", _STORED)
        app.wait_for_words("Test result", f"{host} answered. It works.")
        installed.keep(desk, "keyring-1-kept")
        assert desk.secrets is not None
        assert desk.secrets.lookup("viewfinder", host) == _KEY
        assert not (places := _places_of_the_key(desk, app)), places
        _leave(desk, app)


def _use(installed: Installed, desk: DesktopSession) -> None:
    """In a session of its own: what is known by then was on the disk."""
    with installed.started(desk) as app:
        _open_settings(app)
        app.wait_for_words("Key state", _STORED)
        installed.keep(desk, "keyring-2-after-a-restart")
        desk.hand.key("Escape")
        app.wait_until_gone("API key")
        app.ask("Hello")
        app.wait_for_words("Transcript", "You sent: Hello")
        installed.keep(desk, "keyring-3-used")
        app.quit()


def _open_settings(app: RunningApp) -> None:
    app.wait_for_focus("Prompt")
    app.click("Settings")
    app.wait_for("API key")


def _leave(desk: DesktopSession, app: RunningApp) -> None:
    desk.hand.key("Escape")
    app.wait_until_gone("API key")
    app.quit()


def _places_of_the_key(desk: DesktopSession, app: RunningApp) -> list[str]:
    """Files below HOME, and arguments and environments of the app's processes, that hold it in clear."""
    family = [app.process.pid, *app.workers()]
    told = [Path(f"/proc/{pid}/{what}") for pid in family for what in ("cmdline", "environ")]
    files = [path for path in desk.home.rglob("*") if path.is_file()]
    return [str(path) for path in (*files, *told) if _KEY.encode() in path.read_bytes()]
