"""Every state of the window as a picture, in `build/screens/`, for people to look at."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.support.screens import STATES, WINDOW, looks_of

CHECKOUT = Path(__file__).resolve().parents[2]
SCREENS = CHECKOUT / "build" / "screens"


@pytest.mark.parametrize("percent", [100, 200])
def test_every_state_is_drawn_in_both_themes_and_languages(percent: int) -> None:
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(percent / 100)}
    command = [sys.executable, "-m", "tests.support.screens", str(SCREENS)]
    done = subprocess.run(command, cwd=CHECKOUT, env=environ, capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if "This plugin does not support" not in line]
    assert (done.returncode, said) == (0, [])
    for state in STATES:
        for look in looks_of(state):
            picture = QImage(str(SCREENS / f"{state.__name__}-{'-'.join(look)}-{percent}.png"))
            assert not picture.isNull(), (state.__name__, look)
            assert picture.width() <= WINDOW.width() * percent // 100
            small = picture.scaled(48, 48)
            colors = {small.pixel(x, y) for x in range(48) for y in range(48)}
            assert len(colors) > 8, (state.__name__, look, "empty")
