"""However the app ends, nothing of it goes on."""

from pathlib import Path

import pytest

from desktop.domain.settings import Endpoint, Settings
from desktop.paths import resource
from tests.support.desktop_session import DesktopSession
from tests.support.running_app import RunningApp
from tests.support.server_process import server_process
from tests.support.waiting import wait_for

pytestmark = pytest.mark.real

RECEIPT = resource("samples", "receipt.png")


def both_workers(app: RunningApp) -> list[int]:
    """The processes that decode images and read text, once both run."""
    return wait_for("both workers", lambda: workers if len(workers := app.workers()) > 1 else None)


def is_alive(pid: int) -> bool:
    """Whether it runs: one that has ended may stand there as a zombie, where nobody waits for orphans."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in ("Z", "X")


def test_a_killed_app_leaves_no_worker_behind(desk: DesktopSession) -> None:
    with desk.app(RECEIPT) as app:
        app.wait_for_words("Attachments", RECEIPT.name)
        app.wait_for_focus("Prompt")
        desk.hand.key("Return")
        workers = both_workers(app)
        app.process.kill()
        app.process.wait()
    wait_for("their end", lambda: not any(map(is_alive, workers)))


def test_an_app_that_quits_at_once_ends_well(desk: DesktopSession) -> None:
    with desk.app() as app:
        app.wait_for_focus("Prompt")
        desk.hand.key("ctrl+q")
        app.check_end()


def test_a_window_closed_in_the_middle_of_a_reading_ends_well(desk: DesktopSession) -> None:
    with desk.app(RECEIPT) as app:
        app.wait_for_words("Attachments", RECEIPT.name)
        app.wait_for_focus("Prompt")
        desk.hand.key("Return")
        workers = both_workers(app)
        app.quit()
    assert not any(map(is_alive, workers))


def test_a_window_closed_in_the_middle_of_an_answer_hangs_up(desk: DesktopSession) -> None:
    with server_process("slow-markdown", desk.home) as server:
        desk.configure(Settings(Endpoint("custom", base_url=server.url), model="local-vision-7b"))
        with desk.app() as app:
            app.ask("What is this?")
            app.wait_for_words("Transcript", "release checklist")
            app.quit()
        wait_for("the hang-up", server.has_been_hung_up_on)
