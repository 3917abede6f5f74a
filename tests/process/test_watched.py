"""A watch hears of what lives for a moment only, and of who is killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.watched import Watch

pytestmark = pytest.mark.real

PROGRAM = """
import os, subprocess, threading
def start():
    subprocess.run(["true", "an argument"], env={"MARK": "a \\"short\\" life"}, check=True)
    for name in "ab":
        with open(name, "w"): pass
    os.remove("a")
    os.rename("b", "c")
    os.mkdir("d")
thread = threading.Thread(target=start)
thread.start()
thread.join()
os.kill(os.getpid(), END)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGSEGV, signal.SIGKILL])
def test_it_misses_nothing(tmp_path: Path, number: signal.Signals) -> None:
    watch, place = Watch(tmp_path / "watch"), tmp_path / "place"
    place.mkdir()
    program = PROGRAM.replace("END", str(int(number)))
    with subprocess.Popen(
        [*watch.inside, sys.executable, "-c", program], cwd=place, env=os.environ
    ) as process:
        assert process.wait(20) == -number
    watch.wait_for_end()

    own = [each for each in watch.started() if each.pid == process.pid]
    (child,) = [each for each in watch.started() if each.pid != process.pid]
    assert "-c" in own[0].line
    assert r'"an argument"], ["MARK=a \"short\" life"]' in child.line
    assert {path.name for path in watch.written()} >= {"a", "b", "c", "d"}
