"""Where the window stands, how large its text is, and what language it speaks."""

import pytest

from desktop.domain.settings import Settings
from tests.support.desktop_session import DesktopSession
from tests.support.running_app import RunningApp
from tests.support.waiting import wait_for

pytestmark = pytest.mark.real

TITLE_BAR = 20
"""Openbox's, in px."""


def frame(app: RunningApp) -> tuple[int, int, int, int]:
    """Where the window is: x, y, width, height, in px, without what the window manager puts around it."""
    return app.wait_for("Viewfinder").box


def test_the_window_opens_where_it_was_left(desk: DesktopSession) -> None:
    with desk.app() as app:
        window = desk.wait_for_window("Viewfinder")
        first = frame(app)[:2]
        desk.hand.do("windowsize", window, 700, 520, "windowmove", window, 210, 130)
        wait_for("the new place", lambda: frame(app)[:2] != first and frame(app)[2:] == (700, 520))
        left = frame(app)
        app.quit()
    with desk.app() as app:
        assert frame(app) == left
        app.quit()


def test_a_window_left_on_a_screen_that_is_gone_comes_back(desk: DesktopSession) -> None:
    desk.configure(Settings(geometry="5000,-3000,2000,600"))
    with desk.app() as app:
        x, y, width, height = frame(app)
        screen_width, screen_height = desk.picture().size
        assert x >= 0
        assert x + width <= screen_width
        assert y >= TITLE_BAR
        assert y + height <= screen_height
        app.quit()


def test_the_text_grows(desk: DesktopSession) -> None:
    with desk.app() as app:
        heading = "Ask about what is on your screen"
        before = app.wait_for(heading).box[3]
        desk.hand.key("ctrl+plus", "ctrl+plus", "ctrl+plus")
        wait_for("larger text", lambda: app.wait_for(heading).box[3] > before)
        wait_for(
            "the size to be kept", lambda: desk.settings_file.exists() and desk.settings().text_percent == 130
        )
        desk.save_picture("geometry-1-large-text")
        desk.hand.key("ctrl+0")
        wait_for("the first size", lambda: app.wait_for(heading).box[3] == before)
        app.quit()


def test_the_window_speaks_chinese(desk: DesktopSession) -> None:
    desk.configure(Settings(language="zh_CN"))
    with desk.app() as app:
        menus = [node.name for node in app.reader.nodes() if node.role == "menu item"]
        words = [name.partition("(")[0] for name in menus]
        assert words == ["文件", "编辑", "视图", "对话", "帮助"]
        assert app.reader.find("Settings") is not None
        desk.save_picture("geometry-2-chinese")
        app.quit()
