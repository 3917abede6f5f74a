"""Ctrl+C in the terminal that started the window closes it in order, and so does the system's shutdown."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.waiting import wait_for

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_window_closes_in_order(number: signal.Signals, tmp_path: Path) -> None:
    places = {
        f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("CONFIG", "STATE", "DATA", "CACHE")
    }
    settings = tmp_path / "config" / "viewfinder" / "settings.json"
    with subprocess.Popen(
        [sys.executable, "-m", "desktop"],
        cwd=CHECKOUT,
        env=os.environ | places | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)},
        stderr=subprocess.PIPE,
        text=True,
    ) as app:
        wait_for(
            "the window's place in the settings", settings.exists
        )  # the window has stood still for a moment
        app.send_signal(number)
        _, said = app.communicate(timeout=60)

    assert app.returncode == 0
    assert [line for line in said.splitlines() if "This plugin does not support" not in line] == []
