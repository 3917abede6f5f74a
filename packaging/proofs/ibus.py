"""Letters that take more than one key, typed into the installed app's prompt."""

from __future__ import annotations

import subprocess

from proofs.installed_app import Installed
from tests.support.desktop_session import DesktopSession, desktop_session
from tests.support.input_method import pinyin

_KEYBOARD = ["setxkbmap", "-layout", "us", "-variant", "intl", "-option", "compose:menu"]
"""One with dead keys, and with one that begins what is composed."""


def prove(installed: Installed) -> None:
    """Dead keys and composed ones make letters, and Pinyin makes words, one chosen among several.

    Raises:
        AssertionError: Something of that is not so.
    """
    with desktop_session() as desk:
        subprocess.run(_KEYBOARD, env=desk.environ, check=True)
        _compose(installed, desk)
        with pinyin(desk.environ) as environ:
            desk.environ = environ
            _choose(installed, desk)


def _compose(installed: Installed, desk: DesktopSession) -> None:
    with installed.started(desk) as app:
        app.wait_for_focus("Prompt")
        desk.hand.key("dead_acute", "e", "Multi_key", "o", "e")
        app.wait_for_words("Prompt", "éœ")
        app.quit()


def _choose(installed: Installed, desk: DesktopSession) -> None:
    """What was typed before stands there again."""
    with installed.started(desk) as app:
        app.wait_for_focus("Prompt")
        desk.hand.type("zhong1")
        installed.keep(desk, "input-method-1-composing")
        desk.hand.key("Return")
        app.wait_for_words("Prompt", "éœ中")
        desk.hand.type("wen22")
        app.wait_for_words("Prompt", "éœ中闻")
        installed.keep(desk, "input-method-2-chosen")
        app.quit()
