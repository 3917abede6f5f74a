"""When a window is there is told by what stands on the screen."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.display import display
from tests.support.scripts import load_script
from tests.support.secret_service import bare_environ

pytestmark = pytest.mark.real

WINDOW = """
import sys, time
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
while time.process_time() < float(sys.argv[1]):
    pass
window = QWidget(styleSheet="background: orange")
window.setGeometry(app.primaryScreen().geometry())
window.show()
app.exec()
"""


@pytest.fixture
def environ(tmp_path: Path) -> Iterator[dict[str, str]]:
    with display(bare_environ(tmp_path)) as environ:
        yield environ


def test_what_a_program_takes_before_its_window_counts(environ: dict[str, str]) -> None:
    first_paint = load_script("first_paint")
    screen = first_paint.Screen(environ["DISPLAY"])
    command = [sys.executable, "-c", WINDOW]

    assert first_paint.cpu_to_first_paint(screen, [*command, "1.5"], environ) > 1.5
    assert first_paint.cpu_to_first_paint(screen, [*command, "0"], environ) < 1.5


def test_a_program_without_a_window_has_no_first_paint(environ: dict[str, str]) -> None:
    first_paint = load_script("first_paint")

    with pytest.raises(AssertionError, match="without a window"):
        first_paint.cpu_to_first_paint(first_paint.Screen(environ["DISPLAY"]), ["true"], environ)
