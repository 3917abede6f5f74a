"""What other programs have copied, or hold under the pointer without a file."""

from pathlib import Path

import pytest

from desktop.paths import resource
from tests.support.desktop_session import DesktopSession

pytestmark = pytest.mark.real

ERROR = resource("samples", "error.png")
OFFICE = ("--text", "Cells A1 to B2", "--html", "<table><tr><td>Cells A1 to B2</td></tr></table>")


def test_a_copied_picture_becomes_an_attachment(desk: DesktopSession) -> None:
    with desk.app() as app, desk.copied_by_xclip("image/png", ERROR):
        app.wait_for_focus("Prompt")
        desk.hand.key("ctrl+v")
        app.wait_for_words("Attachments", "Pasted image")
        assert app.reader.texts("Prompt") == []
        desk.save_picture("paste-1-picture")
        app.quit()


def test_a_copied_text_goes_to_the_prompt(desk: DesktopSession, tmp_path: Path) -> None:
    text = tmp_path / "text"
    text.write_text("Ünïcode, 中文 and\na second line", encoding="utf-8")
    with desk.app() as app, desk.copied_by_xclip("UTF8_STRING", text):
        app.wait_for_focus("Prompt")
        desk.hand.key("ctrl+v")
        app.wait_for_words("Prompt", "Ünïcode, 中文 and\na second line")
        assert app.reader.find("Attachments") is None
        app.quit()


def test_of_text_with_a_picture_of_it_the_text_is_meant(desk: DesktopSession) -> None:
    with desk.app() as app, desk.copied(*OFFICE, "--picture", ERROR):
        app.wait_for_focus("Prompt")
        desk.hand.key("ctrl+v")
        app.wait_for_words("Prompt", "Cells A1 to B2")
        assert app.reader.find("Attachments") is None
        desk.hand.key("ctrl+shift+v")
        app.wait_for_words("Attachments", "Pasted image")
        assert app.reader.texts("Prompt") == ["Cells A1 to B2"]
        desk.save_picture("paste-2-text-and-picture")
        app.quit()


def test_pixels_dragged_out_of_a_browser_become_an_attachment(desk: DesktopSession) -> None:
    html = '<img src="https://example.com/error.png">'
    with desk.app() as app:
        target = app.wait_for("Prompt").center
        offer = ("--link", "https://example.com/error.png", "--html", html, "--picture", ERROR)
        assert desk.drag(target, *offer) == "taken"
        app.wait_for_words("Attachments", "Pasted image")
        app.quit()


def test_a_dragged_web_address_alone_is_attached_and_nothing_is_fetched(desk: DesktopSession) -> None:
    with desk.app() as app:
        target = app.wait_for("Prompt").center
        assert desk.drag(target, "--link", "https://pictures.invalid/2024/error.png") == "taken"
        app.wait_for_words("Attachments", "error.png", "pictures.invalid", "web addresses are not taken here")
        desk.save_picture("paste-3-web-address")
        app.quit()


def test_a_link_is_fetched_by_keys_alone_and_says_why_it_cannot(desk: DesktopSession) -> None:
    with desk.app() as app:
        target = app.wait_for("Prompt").center
        assert desk.drag(target, "--link", "https://pictures.invalid/2024/error.png") == "taken"
        app.wait_for_words("Attachments", "error.png")
        app.wait_for_focus("Prompt")
        desk.hand.key("shift+Tab")
        app.wait_for_focus("Attachments")
        desk.hand.key("Return", "Down", "Return")
        app.wait_for_words("Notice", "pictures.invalid")
        app.wait_for_words("Attachments", "error.png")
        desk.save_picture("paste-4-link-not-fetched")
        app.quit()
