"""What proofs say: one line each, and logs of all that they ran."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from console import say


class Failed(Exception):
    """Something is not as it must be; `str(error)` says what, and names the log that shows it."""


class Journal:
    """The line of each proof of a `group`, and a folder for its logs and pictures, empty at first."""

    def __init__(self, folder: Path, group: str) -> None:
        self.folder = folder / group
        self._group = group
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    @contextmanager
    def proof(self, what: str) -> Iterator[None]:
        """Tell what was proved inside, or that it failed, with the seconds that it took."""
        began = time.monotonic()
        result = "FAILED"
        try:
            yield
            result = "proved"
        finally:
            say(f"{result} {time.monotonic() - began:6.1f} s  {self._group}: {what}")

    def run(self, name: str, command: Sequence[str], *, expected: int = 0) -> str:
        """Run `command`, with all that it prints in `name`.log; return that.

        Raises:
            Failed: Its exit status is not `expected`.
        """
        log = self.folder / f"{name}.log"
        with log.open("wb") as output:
            ended = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, check=False
            )
        if ended.returncode != expected:
            raise Failed(f"{name}: exit {ended.returncode}, not {expected}; see {log}")
        return log.read_text(encoding="utf-8", errors="replace")

    def expect(self, name: str, found: Sequence[str]) -> None:
        """Nothing is `found` that must not be.

        Raises:
            Failed: Something is; all of it is in `name`.log.
        """
        if found:
            log = self.folder / f"{name}.log"
            log.write_text("".join(f"{line}\n" for line in found), encoding="utf-8")
            raise Failed(f"{name}: {found[0]}, the first of {len(found)}; see {log}")
