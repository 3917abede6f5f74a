"""How the scripts in this folder speak: on stderr, so that what the app prints stays clean."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_NOT_FOUND = 127  # as a shell says it


class SetupError(Exception):
    """The set-up cannot go on. `str(error)` is the sentence to show."""


def say(line: str) -> None:
    print(f"viewfinder: {line}", file=sys.stderr, flush=True)


def run(command: Sequence[str], env: Mapping[str, str] | None = None, folder: Path | None = None) -> int:
    """Run a program in `folder`, its output on our stderr; return its exit status (127: no such program)."""
    try:
        return subprocess.run(command, env=env, cwd=folder, stdout=sys.stderr, check=False).returncode
    except FileNotFoundError:
        return _NOT_FOUND


def run_well(
    command: Sequence[str], env: Mapping[str, str] | None = None, folder: Path | None = None
) -> None:
    """The same for a program that must end well.

    Raises:
        SetupError: It did not, or there is no such program.
    """
    name, status = Path(command[0]).name, run(command, env, folder)
    if status == _NOT_FOUND:
        raise SetupError(f"There is no program {name} here: install it and run this again.")
    if status:
        raise SetupError(f"{name} ended with {status}, see above.")
