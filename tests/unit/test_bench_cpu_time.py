"""CPU time of other processes."""

import os
import subprocess
import sys
import time

from tests.support.scripts import load_script

cpu_time = load_script("cpu_time")


def test_it_is_the_one_that_the_process_itself_knows() -> None:
    assert cpu_time.cpu_of(os.getpid()) <= time.process_time() <= cpu_time.cpu_of(os.getpid())


def test_it_counts_what_another_process_does_and_no_waiting() -> None:
    code = "import time\nwhile time.process_time() < 0.2: pass\nprint(flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        spent = cpu_time.cpu_of(process.pid)
        assert spent >= 0.2
        process.communicate(b"\n")
