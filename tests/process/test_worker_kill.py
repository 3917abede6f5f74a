"""An image worker that dies costs one image and a sentence; the window and everything in it stay."""

import os
import signal
from pathlib import Path

import pytest
from PIL import Image

from desktop.paths import resource
from tests.support.desktop_session import DesktopSession
from tests.support.running_app import RunningApp
from tests.support.waiting import wait_for

pytestmark = pytest.mark.real

RECEIPT, ERROR = resource("samples", "receipt.png"), resource("samples", "error.png")
QUESTION = "How much was it?"


def worker_of(app: RunningApp, *others: int) -> int:
    """The one worker beside `others`, once it runs."""
    started = wait_for("a worker", lambda: [pid for pid in app.workers() if pid not in others])
    (pid,) = started
    return pid


def cpu_ticks(pid: int) -> int:
    """What a process has used, in hundredths of a second."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """An image that takes the worker half a second, and that is no trouble otherwise."""
    path = tmp_path / "large.png"
    Image.new("RGB", (10_000, 10_000), "teal").save(path, compress_level=1)
    return path


def test_a_worker_killed_in_the_middle_of_an_image_costs_that_image(
    desk: DesktopSession, large: Path
) -> None:
    with desk.app(RECEIPT) as app:
        app.wait_for_words("Attachments", RECEIPT.name)
        app.click("Prompt")
        desk.hand.type(QUESTION)
        worker = worker_of(app)
        before = cpu_ticks(worker)
        place = app.wait_for("Prompt").center
        assert desk.drag(place, "--file", large) == "taken"
        wait_for("work", lambda: cpu_ticks(worker) > before + 2)
        os.kill(worker, signal.SIGSTOP)  # for as long as it takes to see that it is not through
        app.wait_for("Cancel reading")
        os.kill(worker, signal.SIGKILL)

        app.wait_for_words("Notice", f"Reading “{large.name}” failed. The other images are fine.")
        desk.save_picture("worker-1-killed-at-an-image")
        app.wait_for_words("Prompt", QUESTION)
        assert desk.drag(place, "--file", ERROR) == "taken"
        assert RECEIPT.name in app.wait_for_words("Attachments", ERROR.name)
        assert worker_of(app) != worker
        app.quit()


def test_a_worker_killed_in_the_middle_of_a_reading_costs_that_image(desk: DesktopSession) -> None:
    with desk.app(RECEIPT, ERROR) as app:
        app.wait_for_words("Attachments", RECEIPT.name, ERROR.name)
        decoder = worker_of(app)
        app.wait_for_focus("Prompt")
        desk.hand.key("Return")
        reader = worker_of(app, decoder)
        app.wait_for_words("Transcript", "MAPLE")
        os.kill(reader, signal.SIGSTOP)
        app.wait_for("Stop")
        os.kill(reader, signal.SIGKILL)

        came = app.wait_for_words("Transcript", "Image 1 could not be read.", "KeyError: 'CHF'", "Copy")
        assert "MAPLE" in came
        desk.save_picture("worker-2-killed-at-a-reading")
        assert decoder in app.workers()
        app.quit()
