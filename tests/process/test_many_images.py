"""Many files and whole folders, dropped by hand out of another program."""

from pathlib import Path

import pytest

from tests.support.desktop_session import DesktopSession
from tests.support.encoded import frames
from tests.support.pictures import png
from tests.support.running_app import RunningApp
from tests.support.screen_reader import Node
from tests.support.waiting import wait_for

pytestmark = pytest.mark.real


def pictures(folder: Path, count: int) -> list[Path]:
    folder.mkdir()
    files = [folder / f"screenshot {number:02}.png" for number in range(count)]
    for number, file in enumerate(files):
        file.write_bytes(png((320, 200 + number)))
    return files


def beginning_with(app: RunningApp, words: str) -> Node | None:
    """Something whose name begins with `words`."""
    return next((node for node in app.reader.nodes() if node.name.startswith(words)), None)


def test_sixty_files_of_one_drop_are_all_attached(desk: DesktopSession, tmp_path: Path) -> None:
    offer = [word for file in pictures(tmp_path / "many", 60) for word in ("--file", str(file))]
    with desk.app() as app:
        assert desk.drag(app.wait_for("Prompt").center, *offer) == "taken"
        wait_for("the total", lambda: beginning_with(app, "60 images · "))
        desk.save_picture("many-1-sixty-files")

        app.wait_for_words("Attachments", "screenshot 00.png")
        app.click("Attachments")
        desk.hand.key("End", "Delete")
        wait_for("one less", lambda: beginning_with(app, "59 images · "))
        app.quit()


def test_a_dropped_folder_is_asked_about_and_attached(desk: DesktopSession, tmp_path: Path) -> None:
    folder = tmp_path / "Screens"
    pictures(folder, 5)
    (folder / "notes.txt").write_text("no image", encoding="utf-8")
    with desk.app() as app:
        assert desk.drag(app.wait_for("Prompt").center, "--file", folder) == "taken"
        app.wait_for_words("Notice", "“Screens” holds 5 images. Attach them?")
        assert app.reader.find("Attachments") is None
        desk.save_picture("many-2-folder")

        app.click("Attach 5 images")
        wait_for("the total", lambda: beginning_with(app, "5 images · "))
        app.wait_until_gone("Notice")
        app.quit()


def test_pages_of_a_scan_are_chosen_by_keys_alone(desk: DesktopSession, tmp_path: Path) -> None:
    scan = tmp_path / "contract.tif"
    scan.write_bytes(frames("TIFF", 3))
    with desk.app() as app:
        assert desk.drag(app.wait_for("Prompt").center, "--file", scan) == "taken"
        app.wait_for_words("Attachments", "contract.tif", "page 1 of 3")
        app.wait_for_focus("Prompt")
        desk.hand.key("shift+Tab")
        app.wait_for_focus("Attachments")
        desk.hand.key("Return", "Down", "Return")
        app.wait_for_focus("Pages")
        desk.save_picture("many-3-pages")
        desk.hand.key("End", "space", "Return")
        app.wait_for_words("Attachments", "page 1 of 3", "page 3 of 3")
        desk.save_picture("many-4-two-pages")
        app.quit()
