"""What the app's start leaves to no other program: keys of the environment, and memory after a crash."""

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.domain.profiles import PROFILES
from desktop.storage.environment import environment_key, take_keys
from tests.support.scripts import CHECKOUT

VARIABLES = sorted({profile.key_variable for profile in PROFILES.values()} - {""})
KEYS = {name: f"sk-marker-{number:032}" for number, name in enumerate(VARIABLES)}


def test_every_variable_that_may_hold_a_key_is_taken_out() -> None:
    environ = {"PATH": "/bin", "LANG": "C.UTF-8", **KEYS}
    taken = take_keys(environ)
    assert environ == {"PATH": "/bin", "LANG": "C.UTF-8"}
    assert taken == KEYS
    assert "OPENAI_API_KEY" in taken
    assert environment_key("api.openai.com", taken) == KEYS["OPENAI_API_KEY"]
    assert take_keys(environ) == {}


def test_no_program_that_is_started_inherits_a_key() -> None:
    command = [sys.executable, "-m", "tests.support.inherited"]
    done = subprocess.run(
        command, cwd=CHECKOUT, env=os.environ | KEYS, capture_output=True, text=True, check=True, timeout=60
    )
    told = json.loads(done.stdout[done.stdout.index("{") :])
    assert told.keys() == {"program", "Qt", "library", "worker"}
    for environ in told.values():
        assert "PATH=" in environ
        assert not [name for name, key in KEYS.items() if name in environ or key in environ]


CRASH = """
import os, resource, sys
from pathlib import Path
from desktop.__main__ import main
_, hard = resource.getrlimit(resource.RLIMIT_CORE)
resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
sys.argv[1:] = {arguments}
try:
    main()
except SystemExit:
    pass
print(Path("/proc/self/limits").read_text(), flush=True)
os.abort()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="as Linux has it")
@pytest.mark.parametrize("arguments", [["--version"], ["ask", "--help"]])
def test_a_crash_leaves_no_dump(arguments: list[str], tmp_path: Path) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    code = CRASH.format(arguments=arguments)
    child = subprocess.Popen(
        [sys.executable, "-c", code], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(CHECKOUT)}, stdout=-1
    )
    assert child.stdout is not None
    limits = child.stdout.read().decode()
    child.stdout.close()
    _, status = os.waitpid(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == -signal.SIGABRT
    assert not os.WCOREDUMP(status)
    assert not list(tmp_path.iterdir())
    most = "0" if hard == 0 else "1"
    (line,) = [line for line in limits.splitlines() if line.startswith("Max core file size")]
    assert line.split()[-3:] == [most, most, "bytes"]
