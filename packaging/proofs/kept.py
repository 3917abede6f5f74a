"""What an earlier version has kept, as the window of this one shows it."""

from __future__ import annotations

from proofs.installed_app import Installed
from proofs.main_job import open_conversation
from tests.support.desktop_session import desktop_session


def prove(installed: Installed) -> None:
    """After the main job: its list is open, as it was left, and its conversation opens out of it.

    Raises:
        AssertionError: Something of that is not so.
    """
    with desktop_session() as desk, installed.started(desk) as app:
        open_conversation(desk, app)
        installed.keep(desk, "kept-by-an-older-version")
        app.quit()
