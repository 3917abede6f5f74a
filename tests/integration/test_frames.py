"""What comes after a rest is shown in the next turn, and what follows it once a frame."""

import pytest
from PySide6.QtCore import QTimer

from desktop.viewmodels.frames import Frames
from tests.conftest import Run
from tests.support.qt import first, heard

HOUR = 3_600_000


async def turns(count: int) -> None:
    """Let so many timers without a delay fire, one after the other."""
    for _ in range(count):
        timer = QTimer(singleShot=True)
        fired = first(timer.timeout)
        timer.start(0)
        await fired


def test_the_first_waits_for_its_turn_only(run: Run) -> None:
    async def scenario() -> None:
        frames = Frames(milliseconds=HOUR)
        due, shown = heard(frames.due), first(frames.due)
        for _ in range(3):
            frames.ask()
        assert not due, "nothing is shown in the middle of a turn"
        await shown
        assert len(due) == 1

    run(scenario())


def test_the_next_waits_for_its_frame(run: Run) -> None:
    async def scenario() -> None:
        frames = Frames(milliseconds=HOUR)
        due, shown = heard(frames.due), first(frames.due)
        frames.ask()
        await shown
        for _ in range(10):
            frames.ask()
            await turns(1)
        assert len(due) == 1

    run(scenario())


def test_what_comes_in_one_frame_is_shown_at_its_end(run: Run) -> None:
    async def scenario() -> None:
        frames = Frames()
        due = heard(frames.due)
        for number in range(1, 4):
            shown = first(frames.due)
            frames.ask()
            frames.ask()
            await shown
            assert len(due) == number

    run(scenario())


@pytest.mark.parametrize("milliseconds", [0, HOUR])
def test_what_was_stopped_is_never_due(run: Run, milliseconds: int) -> None:
    async def scenario() -> None:
        frames = Frames(milliseconds=milliseconds)
        due = heard(frames.due)
        frames.ask()
        frames.stop()
        await turns(3)
        assert not due

    run(scenario())
