"""A script of this folder in a process of its own, which answers each line that it is given with one line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class LineProcess:
    """The running script."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def read(self) -> str:
        """The next line that it prints."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"{self._process.args!r} has ended"
        return line.rstrip("\n")

    def ask(self, line: object) -> str:
        """Its answer to `line`."""
        assert self._process.stdin is not None
        print(line, file=self._process.stdin, flush=True)
        return self.read()


@contextmanager
def line_process(script: str, *arguments: str, **environ: str) -> Iterator[LineProcess]:
    """Run `script` with `environ` in addition to the environment; it is ended at the end."""
    command = [sys.executable, str(Path(__file__).with_name(f"{script}.py")), *arguments]
    env, pipe = {**os.environ, **environ}, subprocess.PIPE
    with subprocess.Popen(command, env=env, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            yield LineProcess(process)
        finally:
            process.terminate()
