"""A second start hands over to the window that is open."""

import shutil
import signal
from pathlib import Path

import pytest

from desktop.paths import resource
from tests.support.desktop_session import DesktopSession, new_home
from tests.support.pictures import png
from tests.support.second_start import (
    WINDOW,
    hand_over,
    other_program,
    race,
    start_again,
    wait_until_in_front,
    windows,
)
from tests.support.waiting import wait_for

pytestmark = pytest.mark.real

RECEIPT = resource("samples", "receipt.png")
ERROR = resource("samples", "error.png")


def test_files_of_a_second_start_become_attachments(desk: DesktopSession, tmp_path: Path) -> None:
    shutil.copy(ERROR, tmp_path / "截图 one.png")
    with desk.app(RECEIPT) as app:
        window = desk.wait_for_window(WINDOW)
        hand_over(desk, "截图 one.png", "https://example.com/dog.png", folder=tmp_path)

        app.wait_for_words("Attachments", "receipt.png", "截图 one.png", "dog.png")
        assert windows(desk) == {window}
        desk.save_picture("one-app-1-second-start")
        app.quit()


def test_a_plain_second_start_brings_the_window_to_the_front(desk: DesktopSession) -> None:
    with desk.app() as app, other_program(desk):
        window = desk.wait_for_window(WINDOW)
        hand_over(desk)
        wait_until_in_front(desk, window)

        desk.hand.do("windowminimize", "--sync", window)
        hand_over(desk)
        wait_until_in_front(desk, window)
        assert app.reader.find("Attachments") is None
        app.wait_for_focus("Prompt")
        # A click would take the keys away again: openbox still lets the window grow out of its icon.
        app.process.send_signal(signal.SIGTERM)
        app.check_end()


def test_the_first_start_attaches_the_clipboard(desk: DesktopSession) -> None:
    with desk.copied_by_xclip("image/png", ERROR), desk.app("--clipboard") as app:
        app.wait_for_words("Attachments", "Pasted image")
        app.quit()


def test_a_second_start_lets_the_clipboard_be_attached(desk: DesktopSession) -> None:
    with desk.app() as app, desk.copied("--picture", ERROR):
        hand_over(desk, "--clipboard", RECEIPT)
        app.wait_for_words("Attachments", "Pasted image", "receipt.png")
        app.quit()


def test_a_clipboard_without_an_image_is_said(desk: DesktopSession) -> None:
    with desk.copied("--text", "words"), desk.app() as app:
        hand_over(desk, "--clipboard")
        app.wait_for_words("Notice", "no image in the clipboard")
        app.quit()


def test_settings_that_are_open_keep_nothing_out(desk: DesktopSession) -> None:
    with desk.app() as app:
        app.click("Settings")
        desk.wait_for_window("Settings")
        hand_over(desk, RECEIPT)
        app.wait_for_words("Attachments", "receipt.png")
        desk.save_picture("one-app-2-settings-open")
        app.quit()


def test_five_starts_at_once_make_one_window_with_all_files(desk: DesktopSession, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.png" for number in range(5)]
    for number, file in enumerate(files):
        file.write_bytes(png((64, 48 + number)))
    with race(desk, files) as app:
        app.wait_for("Prompt")
        wait_for("the total", lambda: any(node.name.startswith("5 images · ") for node in app.reader.nodes()))
        desk.save_picture("one-app-3-five-starts")
        assert len(windows(desk)) == 1
        app.quit()


def test_after_a_kill_the_next_start_is_the_app(desk: DesktopSession) -> None:
    with desk.app() as app:
        app.process.kill()
        app.process.wait()
    with desk.app(RECEIPT) as app:
        app.wait_for_words("Attachments", "receipt.png")
        hand_over(desk, ERROR)
        app.wait_for_words("Attachments", "receipt.png", "error.png")
        app.quit()


def test_another_home_has_an_app_of_its_own(desk: DesktopSession) -> None:
    with new_home() as home, desk.app() as app:
        window = desk.wait_for_window(WINDOW)
        with desk.app(RECEIPT, environ=desk.environ | {"HOME": str(home)}) as other:
            other.wait_for_words("Attachments", "receipt.png")
            assert app.reader.find("Attachments") is None
            assert len(windows(desk)) == 2
            other.process.send_signal(signal.SIGTERM)
            other.check_end()
        wait_for("one window", lambda: windows(desk) == {window})
        app.quit()


@pytest.mark.slow
def test_an_app_that_hangs_is_named_and_no_second_one_opens(desk: DesktopSession) -> None:
    with desk.app() as app:
        app.process.send_signal(signal.SIGSTOP)
        done = start_again(desk, RECEIPT)
        assert done.returncode == 4
        assert done.stderr.startswith("Viewfinder is already running, but does not answer.")
        assert len(windows(desk)) == 1
        app.process.send_signal(signal.SIGCONT)
        # What was said into its ear meanwhile is heard, though nobody waits for the answer any more.
        app.wait_for_words("Attachments", "receipt.png")
        app.quit()


def test_what_the_system_wants_opened_is_attached(desk: DesktopSession) -> None:
    with desk.app(RECEIPT, ERROR, module="tests.support.file_opener") as app:
        app.wait_for_words("Attachments", "receipt.png", "error.png")
        app.quit()
